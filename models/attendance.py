"""Absence, per part of a school day."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, within_school
from models.vocabulary import AbsencePart, AbsenceReason, DataClass, Retention


class Absence(SchoolRow):
    """A child was not there (or came late) on a day or part of it, and why according to the school.

    Typed here, it has the account and the moment; a delivery about the same part of the day takes its place, and only
    the moment stays: it was written down twice.
    """

    __tablename__ = "absence"
    __retention__ = Retention.ATTENDANCE
    __table_args__ = (*within_school("pupil", "delivery"), sa.UniqueConstraint("pupil_id", "day", "part"))

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    day: Mapped[date] = column(DataClass.ATTENDANCE)
    part: Mapped[AbsencePart] = coded(AbsencePart, DataClass.ATTENDANCE)
    reason: Mapped[AbsenceReason] = coded(AbsenceReason, DataClass.ATTENDANCE)
    account_id: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime | None] = column(DataClass.TRACE)
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    locator: Mapped[str | None] = column(DataClass.TRACE, sa.String(300))
