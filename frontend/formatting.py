"""Dates, times and numbers as a Dutch reader writes them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.vocabulary import MONTHS, MONTHS_SHORT

HERE = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def day(on: date) -> str:
    """Return "12 nov"."""
    return f"{on.day} {MONTHS_SHORT[on.month - 1]}"


def long_day(on: date) -> str:
    """Return "12 november 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def weekday(on: date) -> str:
    """Return "donderdag"."""
    return WEEKDAYS[on.weekday()]


def clock(moment: datetime) -> str:
    """Return "12 nov 15:20", as the clock in the Netherlands says."""
    here = moment.astimezone(HERE)
    return f"{day(here)} {here:%H:%M}"


def time(moment: datetime) -> str:
    """Return "15:20", as the clock in the Netherlands says."""
    return f"{moment.astimezone(HERE):%H:%M}"


def number(value: float) -> str:
    """Return at most two decimals after a comma, "3,25"; a whole number has none, "221"."""
    written = f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return "0" if written == "-0" else written


def thousands(count: int) -> str:
    """Return "1.318"."""
    return f"{count:,}".replace(",", ".")


def called(group: str) -> str:
    """Return "groep 6B" for the name of a class, and "Plusgroep" where the name says enough."""
    return f"groep {group}" if group[:1].isdigit() else group


def plural(count: int, one: str, many: str) -> str:
    """Return "1 meting" or "5 metingen"."""
    return f"{count} {one if count == 1 else many}"
