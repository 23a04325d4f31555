"""What helps and hinders a child, its own goals, and what was agreed."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import AgreementOutcome, DataClass, GoalAnswer, GoalJudgement, Retention, SupportKind


class SupportPoint(SchoolRow):
    """One sentence about what helps, what hinders, or what it means in class (no diagnosis: only what to do)."""

    __tablename__ = "support_point"
    __retention__ = Retention.SUPPORT
    __table_args__ = (*within_school("pupil", "author:staff", "talk", "delivery"), sa.Index(None, "pupil_id"))

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    talk_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    kind: Mapped[SupportKind] = coded(SupportKind, DataClass.SUPPORT)
    body: Mapped[str] = column(DataClass.SUPPORT)
    observed_on: Mapped[date] = column(DataClass.SUPPORT)
    ended_on: Mapped[date | None] = column(DataClass.SUPPORT)
    author_id: Mapped[int | None] = column(DataClass.TRACE)
    account_id: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    locator: Mapped[str | None] = column(DataClass.TRACE, sa.String(300))


class Goal(SchoolRow):
    """A goal in the child's own words, what the school answered, and the child's own judgement in the end.

    No answer yet is `answer` empty; what proves it are the pieces of the portfolio that name it.
    """

    __tablename__ = "goal"
    __retention__ = Retention.DOSSIER
    __table_args__ = (*within_school("pupil", "delivery"), sa.Index(None, "pupil_id"))

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    body: Mapped[str] = column(DataClass.SUPPORT)
    stated_on: Mapped[date] = column(DataClass.SUPPORT)
    answer: Mapped[GoalAnswer | None] = coded(GoalAnswer, DataClass.SUPPORT)
    answer_body: Mapped[str | None] = column(DataClass.SUPPORT)
    answered_on: Mapped[date | None] = column(DataClass.SUPPORT)
    judgement: Mapped[GoalJudgement | None] = coded(GoalJudgement, DataClass.SUPPORT)
    judgement_body: Mapped[str | None] = column(DataClass.SUPPORT)
    judged_on: Mapped[date | None] = column(DataClass.SUPPORT)
    account_id: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    locator: Mapped[str | None] = column(DataClass.TRACE, sa.String(300))


class Agreement(SchoolRow):
    """What was agreed about a child (`pupil_id`) or else a group, who does it, before which day, and how it ended.

    The owner is someone of the roll (`owner_id`) or who logs in (`owner_account_id`); it is open while both `outcome`
    and `done_on` are empty.
    """

    __tablename__ = "agreement"
    __retention__ = Retention.SUPPORT
    __table_args__ = (
        *within_school("pupil", "group:class_group", "owner:staff", "talk", "delivery"),
        sa.Index(None, "pupil_id"),
        sa.Index(None, "group_id"),
        sa.CheckConstraint("pupil_id IS NOT NULL OR group_id IS NOT NULL", name="about_child_or_group"),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    group_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    talk_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    account_id: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    body: Mapped[str] = column(DataClass.SUPPORT)
    agreed_on: Mapped[date] = column(DataClass.SUPPORT)
    owner_id: Mapped[int | None] = column(DataClass.SUPPORT)
    owner_account_id: Mapped[int | None] = column(DataClass.SUPPORT, sa.ForeignKey("account.id"))
    due_on: Mapped[date | None] = column(DataClass.SUPPORT)
    done_on: Mapped[date | None] = column(DataClass.SUPPORT)
    outcome: Mapped[AgreementOutcome | None] = coded(AgreementOutcome, DataClass.SUPPORT)
    outcome_body: Mapped[str | None] = column(DataClass.SUPPORT)
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    locator: Mapped[str | None] = column(DataClass.TRACE, sa.String(300))
