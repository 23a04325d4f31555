"""A person may say that what seems to be kept twice is no double."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import protect
from models import types

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "not_double",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("lead", sa.String(length=64), nullable=False),
        sa.Column("other", sa.String(length=64), nullable=False),
        sa.Column("because", sa.String(length=300), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_not_double_account_id_account")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_not_double_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_double")),
        sa.UniqueConstraint("school_id", "fact", "lead", "other", name=op.f("uq_not_double_school_id_fact_lead_other")),
        sa.UniqueConstraint("uid", name=op.f("uq_not_double_uid")),
    )
    protect("not_double")


def downgrade() -> None:
    op.drop_table("not_double")
