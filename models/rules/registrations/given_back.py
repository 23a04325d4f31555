"""Hours given back by what was decided to go, from day to day: only while that decision holds and nothing comes in.

A month in which it came in all the same gives nothing back, from the stop on: strict, and easy to tell. A decision that
says otherwise ends it on its day; what was given back until then stays given back.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.registrations.hours import Spread, total

YEAR = timedelta(days=365)
LATELY = timedelta(days=31)
"""What came in after the stop, and not for longer than this, has stopped after all."""


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision about an item: taken `on`, going from `stops_on` (None when it stays); hours a year as known then."""

    on: date
    stops_on: date | None
    hours: Spread | None


def hours_of(decisions: Sequence[Ruled]) -> list[Spread | None]:
    """Give for each decision (in order) what is given back a year: the first that was said since it was to go.

    Who decides anew that it stays away may have taken the work off the list by then; what it took before counts.
    """
    found: list[Spread | None] = []
    known: Spread | None = None
    for one in decisions:
        known = (known or one.hours) if one.stops_on else None
        found.append(known)
    return found


def since_start(decisions: Sequence[Ruled], came_in: Collection[date], today: date) -> Spread | None:
    """Give the hours that came back until today, or None when nobody said what it took."""
    parts: list[Spread | None] = []
    until = today
    ends = [*(one.on for one in decisions[1:]), today]
    for one, end, hours in reversed(list(zip(decisions, ends, hours_of(decisions), strict=True))):
        if one.stops_on is None or hours is None:
            continue
        seen = {(day.year, day.month) for day in came_in if one.stops_on <= day <= end}
        mine = _months(one.stops_on, min(end, until))  # days that a later decision speaks of are its own
        until = min(until, one.stops_on)
        quiet = sum((stretch for month, stretch in mine if month not in seen), timedelta())
        parts.append(hours.times(quiet / YEAR))
    return total(parts)


def is_back(came_in: Collection[date], today: date) -> bool:
    """Whether it still comes in, by the days since the stop on which it did."""
    return bool(came_in) and today - max(came_in) <= LATELY


def _months(start: date, end: date) -> Iterator[tuple[tuple[int, int], timedelta]]:
    """Each calendar month from `start` up to `end`, with how much of it lies between."""
    while start < end:
        following = (start.replace(day=1) + LATELY).replace(day=1)
        yield (start.year, start.month), min(end, following) - start
        start = following
