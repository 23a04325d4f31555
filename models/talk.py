"""Talks about a child or a group: wishes, who takes part, what each thinks beforehand, and what came of it.

What helps, hinders and was agreed is kept once, as `SupportPoint` and `Agreement` with the talk they came from.
"""

from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, column, public_id, within_school
from models.vocabulary import DataClass, Retention


class Talk(SchoolRow):
    """One talk, about a child (`pupil_id`) or else about a group; begun and ended by a person, never twice.

    `question` is why it is held, `sees` what was seen, `child_says` what the child says itself; they may change while
    it runs and never after it ended.
    """

    __tablename__ = "talk"
    __retention__ = Retention.SUPPORT
    __table_args__ = (
        *within_school("pupil", "group:class_group"),
        sa.Index(None, "pupil_id"),
        sa.Index(None, "school_id", "planned_on"),
        sa.CheckConstraint("pupil_id IS NOT NULL OR group_id IS NOT NULL", name="about_child_or_group"),
        sa.CheckConstraint("ended_at IS NULL OR started_at IS NOT NULL", name="began_before_it_ended"),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    group_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    planned_on: Mapped[date] = column(DataClass.JOURNAL)
    planned_time: Mapped[time | None] = column(DataClass.JOURNAL, sa.Time)
    question: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    planned_by: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    started_at: Mapped[datetime | None] = column(DataClass.JOURNAL)
    ended_at: Mapped[datetime | None] = column(DataClass.JOURNAL)
    cancelled_at: Mapped[datetime | None] = column(DataClass.JOURNAL)
    sees: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    child_says: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    version: Mapped[int] = column(DataClass.TECHNICAL, server_default="0")


class TalkView(SchoolRow):
    """Someone who takes part, and what they think beforehand: strengths first; `ready_at` says that it is finished.

    Others see it once all are ready or the talk has begun.
    """

    __tablename__ = "talk_view"
    __retention__ = Retention.SUPPORT
    __table_args__ = (*within_school("talk"), sa.UniqueConstraint("talk_id", "account_id"))

    talk_id: Mapped[int] = column(DataClass.TECHNICAL)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    strengths: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    concerns: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    wish: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    ready_at: Mapped[datetime | None] = column(DataClass.JOURNAL)


class TalkWish(SchoolRow):
    """Someone wants a child to be talked about; `talk_id` is the talk that took it up."""

    __tablename__ = "talk_wish"
    __retention__ = Retention.SUPPORT
    __table_args__ = (*within_school("pupil", "talk"), sa.Index(None, "pupil_id"))

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    body: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    wished_at: Mapped[datetime] = column(DataClass.JOURNAL)
    talk_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    closed_at: Mapped[datetime | None] = column(DataClass.JOURNAL)
