"""Talks about a child or a group: wishes, who takes part, what each thinks beforehand, and what came of it.

What helps, hinders and was agreed is kept once, as `SupportPoint` and `Agreement` with the talk they came from.
"""

from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import DataClass, Retention, Speaker, TalkKind


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
    kind: Mapped[TalkKind] = coded(TalkKind, DataClass.JOURNAL, server_default=TalkKind.DISCUSSION)
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
    """Someone wants a child to be talked about; `talk_id` is the talk that took it up.

    A parent's wish names what it is about when that was released (`release_id`).
    """

    __tablename__ = "talk_wish"
    __retention__ = Retention.SUPPORT
    __table_args__ = (*within_school("pupil", "talk", "release"), sa.Index(None, "pupil_id"))

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    body: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    wished_at: Mapped[datetime] = column(DataClass.JOURNAL)
    release_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    talk_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    closed_at: Mapped[datetime | None] = column(DataClass.JOURNAL)


class TalkVoice(SchoolRow):
    """What the child, one parent or the teacher brings to a talk: three short fields each, of equal size.

    A row for a guardian says that this guardian is asked to the talk; another household never sees it.
    """

    __tablename__ = "talk_voice"
    __retention__ = Retention.SUPPORT
    __table_args__ = (
        *within_school("talk", "guardian", unique_id=False),
        sa.Index(None, "talk_id"),
        sa.Index(None, "guardian_id"),
        sa.Index(
            "uq_talk_voice_of_guardian",
            "talk_id",
            "guardian_id",
            unique=True,
            sqlite_where=sa.text("guardian_id IS NOT NULL"),
            postgresql_where=sa.text("guardian_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_talk_voice_of_school",
            "talk_id",
            "speaker",
            unique=True,
            sqlite_where=sa.text("guardian_id IS NULL"),
            postgresql_where=sa.text("guardian_id IS NULL"),
        ),
        sa.CheckConstraint("(speaker = 'parent') = (guardian_id IS NOT NULL)", name="parent_is_guardian"),
    )

    talk_id: Mapped[int] = column(DataClass.TECHNICAL)
    speaker: Mapped[Speaker] = coded(Speaker, DataClass.JOURNAL)
    guardian_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    goes_well: Mapped[str] = column(DataClass.JOURNAL, sa.String(300), server_default="")
    is_hard: Mapped[str] = column(DataClass.JOURNAL, sa.String(300), server_default="")
    wish: Mapped[str] = column(DataClass.JOURNAL, sa.String(300), server_default="")
    account_id: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    ready_at: Mapped[datetime | None] = column(DataClass.JOURNAL)
