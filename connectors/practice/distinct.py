"""Keep of delivered rows only those whose answer id was never counted, each id once. Pure but for the look-up."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from connectors.practice.intake import Part, Rows, part, together
from connectors.practice.packing import Ints, within

CONTENT = ("id", "moment", "exercise", "correct", "progress", "objective", "difficulty")


@dataclass(frozen=True, slots=True)
class Fresh:
    """New rows by pupil, their ids (sorted), and ids that came with different content within this delivery."""

    parts: list[Part]
    ids: Ints
    contradictions: list[int]


def only_new(parts: list[Part], look_up: Callable[[Ints], Ints]) -> Fresh:
    """Leave out what was counted before (`look_up` gives those of sorted ids that were) and what comes twice.

    Of one id with different content the row with the lowest moment (then exercise, and so on) counts.
    """
    ids = np.concatenate([part.rows["id"] for part in parts])
    ids.sort()
    again = ids[1:] == ids[:-1]
    twice = np.unique(ids[1:][again]) if again.any() else ids[:0]
    if twice.size:
        ids = ids[np.concatenate(([True], ~again))]
    counted = look_up(ids)
    new_ids = ids[~within(ids, counted)] if counted.size else ids
    if not (counted.size or twice.size):
        return Fresh(parts, ids, [])
    twice = twice[~within(twice, counted)]
    out = np.union1d(twice, counted)
    kept, rivals, rival_pupils = [], [], []
    for each in parts:
        leave = within(each.rows["id"], out)
        rival = within(each.rows["id"], twice)
        pupil = np.repeat(np.arange(each.bounds.size - 1, dtype=np.int32), np.diff(each.bounds))
        kept.append(part(each.rows[~leave], pupil[~leave], each.bounds.size - 1))
        rivals.append(each.rows[rival])
        rival_pupils.append(pupil[rival])
    winners, contradictions = _one_of_each(together(rivals), np.concatenate(rival_pupils))
    return Fresh([*kept, winners], new_ids, contradictions)


def _one_of_each(rows: Rows, pupil: NDArray[np.int32]) -> tuple[Part, list[int]]:
    users = int(pupil.max()) + 1 if pupil.size else 0
    order = np.lexsort((pupil, *(rows[name] for name in reversed(CONTENT))))
    rows, pupil = np.take(rows, order), pupil[order]
    if not rows.size:
        return part(rows, pupil, users), []
    starts = np.concatenate(([True], rows["id"][1:] != rows["id"][:-1]))
    differs = (rows[1:] != rows[:-1]) | (pupil[1:] != pupil[:-1])
    contradictions = np.unique(rows["id"][1:][differs & ~starts[1:]])
    return part(rows[starts], pupil[starts], users), contradictions.tolist()
