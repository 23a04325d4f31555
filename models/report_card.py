"""The rapport: a page per child for its parents, made of what was released; its form is the school's."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, column, public_id, within_school
from models.vocabulary import DataClass, Retention


class ReportForm(SchoolRow):
    """Which blocks a report has and in which order; a school changes the one it has, old reports keep theirs."""

    __tablename__ = "report_form"
    __retention__ = Retention.REFERENCE
    __table_args__ = (sa.UniqueConstraint("school_id"),)

    blocks: Mapped[list[Any]] = column(DataClass.REFERENCE, sa.JSON)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    changed_at: Mapped[datetime] = column(DataClass.TRACE)


class ReportCard(SchoolRow):
    """One report of one child; `content` is what it said when it was released and never changes afterwards.

    `effort` (how the child works) and `words` are the teacher's, `child_words` the child's own; `piece_id` is what the
    child chose to go with it.
    """

    __tablename__ = "report_card"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "group:class_group", "piece:portfolio_piece"),
        sa.UniqueConstraint("pupil_id", "group_id", "title"),
        sa.Index(None, "group_id"),
        sa.CheckConstraint("(content IS NULL) = (released_at IS NULL)", name="released_as_it_was"),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    group_id: Mapped[int] = column(DataClass.TECHNICAL)
    title: Mapped[str] = column(DataClass.JOURNAL, sa.String(100))
    effort: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    words: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    child_words: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    piece_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    content: Mapped[dict[str, Any] | None] = column(DataClass.RESULT, sa.JSON(none_as_null=True))
    parents_from: Mapped[date | None] = column(DataClass.JOURNAL)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    changed_at: Mapped[datetime] = column(DataClass.TRACE)
    released_at: Mapped[datetime | None] = column(DataClass.TRACE)
