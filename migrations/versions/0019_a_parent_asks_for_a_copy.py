"""A parent asks for a copy of all that the school keeps of their child."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import protect
from models import types

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copy_request",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", types.UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("ends_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (ends_at IS NULL)",
            name=op.f("ck_copy_request_decided_as_a_whole"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_copy_request_account_id_account")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_copy_request_decided_by_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_copy_request_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_copy_request_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_copy_request_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_copy_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_copy_request_uid")),
    )
    with op.batch_alter_table("copy_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_copy_request_pupil_id"), ["pupil_id"], unique=False)

    protect("copy_request")


def downgrade() -> None:
    with op.batch_alter_table("copy_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_copy_request_pupil_id"))

    op.drop_table("copy_request")
