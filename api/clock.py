"""The school's clock: moments in UTC, days as they are in the Netherlands."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The moment itself, in UTC."""
    return datetime.now(UTC)


def days(first: date, last: date) -> tuple[datetime, datetime]:
    """The moments between which these days lie, both included: midnight to midnight in the Netherlands."""
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time.min, HERE).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """The Dutch calendar day of a moment: a role that ends today ends at midnight in Amsterdam."""
    return moment.astimezone(HERE).date()
