"""Custody and what follows from it, and the access that someone takes for a reason.

Nothing here is changed to look as if it had always been so: a decision is a new row, a period ends, a review is added.
"""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import DataClass, EmergencyReason, Retention, Verdict


class EmergencyAccess(SchoolRow):
    """One account, one child, one kind of data, from `opened_at` until just before `ends_at`, for a stated reason.

    `kind` is a value of `models.rules.access.Kind`. `explanation` is empty for the emergency card and numbers: one
    click, because a child may be choking. Directie gives its `verdict` afterwards.
    """

    __tablename__ = "emergency_access"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", unique_id=False),
        sa.CheckConstraint("ends_at >= opened_at", name="ends_after_opening"),
        sa.CheckConstraint(
            "(verdict IS NULL) = (reviewed_at IS NULL) AND (verdict IS NULL) = (reviewed_by IS NULL)",
            name="reviewed_as_a_whole",
        ),
        sa.Index(None, "account_id", "ends_at"),
        sa.Index(None, "school_id", "opened_at"),
        sa.Index(None, "pupil_id"),
    )

    uid: Mapped[UUID] = public_id()
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    kind: Mapped[str] = column(DataClass.TRACE, sa.String(32))
    reason: Mapped[EmergencyReason] = coded(EmergencyReason, DataClass.TRACE)
    explanation: Mapped[str | None] = column(DataClass.TRACE, sa.String(500))
    opened_at: Mapped[datetime] = column(DataClass.TRACE)
    ends_at: Mapped[datetime] = column(DataClass.TRACE)
    reviewed_by: Mapped[str | None] = column(DataClass.TRACE, sa.String(100))
    reviewed_at: Mapped[datetime | None] = column(DataClass.TRACE)
    verdict: Mapped[Verdict | None] = coded(Verdict, DataClass.TRACE)
