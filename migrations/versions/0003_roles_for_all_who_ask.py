"""roles for all who ask: substitute, office, board, pupil."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEFORE = ("teacher", "ib", "head", "admin", "parent")
AFTER = ("teacher", "substitute", "ib", "head", "office", "board", "admin", "parent", "pupil")
CONSTRAINTS = {
    "pupil_is_pupil": "role <> 'pupil' OR pupil_id IS NOT NULL",
    "substitute_has_group_and_dates": "role <> 'substitute' OR (group_id IS NOT NULL AND ends_on IS NOT NULL)",
}


def upgrade() -> None:
    _allow("access_log", AFTER)
    _allow("role_grant", AFTER)
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("pupil_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_role_grant_school_id_pupil_id_pupil"),
            "pupil",
            ["school_id", "pupil_id"],
            ["school_id", "id"],
        )
        for name, condition in CONSTRAINTS.items():
            batch_op.create_check_constraint(batch_op.f(f"ck_role_grant_{name}"), condition)


def downgrade() -> None:
    """What only the newer roles know is lost: their grants go, and a line in the log keeps everything but the role."""
    op.execute("DELETE FROM role_grant WHERE role NOT IN ('teacher', 'ib', 'head', 'admin', 'parent')")
    op.execute("UPDATE access_log SET role = NULL WHERE role NOT IN ('teacher', 'ib', 'head', 'admin', 'parent')")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        for name in reversed(CONSTRAINTS):
            batch_op.drop_constraint(batch_op.f(f"ck_role_grant_{name}"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_role_grant_school_id_pupil_id_pupil"), type_="foreignkey")
        batch_op.drop_column("pupil_id")
    _allow("role_grant", BEFORE)
    _allow("access_log", BEFORE)


def _allow(table: str, roles: Sequence[str]) -> None:
    listed = ", ".join(f"'{role}'" for role in roles)
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(f"ck_{table}_role"), type_="check")
        batch_op.create_check_constraint(batch_op.f(f"ck_{table}_role"), f"role IN ({listed})")
