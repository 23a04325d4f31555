"""When a child left, what may not be erased yet, what was planned, who agreed, and the proof of what was erased.

Rows here name a child by key or uid and hold no content. What outlives the child (plan, receipt, gone key) has no
foreign key to it.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import DataClass, Destination, HoldReason, PlanStatus, Retention


class Departure(SchoolRow):
    """A child left after `last_day` (uitschrijving), as a person decided; a return ends it and stops the clock."""

    __tablename__ = "departure"
    __retention__ = Retention.ENROLMENT
    __table_args__ = (
        *within_school("pupil", unique_id=False),
        sa.Index(
            "uq_departure_open",
            "pupil_id",
            unique=True,
            sqlite_where=sa.text("returned_on IS NULL"),
            postgresql_where=sa.text("returned_on IS NULL"),
        ),
        sa.CheckConstraint("(returned_on IS NULL) = (returned_by IS NULL)", name="returned_as_a_whole"),
    )

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    last_day: Mapped[date] = column(DataClass.PLACEMENT)
    destination: Mapped[Destination] = coded(Destination, DataClass.PLACEMENT)
    decided_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    decided_at: Mapped[datetime] = column(DataClass.TRACE)
    returned_on: Mapped[date | None] = column(DataClass.PLACEMENT)
    returned_by: Mapped[str | None] = column(DataClass.TRACE, sa.String(100))


class RetentionHold(SchoolRow):
    """Nothing of this child is erased up to and including `ends_on`; there is no hold without an end."""

    __tablename__ = "retention_hold"
    __retention__ = Retention.ENROLMENT
    __table_args__ = (*within_school("pupil", unique_id=False), sa.Index(None, "pupil_id"))

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    reason: Mapped[HoldReason] = coded(HoldReason, DataClass.SUPPORT)
    ends_on: Mapped[date] = column(DataClass.SUPPORT)
    placed_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    placed_at: Mapped[datetime] = column(DataClass.TRACE)
    lifted_by: Mapped[str | None] = column(DataClass.TRACE, sa.String(100))
    lifted_at: Mapped[datetime | None] = column(DataClass.TRACE)


class RetentionChoice(SchoolRow):
    """A period that this school chose itself, within what the rule allows; the newest row of a kind counts."""

    __tablename__ = "retention_choice"
    __retention__ = Retention.REFERENCE
    __table_args__ = (sa.Index(None, "school_id", "kind"),)

    kind: Mapped[Retention] = coded(Retention)
    months: Mapped[int] = column(DataClass.REFERENCE)
    reason: Mapped[str] = column(DataClass.REFERENCE, sa.String(500))
    decided_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    decided_at: Mapped[datetime] = column(DataClass.TRACE)


class RetentionPlan(SchoolRow):
    """What one person proposes to erase as it was due on `as_of`, and the other person who agreed.

    `content` names children by uid, classes, due dates and counts; `digest` is its SHA-256.
    """

    __tablename__ = "retention_plan"
    __retention__ = Retention.PROOF
    __table_args__ = (
        sa.UniqueConstraint("school_id", "id"),
        sa.CheckConstraint("approved_by IS NULL OR approved_by <> made_by", name="two_persons"),
        sa.CheckConstraint("status NOT IN ('approved', 'done') OR approved_by IS NOT NULL", name="approved_by_someone"),
    )

    uid: Mapped[UUID] = public_id()
    as_of: Mapped[date] = column(DataClass.TECHNICAL)
    content: Mapped[dict[str, Any]] = column(DataClass.IDENTIFIER, sa.JSON)
    digest: Mapped[str] = column(DataClass.TECHNICAL, sa.String(64))
    status: Mapped[PlanStatus] = coded(PlanStatus, default=PlanStatus.OPEN)
    made_by: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    made_at: Mapped[datetime] = column(DataClass.TRACE)
    approved_by: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    approved_at: Mapped[datetime | None] = column(DataClass.TRACE)


class RetentionReceipt(SchoolRow):
    """Proof that something was erased: of whom (uid), which classes, how many rows, when; never what it said.

    `chain` signs this line together with the one before it of the same school, with the key of the settings.
    """

    __tablename__ = "retention_receipt"
    __retention__ = Retention.PROOF
    __table_args__ = (
        *within_school("plan:retention_plan", unique_id=False),
        sa.UniqueConstraint("school_id", "number"),
        sa.Index(None, "subject"),
    )

    number: Mapped[int] = column(DataClass.TECHNICAL)
    at: Mapped[datetime] = column(DataClass.TRACE)
    what: Mapped[str] = column(DataClass.TECHNICAL, sa.String(16))
    subject: Mapped[UUID | None] = column(DataClass.IDENTIFIER, sa.Uuid)
    content: Mapped[dict[str, Any]] = column(DataClass.TECHNICAL, sa.JSON)
    plan_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    chain: Mapped[str] = column(DataClass.TECHNICAL, sa.String(64))


class GoneKey(SchoolRow):
    """The hash of a key by which a source knew a child that left, so that an old file does not bring it back.

    Without `source_id` it is an ECK iD. See `connectors.load.gone`.
    """

    __tablename__ = "gone_key"
    __retention__ = Retention.PROOF
    __table_args__ = (
        *within_school("source", unique_id=False),
        sa.UniqueConstraint("school_id", "source_id", "hashed", "pupil_uid"),
        sa.Index(None, "pupil_uid"),
    )

    source_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    hashed: Mapped[str] = column(DataClass.IDENTIFIER, sa.String(33))
    pupil_uid: Mapped[UUID] = column(DataClass.IDENTIFIER, sa.Uuid)
    since: Mapped[date] = column(DataClass.TECHNICAL)
