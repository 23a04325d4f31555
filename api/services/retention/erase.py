"""Erasing what is due of one child, in the caller's transaction: rows, their ledger lines, and the keys of the chain.

What to erase follows from the foreign keys (models/queries/owned.py). Whatever could bring the child back with an old
file is remembered as a hash.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from connectors.canonical import RECORD_OF_STREAM
from models.account import Account, RoleGrant
from models.base import Base
from models.person import Guardian, Guardianship
from models.provenance import Issue, Ledger, Source
from models.queries.memory import forget
from models.queries.owned import (
    IDENTIFIER,
    KEPT_AS,
    PERSON,
    PUPIL,
    Slice,
    children,
    due,
    owned,
    rows_of,
    self_references,
    unreferenced,
)
from models.result import Assessment
from models.retention import GoneKey
from models.rules.retention import hidden
from models.school import School
from models.vocabulary import IdentifierType, Retention

TABLE_OF_STREAM = {"guardian": "guardianship", "contact": "guardianship", "account_link": "source_person"}
"""What a ledger line of a stream became, where the table does not bear the name of the stream."""
STREAMS_OF = {
    table: [stream for stream in RECORD_OF_STREAM if TABLE_OF_STREAM.get(stream, stream) == table]
    for table in {TABLE_OF_STREAM.get(stream, stream) for stream in RECORD_OF_STREAM}
}
"""Of which tables the ledger knows rows, and under what names."""
SHORTEST_KEY = 4
"""A shorter text in a record that could not be read may be anything."""
T_LEDGER = cast("sa.Table", Ledger.__table__)
T_ISSUE = cast("sa.Table", Issue.__table__)
T_GONE = cast("sa.Table", GoneKey.__table__)
T_SOURCE = cast("sa.Table", Source.__table__)
T_GUARDIAN = cast("sa.Table", Guardian.__table__)
T_BOND = cast("sa.Table", Guardianship.__table__)
T_ACCOUNT = cast("sa.Table", Account.__table__)
T_GRANT = cast("sa.Table", RoleGrant.__table__)
T_ASSESSMENT = cast("sa.Table", Assessment.__table__)
OF_AN_ACCOUNT = frozenset({Retention.ACCOUNT, Retention.SESSION})


@dataclass(frozen=True, slots=True)
class Child:
    """Whom it is about."""

    id: int
    uid: UUID
    school_id: int


def count(connection: sa.Connection, child: Child, kinds: Iterable[Retention]) -> dict[str, dict[str, int]]:
    """Count per class what `erase` would erase, by table; without what is nothing."""
    found: dict[str, dict[str, int]] = {}
    for part in due(kinds):
        rows = sa.select(sa.func.count()).select_from(part.table).where(part.of(child.id))
        if number := connection.scalar(rows):
            found.setdefault(part.kind, {})[part.table.name] = number
    if Retention.CHAIN in set(kinds) and (number := len(_open_keys(connection, child))):
        found.setdefault(Retention.CHAIN, {})["source_key"] = number
    return found


def erase(connection: sa.Connection, child: Child, kinds: Iterable[Retention], today: date) -> dict[str, int]:
    """Erase these classes of a child; gives the number of rows by table."""
    kinds = frozenset(kinds)
    parts = due(kinds)
    gone: Counter[str] = Counter()
    _remember(connection, child, today)
    gone += Counter(_erase_issues(connection, child))
    gone += Counter(_hide_keys(connection, child))
    guardians = connection.scalars(sa.select(T_BOND.c.guardian_id).where(T_BOND.c.pupil_id == child.id)).all()
    for part in reversed(parts):
        gone[part.table.name] += _erase_slice(connection, child, part)
    for guardian_id in set(guardians):
        gone += Counter(_erase_guardian(connection, guardian_id))
    forget(connection, child.school_id)
    return {name: number for name, number in sorted(gone.items()) if number}


def erase_rows(connection: sa.Connection, root: sa.Table, root_id: int) -> Counter[str]:
    """Erase a row and all that speaks of it."""
    gone: Counter[str] = Counter()
    for table in reversed(owned(root)):
        where = rows_of(table, root, root_id)
        gone["ledger"] += _forget_lines(connection, table, where)
        gone[table.name] += connection.execute(sa.delete(table).where(where)).rowcount
    return gone


def _erase_slice(connection: sa.Connection, child: Child, part: Slice) -> int:
    table, where = part.table, part.of(child.id)
    if table is PERSON and part.kind is Retention.DOSSIER:
        where = sa.and_(where, unreferenced(table))
    _forget_lines(connection, table, where)
    for column in self_references(table):
        mine = sa.select(table.c.id).where(where)
        let_go = sa.update(table).where(column.in_(mine), table.c.id.not_in(mine))
        connection.execute(let_go.values({column.name: None}))
    return connection.execute(sa.delete(table).where(where)).rowcount


def _forget_lines(connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> int:
    """Take the lines about these rows out of the ledger: a hash of a small record can be guessed."""
    if table.name not in STREAMS_OF:
        return 0
    about = T_LEDGER.c.target_id.in_(sa.select(table.c.id).where(where))
    return connection.execute(sa.delete(T_LEDGER).where(T_LEDGER.c.stream.in_(STREAMS_OF[table.name]), about)).rowcount


def _remember(connection: sa.Connection, child: Child, today: date) -> None:
    """Keep a hash of every key by which a file could bring this child back."""
    school = connection.execute(sa.select(School.uid).where(School.id == child.school_id)).scalar_one()
    keys = [
        (row.source_id, hidden(row.uid, row.source_key))
        for row in _keys(connection, child)
        if not row.source_key.startswith("~")
    ]
    ids = sa.select(IDENTIFIER.c.value).where(
        rows_of(IDENTIFIER, PUPIL, child.id), IDENTIFIER.c.kind == IdentifierType.ECK_ID
    )
    keys += [(None, hidden(school, value)) for value in connection.scalars(ids)]
    known = {
        (row.source_id, row.hashed)
        for row in connection.execute(
            sa.select(T_GONE.c.source_id, T_GONE.c.hashed).where(T_GONE.c.pupil_uid == child.uid)
        )
    }
    fixed = {"school_id": child.school_id, "pupil_uid": child.uid, "since": today}
    rows = [fixed | {"source_id": source, "hashed": text} for source, text in dict.fromkeys(keys) if
            (source, text) not in known]  # fmt: skip
    if rows:
        connection.execute(sa.insert(T_GONE), rows)


def _hide_keys(connection: sa.Connection, child: Child) -> dict[str, int]:
    """Put a hash in the place of the keys of suppliers, of persons and of their records; the roll keeps its own."""
    hiding = _open_keys(connection, child)
    for row in hiding:
        change = sa.update(PERSON).where(PERSON.c.id == row.id)
        connection.execute(change.values(source_key=hidden(row.uid, row.source_key)))
    records = 0
    for table in owned(PUPIL):
        if table.name in STREAMS_OF:
            records += _hide_records(connection, child, table)
    sources = {row.id: row.uid for row in connection.execute(sa.select(T_SOURCE.c.id, T_SOURCE.c.uid))}
    tests = sa.select(T_ASSESSMENT.c.id, T_ASSESSMENT.c.source_key, PERSON.c.source_id).join(
        PERSON, PERSON.c.id == T_ASSESSMENT.c.source_person_id
    )
    for row in connection.execute(tests.where(rows_of(T_ASSESSMENT, PUPIL, child.id))).all():
        if not row.source_key.startswith("~"):
            change = sa.update(T_ASSESSMENT).where(T_ASSESSMENT.c.id == row.id)
            connection.execute(change.values(source_key=hidden(sources[row.source_id], row.source_key)))
    return {"source_key": len(hiding), "ledger_key": records}


def _hide_records(connection: sa.Connection, child: Child, table: sa.Table) -> int:
    streams = STREAMS_OF[table.name]
    mine = sa.select(table.c.id).where(rows_of(table, PUPIL, child.id))
    rows = connection.execute(
        sa.select(T_LEDGER.c.id, T_LEDGER.c.source_key, T_SOURCE.c.uid)
        .join(T_SOURCE, T_SOURCE.c.id == T_LEDGER.c.source_id)
        .where(
            *(T_LEDGER.c.school_id == child.school_id, T_LEDGER.c.stream.in_(streams), T_LEDGER.c.target_id.in_(mine)),
            *(~T_SOURCE.c.leads_roll, ~T_LEDGER.c.source_key.startswith("~")),
        )
    ).all()
    for row in rows:
        values = {"source_key": hidden(row.uid, row.source_key), "locator": ""}
        connection.execute(sa.update(T_LEDGER).where(T_LEDGER.c.id == row.id).values(values))
    return len(rows)


def _open_keys(connection: sa.Connection, child: Child) -> list[Any]:
    return [row for row in _keys(connection, child) if not row.leads_roll and not row.source_key.startswith("~")]


def _keys(connection: sa.Connection, child: Child) -> list[Any]:
    return list(
        connection.execute(
            sa.select(PERSON.c.id, PERSON.c.source_id, PERSON.c.source_key, T_SOURCE.c.uid, T_SOURCE.c.leads_roll)
            .join(T_SOURCE, T_SOURCE.c.id == PERSON.c.source_id)
            .where(PERSON.c.pupil_id == child.id)
        )
    )


def _erase_issues(connection: sa.Connection, child: Child) -> dict[str, int]:
    """Erase what was refused about this child, with the line that remembers the refusal."""
    people = _keys(connection, child)
    keys = {(row.source_id, row.source_key) for row in people}
    texts = {row.source_key for row in people if len(row.source_key) >= SHORTEST_KEY}
    texts |= set(connection.scalars(sa.select(IDENTIFIER.c.value).where(rows_of(IDENTIFIER, PUPIL, child.id))))
    chosen = []
    rows = sa.select(T_ISSUE).where(T_ISSUE.c.school_id == child.school_id)
    for row in connection.execute(rows):
        record = (row.payload or {}).get("record") or {}
        whose = record.get("pupil", record)
        about = (row.source_id, whose.get("key")) in keys or (row.source_id, row.source_key) in keys
        if about or texts & set(_leaves(row.payload)):
            chosen.append(row)
    for row in chosen:
        forget_issue(connection, row)
    return {"issue": len(chosen)}


def forget_issue(connection: sa.Connection, issue: Any) -> None:
    """Erase one issue and the ledger line of the refused record, so that the record may be offered again."""
    t = T_LEDGER
    refused = sa.delete(t).where(t.c.source_id == issue.source_id, t.c.stream == issue.stream, t.c.target_id.is_(None))
    connection.execute(refused.where(t.c.source_key == issue.source_key))
    connection.execute(sa.delete(T_ISSUE).where(T_ISSUE.c.id == issue.id))


def _leaves(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from _leaves(part)


def _erase_guardian(connection: sa.Connection, guardian_id: int) -> Counter[str]:
    """Erase a guardian who has no child in the dossiers any more, with the account that served for nothing else."""
    if connection.scalar(sa.select(sa.func.count()).select_from(T_BOND).where(T_BOND.c.guardian_id == guardian_id)):
        return Counter()
    grants = sa.select(T_GRANT.c.account_id).where(T_GRANT.c.guardian_id == guardian_id)
    accounts = set(connection.scalars(grants))
    gone = erase_rows(connection, T_GUARDIAN, guardian_id)
    for account_id in accounts:
        gone += erase_account(connection, account_id)
    return gone


def erase_account(connection: sa.Connection, account_id: int) -> Counter[str]:
    """Erase an account that holds no role and stands in no one's dossier; another one stays."""
    gone: Counter[str] = Counter()
    for table, column in children(T_ACCOUNT):
        if KEPT_AS[table] not in OF_AN_ACCOUNT or table is T_GRANT:
            rows = sa.select(sa.func.count()).select_from(table).where(column == account_id)
            if connection.scalar(rows):
                return gone
    for table in reversed(Base.metadata.sorted_tables):
        for child_table, column in children(T_ACCOUNT):
            if child_table is table:
                gone[table.name] += connection.execute(sa.delete(table).where(column == account_id)).rowcount
    gone["account"] += connection.execute(sa.delete(T_ACCOUNT).where(T_ACCOUNT.c.id == account_id)).rowcount
    return gone
