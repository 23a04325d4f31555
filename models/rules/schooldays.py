"""Days on which a child may be at school, and days of absence in a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.vocabulary import AbsencePart, AbsenceReason

FRIDAY = 4


def next_school_day(on: date) -> date:
    """Return the next day that is not in a weekend."""
    following = on + timedelta(days=1)
    while following.weekday() > FRIDAY:
        following += timedelta(days=1)
    return following


@dataclass(frozen=True, slots=True)
class Spell:
    """Absence on days in a row; a weekend does not break it. `days` counts a part of a day as a half."""

    start: date
    end: date
    days: float


def days_away(absences: Iterable[Any]) -> float:
    """Count the days on which a child was not there; a part of a day is a half, too late is none.

    Absences are anything with day, part and reason; one day twice counts once.
    """
    return sum(_by_day(absences).values())


def spells(absences: Iterable[Any]) -> list[Spell]:
    """Join days of absence in a row, oldest first; being late is none."""
    found: list[Spell] = []
    for on, length in sorted(_by_day(absences).items()):
        last = found[-1] if found else None
        if last is not None and next_school_day(last.end) >= on:
            found[-1] = Spell(last.start, on, last.days + length)
        else:
            found.append(Spell(on, on, length))
    return found


def _by_day(absences: Iterable[Any]) -> dict[date, float]:
    found: dict[date, float] = {}
    for each in absences:
        if each.reason != AbsenceReason.LATE:
            length = 1.0 if each.part == AbsencePart.DAY else 0.5
            found[each.day] = min(found.get(each.day, 0) + length, 1.0)
    return found
