"""Bring amounts to add together with the cells that are stored. Pure: matrices of whole numbers in and out.

A matrix has a row per cell: pupil, day, objective, then `fold.FIELDS`.
"""

import numpy as np

from connectors.practice.fold import FIELDS, SUMS, Cells
from connectors.practice.packing import Ints

KEYS = 3
WIDTH = KEYS + len(FIELDS)
SUMS_END = KEYS + len(SUMS)


def as_matrix(person: int, cells: Cells) -> Ints:
    """Put a pupil's cells in a matrix, sorted by day and objective."""
    matrix = np.empty((cells.day.size, WIDTH), np.int64)
    matrix[:, 0] = person
    matrix[:, 1] = cells.day
    matrix[:, 2] = cells.objective
    matrix[:, KEYS:] = cells.values
    return matrix


def merge(amounts: Ints, stored: Ints) -> tuple[Ints, Ints]:
    """Give the new cells and the changed ones; both matrices sorted by key, each key once."""
    if not stored.size:
        return amounts, stored.reshape(0, WIDTH)
    people = np.unique(np.concatenate((amounts[:, 0], stored[:, 0])))
    keys, present = _keys(amounts, people), _keys(stored, people)
    place = np.minimum(np.searchsorted(present, keys), present.size - 1)
    known = present[place] == keys
    changed = stored[place[known]]
    add = amounts[known]
    changed[:, KEYS:SUMS_END] += add[:, KEYS:SUMS_END]
    changed[:, SUMS_END] = np.minimum(changed[:, SUMS_END], add[:, SUMS_END])
    changed[:, SUMS_END + 1] = np.maximum(changed[:, SUMS_END + 1], add[:, SUMS_END + 1])
    return amounts[~known], changed


def _keys(matrix: Ints, people: Ints) -> Ints:
    """One number per cell: place of the pupil (11 bits), day (20 bits), objective (32 bits)."""
    return np.searchsorted(people, matrix[:, 0]) << 52 | matrix[:, 1] << 32 | matrix[:, 2]
