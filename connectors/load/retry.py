"""Trying quarantined records again, under the delivery in which they came, once their cause may have gone."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, cast

import sqlalchemy as sa
from pydantic import TypeAdapter

from connectors.canonical import RECORD_OF_STREAM, Record
from connectors.load.bulk import among
from connectors.load.delivery import Delivery, find_year, year_code
from connectors.load.desk import UNKNOWN_PUPIL
from connectors.load.loader import Loader
from connectors.load.people import SOURCE_PERSON
from connectors.precheck import newest_school_year
from models.provenance import Delivery as DeliveryRow
from models.provenance import Issue as IssueRow
from models.provenance import Source
from models.queries.memory import forget
from models.vocabulary import IssueStatus, Severity

NOT_BY_ITSELF = frozenset({"sleutel_dubbel"})
"""Of two records under one key a person must throw one away in the source."""

ACCOUNT = 0
"""Instead of a source: the list of accounts is one source, the platform whose accounts they are another."""

T_ISSUE = cast("sa.Table", IssueRow.__table__)
T_DELIVERY = cast("sa.Table", DeliveryRow.__table__)
T_SOURCE = cast("sa.Table", Source.__table__)


def retry(connection: sa.Connection, issue_ids: Collection[int], school_scope: str, now: datetime) -> int:
    """Try open issues again; returns how many records were taken over."""
    t = T_ISSUE
    rows = connection.execute(
        sa.select(t.c.delivery_id, t.c.stream, t.c.locator, t.c.payload, t.c.code)
        .where(among(connection, t.c.id, issue_ids), t.c.status == IssueStatus.OPEN, t.c.severity == Severity.ERROR)
        .order_by(t.c.delivery_id, t.c.id)
    ).all()
    by_delivery: dict[int, list[tuple[Record, str]]] = {}
    for delivery_id, stream, locator, payload, code in rows:
        if payload and "record" in payload and code not in NOT_BY_ITSELF:
            record = _adapter(stream).validate_python(payload["record"])
            by_delivery.setdefault(delivery_id, []).append((record, locator))
    taken = 0
    for delivery_id, records in by_delivery.items():
        delivery = _delivery(connection, delivery_id, school_scope, now)
        loader = Loader(connection, delivery)
        for record, locator in records:
            loader.add(record, locator)
        loader.flush()
        loader.ledger.mark_same()
        loader.settle()
        forget(connection, delivery.school_id)
        taken += loader.taken
    return taken


def issues_about(connection: sa.Connection, person_ids: Iterable[int], codes: Collection[str] = ()) -> list[int]:
    """Find open issues about these source persons (by the key inside the record), of these codes or of any."""
    s, t = SOURCE_PERSON, T_ISSUE
    people = connection.execute(
        sa.select(s.c.school_id, s.c.source_id, s.c.source_key).where(among(connection, s.c.id, list(person_ids)))
    ).all()
    known = {(source_id, key) for _, source_id, key in people} | {(ACCOUNT, key) for *_, key in people}
    select = sa.select(t.c.id, t.c.source_id, t.c.payload).where(
        t.c.status == IssueStatus.OPEN, t.c.school_id.in_({school_id for school_id, *_ in people})
    )
    if codes:
        select = select.where(t.c.code.in_(codes))
    rows = connection.execute(select)
    return [issue_id for issue_id, source_id, payload in rows if _person(source_id, payload) in known]


def retry_linked(connection: sa.Connection, person_ids: Collection[int], delivery: Delivery) -> int:
    """Try again what waited for these persons to be linked to a child."""
    if not person_ids:
        return 0
    waiting = issues_about(connection, person_ids, [UNKNOWN_PUPIL])
    return retry(connection, waiting, delivery.school_scope, delivery.received_at) if waiting else 0


def _person(source_id: int, payload: dict[str, Any] | None) -> tuple[int, str | None]:
    """Give the source and the key of the person that a record is about; an account is another source's person."""
    record = (payload or {}).get("record", {})
    if "platform_key" in record:
        return ACCOUNT, record["platform_key"]
    return source_id, record["pupil"]["key"] if "pupil" in record else record.get("key")


def _delivery(connection: sa.Connection, delivery_id: int, school_scope: str, now: datetime) -> Delivery:
    t, s = T_DELIVERY, T_SOURCE
    row = connection.execute(
        sa.select(t.c.school_id, t.c.source_id, t.c.school_year, t.c.as_of, t.c.received_at, s.c.leads_roll)
        .join(s, s.c.id == t.c.source_id)
        .where(t.c.id == delivery_id)
    ).one()
    day: date = row.as_of or row.received_at.date()
    year = find_year(connection, row.school_year or year_code(day))
    is_history = year.code < (newest_school_year(connection, row.source_id) or "")
    whose = (delivery_id, row.school_id, school_scope, row.source_id, row.leads_roll)
    return Delivery(*whose, received_at=now, day=day, year=year, is_history=is_history)


@cache
def _adapter(stream: str) -> TypeAdapter[Record]:
    return TypeAdapter(RECORD_OF_STREAM[stream])
