"""The school's clock: moments in UTC, days as they are in the Netherlands."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")


def now() -> datetime:
    """The moment itself, in UTC."""
    return datetime.now(UTC)


def day_of(moment: datetime) -> date:
    """The Dutch calendar day of a moment: a role that ends today ends at midnight in Amsterdam."""
    return moment.astimezone(HERE).date()
