"""What a parent says is not right about their child (AVG art. 16); it stays with what it is about, answered or not."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import CorrectionAnswer, DataClass, Retention


class CorrectionRequest(SchoolRow):
    """A guardian disputes one thing: `kind` is a value of `models.rules.access.Kind`, `about` what it stood under.

    `about_uid` is the row when it has a number outside (a note, goal, agreement); it may be empty (a birth date).
    """

    __tablename__ = "correction_request"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "guardian", unique_id=False),
        sa.Index(None, "pupil_id"),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL)",
            name="answered_as_a_whole",
        ),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    guardian_id: Mapped[int] = column(DataClass.TECHNICAL)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    kind: Mapped[str] = column(DataClass.JOURNAL, sa.String(32))
    about: Mapped[str] = column(DataClass.JOURNAL, sa.String(300))
    about_uid: Mapped[UUID | None] = column(DataClass.TECHNICAL)
    body: Mapped[str] = column(DataClass.JOURNAL)
    asked_at: Mapped[datetime] = column(DataClass.JOURNAL)
    answer: Mapped[CorrectionAnswer | None] = coded(CorrectionAnswer, DataClass.JOURNAL)
    answer_body: Mapped[str | None] = column(DataClass.JOURNAL)
    answered_at: Mapped[datetime | None] = column(DataClass.JOURNAL)
    answered_by: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
