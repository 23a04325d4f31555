"""What the school registers, what it takes, what for, what others think of it, and what directie decided."""

import sqlalchemy as sa
from alembic import op

from migrations.append_only import no_longer, only_added
from migrations.wall import protect
from models import types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW = (
    "registration",
    "registration_purpose",
    "registration_round",
    "registration_code",
    "registration_decision",
    "registration_round_item",
    "registration_serves",
    "registration_work",
    "registration_run",
    "registration_step",
    "registration_voice",
    "registration_opinion",
)


def upgrade() -> None:
    op.create_table(
        "registration",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), server_default="", nullable=False),
        sa.Column("what", sa.String(length=500), server_default="", nullable=False),
        sa.Column("facts", sa.String(length=200), server_default="", nullable=False),
        sa.Column("added_at", types.UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("removed_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_registration_account_id_account")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("school_id", "code", name=op.f("uq_registration_school_id_code")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_uid")),
    )
    op.create_table(
        "registration_purpose",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column(
            "stakeholder",
            sa.Enum(
                "pupils",
                "parents",
                "teachers",
                "leaders",
                "board",
                name="stakeholder",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("removed_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_purpose_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_purpose")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_purpose_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_purpose_uid")),
    )
    with op.batch_alter_table("registration_purpose", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_registration_purpose_school_id_stakeholder"), ["school_id", "stakeholder"], unique=False
        )

    op.create_table(
        "registration_round",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("question", sa.String(length=500), server_default="", nullable=False),
        sa.Column("opened_at", types.UtcDateTime(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_registration_round_account_id_account")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_round_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_round")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_round_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_round_uid")),
    )
    op.create_table(
        "registration_code",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "voice",
            sa.Enum(
                "teacher",
                "ib",
                "head",
                "council",
                "board",
                name="voice",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("seats >= 0", name=op.f("ck_registration_code_seats")),
        sa.ForeignKeyConstraint(
            ["school_id", "round_id"],
            ["registration_round.school_id", "registration_round.id"],
            name=op.f("fk_registration_code_school_id_round_id_registration_round"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_code_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_registration_code_code_hash")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_code_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_code_uid")),
    )
    with op.batch_alter_table("registration_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_code_round_id"), ["round_id"], unique=False)

    op.create_table(
        "registration_decision",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "ruling",
            sa.Enum(
                "must", "wish", "go", "unclear", name="ruling", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("stays", sa.String(length=1000), server_default="", nullable=False),
        sa.Column("grounds", sa.String(length=500), server_default="", nullable=False),
        sa.Column("stops_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("hours_low", sa.Float(), nullable=True),
        sa.Column("hours_high", sa.Float(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_registration_decision_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "registration_id"],
            ["registration.school_id", "registration.id"],
            name=op.f("fk_registration_decision_school_id_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "round_id"],
            ["registration_round.school_id", "registration_round.id"],
            name=op.f("fk_registration_decision_school_id_round_id_registration_round"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_decision_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_decision")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_decision_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_decision_uid")),
    )
    with op.batch_alter_table("registration_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_decision_registration_id"), ["registration_id"], unique=False)

    op.create_table(
        "registration_round_item",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "registration_id"],
            ["registration.school_id", "registration.id"],
            name=op.f("fk_registration_round_item_school_id_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "round_id"],
            ["registration_round.school_id", "registration_round.id"],
            name=op.f("fk_registration_round_item_school_id_round_id_registration_round"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_round_item_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_round_item")),
        sa.UniqueConstraint(
            "round_id", "registration_id", name=op.f("uq_registration_round_item_round_id_registration_id")
        ),
    )
    op.create_table(
        "registration_serves",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("purpose_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "purpose_id"],
            ["registration_purpose.school_id", "registration_purpose.id"],
            name=op.f("fk_registration_serves_school_id_purpose_id_registration_purpose"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "registration_id"],
            ["registration.school_id", "registration.id"],
            name=op.f("fk_registration_serves_school_id_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_serves_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_serves")),
        sa.UniqueConstraint(
            "registration_id", "purpose_id", name=op.f("uq_registration_serves_registration_id_purpose_id")
        ),
    )
    op.create_table(
        "registration_work",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column(
            "doer",
            sa.Enum(
                "teacher",
                "ib",
                "head",
                "office",
                "other",
                name="doer",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("system", sa.String(length=60), server_default="", nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column(
            "cadence",
            sa.Enum(
                "day", "week", "month", "year", name="cadence", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column(
            "counted",
            sa.Enum(
                "pupil",
                "group",
                "colleague",
                "whole",
                name="counted",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("low", sa.Float(), nullable=True),
        sa.Column("high", sa.Float(), nullable=True),
        sa.Column("changed_at", types.UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(low IS NULL) = (high IS NULL) AND (low IS NULL OR low <= high)", name=op.f("ck_registration_work_spread")
        ),
        sa.CheckConstraint("times >= 0 AND amount >= 0", name=op.f("ck_registration_work_counts")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_registration_work_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "registration_id"],
            ["registration.school_id", "registration.id"],
            name=op.f("fk_registration_work_school_id_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_work_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_work")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_work_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_work_uid")),
    )
    with op.batch_alter_table("registration_work", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_work_registration_id"), ["registration_id"], unique=False)

    op.create_table(
        "registration_run",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("work_id", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("measured_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_registration_run_took_time")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_registration_run_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "work_id"],
            ["registration_work.school_id", "registration_work.id"],
            name=op.f("fk_registration_run_school_id_work_id_registration_work"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_run_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_run")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_run_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_run_uid")),
    )
    with op.batch_alter_table("registration_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_run_work_id"), ["work_id"], unique=False)

    op.create_table(
        "registration_step",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column(
            "leftover",
            sa.Enum("keep", "erase", "archive", name="leftover", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_at", types.UtcDateTime(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["done_by"], ["account.id"], name=op.f("fk_registration_step_done_by_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "decision_id"],
            ["registration_decision.school_id", "registration_decision.id"],
            name=op.f("fk_registration_step_school_id_decision_id_registration_decision"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_step_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_step")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_step_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_step_uid")),
    )
    with op.batch_alter_table("registration_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_step_decision_id"), ["decision_id"], unique=False)

    op.create_table(
        "registration_voice",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "voice",
            sa.Enum(
                "teacher",
                "ib",
                "head",
                "council",
                "board",
                name="voice",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("code_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("begun_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "code_id IS NOT NULL OR token_hash IS NULL", name=op.f("ck_registration_voice_code_with_token")
        ),
        sa.CheckConstraint("account_id IS NULL OR code_id IS NULL", name=op.f("ck_registration_voice_account_or_code")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_registration_voice_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "code_id"],
            ["registration_code.school_id", "registration_code.id"],
            name=op.f("fk_registration_voice_school_id_code_id_registration_code"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "round_id"],
            ["registration_round.school_id", "registration_round.id"],
            name=op.f("fk_registration_voice_school_id_round_id_registration_round"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_voice_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_voice")),
        sa.UniqueConstraint("round_id", "account_id", name=op.f("uq_registration_voice_round_id_account_id")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_registration_voice_school_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_registration_voice_token_hash")),
        sa.UniqueConstraint("uid", name=op.f("uq_registration_voice_uid")),
    )
    op.create_table(
        "registration_opinion",
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column(
            "ruling",
            sa.Enum(
                "must", "wish", "go", "unclear", name="ruling", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("because", sa.String(length=500), server_default="", nullable=False),
        sa.Column("given_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "registration_id"],
            ["registration.school_id", "registration.id"],
            name=op.f("fk_registration_opinion_school_id_registration_id_registration"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "voice_id"],
            ["registration_voice.school_id", "registration_voice.id"],
            name=op.f("fk_registration_opinion_school_id_voice_id_registration_voice"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_registration_opinion_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration_opinion")),
        sa.UniqueConstraint(
            "voice_id", "registration_id", name=op.f("uq_registration_opinion_voice_id_registration_id")
        ),
    )
    with op.batch_alter_table("registration_opinion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_registration_opinion_registration_id"), ["registration_id"], unique=False)
    protect(*NEW)
    only_added("registration_decision", "een besluit over een registratie kan niet worden gewijzigd")


def downgrade() -> None:
    no_longer("registration_decision")
    for table in reversed(NEW):
        op.drop_table(table)
