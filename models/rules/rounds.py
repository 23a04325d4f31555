"""Proposing hours for a round of talks: one child after another, on a day and from an hour that the teacher chose."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

Slot = tuple[date, time]
SHORTEST, LONGEST = 5, 60
"""Minutes that a talk may take."""


def slots(day: date, start: time, minutes: int, count: int, until: time, taken: Collection[Slot] = ()) -> list[Slot]:
    """Return `count` slots from `start` on, each `minutes` long; after `until` it goes on the next school day.

    What is taken is passed over; a `ValueError` when no talk fits in a day.
    """
    if not SHORTEST <= minutes <= LONGEST:
        raise ValueError("minutes")
    if _later(day, start, minutes) > datetime.combine(day, until):
        raise ValueError("until")
    found: list[Slot] = []
    at = datetime.combine(day, start)
    while len(found) < count:
        if at + timedelta(minutes=minutes) > datetime.combine(at.date(), until):
            at = datetime.combine(next_school_day(at.date()), start)
        if not any(_overlap(at, slot, minutes) for slot in taken):
            found.append((at.date(), at.time()))
        at += timedelta(minutes=minutes)
    return found


def next_school_day(day: date) -> date:
    """Return the next day that is no Saturday or Sunday; holidays are for the teacher to pass over."""
    day += timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return day


def clashes(chosen: Sequence[Slot]) -> set[Slot]:
    """Return the slots that are there more than once: a teacher talks with one child at a time."""
    return {slot for slot in chosen if chosen.count(slot) > 1}


def _later(day: date, at: time, minutes: int) -> datetime:
    return datetime.combine(day, at) + timedelta(minutes=minutes)


def _overlap(at: datetime, slot: Slot, minutes: int) -> bool:
    begins = datetime.combine(*slot)
    return abs((at - begins).total_seconds()) < minutes * 60
