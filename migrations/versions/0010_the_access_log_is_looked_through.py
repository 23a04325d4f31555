"""The access log is looked through: by whom, when and up to which line."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import protect
from models import types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_log_review",
        sa.Column("through", sa.Integer(), nullable=False),
        sa.Column("reviewed_at", types.UtcDateTime(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=100), nullable=False),
        sa.Column("remark", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_access_log_review_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log_review")),
    )
    with op.batch_alter_table("access_log_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_access_log_review_school_id_reviewed_at"), ["school_id", "reviewed_at"], unique=False
        )
    protect("access_log_review")


def downgrade() -> None:
    with op.batch_alter_table("access_log_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_log_review_school_id_reviewed_at"))

    op.drop_table("access_log_review")
