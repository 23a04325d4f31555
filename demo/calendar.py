"""The school calendar of the pretend school: school years, holidays and school days for any date.

The holidays approximate those of the region Midden (The Hague lies in it) by rules of thumb, so that they exist
for every year; they are not the official dates. A school year is named by the year in which it starts and runs
from 1 August to 31 July, as in the register.
"""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAY = timedelta(days=1)


def school_year(day: date) -> int:
    """The starting year of the school year in which a day falls."""
    return day.year if day.month >= 8 else day.year - 1


def label(year: int) -> str:
    """2026 -> "2026-2027"."""
    return f"{year}-{year + 1}"


def _saturday(day: date) -> date:
    return day + DAY * ((5 - day.weekday()) % 7)


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian rule."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


@cache
def _free_days(year: int) -> frozenset[date]:
    """Every day without school of a calendar year that is not a weekend."""
    holidays = (  # earliest Saturday on which it starts, number of days
        (date(year, 2, 14), 9),
        (date(year, 4, 22), 16),
        (date(year, 7, 15), 44),
        (date(year, 10, 15), 9),
        (date(year, 12, 19), 16),
        (date(year - 1, 12, 19), 16),
    )
    free = {_saturday(start) + DAY * n for start, length in holidays for n in range(length)}
    easter = _easter(year)
    free.update(easter + DAY * n for n in (-2, 1, 39, 40, 50))  # Good Friday, Easter, Ascension and the day after, Whit
    free.add(date(year, 4, 27))  # King's Day
    return frozenset(free)


def is_school_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _free_days(day.year)


def school_days(first: date, last: date) -> list[date]:
    """The school days from first up to and including last."""
    span = (last - first).days + 1
    return [day for day in (first + DAY * n for n in range(span)) if is_school_day(day)]


@cache
def year_days(year: int) -> tuple[date, ...]:
    """All school days of a school year."""
    return tuple(school_days(date(year, 8, 1), date(year + 1, 7, 31)))


def next_school_day(day: date) -> date:
    """The day itself when there is school, otherwise the first school day after it."""
    while not is_school_day(day):
        day += DAY
    return day


def days_back(today: date, count: int) -> list[date]:
    """The last `count` school days before today, oldest first; never today itself."""
    days: list[date] = []
    day = today
    while len(days) < count:
        day -= DAY
        if is_school_day(day):
            days.append(day)
    return days[::-1]


def school_weeks(today: date, count: int) -> list[list[date]]:
    """The last `count` weeks in which there was school before today, each as its school days so far, oldest first."""
    weeks: dict[date, list[date]] = {}
    for day in days_back(today, count * 6 + 5):
        weeks.setdefault(day - DAY * day.weekday(), []).append(day)
    return list(weeks.values())[-count:]


def utc_offset(day: date) -> int:
    """Hours that the clock in Amsterdam is ahead of UTC on a day (at noon)."""
    offset = datetime(day.year, day.month, day.day, 12, tzinfo=AMSTERDAM).utcoffset()
    return int(offset.total_seconds()) // 3600 if offset else 0
