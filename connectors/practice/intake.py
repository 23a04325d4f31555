"""Take in the columns of a file: set bad records apart, give pupils and objectives codes, keep the rest by pupil.

Pure: no database. 32 bytes a record are kept until the caller takes them away with `take`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from connectors.errors import FileRefused
from connectors.practice.names import Codes
from connectors.practice.reading import NO_PROGRESS, UNREADABLE, Batch

ROW = np.dtype(
    [
        ("id", "<i8"),
        ("moment", "<i8"),
        ("exercise", "<i8"),
        ("progress", "<i4"),
        ("objective", "<u2"),
        ("correct", "u1"),
        ("difficulty", "u1"),
    ]
)
Rows = NDArray[np.void]

EARLIEST = 946_684_800_000
"""2000-01-01: before it no child practised on a platform; an older moment is a mistake in the export."""
FUTURE = 24 * 3_600_000
"""A platform's clock may run ahead by a day, not more."""
MOST_OBJECTIVES = 65_535
MOST_USERS = 2_000_000
USER_KEY, SUBJECT, DOMAIN, OBJECTIVE = 256, 100, 100, 500
"""Longest texts that fit the tables."""
NOBODY = ("", "NULL")
BAD_KEPT = 200
"""Bad records that are named one by one; the others are only counted."""


@dataclass(slots=True)
class Part:
    """Rows sorted by pupil code; those of pupil `p` are `rows[bounds[p]:bounds[p + 1]]`."""

    rows: Rows
    bounds: NDArray[np.int64]

    def of(self, pupil: int) -> Rows:
        return self.rows[self.bounds[pupil] : self.bounds[pupil + 1]] if pupil + 1 < self.bounds.size else self.rows[:0]


@dataclass(slots=True)
class Intake:
    """What has come in so far of one file; `bad` holds (record number from 0, column)."""

    received_at: int
    users: list[str] = field(default_factory=list)
    objectives: list[tuple[str, str, str]] = field(default_factory=list)
    records: int = 0
    bad_count: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    waiting: int = 0
    _parts: list[Part] = field(default_factory=list)
    _user_codes: Codes = field(default_factory=Codes)
    _objective_codes: Codes = field(default_factory=Codes)
    _user_fits: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    _objective_fits: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))

    def accept(self, batch: Batch) -> None:
        """Take in one batch."""
        user = self._code_users(batch)
        objective = self._code_objectives(batch)
        good = self._set_bad_apart(batch, user, objective)
        rows = np.empty(batch.id.size, ROW)
        for name in ("id", "moment", "exercise", "progress", "correct", "difficulty"):
            rows[name] = getattr(batch, name)
        rows["objective"] = objective
        if good is not None:
            rows, user = rows[good], user[good]
        self.records += batch.id.size
        self.waiting += rows.size
        self._parts.append(part(rows, user, len(self.users)))

    def take(self) -> list[Part]:
        """Hand over the rows that are waiting."""
        parts, self._parts, self.waiting = self._parts, [], 0
        return parts

    def _code_users(self, batch: Batch) -> NDArray[np.int32]:
        codes = self._user_codes.find(batch.user_hash)
        if new := _firsts_of(batch.user_hash, codes):
            self._user_codes.add(batch.user_hash[new])
            keys = [batch.user_key[row] for row in new]
            self.users += keys
            fits = [_text_fits(key, USER_KEY) and key not in NOBODY and not key.startswith("#") for key in keys]
            self._user_fits = np.append(self._user_fits, fits)
            if len(self.users) > MOST_USERS:
                raise FileRefused(
                    "Het bestand noemt meer leerlingen dan er in Nederland zijn. Kijk de kolom UserId na."
                )
            codes = self._user_codes.find(batch.user_hash)
        return codes

    def _code_objectives(self, batch: Batch) -> NDArray[np.int32]:
        codes = self._objective_codes.find(batch.objective_hash)
        if new := _firsts_of(batch.objective_hash, codes):
            self._objective_codes.add(batch.objective_hash[new])
            names = [(batch.subject[row], batch.domain[row], batch.objective[row]) for row in new]
            self.objectives += names
            limits = (SUBJECT, DOMAIN, OBJECTIVE)
            fits = [all(_text_fits(text, most) for text, most in zip(name, limits, strict=True)) for name in names]
            self._objective_fits = np.append(self._objective_fits, fits)
            if len(self.objectives) > MOST_OBJECTIVES:
                raise FileRefused("Het bestand noemt meer dan 65.535 leerdoelen. Kijk de kolom LearningObjective na.")
            codes = self._objective_codes.find(batch.objective_hash)
        return codes

    def _set_bad_apart(self, batch: Batch, user: Any, objective: Any) -> NDArray[np.bool_] | None:
        """Note the bad records of a batch and tell which are good, None when all are."""
        wrong = {
            "SubmittedAnswerId": batch.id < 0,
            "SubmitDateTime": (batch.moment < EARLIEST) | (batch.moment > self.received_at + FUTURE),
            "Correct": batch.correct == UNREADABLE,
            "Progress": batch.progress == NO_PROGRESS,
            "UserId": ~self._user_fits[user],
            "ExerciseId": batch.exercise < 0,
            "Difficulty": batch.difficulty == UNREADABLE,
            "LearningObjective": ~self._objective_fits[objective],
        }
        bad = np.logical_or.reduce(list(wrong.values()))
        if not bad.any():
            return None
        self.bad_count += int(bad.sum())
        for row in np.flatnonzero(bad)[: BAD_KEPT - len(self.bad)].tolist():
            self.bad.append((self.records + row, next(column for column, at in wrong.items() if at[row])))
        return np.asarray(~bad)


def part(rows: Rows, user: NDArray[np.int32], users: int) -> Part:
    """Sort rows by pupil code (0 to `users` - 1), in a time that does not grow with the number of pupils."""
    narrow = user.astype(np.uint16) if users <= MOST_OBJECTIVES else user  # numpy sorts 16 bits by counting
    order = np.argsort(narrow, kind="stable")
    sorted_rows = np.take(rows, order)  # thirty times as fast as rows[order] for records
    return Part(sorted_rows, np.searchsorted(narrow[order], np.arange(users + 1)).astype(np.int64))


def together(parts: Sequence[Rows]) -> Rows:
    """Put rows one after the other; as bare bytes, because numpy compares the names of the fields pair by pair."""
    return np.concatenate([rows.view(f"V{ROW.itemsize}") for rows in parts]).view(ROW)


def _firsts_of(hashes: NDArray[np.uint64], codes: NDArray[np.int32]) -> list[int]:
    """Give, in order of appearance, the rows at which each hash without a code stands for the first time."""
    unknown = np.flatnonzero(codes < 0)
    if not unknown.size:
        return []
    _, first = np.unique(hashes[unknown], return_index=True)
    return [int(row) for row in np.sort(unknown[first])]


def _text_fits(text: str, most: int) -> bool:
    return len(text) <= most and "\0" not in text
