"""What of a child's results its parents may see, from which day and with which explaining sentence.

Nothing delivered is shown to a parent or to the child without a row here; a correction that a source delivers is a new
`Assessment`, so it waits for a release of its own.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, column, public_id, within_school
from models.vocabulary import DataClass, Retention


class Release(SchoolRow):
    """One assessment of one child, for the child from `child_from` and for its parents from `parents_from` (inclusive).

    `explanation` is the sentence that goes with it, never empty; withdrawn it is as if it had never been released.
    """

    __tablename__ = "release"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "assessment"),
        sa.Index(None, "pupil_id"),
        sa.Index(
            "uq_release_standing",
            "assessment_id",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
        sa.CheckConstraint("parents_from >= child_from", name="child_first_or_together"),
        sa.CheckConstraint("length(explanation) > 0", name="never_bare"),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    assessment_id: Mapped[int] = column(DataClass.TECHNICAL)
    child_from: Mapped[date] = column(DataClass.RESULT)
    parents_from: Mapped[date] = column(DataClass.RESULT)
    explanation: Mapped[str] = column(DataClass.RESULT, sa.String(300))
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    released_at: Mapped[datetime] = column(DataClass.TRACE)
    withdrawn_at: Mapped[datetime | None] = column(DataClass.TRACE)
    withdrawn_by: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))


class Explanation(SchoolRow):
    """A sentence of the school's own instead of ours; `key` says when it is used (`models.rules.explaining`)."""

    __tablename__ = "explanation"
    __retention__ = Retention.REFERENCE
    __table_args__ = (sa.UniqueConstraint("school_id", "key"),)

    key: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    body: Mapped[str] = column(DataClass.REFERENCE, sa.String(300))
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    changed_at: Mapped[datetime] = column(DataClass.TRACE)
