"""Well-being between two moments of the same list by the same respondent."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from models.rules.access import Kind
from models.rules.settings import DEFAULTS
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import Child, capital, listing

Direction = Literal["up", "down", "same", "unknown"]

NEEDS = frozenset({Kind.WELLBEING})
LOOKS_AT = "twee momenten van dezelfde lijst, ingevuld door de leraar"
DOWN = Rule("wellbeing_down", "Welbevinden lager", LOOKS_AT, NEEDS, 80, ("wellbeing_change",))
UP = Rule("wellbeing_up", "Welbevinden beter", LOOKS_AT, NEEDS, 45, ("wellbeing_change",))
SAME = Rule("wellbeing_same", "Welbevinden gelijk", LOOKS_AT, NEEDS, 15, sheet_only=True)
RULES = (DOWN, UP, SAME)

DOUBT = "Of een ander vulde in, het was een drukke week, er viel vlak ervoor iets voor."


def direction(
    earlier: float | None, latest: float | None, low: float, high: float, change: int = DEFAULTS.wellbeing_change
) -> Direction:
    """Return "up", "down", "same" or "unknown" for one row of a list.

    `change` is in hundredths of the scale's width: 15 is 0.6 on five points, 0.3 on three.
    """
    if earlier is None or latest is None or high <= low:
        return "unknown"
    step = (latest - earlier) / (high - low) * 100
    if step >= change:
        return "up"
    return "down" if step <= -change else "same"


def wellbeing_signal(
    about: About,
    teacher: Mapping[str, str],
    own: Mapping[str, str],
    moments: tuple[tuple[date | None, str], tuple[date, str]],
    instrument: str,
) -> Signal | None:
    """Say what changed in how the teacher sees the child and whether the child sees it too; None without two moments.

    The mappings give the direction per row of the list, for the teacher's list and the child's own; `moments` are the
    day and the name of the time before and the latest.
    """
    known = {name: way for name, way in teacher.items() if way != "unknown"}
    (before_on, earlier), (latest_on, latest) = moments
    if not known or before_on is None:
        return None
    basis = f"{instrument}, {earlier} tegen {latest}, {len(known)} onderdelen"
    doubt = about.doubt(DOUBT, before_on, latest_on)
    lower = sorted(name for name, way in known.items() if way == "down")
    higher = sorted(name for name, way in known.items() if way == "up")
    if lower:
        names = capital(listing([name.lower() for name in lower[:3]]))
        verb = "scoort" if len(lower) == 1 else "scoren"
        text = f"{names} {verb} lager dan in {_when(earlier)}.{_own_view(about.child, lower, own)}"
        return DOWN.says(
            "down", names, text, basis=basis, doubt=doubt, topic=instrument, evidence=latest_on.isoformat()
        )
    if higher:
        names = capital(listing([name.lower() for name in higher[:3]]))
        verb = "gaat" if len(higher) == 1 else "gaan"
        text = f"{names} {verb} beter dan in {_when(earlier)}."
        return UP.says("up", names, text, basis=basis, doubt=doubt, topic=instrument, evidence=latest_on.isoformat())
    text = f"Welbevinden is gelijk gebleven sinds {_when(earlier)}."
    return SAME.says(
        "steady", "Welbevinden", text, basis=basis, doubt=doubt, topic=instrument, evidence=latest_on.isoformat()
    )


def _when(moment: str) -> str:
    return f"het {moment}" if moment in {"voorjaar", "najaar"} else moment


def _own_view(child: Child, lower: list[str], own: Mapping[str, str]) -> str:
    views = {own.get(name, "unknown") for name in lower} - {"unknown"}
    if not views:
        return ""
    return f" Zelf ziet {child.they} dat ook zo." if "down" in views else f" Zelf ziet {child.they} dat anders."
