"""The rows that a delivery needs before its records: the school, the source and the delivery itself."""

from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from connectors import precheck
from connectors.contract import Header, SourceFile
from connectors.load.bulk import Writer
from connectors.load.delivery import Delivery, find_year, year_code
from connectors.registry import AnyConnector
from models.provenance import Delivery as DeliveryRow
from models.provenance import Source
from models.school import School
from models.vocabulary import DeliveryStatus

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
AnyRow = sa.Row[*tuple[Any, ...]]
T_DELIVERY = cast("sa.Table", DeliveryRow.__table__)
T_SOURCE = cast("sa.Table", Source.__table__)
T_SCHOOL = cast("sa.Table", School.__table__)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A checked file at the door: by which connector, for which school, when, at whose request.

    `sha256` is made while the file is being read: it costs 0.7 s for the ten million answers of a year.
    """

    connector: AnyConnector
    settings: Any
    file: SourceFile
    sha256: Future[str]
    header: Header
    school: precheck.SchoolName
    now: datetime
    requested_by: str = "onbekend"
    source: str | None = None
    label: str | None = None


def find_school(connection: sa.Connection, arrival: Arrival) -> int:
    """Give the school; it is made by its own roll, or by the first file of an empty database."""
    header, name = arrival.header, arrival.school
    if found := precheck.find_school(connection, name):
        precheck.require_same_school(arrival.file, header, name, found.school_key)
        return int(found.id)
    names_itself = arrival.connector.leads_roll and header.brin is not None and name.brin is not None
    if not names_itself and connection.scalar(sa.select(sa.func.count()).select_from(T_SCHOOL)):
        raise precheck.UnknownSchool(
            f"School {name} is hier nog niet bekend; er is niets veranderd. Lees eerst de leerlingadministratie "
            "(EDEXML) van die school in, of verbeter --school."
        )
    key = header.school_key or name.key
    row = {"brin": name.brin, "dependance": name.dependance, "school_key": key}
    school_id, label = Writer(connection).new_id(School), f"School {name}"
    connection.execute(sa.insert(T_SCHOOL).values(id=school_id, uid=uuid7(), **row, name=label, created_at=arrival.now))
    return school_id


def find_source(connection: sa.Connection, arrival: Arrival, school_id: int) -> int:
    """Give the source: one per connector or profile, unless the user names another; a label given renames it."""
    connector = arrival.connector
    profile = getattr(connector, "profile", lambda _settings: None)(arrival.settings)
    code = arrival.source or (f"{connector.id}:{profile.id}" if profile else connector.id)
    of_school = sa.select(T_SOURCE.c.id).where(T_SOURCE.c.school_id == school_id)
    found = connection.scalar(of_school.where(T_SOURCE.c.code == code))
    if found is not None:
        if arrival.label:
            connection.execute(sa.update(T_SOURCE).where(T_SOURCE.c.id == found).values(label=arrival.label))
        return int(found)
    named = profile or connector
    row = {"code": code, "connector": connector.id, "kind": named.kind, "label": arrival.label or named.label}
    source_id = Writer(connection).new_id(Source)
    whose = {"id": source_id, "uid": uuid7(), "school_id": school_id, "leads_roll": connector.leads_roll}
    connection.execute(sa.insert(T_SOURCE).values(**whose, **row))
    return source_id


def applied_before(connection: sa.Connection, arrival: Arrival, source_id: int) -> AnyRow | None:
    """Find the delivery of exactly this file as (uid, received_at, how many records it held)."""
    t, sha256 = T_DELIVERY, arrival.sha256.result()
    same_file = (t.c.source_id == source_id, t.c.file_sha256 == sha256, t.c.status == DeliveryStatus.APPLIED)
    records = (t.c.created + t.c.updated + t.c.unchanged).label("records")
    return connection.execute(sa.select(t.c.uid, t.c.received_at, records).where(*same_file)).first()


def open_delivery(connection: sa.Connection, arrival: Arrival, school_id: int, source_id: int) -> tuple[Delivery, UUID]:
    """Make the row of the delivery, and what its loaders must know; `close_delivery` completes it."""
    header, uid = arrival.header, uuid7()
    day = header.as_of or arrival.now.astimezone(AMSTERDAM).date()
    year = find_year(connection, header.school_year or year_code(day))
    newest = precheck.newest_school_year(connection, source_id)
    delivery = Delivery(
        id=Writer(connection).new_id(DeliveryRow),
        school_id=school_id,
        school_scope=str(arrival.school),
        source_id=source_id,
        leads_roll=arrival.connector.leads_roll,
        received_at=arrival.now,
        day=day,
        year=year,
        is_history=newest is not None and year.code < newest,
    )
    connection.execute(
        sa.insert(T_DELIVERY).values(
            id=delivery.id,
            uid=uid,
            school_id=school_id,
            source_id=source_id,
            status=DeliveryStatus.APPLIED,
            connector_version=arrival.connector.version,
            format_version=header.format_version,
            file_name=arrival.file.name[-255:],
            file_sha256="",
            school_year=header.school_year,
            as_of=header.as_of,
            received_at=arrival.now,
            finished_at=arrival.now,
            requested_by=arrival.requested_by[:100],
            is_full_snapshot=header.is_full_snapshot,
        )
    )
    return delivery, uid


def close_delivery(connection: sa.Connection, arrival: Arrival, delivery: Delivery, counts: dict[str, int]) -> None:
    """Write down of which file it was and what became of it."""
    finished_at = max(datetime.now(UTC), delivery.received_at)
    row = sa.update(T_DELIVERY).where(T_DELIVERY.c.id == delivery.id)
    connection.execute(row.values(file_sha256=arrival.sha256.result(), finished_at=finished_at, **counts))
