"""retention plans holds and proof."""

import sqlalchemy as sa
from alembic import op

from models import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_choice",
        sa.Column(
            "kind",
            sa.Enum(
                "reference",
                "enrolment",
                "attendance",
                "dossier",
                "support",
                "chain",
                "practice",
                "import",
                "quarantine",
                "account",
                "session",
                "staff",
                "log",
                "proof",
                name="retention",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_by", sa.String(length=100), nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_retention_choice_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_choice")),
    )
    with op.batch_alter_table("retention_choice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_choice_school_id_kind"), ["school_id", "kind"], unique=False)

    op.create_table(
        "retention_plan",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "approved",
                "done",
                "dropped",
                name="planstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status NOT IN ('approved', 'done') OR approved_by IS NOT NULL",
            name=op.f("ck_retention_plan_approved_by_someone"),
        ),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> made_by", name=op.f("ck_retention_plan_two_persons")),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_retention_plan_approved_by_account")),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_retention_plan_made_by_account")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_retention_plan_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_plan")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_retention_plan_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_retention_plan_uid")),
    )
    op.create_table(
        "departure",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column(
            "destination",
            sa.Enum(
                "primary",
                "special",
                "secondary",
                "unknown",
                name="destination",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.String(length=100), nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_by", sa.String(length=100), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(returned_on IS NULL) = (returned_by IS NULL)", name=op.f("ck_departure_returned_as_a_whole")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_departure_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_departure_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_departure")),
    )
    with op.batch_alter_table("departure", schema=None) as batch_op:
        batch_op.create_index(
            "uq_departure_open",
            ["pupil_id"],
            unique=True,
            sqlite_where=sa.text("returned_on IS NULL"),
            postgresql_where=sa.text("returned_on IS NULL"),
        )

    op.create_table(
        "gone_key",
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("hashed", sa.String(length=33), nullable=False),
        sa.Column("pupil_uid", sa.Uuid(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "source_id"],
            ["source.school_id", "source.id"],
            name=op.f("fk_gone_key_school_id_source_id_source"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_gone_key_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gone_key")),
        sa.UniqueConstraint(
            "school_id",
            "source_id",
            "hashed",
            "pupil_uid",
            name=op.f("uq_gone_key_school_id_source_id_hashed_pupil_uid"),
        ),
    )
    with op.batch_alter_table("gone_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gone_key_pupil_uid"), ["pupil_uid"], unique=False)

    op.create_table(
        "retention_hold",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "complaint",
                "court",
                "restriction",
                "inspection",
                name="holdreason",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("placed_by", sa.String(length=100), nullable=False),
        sa.Column("placed_at", types.UtcDateTime(), nullable=False),
        sa.Column("lifted_by", sa.String(length=100), nullable=True),
        sa.Column("lifted_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_retention_hold_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_retention_hold_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
        sa.UniqueConstraint("uid", name=op.f("uq_retention_hold_uid")),
    )
    with op.batch_alter_table("retention_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_hold_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "retention_receipt",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "plan_id"],
            ["retention_plan.school_id", "retention_plan.id"],
            name=op.f("fk_retention_receipt_school_id_plan_id_retention_plan"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_retention_receipt_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_receipt")),
        sa.UniqueConstraint("school_id", "number", name=op.f("uq_retention_receipt_school_id_number")),
    )
    with op.batch_alter_table("retention_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_retention_receipt_subject"), ["subject"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("retention_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_receipt_subject"))

    op.drop_table("retention_receipt")
    with op.batch_alter_table("retention_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_hold_pupil_id"))

    op.drop_table("retention_hold")
    with op.batch_alter_table("gone_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gone_key_pupil_uid"))

    op.drop_table("gone_key")
    with op.batch_alter_table("departure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_departure_open",
            sqlite_where=sa.text("returned_on IS NULL"),
            postgresql_where=sa.text("returned_on IS NULL"),
        )

    op.drop_table("departure")
    op.drop_table("retention_plan")
    with op.batch_alter_table("retention_choice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_choice_school_id_kind"))

    op.drop_table("retention_choice")
