"""Teacher and child see the same part of well-being differently: an opening for a talk, not a verdict."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol

from models.rules.access import Kind
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import day, listing

DIFFERS = Rule(
    "views_differ", "Leraar en kind zien het anders",
    "hetzelfde onderdeel van één lijst, ingevuld door de leraar en door het kind", frozenset({Kind.WELLBEING}), 56,
    ("views_apart",),
)  # fmt: skip
RULES = (DIFFERS,)

SAME_TIME = timedelta(days=120)
"""Lists of one round are filled in within this time of each other."""
AT_MOST = 2
USUAL = "Een verschil is een begin van een gesprek, geen oordeel; een vraag kan anders gelezen zijn."


class Part(Protocol):
    """One part of a list as one respondent filled it in; `direction` is against the time before."""

    @property
    def name(self) -> str: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...
    @property
    def latest(self) -> float | None: ...
    @property
    def direction(self) -> str: ...


Filled = tuple[date, Sequence[Part]]
"""When a list was filled in, and its parts."""


def differ_signal(about: About, teacher: Filled, own: Filled, instrument: str) -> Signal | None:
    """Say at which part of one list teacher and child differ most; None when they do not, or at another time.

    They differ when one went up and the other down, or when they are far apart on the scale.
    """
    if abs(teacher[0] - own[0]) > SAME_TIME:
        return None
    theirs = {part.name: part for part in own[1]}
    pairs = [(part, theirs[part.name]) for part in teacher[1] if part.name in theirs]
    apart = [(_distance(one, other), one, other) for one, other in pairs]
    far = [each for each in apart if each[0] * 100 >= about.settings.views_apart or _opposite(each[1], each[2])]
    if not far:
        return None
    far.sort(key=lambda each: (-each[0], each[1].name))
    names = listing([f"“{one.name.lower()}”" for _, one, _ in far[:AT_MOST]])
    seen = "; ".join(_both(one, other) for _, one, other in far[:AT_MOST])
    return DIFFERS.says(
        "attention",
        names,
        f"{about.child.name} ziet {names} anders dan de leraar.",
        basis=f"{instrument}, {day(max(teacher[0], own[0]), about.today)}: {seen}",
        doubt=USUAL,
        topic=instrument,
        evidence=f"{teacher[0]} {own[0]}",
    )


def _distance(one: Part, other: Part) -> float:
    if (
        one.latest is None
        or other.latest is None
        or one.high <= one.low
        or (one.low, one.high) != (other.low, other.high)
    ):
        return 0.0
    return abs(one.latest - other.latest) / (one.high - one.low)


def _opposite(one: Part, other: Part) -> bool:
    return {one.direction, other.direction} == {"up", "down"}


def _both(one: Part, other: Part) -> str:
    words = {"up": ", gestegen", "down": ", gedaald"}
    return (
        f"{one.name.lower()} leraar {_figure(one.latest)}{words.get(one.direction, '')}, "
        f"kind {_figure(other.latest)}{words.get(other.direction, '')}"
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}".replace(".", ",")
