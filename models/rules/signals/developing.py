"""Development lines of a young child beside its age: an observation, never a test and never a mean over lines."""

from collections.abc import Sequence
from datetime import date

from models.rules.signals import Signal
from models.rules.wording import Child, age_in_words, age_months, capital, day, listing, number

PHASE = 6
"""Months in one phase of an observation list; a line is younger or older from one whole phase on."""

DOUBT = "Jonge kinderen ontwikkelen zich met sprongen; kijk naar het kind voor u iets besluit."


def development_signal(
    child: Child, phases: Sequence[tuple[str, float, float]], birth_date: date, seen_on: date, today: date, source: str
) -> Signal | None:
    """Say which lines fit a younger or older age than the child had when it was observed; None without lines.

    `phases` are (line, from, up to) in months of age, as the list delivered them.
    """
    if not phases:
        return None
    age = age_months(birth_date, seen_on)
    younger = [name.lower() for name, _, up_to in phases if up_to <= age - PHASE]
    older = [name.lower() for name, start, _ in phases if start >= age + PHASE]
    lines = f"{number(len(phases))} ontwikkelingslijnen"
    basis = f"{source} van {day(seen_on, today)}, {lines}; leeftijd toen {age_in_words(birth_date, seen_on)}"
    if younger:
        names = capital(listing(younger[:3]))
        text = f"{names} {_fits(younger)} bij een jongere leeftijd dan {child.own} eigen."
        return Signal("development_younger", "attention", names, text, basis, DOUBT, 66)
    if older:
        names = capital(listing(older[:3]))
        text = f"{names} {_fits(older)} bij een oudere leeftijd dan {child.own} eigen."
        return Signal("development_older", "up", names, text, basis, DOUBT, 50)
    text = f"De ontwikkelingslijnen passen bij {child.own} leeftijd."
    return Signal("development_fits", "steady", "De ontwikkelingslijnen", text, basis, DOUBT, 30)


def _fits(names: Sequence[str]) -> str:
    return "past" if len(names) == 1 else "passen"
