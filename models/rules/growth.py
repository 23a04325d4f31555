"""Growth of a child against its own line.

A child's own line is where it stood before, compared with the same moments nationally: the median of its earlier
positions in the norm bands. Without norm bands the level as delivered stands in for the position. Nothing is
converted between scales, and a letter is never averaged: only its order is used.
"""

from bisect import bisect_right, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import median
from typing import Literal

State = Literal["above", "in", "below", "unknown"]
Bands = tuple[tuple[float | None, float | None], ...]
"""Lower and upper score of each level, lowest level first; an open end is None."""

ORDINAL_LEVELS: Mapping[str, float] = {
    "V-": 0.25, "V": 0.5, "IV": 1.5, "III": 2.5, "II": 3.5, "I": 4.5, "I+": 4.75,
    "E": 0.25, "D": 0.85, "C": 2.0, "B": 3.15, "A": 4.4,
}  # fmt: skip
"""Place of a letter in its own order, in fifths. A-E and I-V are never mixed within one line."""

TOLERANCE = 0.75
"""How many bands a measurement may lie off the own line before it is said: less is within a test's own error."""

ENOUGH = 3
"""Measurements needed before there is an own line to speak of: two to know it and one to compare."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One skill score with the norm bands of its moment (may be empty) and the level as delivered."""

    taken_on: date
    value: float
    bands: Bands = ()
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Growth:
    """The latest measurement against the own line; `times` counts how many in a row lie on that side."""

    state: State
    times: int = 0
    level: str | None = None
    earlier_level: str | None = None
    measurements: int = 0


def position(measurement: Measurement) -> float | None:
    """Place a measurement among the bands: 0 is the bottom of the lowest, 5 the top of the highest of five."""
    if not measurement.bands:
        return ORDINAL_LEVELS.get(measurement.level) if measurement.level else None
    edges = _edges(measurement.bands)
    if not edges:
        return None
    index = min(max(bisect_right(edges, measurement.value) - 1, 0), len(edges) - 2)
    low, high = edges[index], edges[index + 1]
    return index + (measurement.value - low) / (high - low)


@lru_cache(maxsize=1024)
def _edges(bands: Bands) -> tuple[float, ...]:
    """Where the bands begin and end, the open ones as wide as the others; empty when too little is known."""
    inner = [low for low, _ in bands[1:] if low is not None]
    if len(inner) < 2:
        return ()
    width = (inner[-1] - inner[0]) / (len(inner) - 1)
    return (inner[0] - width, *inner, inner[-1] + width)


def growth(measurements: Sequence[Measurement]) -> Growth:
    """Compare the latest measurement with the child's own line; the order in which they are given does not matter."""
    ordered = sorted(measurements, key=lambda m: (m.taken_on, m.value))
    placed = [(m, p) for m in ordered if (p := position(m)) is not None]
    level = ordered[-1].level if ordered else None
    earlier = ordered[-2].level if len(ordered) > 1 else None
    if len(placed) < ENOUGH:
        return Growth("unknown", 0, level, earlier, len(ordered))
    sides: list[State] = []
    before: list[float] = []
    for _, place in placed:
        if len(before) >= ENOUGH - 1:
            sides.append(_side(place, before))
        insort(before, place)
    state = sides[-1]
    times = 0
    for side in reversed(sides):
        if side != state:
            break
        times += 1
    return Growth(state, times, level, _level_before(placed, times), len(ordered))


def _side(place: float, before: Sequence[float]) -> State:
    """Judge one place against the median of what came before."""
    distance = place - median(before)
    if distance > TOLERANCE:
        return "above"
    return "below" if distance < -TOLERANCE else "in"


def _level_before(placed: Sequence[tuple[Measurement, float]], times: int) -> str | None:
    """Return the level from before the present run began."""
    index = len(placed) - 1 - times
    return placed[index][0].level if index >= 0 else placed[0][0].level
