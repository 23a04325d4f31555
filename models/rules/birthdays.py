"""Birthdays as a class keeps them: on the day itself, and those of the weekend on Friday and on Monday."""

from datetime import date, timedelta
from typing import NamedTuple

FRIDAY, MONDAY = 4, 0


class Birthday(NamedTuple):
    """On which day a child has its birthday, and how old it becomes or became."""

    on: date
    age: int


def birthday(born_on: date, today: date) -> Birthday | None:
    """Return the birthday to keep today, if any; who was born on 29 February has it on the 28th in other years."""
    for offset in {FRIDAY: (0, 1, 2), MONDAY: (0, -1, -2)}.get(today.weekday(), (0,)):
        on = today + timedelta(days=offset)
        if _in(born_on, on.year) == on and on.year > born_on.year:
            return Birthday(on, on.year - born_on.year)
    return None


def _in(born_on: date, year: int) -> date:
    try:
        return born_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
