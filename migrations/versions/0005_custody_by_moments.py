"""custody by moments."""

import sqlalchemy as sa
from alembic import op

from models import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "custody_record",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "custody",
            sa.Enum("yes", "no", "unknown", name="custody", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("starts_at", types.UtcDateTime(), nullable=False),
        sa.Column(
            "evidence",
            sa.Enum(
                "register",
                "court",
                "deed",
                "civil",
                "statement",
                name="custodyevidence",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.String(length=200), nullable=True),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_custody_record_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_custody_record_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_custody_record_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_record")),
        sa.UniqueConstraint("pupil_id", "version", name=op.f("uq_custody_record_pupil_id_version")),
    )
    with op.batch_alter_table("custody_record", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_custody_record_guardian_id_pupil_id_starts_at"),
            ["guardian_id", "pupil_id", "starts_at"],
            unique=False,
        )

    op.create_table(
        "emergency_card",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=600), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", types.UtcDateTime(), nullable=False),
        sa.Column("written_by", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_emergency_card_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_emergency_card_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_card")),
        sa.UniqueConstraint("pupil_id", name=op.f("uq_emergency_card_pupil_id")),
    )
    op.create_table(
        "information_request",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("recorded_at", types.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=100), nullable=False),
        sa.Column(
            "decision",
            sa.Enum("granted", "refused", name="requestdecision", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column(
            "refusal_ground",
            sa.Enum(
                "not_to_others",
                "childs_interest",
                name="refusalground",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("decision_reason", sa.String(length=1000), nullable=True),
        sa.Column("kinds", sa.String(length=300), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.Column("opened_at", types.UtcDateTime(), nullable=True),
        sa.Column("opened_by", sa.String(length=100), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decision IS NULL OR (decision = 'refused') = (refusal_ground IS NOT NULL)",
            name=op.f("ck_information_request_refusal_has_ground"),
        ),
        sa.CheckConstraint(
            "opened_at IS NULL OR decision = 'granted'", name=op.f("ck_information_request_opens_when_granted")
        ),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decision_reason IS NULL)",
            name=op.f("ck_information_request_decided_as_a_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_information_request_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_information_request_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_information_request_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_information_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_information_request_uid")),
    )
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_information_request_pupil_id"), ["pupil_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_information_request_school_id_decided_at"), ["school_id", "decided_at"], unique=False
        )

    with op.batch_alter_table("guardian", schema=None) as batch_op:
        batch_op.add_column(sa.Column("secret_contact", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("guardianship", schema=None) as batch_op:
        batch_op.drop_column("verified_at")
        batch_op.drop_column("verified_by")


def downgrade() -> None:
    with op.batch_alter_table("guardianship", schema=None) as batch_op:
        batch_op.add_column(sa.Column("verified_by", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("verified_at", types.UtcDateTime(), nullable=True))

    with op.batch_alter_table("guardian", schema=None) as batch_op:
        batch_op.drop_column("secret_contact")

    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_information_request_school_id_decided_at"))
        batch_op.drop_index(batch_op.f("ix_information_request_pupil_id"))

    op.drop_table("information_request")
    op.drop_table("emergency_card")
    with op.batch_alter_table("custody_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_custody_record_guardian_id_pupil_id_starts_at"))

    op.drop_table("custody_record")
