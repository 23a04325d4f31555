"""Custody and what follows from it, the emergency card, and the access that someone takes for a reason.

Nothing about custody or access is changed to look as if it had always been so: a change is a new row, a decision or
review is added once. Only the emergency card is replaced, so that no old advice about a child's health stays behind.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import (
    Custody,
    CustodyEvidence,
    DataClass,
    EmergencyReason,
    RefusalGround,
    RequestDecision,
    Retention,
    Verdict,
)


class CustodyRecord(SchoolRow):
    """From `starts_at` on this guardian has custody of this child or not, as a person at school established it.

    A moment and not a day, because custody can end at noon. `version` counts the records of the child: two people who
    change the same thing at once cannot both be the next.
    """

    __tablename__ = "custody_record"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "guardian", unique_id=False),
        sa.UniqueConstraint("pupil_id", "version"),
        sa.Index(None, "guardian_id", "pupil_id", "starts_at"),
    )

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    guardian_id: Mapped[int] = column(DataClass.TECHNICAL)
    version: Mapped[int] = column(DataClass.TECHNICAL)
    custody: Mapped[Custody] = coded(Custody, DataClass.CUSTODY)
    starts_at: Mapped[datetime] = column(DataClass.CUSTODY)
    evidence: Mapped[CustodyEvidence] = coded(CustodyEvidence, DataClass.CUSTODY)
    remark: Mapped[str | None] = column(DataClass.CUSTODY, sa.String(200))
    recorded_at: Mapped[datetime] = column(DataClass.TRACE)
    recorded_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))


class InformationRequest(SchoolRow):
    """A parent without custody asks about the child (BW 1:377c); directie decides, and what is granted opens once.

    `kinds` are values of `models.rules.access.Kind` after a decision, separated by spaces.
    """

    __tablename__ = "information_request"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "guardian", unique_id=False),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL)"
            " AND (decision IS NULL) = (decision_reason IS NULL)",
            name="decided_as_a_whole",
        ),
        sa.CheckConstraint(
            "decision IS NULL OR (decision = 'refused') = (refusal_ground IS NOT NULL)", name="refusal_has_ground"
        ),
        sa.CheckConstraint("opened_at IS NULL OR decision = 'granted'", name="opens_when_granted"),
        sa.Index(None, "school_id", "decided_at"),
        sa.Index(None, "pupil_id"),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    guardian_id: Mapped[int] = column(DataClass.TECHNICAL)
    asked_on: Mapped[date] = column(DataClass.CUSTODY)
    due_on: Mapped[date] = column(DataClass.CUSTODY)
    question: Mapped[str] = column(DataClass.CUSTODY, sa.String(500))
    recorded_at: Mapped[datetime] = column(DataClass.TRACE)
    recorded_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    decision: Mapped[RequestDecision | None] = coded(RequestDecision, DataClass.CUSTODY)
    refusal_ground: Mapped[RefusalGround | None] = coded(RefusalGround, DataClass.CUSTODY)
    decision_reason: Mapped[str | None] = column(DataClass.CUSTODY, sa.String(1000))
    kinds: Mapped[str | None] = column(DataClass.CUSTODY, sa.String(300))
    decided_at: Mapped[datetime | None] = column(DataClass.TRACE)
    decided_by: Mapped[str | None] = column(DataClass.TRACE, sa.String(100))
    opened_at: Mapped[datetime | None] = column(DataClass.TRACE)
    opened_by: Mapped[str | None] = column(DataClass.TRACE, sa.String(100))


class EmergencyCard(SchoolRow):
    """What to do when something happens to this child; no diagnosis, only what a colleague must do."""

    __tablename__ = "emergency_card"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", unique_id=False),
        sa.UniqueConstraint("pupil_id"),
    )

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    body: Mapped[str] = column(DataClass.HEALTH, sa.String(600))
    version: Mapped[int] = column(DataClass.TECHNICAL)
    written_at: Mapped[datetime] = column(DataClass.TRACE)
    written_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))


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
