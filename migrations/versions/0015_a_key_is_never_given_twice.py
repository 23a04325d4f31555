"""On SQLite too the key of an erased child or account is never given again: the access log goes on naming it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NAMED_BY = {"pupil": "pupil_id", "account": "account_id"}


def upgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        return
    for table, column in NAMED_BY.items():
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass
        rows, log = sa.table(table, sa.column("id")), sa.table("access_log", sa.column(column))
        connection = op.get_bind()
        known = [connection.scalar(sa.select(sa.func.max(each))) or 0 for each in (rows.c.id, log.c[column])]
        sequence = sa.table("sqlite_sequence", sa.column("name"), sa.column("seq"))
        connection.execute(sa.delete(sequence).where(sequence.c.name == table))
        connection.execute(sa.insert(sequence).values(name=table, seq=max(known)))


def downgrade() -> None:
    if op.get_context().dialect.name != "sqlite":
        return
    for table in NAMED_BY:
        with op.batch_alter_table(table, recreate="always", table_kwargs={"sqlite_autoincrement": False}):
            pass
