"""Growth of one subject against the child's own line."""

from datetime import date, timedelta

from models.rules.growth import Growth
from models.rules.signals import Signal
from models.rules.wording import Child, capital, day, number

SILENT_AFTER = timedelta(days=240)
"""A subject is tested twice a year; with no measurement for eight months a moment was missed."""

DOUBT = "een gemiste of onrustige toetsafname, een andere toetsversie, of lang ziek in deze periode."


def growth_signal(
    child: Child, subject: str, growth: Growth, latest_on: date, today: date, provider: str
) -> Signal | None:
    """Say how a subject grows; None when there is too little to compare and nothing is late."""
    basis = f"{growth.measurements} metingen van {provider}, de laatste van {day(latest_on, today)}"
    if today - latest_on > SILENT_AFTER:
        text = f"{subject}: geen meting sinds {day(latest_on, today)}."
        return Signal(
            "growth_silent", "unknown", subject, text, basis, "de toets is wel gemaakt, maar nog niet geleverd.", 55
        )
    match growth.state:
        case "below" if growth.times > 1:
            text = f"{subject} ligt {number(growth.times)} metingen onder {child.own} eigen lijn{_levels(growth)}."
            return Signal("growth_below", "down", subject, text, basis, f"Dit klopt niet bij {DOUBT}", 90)
        case "below":
            text = f"{subject} ligt bij de laatste meting onder {child.own} eigen lijn{_levels(growth)}."
            return Signal(
                "growth_below", "down", subject, text, basis, f"Eén meting zegt weinig; ook mogelijk: {DOUBT}", 70
            )
        case "above":
            text = f"{subject} ligt boven {child.own} eigen lijn{_levels(growth)}."
            return Signal("growth_above", "up", subject, text, basis, f"Dit klopt niet bij {DOUBT}", 60)
        case "in":
            text = f"{subject} groeit mee met {child.own} eigen lijn{_stays(child, growth)}."
            return Signal("growth_in", "steady", subject, text, basis, f"Dit klopt niet bij {DOUBT}", 30)
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


def grouped_steady(child: Child, subjects: list[str], basis: str) -> Signal:
    """Say in one sentence that several subjects grow along the own line: good news need not take four lines."""
    words = [subjects[0], *(subject.lower() for subject in subjects[1:])]
    together = f"{', '.join(words[:-1])} en {words[-1]}"
    text = f"{capital(together)} groeien mee met {child.own} eigen lijn."
    return Signal("growth_in", "steady", capital(together), text, basis, f"Dit klopt niet bij {DOUBT}", 30)
