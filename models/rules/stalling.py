"""Where growth stalls: how many children of a group lie below their own line, and when that is worth a look.

Each child is compared with itself only. Groups are never ordered by this, and who teaches them is not known here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.aggregates import SMALLEST
from models.rules.growth import State

PART = 3
"""One in so many children below their own line is where a group is worth a look together."""


@dataclass(frozen=True, slots=True)
class Grew:
    """How many children of whom there is an own line grew along or above it, and how many lie below."""

    along: int
    below: int

    @property
    def known(self) -> int:
        return self.along + self.below

    @property
    def stalls(self) -> bool:
        """Whether it is worth a look for the group as a whole; of a few children nothing is said of a group."""
        return self.known >= SMALLEST and self.below * PART >= self.known


def grew(states: Iterable[State]) -> Grew:
    """Count the states of the children of a group in one subject; unknown ones say nothing."""
    known = [state for state in states if state != "unknown"]
    below = sum(state == "below" for state in known)
    return Grew(len(known) - below, below)
