"""The access log is chained and append-only: a hash on each line, the head, and the anchor of what was dropped."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import guard, unguard
from models import types
from models.rules.chain import START, link, moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

LOG = sa.table(
    "access_log",
    *(sa.column(name) for name in ("id", "school_id", "account_id", "role", "pupil_id", "kind", "action", "ground")),
    sa.column("at", types.UtcDateTime()),
    sa.column("hash", sa.LargeBinary()),
)


def upgrade() -> None:
    op.create_table(
        "access_log_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log_head")),
    )
    op.create_table(
        "access_log_anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("dropped_at", types.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log_anchor")),
    )
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hash", sa.LargeBinary(length=32), nullable=True))
    number, last = _chain()
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.alter_column("hash", existing_type=sa.LargeBinary(length=32), nullable=False)
    head = sa.table("access_log_head", sa.column("id"), sa.column("number"), sa.column("hash", sa.LargeBinary()))
    op.execute(head.insert().values(id=1, number=number, hash=last))
    guard()


def downgrade() -> None:
    unguard()
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.drop_column("hash")
    op.drop_table("access_log_anchor")
    op.drop_table("access_log_head")


def _chain() -> tuple[int, bytes]:
    """Number and hash the lines that are there; new numbers are never higher, so none is in another's way."""
    connection = op.get_bind()
    number, last = 0, START
    for row in connection.execute(sa.select(LOG).order_by(LOG.c.id)).all():
        number += 1
        fields = (row.school_id, row.account_id, row.role, row.pupil_id, row.kind, row.action, row.ground)
        last = link(last, number, (moment(row.at), *fields))
        connection.execute(LOG.update().where(LOG.c.id == row.id).values(id=number, hash=last))
    return number, last
