"""What a talk could be about: per child the reasons to talk about it, each in a sentence.

No score and no ranking of children: who is wished comes first, then who has a signal, then who was not talked about for
long, and within these by name. One more reason never puts a child later.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.rules.signals import Sign, Signal
from models.rules.wording import short_day

WORRIES: frozenset[Sign] = frozenset({"down", "attention"})
SHOWN = 3
"""Signals that are named for one child; the rest stands on its sheet."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Someone wants a child to be talked about."""

    by: str
    body: str

    @property
    def sentence(self) -> str:
        return f"{self.by} wil dit bespreken: {self.body}" if self.body else f"{self.by} wil dit kind bespreken."


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one child for the agenda; `talked_on` is the day of the last talk about it."""

    wishes: Sequence[Wish] = ()
    signals: Sequence[Signal] = ()
    talked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A child to talk about, with why; `is_asked` when someone or something asks for it, not only the calendar."""

    child: Any
    reasons: tuple[str, ...]
    is_asked: bool


def agenda(
    children: Sequence[Any], facts: Mapping[Any, Facts], today: date, weeks: int, planned: Collection[Any] = ()
) -> list[Proposal]:
    """Propose about whom to talk, of children in the order of their names; who has a talk planned is left out.

    `weeks` is how long a child may go without a talk before that is a reason by itself.
    """
    wished: list[Proposal] = []
    signalled: list[Proposal] = []
    long_ago: list[Proposal] = []
    for child in children:
        if child in planned:
            continue
        known = facts.get(child, Facts())
        wishes = [wish.sentence for wish in known.wishes]
        signals = [signal.text for signal in known.signals if signal.sign in WORRIES][:SHOWN]
        waiting = since_last(known.talked_on, today, weeks)
        reasons = (*wishes, *signals, *([waiting] if waiting else []))
        part = wished if wishes else signalled if signals else long_ago
        if reasons:
            part.append(Proposal(child, reasons, bool(wishes or signals)))
    return [*wished, *signalled, *long_ago]


def since_last(talked_on: date | None, today: date, weeks: int) -> str | None:
    """Say how long ago a child was talked about, or None when that is not long."""
    if talked_on is None:
        return "Nog niet besproken."
    if today - talked_on < timedelta(weeks=weeks):
        return None
    return (
        f"Laatst besproken op {short_day(talked_on)} {talked_on.year}, {(today - talked_on).days // 7} weken geleden."
    )
