"""Well-being between two moments of the same list by the same respondent."""

from collections.abc import Mapping
from typing import Literal

from models.rules.signals import Signal
from models.rules.wording import Child, capital, listing

Direction = Literal["up", "down", "same", "unknown"]

CHANGE = 0.15
"""Which part of the scale's width counts as a change: 0.6 on five points, 0.3 on three."""

DOUBT = "een andere invuller dan vorige keer, een drukke week, of een voorval vlak voor het invullen."


def direction(earlier: float | None, latest: float | None, low: float, high: float) -> Direction:
    """Return "up", "down", "same" or "unknown" for one row of a list."""
    if earlier is None or latest is None or high <= low:
        return "unknown"
    step = (latest - earlier) / (high - low)
    if step >= CHANGE:
        return "up"
    return "down" if step <= -CHANGE else "same"


def wellbeing_signal(
    child: Child, teacher: Mapping[str, str], own: Mapping[str, str], earlier: str, latest: str, instrument: str
) -> Signal | None:
    """Say what changed in how the teacher sees the child and whether the child sees it too; None without two moments.

    The mappings give the direction per row of the list, for the teacher's list and the child's own.
    """
    known = {name: way for name, way in teacher.items() if way != "unknown"}
    if not known:
        return None
    basis = f"{instrument}, {earlier} tegen {latest}, {len(known)} onderdelen"
    lower = [name for name, way in known.items() if way == "down"]
    higher = [name for name, way in known.items() if way == "up"]
    doubt = f"Dit klopt niet bij {DOUBT}"
    if lower:
        names = capital(listing([name.lower() for name in lower[:3]]))
        verb = "scoort" if len(lower) == 1 else "scoren"
        text = f"{names} {verb} lager dan in {_when(earlier)}.{_own_view(child, lower, own)}"
        return Signal("wellbeing_down", "down", names, text, basis, doubt, 80)
    if higher:
        names = capital(listing([name.lower() for name in higher[:3]]))
        verb = "gaat" if len(higher) == 1 else "gaan"
        return Signal("wellbeing_up", "up", names, f"{names} {verb} beter dan in {_when(earlier)}.", basis, doubt, 45)
    text = f"Welbevinden is gelijk gebleven sinds {_when(earlier)}."
    return Signal("wellbeing_same", "steady", "Welbevinden", text, basis, doubt, 15)


def _when(moment: str) -> str:
    return f"het {moment}" if moment in {"voorjaar", "najaar"} else moment


def _own_view(child: Child, lower: list[str], own: Mapping[str, str]) -> str:
    views = {own.get(name, "unknown") for name in lower} - {"unknown"}
    if not views:
        return ""
    return f" Zelf ziet {child.they} dat ook zo." if "down" in views else f" Zelf ziet {child.they} dat anders."
