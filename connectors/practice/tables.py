"""What the practice import asks of and tells the database in few rows: pupils of the platform, objectives, memory.

Works on SQLAlchemy's connection inside the runner's transaction; the mass of cells goes through `writing`.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast

import numpy as np
import sqlalchemy as sa

from connectors.contract import DeliveryContext
from connectors.practice.firsts import Changes, Known
from connectors.practice.fold import FIELDS
from connectors.practice.packing import Ints
from models.person import SourcePerson
from models.practice import LearningObjective, PracticeCell, PracticeFirst, PracticeSeen
from models.provenance import Source
from models.vocabulary import PersonRole

T_SOURCE, T_PERSON, T_OBJECTIVE, T_CELL, T_SEEN, T_FIRST = (
    cast("sa.Table", table.__table__)  # the ORM would configure all its mappers: a tenth of a second a process
    for table in (Source, SourcePerson, LearningObjective, PracticeCell, PracticeSeen, PracticeFirst)
)
MOST_PARAMETERS = 500

CELL_COLUMNS = ("source_person_id", "day", "objective_id", *FIELDS)


def lock(connection: sa.Connection, delivery: DeliveryContext) -> None:
    """Let deliveries of one source wait for each other (SQLite writers already do)."""
    connection.execute(sa.select(T_SOURCE.c.id).where(T_SOURCE.c.id == delivery.source_id).with_for_update())


def people(
    connection: sa.Connection, delivery: DeliveryContext, keys: Collection[str]
) -> tuple[dict[str, int], set[int]]:
    """Give the source's record of each pupil key (made when there is none) and which of these are new.

    A new record is linked to nobody; the platform's accounts, or a person, say later who that is.
    """
    t = T_PERSON
    mine = (t.c.source_id == delivery.source_id) & (t.c.role == PersonRole.PUPIL)
    query = sa.select(t.c.source_key, t.c.id).where(mine).order_by(t.c.generation)
    known: dict[str, int] = dict(connection.execute(query).all())
    new = sorted(set(keys) - known.keys())
    if new:
        fixed = {
            "school_id": delivery.school_id,
            "source_id": delivery.source_id,
            "role": PersonRole.PUPIL,
            "first_delivery_id": delivery.delivery_id,
            "seen_delivery_id": delivery.delivery_id,
        }
        connection.execute(sa.insert(t), [fixed | {"source_key": key} for key in new])
        known = dict(connection.execute(query).all())
    seen = sorted({known[key] for key in keys})
    for some in _in_parts(seen):
        mark = sa.update(t).where(t.c.id.in_(some)).values(seen_delivery_id=delivery.delivery_id)
        connection.execute(mark)
    return known, {known[key] for key in new}


def objectives(
    connection: sa.Connection, delivery: DeliveryContext, names: Collection[tuple[str, str, str]]
) -> dict[tuple[str, str, str], int]:
    """Give the id of each (subject, domain, objective), made when there is none."""
    t = T_OBJECTIVE
    query = sa.select(t.c.subject, t.c.domain, t.c.name, t.c.id).where(t.c.source_id == delivery.source_id)

    def present() -> dict[tuple[str, str, str], int]:
        return {(subject, domain, name): id_ for subject, domain, name, id_ in connection.execute(query)}

    known = present()
    new = sorted(set(names) - known.keys())
    if new:
        fixed = {"school_id": delivery.school_id, "source_id": delivery.source_id}
        rows = [fixed | {"subject": subject, "domain": domain, "name": name} for subject, domain, name in new]
        connection.execute(sa.insert(t), rows)
        known = present()
    return known


def seen_keys(connection: sa.Connection, delivery: DeliveryContext) -> Ints:
    """Give the keys of all blocks of counted ids, sorted."""
    query = sa.select(T_SEEN.c.block).where(T_SEEN.c.source_id == delivery.source_id)
    return np.sort(np.array(connection.scalars(query).all(), np.int64))


def seen_blocks(connection: sa.Connection, delivery: DeliveryContext, keys: Ints) -> dict[int, bytes]:
    """Give some of these blocks."""
    query = sa.select(T_SEEN.c.block, T_SEEN.c.ids).where(T_SEEN.c.source_id == delivery.source_id)
    found: dict[int, bytes] = {}
    for some in _in_parts(keys.tolist()):
        found |= dict(connection.execute(query.where(T_SEEN.c.block.in_(some))).all())
    return found


def known_firsts(connection: sa.Connection, people_ids: Iterable[int], since: int) -> Mapping[int, list[Known]]:
    """Give the memory of first attempts of some pupils; details only of periods from `since` on.

    An answer of a later period cannot be earlier than a first attempt, so older details can stay where they are.
    """
    t = T_FIRST
    found: dict[int, list[Known]] = {person: [] for person in people_ids}
    details = sa.case((t.c.period >= since, t.c.details), else_=sa.literal(b""))
    query = sa.select(t.c.source_person_id, t.c.period, t.c.exercises, details)
    for some in _in_parts(list(found)):
        for person, *row in _raw(connection, query.where(t.c.source_person_id.in_(some))):
            found[person].append(Known(*row))
    return found


def stored_cells(connection: sa.Connection, people_ids: Iterable[int], first_day: int, last_day: int) -> Ints:
    """Give the cells of some pupils between two days (inclusive) as a matrix, sorted by key."""
    table = T_CELL.c
    day = sa.type_coerce(table.day, sa.Integer)
    columns: list[Any] = [day if name == "day" else table[name] for name in CELL_COLUMNS]
    rows: list[tuple[Any, ...]] = []
    for some in _in_parts(list(people_ids)):
        query = sa.select(*columns).where(table.source_person_id.in_(some), day.between(first_day, last_day))
        rows += _raw(connection, query.order_by(*columns[:3]))
    return np.array(rows, np.int64).reshape(-1, len(CELL_COLUMNS))


def _raw(connection: sa.Connection, query: sa.Select[Any]) -> list[tuple[Any, ...]]:
    """Give the driver's own tuples: many small whole numbers and bytes, that need nothing from SQLAlchemy."""
    cursor: Any = connection.execute(query).cursor
    return cast("list[tuple[Any, ...]]", cursor.fetchall())


def put_seen(connection: sa.Connection, delivery: DeliveryContext, blocks: Mapping[int, bytes]) -> None:
    """Store blocks of counted ids, new and changed."""
    fixed = {"school_id": delivery.school_id, "source_id": delivery.source_id}
    rows = [fixed | {"block": key, "ids": packed} for key, packed in sorted(blocks.items())]
    _put(connection, T_SEEN, rows)


def put_firsts(connection: sa.Connection, delivery: DeliveryContext, changes: Mapping[int, Changes]) -> None:
    """Store what changed in the memory of first attempts, by pupil."""
    t = T_FIRST
    rows = [
        {
            "school_id": delivery.school_id,
            "source_person_id": person,
            "period": row.period,
            "exercises": row.exercises,
            "details": row.details,
        }
        for person, change in sorted(changes.items())
        for row in change.kept
    ]
    _put(connection, t, rows)
    for person, change in changes.items():
        for period in change.removed:
            gone = (t.c.source_person_id == person) & (t.c.period == period)
            connection.execute(sa.delete(t).where(gone))


def _put(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # the other database costs start-up time for nothing
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    statement = insert(table)
    fresh = {column.name: statement.excluded[column.name] for column in table.c if not column.primary_key}
    connection.execute(statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=fresh), rows)


def _in_parts(values: list[int]) -> Iterable[list[int]]:
    return (values[start : start + MOST_PARAMETERS] for start in range(0, len(values), MOST_PARAMETERS))
