"""What a registration takes, in hours a year, with its spread: from the school's own minutes, never from elsewhere.

The spread of a sum is the sum of the lows to the sum of the highs: wide, and always true when each part is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.vocabulary import Cadence

WEEKS = 40
PER_YEAR = {Cadence.DAY: 190, Cadence.WEEK: WEEKS, Cadence.MONTH: 10, Cadence.YEAR: 1}
"""School days, weeks and months in a school year, rounded: 7520 hours in eight years are about 190 days a year."""
SHORTEST = 0.05
"""Hours; less than this would be told as no hours at all."""
LONGEST = 4 * 60 * 60
"""Seconds: a timer that ran longer was forgotten."""


@dataclass(frozen=True, slots=True)
class Spread:
    """From `low` to `high`; hours or minutes."""

    low: float
    high: float

    def __add__(self, other: "Spread") -> "Spread":
        return Spread(self.low + other.low, self.high + other.high)

    def times(self, factor: float) -> "Spread":
        return Spread(self.low * factor, self.high * factor)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


NOTHING = Spread(0, 0)


def minutes(low: float | None, high: float | None, seconds: Sequence[int]) -> Spread | None:
    """Give the minutes per time: from shortest to longest of two or more runs of the timer, else the estimate.

    One run alone has no spread: it counts only where nobody estimated. None when nobody said anything.
    """
    if len(seconds) > 1:
        return Spread(min(seconds) / 60, max(seconds) / 60)
    if low is not None and high is not None:
        return Spread(low, high)
    return Spread(seconds[0] / 60, seconds[0] / 60) if seconds else None


def a_year(each: Spread | None, times: int, cadence: Cadence, amount: int) -> Spread | None:
    """Give the hours a year of `times` per `cadence` for `amount`, at so many minutes each."""
    return each.times(times * PER_YEAR[cadence] * amount / 60) if each else None


def total(parts: Iterable[Spread | None]) -> Spread | None:
    """Add what is known; None when nothing is."""
    known = [part for part in parts if part]
    return sum(known, NOTHING) if known else None


def in_words(hours: Spread) -> str:
    """Return "120 tot 160 uur", or "12 uur" when both round to the same; below ten in tenths."""
    if 0 < hours.high < SHORTEST:
        return "een paar minuten"
    low, high = (_rounded(value) for value in (hours.low, hours.high))
    return f"{low} tot {high} uur" if low != high else f"{low} uur"


def _rounded(value: float) -> str:
    if value >= 10:
        return str(round(value))
    return f"{round(value * 10) / 10:.1f}".replace(".", ",").removesuffix(",0")
