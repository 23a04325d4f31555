"""What a person ruled about facts that seem to be kept twice; the doubles themselves are found anew each time."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, column, public_id, within_school
from models.vocabulary import DataClass, Retention


class NotDouble(SchoolRow):
    """Someone said that this fact in these two places is no double; taking it back removes the row.

    `fact` is a code of `models.rules.registrations.facts`; `lead` and `other` are codes of sources, or "kindblad".
    """

    __tablename__ = "not_double"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school(unique_id=False), sa.UniqueConstraint("school_id", "fact", "lead", "other"))

    uid: Mapped[UUID] = public_id()
    fact: Mapped[str] = column(DataClass.REFERENCE, sa.String(40))
    lead: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    other: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    because: Mapped[str] = column(DataClass.REFERENCE, sa.String(300))
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime] = column(DataClass.TRACE)
