"""Who looked: at one child, day by day; and what directie goes through every month."""

from datetime import date, datetime
from uuid import UUID

from api.schemas.sheet import View


class Glance(View):
    """One person's looks at the child on one day, for one reason."""

    who: str
    role: str | None = None
    ground: str | None = None
    what: list[str]
    first: datetime
    last: datetime
    times: int
    was_refused: bool = False


class Day(View):
    on: date
    glances: list[Glance]


class Looks(View):
    """Who looked at this child, newest day first."""

    id: UUID
    name: str
    school: str
    since: date
    until: date
    days: list[Day]


class Alarm(View):
    """Something in the log that asks for a question; it may well have a good reason."""

    who: str
    text: str
    at: datetime


class ReviewLine(View):
    """One time that directie went through the log."""

    at: datetime
    by: str
    remark: str | None = None


class Total(View):
    """What one person looked at since the log was last gone through."""

    who: str
    children: int
    lines: int
    opened: int
    refused: int


class LogReview(View):
    """The log of one school since it was last gone through."""

    school_id: int
    school: str
    since: datetime
    due: date
    is_late: bool
    through: int
    alarms: list[Alarm]
    totals: list[Total]
    earlier: list[ReviewLine]
