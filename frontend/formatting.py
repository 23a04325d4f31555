"""Dates, times and numbers as a Dutch reader writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def day(on: date) -> str:
    """Return "12 nov"."""
    return f"{on.day} {SHORT[on.month - 1]}"


def long_day(on: date) -> str:
    """Return "12 november 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def clock(moment: datetime) -> str:
    """Return "12 nov 15:20", as the clock in the Netherlands says."""
    here = moment.astimezone(HERE)
    return f"{day(here)} {here:%H:%M}"
