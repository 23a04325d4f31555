"""The practice import from file to tables, in the order that makes it exact and quick.

Read and set apart (both cores), then per slab: which answers are new, per pupil what they change, write. While one
group of pupils is written the next is folded. Never commits: the runner does.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from connectors.contract import BulkCounts, DeliveryContext, Progress, SourceFile
from connectors.load.gone import Gone
from connectors.practice import remarks, seen, tables, writing
from connectors.practice.clock import Clock
from connectors.practice.distinct import only_new
from connectors.practice.firsts import PERIOD_BITS, Changes, Known
from connectors.practice.fold import Folded, fold
from connectors.practice.form import inspect
from connectors.practice.intake import Intake, Part, Rows, together
from connectors.practice.merge import as_matrix, merge
from connectors.practice.packing import Ints
from connectors.practice.reading import Reader

SLAB = 12_000_000
"""Records folded together: bounds memory at about 40 bytes each; a larger file is taken in slabs."""
ANSWERS_AT_ONCE = 250_000
"""Folded while those before are written: a year goes in forty turns, a school day in one."""


def load(connection: sa.Connection, delivery: DeliveryContext, file: SourceFile, progress: Progress) -> BulkCounts:
    """Bring a file of answers in; totals afterwards are those of all distinct answer ids ever delivered.

    Raises `FileRefused` when the file breaks off, is no such file, or is for the greater part unreadable.
    """
    tables.lock(connection, delivery)
    form = inspect(file.path, file.name)
    reader = Reader(form)
    intake = Intake(round(delivery.received_at.timestamp() * 1000))
    counts = BulkCounts()
    for batch in reader.batches():
        intake.accept(batch)
        progress(min(intake.records, form.records), form.records)
        if intake.waiting >= SLAB:
            _settle(connection, delivery, intake, counts)
    remarks.refuse_unsound(form, intake, reader.rejected)
    _settle(connection, delivery, intake, counts)
    counts.rejected = intake.bad_count + len(reader.rejected)
    counts.issues += remarks.of_bad_records(form, intake, reader.rejected)
    progress(intake.records, intake.records)
    return counts


@dataclass(frozen=True, slots=True)
class Pupil:
    """One pupil's new answers, from as many parts of the file as hold some."""

    person: int
    rows: list[Rows]
    known: list[Known]


def _settle(connection: sa.Connection, delivery: DeliveryContext, intake: Intake, counts: BulkCounts) -> None:
    parts = intake.take()
    delivered = sum(part.rows.size for part in parts)
    if not delivered:
        return
    fresh = only_new(parts, lambda ids: _look_up(connection, delivery, ids))
    counts.created += fresh.ids.size
    counts.unchanged += delivered - fresh.ids.size
    counts.issues += remarks.of_contradictions(fresh.contradictions)
    if not fresh.ids.size:
        return
    _remember(connection, delivery, fresh.ids)
    codes, new_people = _people(connection, delivery, fresh.parts, intake.users)
    objective_ids = _objective_ids(connection, delivery, fresh.parts, intake.objectives)
    with writing.mass_load(connection, fresh.ids.size):
        for folded in _fold_ahead(_groups(connection, fresh.parts, codes, new_people), objective_ids):
            _write(connection, delivery, folded, new_people)


def _look_up(connection: sa.Connection, delivery: DeliveryContext, ids: Ints) -> Ints:
    keys = seen.touched(tables.seen_keys(connection, delivery), ids)
    return seen.look_up(tables.seen_blocks(connection, delivery, keys), ids)


def _remember(connection: sa.Connection, delivery: DeliveryContext, ids: Ints) -> None:
    keys = tables.seen_keys(connection, delivery)
    blocks = tables.seen_blocks(connection, delivery, seen.touched(keys, ids))
    tables.put_seen(connection, delivery, seen.add(keys, blocks, ids))


def _people(
    connection: sa.Connection, delivery: DeliveryContext, parts: list[Part], users: list[str]
) -> tuple[dict[int, list[int]], set[int]]:
    """Give the codes of each pupil who has new answers, and who of them are new to us.

    A pupil has more than one code when the key came with blanks around it and without.
    """
    present = np.zeros(len(users), np.bool_)
    for part in parts:
        present[: part.bounds.size - 1] |= np.diff(part.bounds) > 0
    found = np.flatnonzero(present).tolist()
    admitted = Gone(connection, delivery.school_id, delivery.source_id).admitted({users[code] for code in found})
    ids, new_people = tables.people(connection, delivery, admitted)
    codes: dict[int, list[int]] = {}
    for code in found:
        if users[code] not in admitted:
            continue
        codes.setdefault(ids[users[code]], []).append(code)
    return codes, new_people


def _objective_ids(
    connection: sa.Connection, delivery: DeliveryContext, parts: list[Part], names: list[tuple[str, str, str]]
) -> Ints:
    present = np.zeros(len(names), np.bool_)
    for part in parts:
        present[part.rows["objective"]] = True
    found = np.flatnonzero(present).tolist()
    ids = tables.objectives(connection, delivery, {names[code] for code in found})
    by_code = np.zeros(len(names), np.int64)
    by_code[found] = [ids[names[code]] for code in found]
    return by_code


def _groups(
    connection: sa.Connection, parts: list[Part], codes: dict[int, list[int]], new_people: set[int]
) -> Iterator[list[Pupil]]:
    """Give the pupils with new answers some at a time, in the order of the primary key."""
    since = min(int(part.rows["moment"].min()) for part in parts if part.rows.size) >> PERIOD_BITS

    def with_memory(group: dict[int, list[Rows]]) -> list[Pupil]:
        known = tables.known_firsts(connection, group.keys() - new_people, since)
        return [Pupil(person, rows, known.get(person, [])) for person, rows in group.items()]

    group: dict[int, list[Rows]] = {}
    answers = 0
    for person in sorted(codes):
        group[person] = [rows for part in parts for code in codes[person] if (rows := part.of(code)).size]
        answers += sum(rows.size for rows in group[person])
        if answers >= ANSWERS_AT_ONCE:
            yield with_memory(group)
            group, answers = {}, 0
    if group:
        yield with_memory(group)


def _fold_ahead(groups: Iterable[list[Pupil]], objective_ids: Ints) -> Iterator[dict[int, Folded]]:
    clock = Clock()

    def work(group: list[Pupil]) -> dict[int, Folded]:
        return {p.person: fold(together(p.rows), objective_ids, p.known, clock) for p in group}

    with ThreadPoolExecutor(1) as other_core:
        ahead: Future[dict[int, Folded]] | None = None
        for group in groups:
            following = other_core.submit(work, group)
            if ahead:
                yield ahead.result()
            ahead = following
        if ahead:
            yield ahead.result()


def _write(
    connection: sa.Connection, delivery: DeliveryContext, folded: dict[int, Folded], new_people: set[int]
) -> None:
    if not folded:
        return
    amounts = np.concatenate([as_matrix(person, folded[person].cells) for person in sorted(folded)])
    first, last = int(amounts[:, 1].min()), int(amounts[:, 1].max())
    stored = tables.stored_cells(connection, sorted(folded.keys() - new_people), first, last)
    added, changed = merge(amounts, stored)
    writing.add_cells(connection, delivery, added)
    writing.change_cells(connection, delivery, changed)
    changes: dict[int, Changes] = {person: one.firsts for person, one in folded.items()}
    tables.put_firsts(connection, delivery, changes)
