"""A parent asks for a copy of all that the school keeps of their child (AVG art. 15), and what directie decided."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, column, public_id, within_school
from models.vocabulary import DataClass, Retention


class CopyRequest(SchoolRow):
    """One guardian asks; the copy itself is made while it is fetched, until `ends_at`, and kept nowhere.

    `left_out` says per thing that does not go along on which `CopyGround`; `reason` is what the parent reads about it.
    """

    __tablename__ = "copy_request"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "guardian", unique_id=False),
        sa.Index(None, "pupil_id"),
        sa.CheckConstraint(
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_at IS NULL) = (ends_at IS NULL)",
            name="decided_as_a_whole",
        ),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    guardian_id: Mapped[int] = column(DataClass.TECHNICAL)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    asked_at: Mapped[datetime] = column(DataClass.JOURNAL)
    due_on: Mapped[date] = column(DataClass.JOURNAL)
    left_out: Mapped[dict[str, Any] | None] = column(DataClass.JOURNAL, sa.JSON(none_as_null=True))
    reason: Mapped[str | None] = column(DataClass.JOURNAL)
    decided_at: Mapped[datetime | None] = column(DataClass.JOURNAL)
    decided_by: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    ends_at: Mapped[datetime | None] = column(DataClass.JOURNAL)
