"""A jump of two levels or more between two measurements of a subject: a reason to look, and often to be glad.

Levels are the letters as delivered, on one scale of one provider; letters of different scales are never compared.
"""

from collections.abc import Sequence
from datetime import date

from models.rules.access import Kind
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import day, number

NEEDS = frozenset({Kind.RESULTS})
LOOKS_AT = "de niveauletters van de laatste twee metingen van een vak, op dezelfde schaal"
DOWN = Rule("level_jump_down", "Een sprong omlaag", LOOKS_AT, NEEDS, 88, ("level_jump",))
UP = Rule("level_jump_up", "Een sprong omhoog", LOOKS_AT, NEEDS, 63, ("level_jump",))
RULES = (DOWN, UP)

ORDERS = [
    {letter: place for place, letters in enumerate(order) for letter in letters}
    for order in ((("V", "V-"), ("IV",), ("III",), ("II",), ("I", "I+")), ("E", "D", "C", "B", "A"))
]
"""The place of each letter on each kind of scale, lowest first; "I+" and "V-" count as I and V."""
USUAL = "Zo'n sprong kan aan de toetsdag liggen: een andere versie, een slechte nacht of juist hulp bij het maken."


def jump_signal(
    about: About, subject: str, measured: Sequence[tuple[date, str | None]], provider: str
) -> Signal | None:
    """Say that the level changed a lot between the last two measurements; None when it did not or is not known.

    `measured` are (day, level), oldest first, of one scale.
    """
    if len(measured) < 2:
        return None
    (before_on, before), (latest_on, latest) = measured[-2:]
    step = _step(before, latest)
    if step is None or abs(step) < about.settings.level_jump:
        return None
    rule, word = (UP, "omhoog") if step > 0 else (DOWN, "omlaag")
    return rule.says(
        "up" if step > 0 else "down",
        subject,
        f"{subject} ging {number(abs(step))} niveaus {word}: van {before} naar {latest}.",
        basis=f"{provider}, {day(before_on, about.today)} tegen {day(latest_on, about.today)}",
        doubt=about.doubt(USUAL, before_on, latest_on),
        topic=subject,
        evidence=f"{latest_on} {before}>{latest}",
    )


def _step(before: str | None, latest: str | None) -> int | None:
    for places in ORDERS:
        if before in places and latest in places:
            return places[latest] - places[before]
    return None
