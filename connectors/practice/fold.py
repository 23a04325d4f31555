"""From one pupil's new answers to cells and first attempts. Pure: arrays in, arrays out.

Exact whatever the order: an answer is a first attempt when no answer of this pupil to this exercise, now or in any
earlier delivery, has a lower (moment in whole milliseconds, answer id).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from connectors.practice.clock import Clock, outside_school
from connectors.practice.firsts import Changes, Firsts, Known, settle
from connectors.practice.intake import Rows
from connectors.practice.packing import Ints, stable_order

SUMS = (
    "answers",
    "correct",
    "first_answers",
    "first_correct",
    "progress_sum",
    "progress_n",
    "no_difficulty",
    "uncalibrated",
    "home_answers",
)
FIELDS = (*SUMS, "first_second", "last_second")
NEVER = (86_400, -1)
"""First and last second of a cell without answers: neutral in a minimum and a maximum."""
NOT_DELIVERED, UNCALIBRATED = 1, 2


@dataclass(frozen=True, slots=True)
class Cells:
    """Amounts to add per (day, objective): sorted keys and, per row, the `FIELDS`."""

    day: Ints
    objective: Ints
    values: Ints


@dataclass(frozen=True, slots=True)
class Folded:
    """What new answers of one pupil change."""

    cells: Cells
    firsts: Changes


def fold(rows: Rows, objective_ids: Ints, known: list[Known], clock: Clock) -> Folded:
    """Fold one pupil's new, distinct answers (at least one) in the light of the first attempts known so far."""
    rows = _in_time_order(rows)
    objective = objective_ids[rows["objective"]]
    places = _first_places(rows["exercise"])
    candidates = Firsts(
        rows["exercise"][places],
        rows["moment"][places],
        rows["id"][places],
        rows["correct"][places].astype(np.int64),
        objective[places],
    )
    accepted, demoted, changes = settle(candidates, known)
    is_first = np.zeros(rows.size, np.bool_)
    is_first[places[accepted]] = True
    return Folded(_cells(rows, objective, is_first, demoted, clock), changes)


def _cells(rows: Rows, objective: Ints, is_first: NDArray[np.bool_], demoted: Firsts, clock: Clock) -> Cells:
    day, second = clock.local(np.ascontiguousarray(rows["moment"]))
    correct, progress, difficulty = rows["correct"], rows["progress"], rows["difficulty"]
    values = np.empty((len(FIELDS), rows.size), np.int64)
    values[0] = 1
    values[1] = correct
    values[2] = is_first
    values[3] = is_first & (correct == 1)
    values[4] = progress
    values[5] = progress != 0
    values[6] = difficulty == NOT_DELIVERED
    values[7] = difficulty == UNCALIBRATED
    values[8] = outside_school(day, second)
    values[9] = values[10] = second
    if demoted.exercise.size:
        back = np.zeros((len(FIELDS), demoted.exercise.size), np.int64)
        back[2], back[3] = -1, -demoted.correct
        back[9], back[10] = NEVER[0], NEVER[1]
        values = np.concatenate((values, back), axis=1)
        day = np.concatenate((day, clock.local(demoted.moment)[0]))
        objective = np.concatenate((objective, demoted.objective))
    return _sum_up(day, objective, values)


def _sum_up(day: Ints, objective: Ints, values: Ints) -> Cells:
    key = day << 32 | objective
    order = stable_order((day - day.min()) * (int(objective.max()) + 1) + objective)
    key = key[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    ends = np.append(starts[1:], key.size) - 1
    values = np.take(values, order, axis=1)
    summed = np.empty((len(FIELDS), starts.size), np.int64)
    running = np.cumsum(values[:9], axis=1)  # four times as fast as np.add.reduceat
    summed[:9] = np.diff(running[:, ends], axis=1, prepend=0)
    summed[9] = np.minimum.reduceat(values[9], starts)
    summed[10] = np.maximum.reduceat(values[10], starts)
    return Cells(key[starts] >> 32, key[starts] & 0xFFFFFFFF, summed.T)


def _in_time_order(rows: Rows) -> Rows:
    moment, ids = np.ascontiguousarray(rows["moment"]), rows["id"]
    steps = np.diff(moment)
    if (steps > 0).all() or ((steps > 0) | ((steps == 0) & (ids[1:] > ids[:-1]))).all():
        return rows  # as platforms export them
    order = stable_order(moment)
    sorted_moment, sorted_ids = moment[order], ids[order]
    swapped = (sorted_moment[1:] == sorted_moment[:-1]) & (sorted_ids[1:] < sorted_ids[:-1])
    return np.take(rows, np.lexsort((ids, moment)) if swapped.any() else order)


def _first_places(exercise: Ints) -> Ints:
    """Give, sorted by exercise, the place of the first answer to each."""
    order = stable_order(exercise)
    sorted_exercise = exercise[order]
    return order[np.concatenate(([True], sorted_exercise[1:] != sorted_exercise[:-1]))]
