"""Growth of one subject against the child's own line."""

from collections.abc import Sequence
from datetime import date, timedelta

from models.rules.access import Kind
from models.rules.growth import Growth
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import Child, capital, day, number

NEEDS = frozenset({Kind.RESULTS})
LOOKS_AT = "de metingen van één vak, tegen de eigen lijn van het kind"
BELOW = Rule("growth_below", "Groei onder de eigen lijn", LOOKS_AT, NEEDS, 90, ("growth_times",))
BELOW_ONCE = Rule("growth_below_once", "Eén meting onder de eigen lijn", LOOKS_AT, NEEDS, 66, sheet_only=True)
ABOVE = Rule("growth_above", "Groei boven de eigen lijn", LOOKS_AT, NEEDS, 60)
ALONG = Rule("growth_in", "Groei langs de eigen lijn", LOOKS_AT, NEEDS, 30, sheet_only=True)
SILENT = Rule(
    "growth_silent", "Een vak zonder meting", "de dag van de laatste meting van een vak", NEEDS, 55, ("test_silence",),
    rests=True,
)  # fmt: skip
RULES = (BELOW, BELOW_ONCE, ABOVE, ALONG, SILENT)

USUAL = "Of de afname was onrustig, de toetsversie anders, de tijd thuis roerig."
ONCE = f"Eén meting zegt weinig. {USUAL}"


def growth_signal(about: About, subject: str, growth: Growth, taken_on: Sequence[date], provider: str) -> Signal | None:
    """Say how a subject grows; None when there is too little to compare and nothing is late.

    `taken_on` are the days of its measurements, oldest first; there is at least one.
    """
    latest_on, own = taken_on[-1], about.child.own
    latest = day(latest_on, about.today)
    basis = f"{growth.measurements} metingen van {provider}, de laatste van {latest}"
    if about.today - latest_on > timedelta(weeks=about.settings.test_silence):
        return SILENT.says(
            "unknown", subject, f"{subject}: geen meting sinds {latest}.", basis=basis, topic=subject,
            evidence=latest_on.isoformat(), doubt="De toets is misschien wel gemaakt, maar nog niet geleverd.",
        )  # fmt: skip
    since = taken_on[-1 - min(max(growth.times, 1), len(taken_on) - 1)]
    evidence = f"{latest_on} {growth.state} {growth.times}"
    match growth.state:
        case "below" if growth.times >= about.settings.growth_times:
            times = f"{number(growth.times)} metingen" if growth.times > 1 else "bij de laatste meting"
            text = f"{subject} ligt {times} onder {own} eigen lijn{_levels(growth)}."
            doubt = about.doubt(USUAL, since, latest_on)
            return BELOW.says("down", subject, text, basis=basis, doubt=doubt, topic=subject, evidence=evidence)
        case "below":
            text = f"{subject} ligt bij de laatste meting onder {own} eigen lijn{_levels(growth)}."
            doubt = about.doubt(ONCE, since, latest_on)
            return BELOW_ONCE.says("down", subject, text, basis=basis, doubt=doubt, topic=subject, evidence=evidence)
        case "above":
            text = f"{subject} ligt boven {own} eigen lijn{_levels(growth)}."
            doubt = about.doubt(USUAL, since, latest_on)
            return ABOVE.says("up", subject, text, basis=basis, doubt=doubt, topic=subject, evidence=evidence)
        case "in":
            text = f"{subject} groeit mee met {own} eigen lijn{_stays(about.child, growth)}."
            return ALONG.says("steady", subject, text, basis=basis, doubt=USUAL, topic=subject, evidence=evidence)
    return None


def _levels(growth: Growth) -> str:
    if growth.level is None:
        return ""
    if growth.earlier_level in (None, growth.level):
        return f" (niveau {growth.level})"
    return f" ({growth.level}, was {growth.earlier_level})"


def _stays(child: Child, growth: Growth) -> str:
    if growth.level is None:
        return ""
    if growth.earlier_level in (None, growth.level):
        return f"; {child.they} blijft op niveau {growth.level}"
    return f" ({growth.level}, was {growth.earlier_level})"


def grouped_steady(about: About, subjects: list[str], basis: str) -> Signal:
    """Say in one sentence that several subjects grow along the own line: good news need not take four lines."""
    words = [subjects[0], *(subject.lower() for subject in subjects[1:])]
    together = f"{', '.join(words[:-1])} en {words[-1]}"
    text = f"{capital(together)} groeien mee met {about.child.own} eigen lijn."
    return ALONG.says("steady", capital(together), text, basis=basis, doubt=USUAL, evidence="samen")
