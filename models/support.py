"""What helps and hinders a child, its own goals, and what was agreed."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, within_school
from models.vocabulary import DataClass, GoalAnswer, Retention, SupportKind


class SupportPoint(SchoolRow):
    """One sentence about what helps, what hinders, or what it means in class (no diagnosis: only what to do)."""

    __tablename__ = "support_point"
    __retention__ = Retention.SUPPORT
    __table_args__ = (*within_school("pupil", "author:staff", "delivery"), sa.Index(None, "pupil_id"))

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    kind: Mapped[SupportKind] = coded(SupportKind, DataClass.SUPPORT)
    body: Mapped[str] = column(DataClass.SUPPORT)
    observed_on: Mapped[date] = column(DataClass.SUPPORT)
    ended_on: Mapped[date | None] = column(DataClass.SUPPORT)
    author_id: Mapped[int | None] = column(DataClass.TRACE)
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    locator: Mapped[str | None] = column(DataClass.TRACE, sa.String(300))


class Goal(SchoolRow):
    """A goal in the child's own words and what the school answered; no answer yet is `answer` empty."""

    __tablename__ = "goal"
    __retention__ = Retention.DOSSIER
    __table_args__ = (*within_school("pupil", "delivery"), sa.Index(None, "pupil_id"))

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    body: Mapped[str] = column(DataClass.SUPPORT)
    stated_on: Mapped[date] = column(DataClass.SUPPORT)
    answer: Mapped[GoalAnswer | None] = coded(GoalAnswer, DataClass.SUPPORT)
    answer_body: Mapped[str | None] = column(DataClass.SUPPORT)
    answered_on: Mapped[date | None] = column(DataClass.SUPPORT)
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    locator: Mapped[str | None] = column(DataClass.TRACE, sa.String(300))


class Agreement(SchoolRow):
    """What was agreed, who does it, before which day, and when it was done."""

    __tablename__ = "agreement"
    __retention__ = Retention.SUPPORT
    __table_args__ = (*within_school("pupil", "owner:staff", "delivery"), sa.Index(None, "pupil_id"))

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    body: Mapped[str] = column(DataClass.SUPPORT)
    agreed_on: Mapped[date] = column(DataClass.SUPPORT)
    owner_id: Mapped[int | None] = column(DataClass.SUPPORT)
    due_on: Mapped[date | None] = column(DataClass.SUPPORT)
    done_on: Mapped[date | None] = column(DataClass.SUPPORT)
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    locator: Mapped[str | None] = column(DataClass.TRACE, sa.String(300))
