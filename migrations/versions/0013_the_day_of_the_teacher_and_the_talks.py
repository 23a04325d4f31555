"""What the teacher's day and the talks need: answers to signals, instructions, placements, talks, settings."""

import sqlalchemy as sa
from alembic import op
from uuid_utils.compat import uuid7

from migrations import wall
from models import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NEW = (
    "school_setting", "instruction", "instruction_placement", "talk", "instruction_pupil", "talk_view", "talk_wish",
    "signal_answer",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "school_setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("changed_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_school_setting_account_id_account")),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_school_setting_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_school_setting")),
        sa.UniqueConstraint("school_id", "name", name=op.f("uq_school_setting_school_id_name")),
    )
    op.create_table(
        "instruction",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_instruction_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_instruction_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "objective_id"],
            ["learning_objective.school_id", "learning_objective.id"],
            name=op.f("fk_instruction_school_id_objective_id_learning_objective"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_instruction_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_instruction_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_instruction_uid")),
    )
    with op.batch_alter_table("instruction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instruction_group_id_planned_on"), ["group_id", "planned_on"], unique=False
        )

    op.create_table(
        "instruction_placement",
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "intensive",
                "basic",
                "enriched",
                name="instructionlevel",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=300), server_default="", nullable=False),
        sa.Column("is_own_choice", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_instruction_placement_period")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_instruction_placement_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_instruction_placement_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_instruction_placement_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_instruction_placement_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction_placement")),
    )
    with op.batch_alter_table("instruction_placement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_instruction_placement_group_id_subject"), ["group_id", "subject"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_instruction_placement_pupil_id"), ["pupil_id"], unique=False)
        batch_op.create_index(
            "uq_instruction_placement_open",
            ["pupil_id", "group_id", "subject"],
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )

    op.create_table(
        "talk",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("planned_time", sa.Time(), nullable=True),
        sa.Column("question", sa.String(), server_default="", nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=False),
        sa.Column("started_at", types.UtcDateTime(), nullable=True),
        sa.Column("ended_at", types.UtcDateTime(), nullable=True),
        sa.Column("cancelled_at", types.UtcDateTime(), nullable=True),
        sa.Column("sees", sa.String(), server_default="", nullable=False),
        sa.Column("child_says", sa.String(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("pupil_id IS NOT NULL OR group_id IS NOT NULL", name=op.f("ck_talk_about_child_or_group")),
        sa.CheckConstraint("ended_at IS NULL OR started_at IS NOT NULL", name=op.f("ck_talk_began_before_it_ended")),
        sa.ForeignKeyConstraint(["planned_by"], ["account.id"], name=op.f("fk_talk_planned_by_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "group_id"],
            ["class_group.school_id", "class_group.id"],
            name=op.f("fk_talk_school_id_group_id_class_group"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"], ["pupil.school_id", "pupil.id"], name=op.f("fk_talk_school_id_pupil_id_pupil")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_talk_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_talk_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_talk_uid")),
    )
    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_pupil_id"), ["pupil_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_talk_school_id_planned_on"), ["school_id", "planned_on"], unique=False)

    op.create_table(
        "instruction_pupil",
        sa.Column("instruction_id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["school_id", "instruction_id"],
            ["instruction.school_id", "instruction.id"],
            name=op.f("fk_instruction_pupil_school_id_instruction_id_instruction"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_instruction_pupil_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_instruction_pupil_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction_pupil")),
        sa.UniqueConstraint("instruction_id", "pupil_id", name=op.f("uq_instruction_pupil_instruction_id_pupil_id")),
    )
    with op.batch_alter_table("instruction_pupil", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_instruction_pupil_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "talk_view",
        sa.Column("talk_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("strengths", sa.String(), server_default="", nullable=False),
        sa.Column("concerns", sa.String(), server_default="", nullable=False),
        sa.Column("wish", sa.String(), server_default="", nullable=False),
        sa.Column("ready_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_talk_view_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "talk_id"], ["talk.school_id", "talk.id"], name=op.f("fk_talk_view_school_id_talk_id_talk")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_talk_view_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_view")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_talk_view_school_id_id")),
        sa.UniqueConstraint("talk_id", "account_id", name=op.f("uq_talk_view_talk_id_account_id")),
    )
    op.create_table(
        "talk_wish",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), server_default="", nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("wished_at", types.UtcDateTime(), nullable=False),
        sa.Column("talk_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", types.UtcDateTime(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_talk_wish_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_talk_wish_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "talk_id"], ["talk.school_id", "talk.id"], name=op.f("fk_talk_wish_school_id_talk_id_talk")
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_talk_wish_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talk_wish")),
        sa.UniqueConstraint("school_id", "id", name=op.f("uq_talk_wish_school_id_id")),
        sa.UniqueConstraint("uid", name=op.f("uq_talk_wish_uid")),
    )
    with op.batch_alter_table("talk_wish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_talk_wish_pupil_id"), ["pupil_id"], unique=False)

    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("recorded_at", types.UtcDateTime(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_absence_account_id_account"), "account", ["account_id"], ["id"])

    _number("agreement")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("talk_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("owner_account_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "outcome",
                sa.Enum(
                    "done",
                    "not_done",
                    "otherwise",
                    name="agreementoutcome",
                    native_enum=False,
                    create_constraint=True,
                    length=24,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("outcome_body", sa.String(), nullable=True))
        batch_op.alter_column("pupil_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_check_constraint(
            batch_op.f("ck_agreement_about_child_or_group"), "pupil_id IS NOT NULL OR group_id IS NOT NULL"
        )
        batch_op.create_index(batch_op.f("ix_agreement_group_id"), ["group_id"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_agreement_uid"), ["uid"])
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_school_id_talk_id_talk"), "talk", ["school_id", "talk_id"], ["school_id", "id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_school_id_group_id_class_group"),
            "class_group",
            ["school_id", "group_id"],
            ["school_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_agreement_owner_account_id_account"), "account", ["owner_account_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_agreement_account_id_account"), "account", ["account_id"], ["id"])

    _number("goal")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_goal_uid"), ["uid"])

    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("together", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_note_account_id_account"), "account", ["account_id"], ["id"])
        batch_op.drop_constraint(batch_op.f("ck_note_has_origin"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_note_has_origin"),
            "author_id IS NOT NULL OR account_id IS NOT NULL OR delivery_id IS NOT NULL",
        )

    _number("support_point")
    with op.batch_alter_table("support_point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("talk_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_support_point_uid"), ["uid"])
        batch_op.create_foreign_key(
            batch_op.f("fk_support_point_account_id_account"), "account", ["account_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_support_point_school_id_talk_id_talk"), "talk", ["school_id", "talk_id"], ["school_id", "id"]
        )

    op.create_table(
        "signal_answer",
        sa.Column("uid", sa.Uuid(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=200), server_default="", nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column(
            "reply",
            sa.Enum(
                "note",
                "talk",
                "agreement",
                "instruction",
                "seen",
                name="signalreply",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("because", sa.String(), nullable=True),
        sa.Column("note_id", sa.Integer(), nullable=True),
        sa.Column("talk_id", sa.Integer(), nullable=True),
        sa.Column("agreement_id", sa.Integer(), nullable=True),
        sa.Column("instruction_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("answered_at", types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_signal_answer_account_id_account")),
        sa.ForeignKeyConstraint(
            ["school_id", "agreement_id"],
            ["agreement.school_id", "agreement.id"],
            name=op.f("fk_signal_answer_school_id_agreement_id_agreement"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "instruction_id"],
            ["instruction.school_id", "instruction.id"],
            name=op.f("fk_signal_answer_school_id_instruction_id_instruction"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "note_id"],
            ["note.school_id", "note.id"],
            name=op.f("fk_signal_answer_school_id_note_id_note"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "pupil_id"],
            ["pupil.school_id", "pupil.id"],
            name=op.f("fk_signal_answer_school_id_pupil_id_pupil"),
        ),
        sa.ForeignKeyConstraint(
            ["school_id", "talk_id"],
            ["talk.school_id", "talk.id"],
            name=op.f("fk_signal_answer_school_id_talk_id_talk"),
        ),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name=op.f("fk_signal_answer_school_id_school")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal_answer")),
        sa.UniqueConstraint("uid", name=op.f("uq_signal_answer_uid")),
    )
    with op.batch_alter_table("signal_answer", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_signal_answer_pupil_id_rule_topic"), ["pupil_id", "rule", "topic"], unique=False
        )

    wall.protect(*NEW)


def downgrade() -> None:
    """What only the newer tables know is lost, and so is what was written here by who is not on the roll."""
    op.execute("DELETE FROM agreement WHERE pupil_id IS NULL")
    op.execute("DELETE FROM note WHERE author_id IS NULL AND delivery_id IS NULL")
    with op.batch_alter_table("signal_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_signal_answer_pupil_id_rule_topic"))

    op.drop_table("signal_answer")

    with op.batch_alter_table("support_point", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_support_point_school_id_talk_id_talk"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_support_point_account_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_support_point_uid"), type_="unique")
        batch_op.drop_column("account_id")
        batch_op.drop_column("talk_id")
        batch_op.drop_column("uid")

    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_note_has_origin"), type_="check")
        batch_op.create_check_constraint(
            batch_op.f("ck_note_has_origin"), "author_id IS NOT NULL OR delivery_id IS NOT NULL"
        )
        batch_op.drop_constraint(batch_op.f("fk_note_account_id_account"), type_="foreignkey")
        batch_op.drop_column("together")
        batch_op.drop_column("account_id")

    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_goal_uid"), type_="unique")
        batch_op.drop_column("uid")

    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agreement_account_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_agreement_owner_account_id_account"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_agreement_school_id_group_id_class_group"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_agreement_school_id_talk_id_talk"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_agreement_uid"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_agreement_group_id"))
        batch_op.drop_constraint(batch_op.f("ck_agreement_about_child_or_group"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_agreement_agreementoutcome"), type_="check")
        batch_op.alter_column("pupil_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("outcome_body")
        batch_op.drop_column("outcome")
        batch_op.drop_column("owner_account_id")
        batch_op.drop_column("account_id")
        batch_op.drop_column("talk_id")
        batch_op.drop_column("group_id")
        batch_op.drop_column("uid")

    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_absence_account_id_account"), type_="foreignkey")
        batch_op.drop_column("recorded_at")
        batch_op.drop_column("account_id")

    with op.batch_alter_table("talk_wish", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talk_wish_pupil_id"))

    op.drop_table("talk_wish")
    op.drop_table("talk_view")
    with op.batch_alter_table("instruction_pupil", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instruction_pupil_pupil_id"))

    op.drop_table("instruction_pupil")
    with op.batch_alter_table("talk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_talk_school_id_planned_on"))
        batch_op.drop_index(batch_op.f("ix_talk_pupil_id"))

    op.drop_table("talk")
    with op.batch_alter_table("instruction_placement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_instruction_placement_open",
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_instruction_placement_pupil_id"))
        batch_op.drop_index(batch_op.f("ix_instruction_placement_group_id_subject"))

    op.drop_table("instruction_placement")
    with op.batch_alter_table("instruction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instruction_group_id_planned_on"))

    op.drop_table("instruction")
    op.drop_table("school_setting")


def _number(table: str) -> None:
    """Give every row that is there a uid of its own, and then ask one of each."""
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.add_column(sa.Column("uid", sa.Uuid(), nullable=True))
    rows = sa.table(table, sa.column("id", sa.Integer), sa.column("uid", sa.Uuid))
    connection = op.get_bind()
    for row_id in connection.scalars(sa.select(rows.c.id)).all():
        connection.execute(sa.update(rows).where(rows.c.id == row_id).values(uid=uuid7()))
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.alter_column("uid", existing_type=sa.Uuid(), nullable=False)
