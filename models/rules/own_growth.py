"""How a child does beside its own earlier test, for its parents, in a word and never as a figure.

Only what was released to the reader may be given here, so that no sentence rests on a result they may not know. Where
a child stands among others is told, as the maker of the test names it, only where the school chose so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Way = Literal["up", "steady", "down", "unknown"]
"""How the child does beside its own last time."""

MARGIN = 0.05
"""A change smaller than this part of the earlier score says nothing, where the test gives no interval of its own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The score of one released test; only scores of one `line` (subject and comparable scale) are held together.

    `low` and `high` are the interval within which the test itself places the child, both or neither.
    """

    id: int
    line: tuple[str, str]
    taken_on: date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """How it went, and since which day that is."""

    way: Way
    day: date


def ways(shown: Iterable[Shown]) -> dict[int, Since]:
    """Hold each test beside the one before it on the same line; a test without an earlier one is left out."""
    found: dict[int, Since] = {}
    last: dict[tuple[str, str], Shown] = {}
    for one in sorted(shown, key=lambda each: (each.taken_on, each.id)):
        before = last.get(one.line)
        if before is not None and before.taken_on < one.taken_on:
            found[one.id] = Since(_way(before, one), before.taken_on)
        last[one.line] = one
    return found


def _way(before: Shown, now: Shown) -> Way:
    if _covers(before, now) or _covers(now, before):
        return "steady"
    return "up" if now.value > before.value else "down"


def _covers(one: Shown, other: Shown) -> bool:
    """Tell whether the test cannot tell these two apart."""
    if one.low is None or one.high is None:
        return abs(other.value - one.value) < MARGIN * abs(one.value) or other.value == one.value
    return one.low <= other.value <= one.high


LADDERS = (("I", "II", "III", "IV", "V"), ("A", "B", "C", "D", "E"))
"""The two ways in which tests name a level, from high to low; "I+" and "V-" stand on the first."""


def ladder(level: str) -> tuple[str, ...]:
    """Say on which ladder a level stands, from high to low; empty when it is another kind of level."""
    return next((steps for steps in LADDERS if level.rstrip("+-") in steps), ())
