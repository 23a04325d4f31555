"""What is released to parents, the studiewijzer, messages, the portfolio, talks with three voices, the rapport."""

import sqlalchemy as sa
from alembic import op

from migrations.wall import protect
from models import types

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WALLED = (
    "explanation",
    "report_form",
    "consent",
    "correction_request",
    "announcement",
    "message",
    "portfolio_piece",
    "study_week",
    "message_copy",
    "piece_image",
    "release",
    "report_card",
    "study_line",
    "talk_voice",
)


def upgrade() -> None:
    op.create_table(
        "explanation",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_explanation_account_id_account")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_explanation_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
        sa.UniqueConstraint("school_id", "key", name=op.f("uq_explanation_school_id_key")),
    )
    op.create_table(
        "picture_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("pictures_hash", sa.String(length=255), nullable=False),
        sa.Column("set_at", types.UtcDateTime(), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_picture_password_account_id_account")),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_picture_password_set_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture_password")),
        sa.UniqueConstraint("account_id", name=op.f("uq_picture_password_account_id")),
    )
    op.create_table(
        "report_form",
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_report_form_account_id_account")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_report_form_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_form")),
        sa.UniqueConstraint("school_id", name=op.f("uq_report_form_school_id")),
    )
    op.create_table(
        "consent",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "portfolio",
                "report",
                "group",
                name="consentpurpose",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("said_at", types.UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_consent_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_consent_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.id"], name=op.f("fk_consent_school_id_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_consent_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("uid", name=op.f("uq_consent_uid")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_pupil_id_purpose"), ["pupil_id", "purpose"], unique=False)

    op.create_table(
        "correction_request",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=300), nullable=False),
        sa.Column("about_uid", sa.Uuid(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("asked_at", types.UtcDateTime(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "corrected",
                "partly",
                "kept",
                name="correctionanswer",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=True,
        ),
        sa.Column("answer_body", sa.String(), nullable=True),
        sa.Column("answered_at", types.UtcDateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_correction_request_answered_as_a_whole"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_correction_request_account_id_account")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["account.id"], name=op.f("fk_correction_request_answered_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_correction_request_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_correction_request_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_correction_request_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_request")),
        sa.UniqueConstraint("uid", name=op.f("uq_correction_request_uid")),
    )
    with op.batch_alter_table("correction_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_request_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "announcement",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("source_key", sa.String(length=300), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), server_default="", nullable=False),
        sa.Column("shown_from", sa.Date(), nullable=False),
        sa.Column("shown_until", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_announcement_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "delivery_id"],
            ["delivery.school_id", "delivery.id"],
            name=op.f("fk_announcement_school_id_delivery_id_delivery"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_announcement_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_announcement_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("school_id", "source_key", name=op.f("uq_announcement_school_id_source_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_announcement_uid")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_announcement_school_id_shown_from"), ["school_id", "shown_from"], unique=False
        )

    op.create_table(
        "class_door",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", types.UtcDateTime(), nullable=False),
        sa.Column("ends_at", types.UtcDateTime(), nullable=False),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_class_door_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_class_door_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_class_door_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_door")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_class_door_code_hash")),
    )
    with op.batch_alter_table("class_door", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_class_door_group_id"), ["group_id"], unique=False)

    op.create_table(
        "message",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "digest",
                "announcement",
                "release",
                name="messagekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("made_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_message_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_message_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_message_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_message_school_id_id")),
        sa.UniqueConstraint("school_id", "key", name=op.f("uq_message_school_id_key")),
        sa.UniqueConstraint("uid", name=op.f("uq_message_uid")),
    )
    op.create_table(
        "portfolio_piece",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "photo",
                "drawing",
                "text",
                "film",
                name="piecekind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.String(), server_default="", nullable=False),
        sa.Column("link", sa.String(length=300), server_default="", nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("is_outside_school", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("added_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_portfolio_piece_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "goal_id"],
            ["goal.school_id", "goal.id"],
            name=op.f("fk_portfolio_piece_school_id_goal_id_goal"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_portfolio_piece_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_portfolio_piece_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portfolio_piece")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_portfolio_piece_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_portfolio_piece_uid")),
    )
    with op.batch_alter_table("portfolio_piece", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portfolio_piece_pupil_id_made_on"), ["pupil_id", "made_on"], unique=False)

    op.create_table(
        "study_week",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("intro", sa.String(length=600), server_default="", nullable=False),
        sa.Column("film", sa.String(length=300), server_default="", nullable=False),
        sa.Column("shows_practice", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("published_at", types.UtcDateTime(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_study_week_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_study_week_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_study_week_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_week")),
        sa.UniqueConstraint("group_id", "starts_on", name=op.f("uq_study_week_group_id_starts_on")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_study_week_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_study_week_uid")),
    )
    op.create_table(
        "message_copy",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", types.UtcDateTime(), nullable=True),
        sa.Column("sent_at", types.UtcDateTime(), nullable=True),
        sa.Column("failed_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_message_copy_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "message_id"],
            ["message.school_id", "message.id"],
            name=op.f("fk_message_copy_school_id_message_id_message"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_message_copy_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_copy")),
        sa.UniqueConstraint("message_id", "guardian_id", name=op.f("uq_message_copy_message_id_guardian_id")),
    )
    with op.batch_alter_table("message_copy", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_message_copy_guardian_id"), ["guardian_id"], unique=False)

    op.create_table(
        "piece_image",
        sa.Column("piece_id", sa.Integer(), nullable=False),
        sa.Column("is_small", sa.Boolean(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "piece_id"],
            ["portfolio_piece.school_id", "portfolio_piece.id"],
            name=op.f("fk_piece_image_school_id_piece_id_portfolio_piece"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_piece_image_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_image")),
        sa.UniqueConstraint("piece_id", "is_small", name=op.f("uq_piece_image_piece_id_is_small")),
    )
    op.create_table(
        "release",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("child_from", sa.Date(), nullable=False),
        sa.Column("parents_from", sa.Date(), nullable=False),
        sa.Column("explanation", sa.String(length=300), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("released_at", types.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", types.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(explanation) > 0", name=op.f("ck_release_never_bare")),
        sa.CheckConstraint("parents_from >= child_from", name=op.f("ck_release_child_first_or_together")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_release_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "assessment_id"],
            ["assessment.school_id", "assessment.id"],
            name=op.f("fk_release_school_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.id"], name=op.f("fk_release_school_id_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_release_school_id_school")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["account.id"], name=op.f("fk_release_withdrawn_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_release_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_release_uid")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_pupil_id"), ["pupil_id"], unique=False)
        batch_op.create_index(
            "uq_release_standing",
            ["assessment_id"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

    op.create_table(
        "report_card",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("words", sa.String(), server_default="", nullable=False),
        sa.Column("child_words", sa.String(), server_default="", nullable=False),
        sa.Column("piece_id", sa.Integer(), nullable=True),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("parents_from", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", types.UtcDateTime(), nullable=False),
        sa.Column("released_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(content IS NULL) = (released_at IS NULL)", name=op.f("ck_report_card_released_as_it_was")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_report_card_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_report_card_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "piece_id"],
            ["portfolio_piece.school_id", "portfolio_piece.id"],
            name=op.f("fk_report_card_school_id_piece_id_portfolio_piece"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_report_card_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_report_card_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_card")),
        sa.UniqueConstraint("pupil_id", "group_id", "title", name=op.f("uq_report_card_pupil_id_group_id_title")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_report_card_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_report_card_uid")),
    )
    with op.batch_alter_table("report_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_card_group_id"), ["group_id"], unique=False)

    op.create_table(
        "study_line",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("study_week_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("goal", sa.String(length=300), nullable=False),
        sa.Column("approach", sa.String(length=300), server_default="", nullable=False),
        sa.Column("words", sa.String(length=300), server_default="", nullable=False),
        sa.Column("at_home", sa.String(length=300), server_default="", nullable=False),
        sa.Column("link", sa.String(length=300), server_default="", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "objective_id"],
            ["learning_objective.school_id", "learning_objective.id"],
            name=op.f("fk_study_line_school_id_objective_id_learning_objective"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "study_week_id"],
            ["study_week.school_id", "study_week.id"],
            name=op.f("fk_study_line_school_id_study_week_id_study_week"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_study_line_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_line")),
        sa.UniqueConstraint("uid", name=op.f("uq_study_line_uid")),
    )
    with op.batch_alter_table("study_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_study_line_study_week_id"), ["study_week_id"], unique=False)

    op.create_table(
        "talk_voice",
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column(
            "speaker",
            sa.Enum("child", "parent", "teacher", name="speaker", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("guardian_id", sa.Integer(), nullable=True),
        sa.Column("goes_well", sa.String(length=300), server_default="", nullable=False),
        sa.Column("is_hard", sa.String(length=300), server_default="", nullable=False),
        sa.Column("wish", sa.String(length=300), server_default="", nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("ready_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(speaker = 'parent') = (guardian_id IS NOT NULL)", name=op.f("ck_talk_voice_parent_is_guardian")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_talk_voice_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "guardian_id"],
            ["guardian.school_id", "guardian.id"],
            name=op.f("fk_talk_voice_school_id_guardian_id_guardian"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "talk_id"], ["talk.school_id", "talk.id"], name=op.f("fk_talk_voice_school_id_talk_id_talk")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_talk_voice_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_voice")),
    )
    with op.batch_alter_table("talk_voice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_voice_guardian_id"), ["guardian_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_talk_voice_talk_id"), ["talk_id"], unique=False)
        batch_op.create_index(
            "uq_talk_voice_of_guardian",
            ["talk_id", "guardian_id"],
            unique=True,
            sqlite_where=sa.text("guardian_id IS NOT NULL"),
            postgresql_where=sa.text("guardian_id IS NOT NULL"),
        )
        batch_op.create_index(
            "uq_talk_voice_of_school",
            ["talk_id", "speaker"],
            unique=True,
            sqlite_where=sa.text("guardian_id IS NULL"),
            postgresql_where=sa.text("guardian_id IS NULL"),
        )

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("language", sa.String(length=8), server_default="nl", nullable=False))

    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "judgement",
                sa.Enum(
                    "reached",
                    "almost",
                    "not_yet",
                    name="goaljudgement",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("judgement_body", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("judged_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_goal_account_id_account"), "account", ["account_id"], ["id"])

    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "kind",
                sa.Enum(
                    "discussion",
                    "parents",
                    "report",
                    "child",
                    name="talkkind",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                server_default="discussion",
                nullable=False,
            )
        )

    with op.batch_alter_table("talk_wish", schema=None) as batch_op:
        batch_op.add_column(sa.Column("release_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_talk_wish_school_id_release_id_release"),
            "release",
            ["school_id", "release_id"],
            ["school_id", "id"],
        )
    protect(*WALLED)


def downgrade() -> None:
    with op.batch_alter_table("talk_wish", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_talk_wish_school_id_release_id_release"), type_="foreignkey")
        batch_op.drop_column("release_id")

    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_talk_talkkind"), type_="check")
        batch_op.drop_column("kind")

    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_goal_account_id_account"), type_="foreignkey")
        batch_op.drop_column("account_id")
        batch_op.drop_column("judged_on")
        batch_op.drop_column("judgement_body")
        batch_op.drop_constraint(batch_op.f("ck_goal_goaljudgement"), type_="check")
        batch_op.drop_column("judgement")

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("language")

    with op.batch_alter_table("talk_voice", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_talk_voice_of_school",
            sqlite_where=sa.text("guardian_id IS NULL"),
            postgresql_where=sa.text("guardian_id IS NULL"),
        )
        batch_op.drop_index(
            "uq_talk_voice_of_guardian",
            sqlite_where=sa.text("guardian_id IS NOT NULL"),
            postgresql_where=sa.text("guardian_id IS NOT NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_talk_voice_talk_id"))
        batch_op.drop_index(batch_op.f("ix_talk_voice_guardian_id"))

    op.drop_table("talk_voice")
    with op.batch_alter_table("study_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_study_line_study_week_id"))

    op.drop_table("study_line")
    with op.batch_alter_table("report_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_card_group_id"))

    op.drop_table("report_card")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_release_standing",
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_release_pupil_id"))

    op.drop_table("release")
    op.drop_table("piece_image")
    with op.batch_alter_table("message_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_copy_guardian_id"))

    op.drop_table("message_copy")
    op.drop_table("study_week")
    with op.batch_alter_table("portfolio_piece", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portfolio_piece_pupil_id_made_on"))

    op.drop_table("portfolio_piece")
    op.drop_table("message")
    with op.batch_alter_table("class_door", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_class_door_group_id"))

    op.drop_table("class_door")
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_school_id_shown_from"))

    op.drop_table("announcement")
    with op.batch_alter_table("correction_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_request_pupil_id"))

    op.drop_table("correction_request")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_pupil_id_purpose"))

    op.drop_table("consent")
    op.drop_table("report_form")
    op.drop_table("picture_password")
    op.drop_table("explanation")
