"""first schema."""

import sqlalchemy as sa
from alembic import op

from models import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", types.UtcDateTime(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "teacher",
                "ib",
                "head",
                "admin",
                "parent",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("action", sa.String(length=16), nullable=False),
        sa.Column("ground", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_log")),
    )
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_access_log_school_id_pupil_id_at"), ["school_id", "pupil_id", "at"], unique=False
        )

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(length=254), nullable=False),
        sa.Column("display_name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("disabled_at", types.UtcDateTime(), nullable=True),
        sa.CheckConstraint("login = lower(login)", name=op.f("ck_account_login_lower")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.UniqueConstraint("uid", name=op.f("uq_account_uid")),
    )
    op.create_table(
        "instrument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=128), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "test",
                "wellbeing",
                "observation",
                name="instrumentkind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("provider", "code", "version", name=op.f("uq_instrument_provider_code_version")),
    )
    op.create_table(
        "norm_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_group")),
        sa.UniqueConstraint("owner", "code", name=op.f("uq_norm_group_owner_code")),
    )
    op.create_table(
        "scale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=128), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column(
            "measure",
            sa.Enum(
                "raw",
                "skill",
                "level",
                "percentile",
                "functioning",
                "dle",
                "reference",
                "reading",
                "dimension",
                "age_phase",
                "standard",
                "unknown",
                name="measure",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("is_ordinal", sa.Boolean(), nullable=False),
        sa.Column("comparable_group", sa.String(length=200), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scale")),
        sa.UniqueConstraint("code", "owner", "version", name=op.f("uq_scale_code_owner_version")),
    )
    op.create_table(
        "school",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("brin", sa.String(length=4), nullable=True),
        sa.Column("dependance", sa.String(length=2), nullable=False),
        sa.Column("school_key", sa.String(length=256), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.CheckConstraint("brin IS NOT NULL OR school_key IS NOT NULL", name=op.f("ck_school_known_by_a_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school")),
        sa.UniqueConstraint("brin", "dependance", name=op.f("uq_school_brin_dependance")),
        sa.UniqueConstraint("uid", name=op.f("uq_school_uid")),
    )
    op.create_table(
        "school_year",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(code) = 9 AND substr(code, 5, 1) = '-'", name=op.f("ck_school_year_code_form")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_year")),
        sa.UniqueConstraint("code", name=op.f("uq_school_year_code")),
    )
    op.create_table(
        "guardian",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("phone", sa.String(length=32), nullable=True),
        sa.Column("given_name", sa.String(length=64), nullable=True),
        sa.Column("first_names", sa.String(length=256), nullable=True),
        sa.Column("initials", sa.String(length=16), nullable=True),
        sa.Column("prefix", sa.String(length=16), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_guardian_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardian")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_guardian_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_guardian_uid")),
    )
    op.create_table(
        "login_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", types.UtcDateTime(), nullable=False),
        sa.Column("seen_at", types.UtcDateTime(), nullable=False),
        sa.Column("expires_at", types.UtcDateTime(), nullable=False),
        sa.Column("revoked_at", types.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_login_session_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_login_session_token_hash")),
    )
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "pupil",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "unknown",
                "male",
                "female",
                "not_specified",
                name="sex",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("given_name", sa.String(length=64), nullable=True),
        sa.Column("first_names", sa.String(length=256), nullable=True),
        sa.Column("initials", sa.String(length=16), nullable=True),
        sa.Column("prefix", sa.String(length=16), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_pupil_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_pupil_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_pupil_uid")),
    )
    op.create_table(
        "source",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("connector", sa.String(length=64), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "las",
                "test",
                "practice",
                "wellbeing",
                "journal",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("leads_roll", sa.Boolean(), nullable=False),
        sa.Column("stale_after_days", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_source_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("school_id", "code", name=op.f("uq_source_school_id_code")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_source_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_source_uid")),
    )
    op.create_table(
        "staff",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("given_name", sa.String(length=64), nullable=True),
        sa.Column("first_names", sa.String(length=256), nullable=True),
        sa.Column("initials", sa.String(length=16), nullable=True),
        sa.Column("prefix", sa.String(length=16), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_staff_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_staff_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_staff_uid")),
    )
    op.create_table(
        "delivery",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("applied", "refused", name="deliverystatus", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("connector_version", sa.String(length=32), nullable=False),
        sa.Column("format_version", sa.String(length=32), nullable=True),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("school_year", sa.String(length=9), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("received_at", types.UtcDateTime(), nullable=False),
        sa.Column("finished_at", types.UtcDateTime(), nullable=False),
        sa.Column("requested_by", sa.String(length=100), nullable=False),
        sa.Column("is_full_snapshot", sa.Boolean(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("vanished", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("dropped_sensitive", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "source_id"],
            ["source.school_id", "source.id"],
            name=op.f("fk_delivery_school_id_source_id_source"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_delivery_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_delivery_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_delivery_uid")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_delivery_source_id_received_at"), ["source_id", "received_at"], unique=False
        )
        batch_op.create_index(
            "uq_delivery_file",
            ["source_id", "file_sha256"],
            unique=True,
            sqlite_where=sa.text("status = 'applied'"),
            postgresql_where=sa.text("status = 'applied'"),
        )

    op.create_table(
        "learning_objective",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("domain", sa.String(length=100), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "source_id"],
            ["source.school_id", "source.id"],
            name=op.f("fk_learning_objective_school_id_source_id_source"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_learning_objective_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_objective")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_learning_objective_school_id_id")),
        sa.UniqueConstraint(
            "source_id", "subject", "domain", "name", name=op.f("uq_learning_objective_source_id_subject_domain_name")
        ),
    )
    op.create_table(
        "practice_seen",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("ids", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "source_id"],
            ["source.school_id", "source.id"],
            name=op.f("fk_practice_seen_school_id_source_id_source"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_practice_seen_school_id_school")),
        sa.PrimaryKeyConstraint("source_id", "block", name=op.f("pk_practice_seen")),
    )
    op.create_table(
        "absence",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "morning", "afternoon", "day", name="absencepart", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "ill",
                "doctor",
                "leave",
                "late",
                "unauthorised",
                name="absencereason",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("locator", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_absence_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.id"], name=op.f("fk_absence_school_id_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_absence_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
        sa.UniqueConstraint("pupil_id", "day", "part", name=op.f("uq_absence_pupil_id_day_part")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_absence_school_id_id")),
    )
    op.create_table(
        "agreement",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("locator", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_agreement_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "owner_id"],
            ["staff.school_id", "staff.id"],
            name=op.f("fk_agreement_school_id_owner_id_staff"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_agreement_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_agreement_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_agreement_school_id_id")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "class_group",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(length=256), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("home", "instruction", name="groupkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column(
            "grade",
            sa.Enum(
                "B",
                "D",
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                "11",
                "12",
                "13",
                "14",
                "15",
                "16",
                "S",
                "V",
                "C",
                "N",
                "H",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_class_group_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_id"],
            ["source.school_id", "source.id"],
            name=op.f("fk_class_group_school_id_source_id_source"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_class_group_school_id_school")),
        sa.ForeignKeyConstraint(
            ["school_year_id"], ["school_year.id"], name=op.f("fk_class_group_school_year_id_school_year")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_group")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_class_group_school_id_id")),
        sa.UniqueConstraint(
            "source_id",
            "school_year_id",
            "kind",
            "source_key",
            name=op.f("uq_class_group_source_id_school_year_id_kind_source_key"),
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_class_group_uid")),
    )
    with op.batch_alter_table("class_group", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_class_group_school_id_school_year_id"), ["school_id", "school_year_id"], unique=False
        )

    op.create_table(
        "goal",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "yes", "partly", "not_now", name="goalanswer", native_enum=False, create_constraint=True, length=24
            ),
            nullable=True,
        ),
        sa.Column("answer_body", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("locator", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_goal_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.id"], name=op.f("fk_goal_school_id_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_goal_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_goal_school_id_id")),
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "guardianship",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "father",
                "mother",
                "guardian",
                "other",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "custody",
            sa.Enum("yes", "no", "unknown", name="custody", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(length=100), nullable=True),
        sa.Column("verified_at", types.UtcDateTime(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_guardianship_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_guardianship_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_guardianship_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_guardianship_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianship")),
        sa.UniqueConstraint(
            "pupil_id", "guardian_id", "starts_on", name=op.f("uq_guardianship_pupil_id_guardian_id_starts_on")
        ),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_guardianship_school_id_id")),
    )
    with op.batch_alter_table("guardianship", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guardianship_guardian_id"), ["guardian_id"], unique=False)

    op.create_table(
        "issue",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "severity",
            sa.Enum("warning", "error", name="severity", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "resolved",
                "dismissed",
                name="issuestatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=False),
        sa.Column("locator", sa.String(length=300), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_issue_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_id"],
            ["source.school_id", "source.id"],
            name=op.f("fk_issue_school_id_source_id_source"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_issue_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_issue_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_issue_uid")),
    )
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issue_school_id_status"), ["school_id", "status"], unique=False)

    op.create_table(
        "ledger",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=32), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(length=16), nullable=False),
        sa.Column("locator", sa.String(length=300), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "active",
                "vanished",
                "rejected",
                name="ledgerstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("target_id", sa.Integer(), nullable=True),
        sa.Column("first_delivery_id", sa.Integer(), nullable=False),
        sa.Column("seen_delivery_id", sa.Integer(), nullable=False),
        sa.Column("changed_delivery_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "changed_delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_ledger_school_id_changed_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "first_delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_ledger_school_id_first_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "seen_delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_ledger_school_id_seen_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_id"],
            ["source.school_id", "source.id"],
            name=op.f("fk_ledger_school_id_source_id_source"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_ledger_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_ledger_school_id_id")),
        sa.UniqueConstraint("source_id", "stream", "source_key", name=op.f("uq_ledger_source_id_stream_source_key")),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_seen_delivery_id"), ["seen_delivery_id"], unique=False)

    op.create_table(
        "norm_band",
        sa.Column("scale_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("low IS NULL OR high IS NULL OR low <= high", name=op.f("ck_norm_band_order")),
        sa.ForeignKeyConstraint(["scale_id"], ["scale.id"], name=op.f("fk_norm_band_scale_id_scale")),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_norm_band_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_norm_band_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_norm_band")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_norm_band_school_id_id")),
        sa.UniqueConstraint(
            "school_id", "scale_id", "moment", "code", name=op.f("uq_norm_band_school_id_scale_id_moment_code")
        ),
    )
    op.create_table(
        "note",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("written_at", types.UtcDateTime(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "observation",
                "pupil_talk",
                "parent_talk",
                "discussion",
                "note",
                "talent",
                name="notekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column(
            "tone",
            sa.Enum("good", "neutral", "worry", name="tone", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "readers",
            sa.Enum("team", "ib", name="readers", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("locator", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("author_id IS NOT NULL OR delivery_id IS NOT NULL", name=op.f("ck_note_has_origin")),
        sa.ForeignKeyConstraint(
            ["school_id", "author_id"], ["staff.school_id", "staff.id"], name=op.f("fk_note_school_id_author_id_staff")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "corrects_id"], ["note.school_id", "note.id"], name=op.f("fk_note_school_id_corrects_id_note")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_note_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.id"], name=op.f("fk_note_school_id_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_note_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_note_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_note_uid")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_note_pupil_id_observed_on"), ["pupil_id", "observed_on"], unique=False)

    op.create_table(
        "source_person",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "pupil", "staff", "guardian", name="personrole", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("source_key", sa.String(length=256), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column(
            "sex",
            sa.Enum(
                "unknown",
                "male",
                "female",
                "not_specified",
                name="sex",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("group_label", sa.String(length=64), nullable=True),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column(
            "link_method",
            sa.Enum(
                "roll",
                "eck_id",
                "las_key",
                "manual",
                name="linkmethod",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("linked_by", sa.String(length=100), nullable=True),
        sa.Column("linked_at", types.UtcDateTime(), nullable=True),
        sa.Column("first_delivery_id", sa.Integer(), nullable=False),
        sa.Column("seen_delivery_id", sa.Integer(), nullable=False),
        sa.Column("vanished_at", types.UtcDateTime(), nullable=True),
        sa.Column("given_name", sa.String(length=64), nullable=True),
        sa.Column("first_names", sa.String(length=256), nullable=True),
        sa.Column("initials", sa.String(length=16), nullable=True),
        sa.Column("prefix", sa.String(length=16), nullable=True),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "link_method IS NULL OR link_method <> 'manual' OR linked_by IS NOT NULL",
            name=op.f("ck_source_person_manual_has_name"),
        ),
        sa.CheckConstraint("source_key NOT LIKE '#%'", name=op.f("ck_source_person_dummy_key_is_no_identity")),
        sa.CheckConstraint(
            "(pupil_id IS NULL AND staff_id IS NULL AND guardian_id IS NULL) = (link_method IS NULL)",
            name=op.f("ck_source_person_link_has_method"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "first_delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_source_person_school_id_first_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_source_person_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_source_person_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "seen_delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_source_person_school_id_seen_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_id"],
            ["source.school_id", "source.id"],
            name=op.f("fk_source_person_school_id_source_id_source"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "staff_id"],
            ["staff.school_id", "staff.id"],
            name=op.f("fk_source_person_school_id_staff_id_staff"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_source_person_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_person")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_source_person_school_id_id")),
        sa.UniqueConstraint(
            "source_id",
            "role",
            "source_key",
            "generation",
            name=op.f("uq_source_person_source_id_role_source_key_generation"),
        ),
    )
    with op.batch_alter_table("source_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_person_pupil_id"), ["pupil_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_person_staff_id"), ["staff_id"], unique=False)

    op.create_table(
        "support_point",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "helps", "hinders", "in_class", name="supportkind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("locator", sa.String(length=300), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "author_id"],
            ["staff.school_id", "staff.id"],
            name=op.f("fk_support_point_school_id_author_id_staff"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_support_point_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_support_point_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_support_point_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_point")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_support_point_school_id_id")),
    )
    with op.batch_alter_table("support_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_point_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("source_person_id", sa.Integer(), nullable=False),
        sa.Column("instrument_id", sa.Integer(), nullable=False),
        sa.Column("source_key", sa.String(length=300), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("moment", sa.String(length=32), nullable=True),
        sa.Column("test_level", sa.String(length=16), nullable=True),
        sa.Column(
            "grade",
            sa.Enum(
                "B",
                "D",
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                "11",
                "12",
                "13",
                "14",
                "15",
                "16",
                "S",
                "V",
                "C",
                "N",
                "H",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column(
            "respondent",
            sa.Enum(
                "test",
                "teacher",
                "pupil",
                "parent",
                name="respondent",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("locator", sa.String(length=300), nullable=False),
        sa.Column("superseded_by_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_assessment_instrument_id_instrument")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_assessment_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_person_id"],
            ["source_person.school_id", "source_person.id"],
            name=op.f("fk_assessment_school_id_source_person_id_source_person"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "superseded_by_id"],
            ["assessment.school_id", "assessment.id"],
            name=op.f("fk_assessment_school_id_superseded_by_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_assessment_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_assessment_school_id_id")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_assessment_source_person_id_taken_on"), ["source_person_id", "taken_on"], unique=False
        )
        batch_op.create_index(
            "uq_assessment_key",
            ["source_person_id", "source_key"],
            unique=True,
            sqlite_where=sa.text("superseded_by_id IS NULL"),
            postgresql_where=sa.text("superseded_by_id IS NULL"),
        )

    op.create_table(
        "enrolment",
        sa.Column("source_person_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("start_grade3_on", sa.Date(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_enrolment_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_person_id"],
            ["source_person.school_id", "source_person.id"],
            name=op.f("fk_enrolment_school_id_source_person_id_source_person"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_enrolment_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_enrolment_school_id_id")),
        sa.UniqueConstraint("source_person_id", name=op.f("uq_enrolment_source_person_id")),
    )
    op.create_table(
        "group_membership",
        sa.Column("source_person_id", sa.Integer(), nullable=False),
        sa.Column("school_year_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("home", "instruction", name="groupkind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column(
            "grade",
            sa.Enum(
                "B",
                "D",
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
                "8",
                "11",
                "12",
                "13",
                "14",
                "15",
                "16",
                "S",
                "V",
                "C",
                "N",
                "H",
                name="grade",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_group_membership_period")),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_group_membership_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_group_membership_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_person_id"],
            ["source_person.school_id", "source_person.id"],
            name=op.f("fk_group_membership_school_id_source_person_id_source_person"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_group_membership_school_id_school")),
        sa.ForeignKeyConstraint(
            ["school_year_id"], ["school_year.id"], name=op.f("fk_group_membership_school_year_id_school_year")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_membership")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_group_membership_school_id_id")),
    )
    with op.batch_alter_table("group_membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_membership_group_id"), ["group_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_membership_source_person_id"), ["source_person_id"], unique=False)
        batch_op.create_index(
            "uq_group_membership_open_home",
            ["source_person_id", "school_year_id"],
            unique=True,
            sqlite_where=sa.text("kind = 'home' AND ends_on IS NULL"),
            postgresql_where=sa.text("kind = 'home' AND ends_on IS NULL"),
        )

    op.create_table(
        "match_proposal",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("source_person_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("contradiction", sa.String(length=64), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "open",
                "accepted",
                "rejected",
                name="proposalstatus",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.String(length=100), nullable=True),
        sa.Column("decided_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status = 'open' OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)",
            name=op.f("ck_match_proposal_decided_by_someone"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "candidate_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_match_proposal_school_id_candidate_id_pupil"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_person_id"],
            ["source_person.school_id", "source_person.id"],
            name=op.f("fk_match_proposal_school_id_source_person_id_source_person"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_match_proposal_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_proposal")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_match_proposal_school_id_id")),
        sa.UniqueConstraint(
            "source_person_id", "candidate_id", name=op.f("uq_match_proposal_source_person_id_candidate_id")
        ),
        sa.UniqueConstraint("uid", name=op.f("uq_match_proposal_uid")),
    )
    op.create_table(
        "person_identifier",
        sa.Column("source_person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "eck_id",
                "las_key",
                "platform",
                name="identifiertype",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=256), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "source_person_id"],
            ["source_person.school_id", "source_person.id"],
            name=op.f("fk_person_identifier_school_id_source_person_id_source_person"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_person_identifier_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_identifier")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_person_identifier_school_id_id")),
        sa.UniqueConstraint(
            "source_person_id", "kind", "value", name=op.f("uq_person_identifier_source_person_id_kind_value")
        ),
    )
    with op.batch_alter_table("person_identifier", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_identifier_school_id_kind_value"), ["school_id", "kind", "value"], unique=False
        )

    op.create_table(
        "practice_cell",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("source_person_id", sa.Integer(), nullable=False),
        sa.Column("day", types.DayNumber(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("correct", sa.Integer(), nullable=False),
        sa.Column("first_answers", sa.Integer(), nullable=False),
        sa.Column("first_correct", sa.Integer(), nullable=False),
        sa.Column("progress_sum", sa.Integer(), nullable=False),
        sa.Column("progress_n", sa.Integer(), nullable=False),
        sa.Column("no_difficulty", sa.Integer(), nullable=False),
        sa.Column("uncalibrated", sa.Integer(), nullable=False),
        sa.Column("home_answers", sa.Integer(), nullable=False),
        sa.Column("first_second", sa.Integer(), nullable=False),
        sa.Column("last_second", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("correct BETWEEN 0 AND answers", name=op.f("ck_practice_cell_correct")),
        sa.CheckConstraint(
            "first_answers BETWEEN 0 AND answers AND first_correct BETWEEN 0 AND first_answers",
            name=op.f("ck_practice_cell_first"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_practice_cell_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "objective_id"],
            ["learning_objective.school_id", "learning_objective.id"],
            name=op.f("fk_practice_cell_school_id_objective_id_learning_objective"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_person_id"],
            ["source_person.school_id", "source_person.id"],
            name=op.f("fk_practice_cell_school_id_source_person_id_source_person"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_practice_cell_school_id_school")),
        sa.PrimaryKeyConstraint("source_person_id", "day", "objective_id", name=op.f("pk_practice_cell")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "practice_first",
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("source_person_id", sa.Integer(), nullable=False),
        sa.Column("period", sa.Integer(), nullable=False),
        sa.Column("exercises", sa.LargeBinary(), nullable=False),
        sa.Column("details", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "source_person_id"],
            ["source_person.school_id", "source_person.id"],
            name=op.f("fk_practice_first_school_id_source_person_id_source_person"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_practice_first_school_id_school")),
        sa.PrimaryKeyConstraint("source_person_id", "period", name=op.f("pk_practice_first")),
    )
    op.create_table(
        "role_grant",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "teacher",
                "ib",
                "head",
                "admin",
                "parent",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.String(length=100), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "role <> 'parent' OR guardian_id IS NOT NULL", name=op.f("ck_role_grant_parent_is_guardian")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_role_grant_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_role_grant_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "staff_id"],
            ["staff.school_id", "staff.id"],
            name=op.f("fk_role_grant_school_id_staff_id_staff"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_role_grant_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_account_id"), ["account_id"], unique=False)

    op.create_table(
        "staff_assignment",
        sa.Column("source_person_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_staff_assignment_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_staff_assignment_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "source_person_id"],
            ["source_person.school_id", "source_person.id"],
            name=op.f("fk_staff_assignment_school_id_source_person_id_source_person"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_staff_assignment_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_assignment")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_staff_assignment_school_id_id")),
        sa.UniqueConstraint(
            "source_person_id", "group_id", "role", name=op.f("uq_staff_assignment_source_person_id_group_id_role")
        ),
    )
    with op.batch_alter_table("staff_assignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_assignment_group_id"), ["group_id"], unique=False)

    op.create_table(
        "assessment_score",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("scale_id", sa.Integer(), nullable=False),
        sa.Column("norm_group_id", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(length=128), nullable=False),
        sa.Column("value_raw", sa.String(length=200), nullable=False),
        sa.Column("value_num", sa.Double(), nullable=True),
        sa.Column("band", sa.String(length=64), nullable=True),
        sa.Column("ci_low", sa.Double(), nullable=True),
        sa.Column("ci_high", sa.Double(), nullable=True),
        sa.Column("qualifier", sa.String(length=64), nullable=True),
        sa.Column("norms", sa.JSON(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["norm_group_id"], ["norm_group.id"], name=op.f("fk_assessment_score_norm_group_id_norm_group")
        ),
        sa.ForeignKeyConstraint(["scale_id"], ["scale.id"], name=op.f("fk_assessment_score_scale_id_scale")),
        sa.ForeignKeyConstraint(
            ["school_id", "assessment_id"],
            ["assessment.school_id", "assessment.id"],
            name=op.f("fk_assessment_score_school_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_assessment_score_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment_score")),
    )
    with op.batch_alter_table("assessment_score", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_score_assessment_id"), ["assessment_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("assessment_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_score_assessment_id"))

    op.drop_table("assessment_score")
    with op.batch_alter_table("staff_assignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_staff_assignment_group_id"))

    op.drop_table("staff_assignment")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_account_id"))

    op.drop_table("role_grant")
    op.drop_table("practice_first")
    op.drop_table("practice_cell")
    with op.batch_alter_table("person_identifier", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_identifier_school_id_kind_value"))

    op.drop_table("person_identifier")
    op.drop_table("match_proposal")
    with op.batch_alter_table("group_membership", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_group_membership_open_home",
            sqlite_where=sa.text("kind = 'home' AND ends_on IS NULL"),
            postgresql_where=sa.text("kind = 'home' AND ends_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_group_membership_source_person_id"))
        batch_op.drop_index(batch_op.f("ix_group_membership_group_id"))

    op.drop_table("group_membership")
    op.drop_table("enrolment")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_assessment_key",
            sqlite_where=sa.text("superseded_by_id IS NULL"),
            postgresql_where=sa.text("superseded_by_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_assessment_source_person_id_taken_on"))

    op.drop_table("assessment")
    with op.batch_alter_table("support_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_point_pupil_id"))

    op.drop_table("support_point")
    with op.batch_alter_table("source_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_person_staff_id"))
        batch_op.drop_index(batch_op.f("ix_source_person_pupil_id"))

    op.drop_table("source_person")
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_note_pupil_id_observed_on"))

    op.drop_table("note")
    op.drop_table("norm_band")
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_seen_delivery_id"))

    op.drop_table("ledger")
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issue_school_id_status"))

    op.drop_table("issue")
    with op.batch_alter_table("guardianship", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guardianship_guardian_id"))

    op.drop_table("guardianship")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_pupil_id"))

    op.drop_table("goal")
    with op.batch_alter_table("class_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_group_school_id_school_year_id"))

    op.drop_table("class_group")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_pupil_id"))

    op.drop_table("agreement")
    op.drop_table("absence")
    op.drop_table("practice_seen")
    op.drop_table("learning_objective")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_delivery_file",
            sqlite_where=sa.text("status = 'applied'"),
            postgresql_where=sa.text("status = 'applied'"),
        )
        batch_op.drop_index(batch_op.f("ix_delivery_source_id_received_at"))

    op.drop_table("delivery")
    op.drop_table("staff")
    op.drop_table("source")
    op.drop_table("pupil")
    with op.batch_alter_table("login_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_session_account_id"))

    op.drop_table("login_session")
    op.drop_table("guardian")
    op.drop_table("school_year")
    op.drop_table("school")
    op.drop_table("scale")
    op.drop_table("norm_group")
    op.drop_table("instrument")
    op.drop_table("account")
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_access_log_school_id_pupil_id_at"))

    op.drop_table("access_log")
