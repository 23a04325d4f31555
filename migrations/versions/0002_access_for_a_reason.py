"""access for a reason."""

import sqlalchemy as sa
from alembic import op

from models import types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "emergency_access",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "emergency",
                "replacing",
                "safety",
                "preparing",
                "complaint",
                "repair",
                name="emergencyreason",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("explanation", sa.String(length=500), nullable=True),
        sa.Column("opened_at", types.UtcDateTime(), nullable=False),
        sa.Column("ends_at", types.UtcDateTime(), nullable=False),
        sa.Column("reviewed_by", sa.String(length=100), nullable=True),
        sa.Column("reviewed_at", types.UtcDateTime(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("right", "wrong", name="verdict", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(verdict IS NULL) = (reviewed_at IS NULL) AND (verdict IS NULL) = (reviewed_by IS NULL)",
            name=op.f("ck_emergency_access_reviewed_as_a_whole"),
        ),
        sa.CheckConstraint("ends_at >= opened_at", name=op.f("ck_emergency_access_ends_after_opening")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_emergency_access_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_emergency_access_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_emergency_access_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_access")),
        sa.UniqueConstraint("uid", name=op.f("uq_emergency_access_uid")),
    )
    with op.batch_alter_table("emergency_access", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_emergency_access_account_id_ends_at"), ["account_id", "ends_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_emergency_access_pupil_id"), ["pupil_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_emergency_access_school_id_opened_at"), ["school_id", "opened_at"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("emergency_access", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_emergency_access_school_id_opened_at"))
        batch_op.drop_index(batch_op.f("ix_emergency_access_pupil_id"))
        batch_op.drop_index(batch_op.f("ix_emergency_access_account_id_ends_at"))

    op.drop_table("emergency_access")
