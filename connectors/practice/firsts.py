"""What is remembered of first attempts, and what new answers change in it. Pure.

Per pupil and period: the exercises (sorted) in one packed column, and of each the moment, answer id, correctness and
objective in another. Exercises are looked into at every delivery; the rest is opened only where it can matter: when an
answer turns up that may be earlier than the known first one, or when the period gets new first attempts.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from connectors.practice.packing import Ints, common, pack, pack_set, stable_order, unpack, unpack_set

PERIOD_BITS = 31
"""A period is 2^31 milliseconds, 24.9 days: the moment within it and the correctness fit four bytes together."""
WITHIN = (1 << PERIOD_BITS) - 1


@dataclass(frozen=True, slots=True)
class Firsts:
    """First attempts as columns, sorted by exercise; `moment` in milliseconds since 1970 UTC."""

    exercise: Ints
    moment: Ints
    id: Ints
    correct: Ints
    objective: Ints

    def at(self, where: NDArray[np.bool_] | Ints | slice) -> "Firsts":
        return Firsts(*(getattr(self, name)[where] for name in self.__slots__))


NONE = Firsts(*(np.empty(0, np.int64) for _ in range(5)))


@dataclass(frozen=True, slots=True)
class Known:
    """One row of the memory."""

    period: int
    exercises: bytes
    details: bytes


@dataclass(slots=True)
class Changes:
    """Rows of the memory to keep (new or instead of what was) and periods that hold nothing any more."""

    kept: list[Known] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)


def settle(candidates: Firsts, known: list[Known]) -> tuple[NDArray[np.bool_], Firsts, Changes]:
    """Decide per exercise between the earliest new answer and the known first one.

    Gives which candidates are now first, which known ones no longer are, and what changes in the memory.
    """
    accepted = np.ones(candidates.exercise.size, np.bool_)
    periods = candidates.moment >> PERIOD_BITS
    demoted, shortened = [], {}
    for row in known:
        exercises = unpack_set(row.exercises)
        rivals, places = common(candidates.exercise, exercises)
        if not rivals.size:
            continue
        accepted[rivals] = False
        if (periods[rivals] > row.period).all():
            continue
        details = open_row(row, exercises)
        was = details.at(places)
        now = candidates.at(rivals)
        wins = (now.moment < was.moment) | ((now.moment == was.moment) & (now.id < was.id))
        if wins.any():
            accepted[rivals[wins]] = True
            demoted.append(was.at(wins))
            shortened[row.period] = details.at(np.delete(np.arange(exercises.size), places[wins]))
    return accepted, _together(demoted), _changes(candidates.at(accepted), known, shortened)


def open_row(row: Known, exercises: Ints | None = None) -> Firsts:
    """Unpack one row of the memory."""
    exercise = unpack_set(row.exercises) if exercises is None else exercises
    moment, after = unpack(row.details, exercise.size)
    ids, after = unpack(row.details, exercise.size, after)
    objective, _ = unpack(row.details, exercise.size, after)
    return Firsts(exercise, (moment & WITHIN) | (row.period << PERIOD_BITS), ids, moment >> PERIOD_BITS, objective)


def close_row(period: int, firsts: Firsts) -> Known:
    """Pack first attempts of one period (at least one)."""
    moment = (firsts.moment & WITHIN) | (firsts.correct << PERIOD_BITS)
    return Known(period, pack_set(firsts.exercise), pack(moment) + pack(firsts.id) + pack(firsts.objective))


def _changes(new: Firsts, known: list[Known], shortened: dict[int, Firsts]) -> Changes:
    changes = Changes()
    rows = {row.period: row for row in known}
    added = _by_period(new)
    for period in sorted(added.keys() | shortened.keys()):
        firsts = added.get(period, NONE)
        if period in rows:
            firsts = _together([shortened.get(period) or open_row(rows[period]), firsts])
            firsts = firsts.at(np.argsort(firsts.exercise))
        if firsts.exercise.size:
            changes.kept.append(close_row(period, firsts))
        else:
            changes.removed.append(period)
    return changes


def _by_period(firsts: Firsts) -> dict[int, Firsts]:
    """Split by period, each part still sorted by exercise."""
    period = firsts.moment >> PERIOD_BITS
    order = stable_order(period)
    firsts, period = firsts.at(order), period[order]
    starts = [0, *(np.flatnonzero(period[1:] != period[:-1]) + 1).tolist(), period.size]
    return {int(period[start]): firsts.at(slice(start, end)) for start, end in pairwise(starts) if end > start}


def _together(parts: list[Firsts]) -> Firsts:
    if not parts:
        return NONE
    return Firsts(*(np.concatenate([getattr(part, name) for part in parts]) for name in Firsts.__slots__))
