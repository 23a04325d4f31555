"""The studiewijzer: per week what a group learns and how a parent can help; it names no child."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, column, public_id, within_school
from models.vocabulary import DataClass, Retention


class StudyWeek(SchoolRow):
    """One week of one group, from Monday `starts_on`; parents see it once it is published.

    With `shows_practice` each parent also sees, beside it, at what their own child worked in that week.
    """

    __tablename__ = "study_week"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school("group:class_group"), sa.UniqueConstraint("group_id", "starts_on"))

    uid: Mapped[UUID] = public_id()
    group_id: Mapped[int] = column(DataClass.TECHNICAL)
    starts_on: Mapped[date] = column(DataClass.REFERENCE)
    intro: Mapped[str] = column(DataClass.REFERENCE, sa.String(600), server_default="")
    film: Mapped[str] = column(DataClass.REFERENCE, sa.String(300), server_default="")
    shows_practice: Mapped[bool] = column(DataClass.REFERENCE, server_default=sa.true())
    published_at: Mapped[datetime | None] = column(DataClass.REFERENCE)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    changed_at: Mapped[datetime] = column(DataClass.TRACE)


class StudyLine(SchoolRow):
    """What is learned in one subject that week: the goal, how, which words, and five minutes at home."""

    __tablename__ = "study_line"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("study_week", "objective:learning_objective", unique_id=False),
        sa.Index(None, "study_week_id"),
    )

    uid: Mapped[UUID] = public_id()
    study_week_id: Mapped[int] = column(DataClass.TECHNICAL)
    position: Mapped[int] = column(DataClass.TECHNICAL)
    subject: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    objective_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    goal: Mapped[str] = column(DataClass.REFERENCE, sa.String(300))
    approach: Mapped[str] = column(DataClass.REFERENCE, sa.String(300), server_default="")
    words: Mapped[str] = column(DataClass.REFERENCE, sa.String(300), server_default="")
    at_home: Mapped[str] = column(DataClass.REFERENCE, sa.String(300), server_default="")
    link: Mapped[str] = column(DataClass.REFERENCE, sa.String(300), server_default="")
