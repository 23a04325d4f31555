"""Where sources disagree: which one a page shows, and which stay visible beside it ("ESIS: 6B, Snappet: 6A").

The source that leads the roll goes first, then the most recent word; a source that says nothing never wins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Claim(Generic[Value]):
    """What one source says; `said_at` is when its delivery came in."""

    source: str
    leads_roll: bool
    said_at: datetime
    value: Value | None


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """The claim that is shown, and those that say something else."""

    winner: Claim[Value] | None
    others: tuple[Claim[Value], ...] = ()

    @property
    def value(self) -> Value | None:
        """What is shown; None when no source says anything."""
        return self.winner.value if self.winner else None


def choose(claims: Sequence[Claim[Value]]) -> Choice[Value]:
    """Pick the claim to show and keep the contradicting ones, in the same order of weight."""
    speaking = sorted(
        (claim for claim in claims if claim.value is not None),
        key=lambda claim: (claim.leads_roll, claim.said_at, claim.source),
        reverse=True,
    )
    if not speaking:
        return Choice(None)
    winner = speaking[0]
    return Choice(winner, tuple(claim for claim in speaking[1:] if claim.value != winner.value))
