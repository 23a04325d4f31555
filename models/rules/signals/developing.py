"""Development lines of a young child beside its age: an observation, never a test and never a mean over lines."""

from collections.abc import Sequence
from datetime import date

from models.rules.access import Kind
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import age_in_words, age_months, capital, day, listing, number

NEEDS = frozenset({Kind.WELLBEING, Kind.IDENTITY})
LOOKS_AT = "de ontwikkelingslijnen van een observatielijst, tegen de leeftijd van toen"
YOUNGER = Rule("development_younger", "Past bij een jongere leeftijd", LOOKS_AT, NEEDS, 66)
OLDER = Rule("development_older", "Past bij een oudere leeftijd", LOOKS_AT, NEEDS, 51)
FITS = Rule("development_fits", "Past bij de leeftijd", LOOKS_AT, NEEDS, 30, sheet_only=True)
RULES = (YOUNGER, OLDER, FITS)

PHASE = 6
"""Months in one phase of an observation list; a line is younger or older from one whole phase on."""

DOUBT = "Jonge kinderen ontwikkelen zich met sprongen; kijk naar het kind voor u iets besluit."


def development_signal(
    about: About, phases: Sequence[tuple[str, float, float]], birth_date: date, seen_on: date, source: str
) -> Signal | None:
    """Say which lines fit a younger or older age than the child had when it was observed; None without lines.

    `phases` are (line, from, up to) in months of age, as the list delivered them.
    """
    if not phases:
        return None
    age, own, evidence = age_months(birth_date, seen_on), about.child.own, seen_on.isoformat()
    younger = [name.lower() for name, _, up_to in phases if up_to <= age - PHASE]
    older = [name.lower() for name, start, _ in phases if start >= age + PHASE]
    lines = f"{number(len(phases))} ontwikkelingslijnen"
    basis = f"{source} van {day(seen_on, about.today)}, {lines}; leeftijd toen {age_in_words(birth_date, seen_on)}"
    if younger:
        names = capital(listing(younger[:3]))
        text = f"{names} {_fits(younger)} bij een jongere leeftijd dan {own} eigen."
        return YOUNGER.says("attention", names, text, basis=basis, doubt=DOUBT, topic=source, evidence=evidence)
    if older:
        names = capital(listing(older[:3]))
        text = f"{names} {_fits(older)} bij een oudere leeftijd dan {own} eigen."
        return OLDER.says("up", names, text, basis=basis, doubt=DOUBT, topic=source, evidence=evidence)
    text = f"De ontwikkelingslijnen passen bij {own} leeftijd."
    return FITS.says(
        "steady", "De ontwikkelingslijnen", text, basis=basis, doubt=DOUBT, topic=source, evidence=evidence
    )


def _fits(names: Sequence[str]) -> str:
    return "past" if len(names) == 1 else "passen"
