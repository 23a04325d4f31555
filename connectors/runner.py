"""Taking in one file: checked, loaded, matched and counted in one transaction, so that it is in as a whole or not at all.

With `api/db.py` the only place that commits. A refusal is a `ConnectorError` in Dutch and changes nothing; a dry run
is the same run, rolled back.
"""

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict, Unpack, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
import structlog
from uuid_utils.compat import uuid7

from connectors import precheck
from connectors.contract import BulkConnector, Connector, DeliveryContext, Header, Issue, Progress, SourceFile
from connectors.errors import ConnectorError, FileRefused, WrongSchool
from connectors.ledger import Verdict
from connectors.load.bulk import among
from connectors.load.delivery import Delivery, find_year, year_code
from connectors.load.loader import Loader
from connectors.load.people import SOURCE_PERSON
from connectors.load.placement import close_older_years
from connectors.load.retry import retry_linked
from connectors.registry import AnyConnector
from models.provenance import Delivery as DeliveryRow
from models.provenance import Source
from models.school import School
from models.vocabulary import DeliveryStatus, PersonRole, SourceKind

log = structlog.get_logger()
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
REPORT_EVERY = 500
T_DELIVERY = cast("sa.Table", DeliveryRow.__table__)
T_SOURCE = cast("sa.Table", Source.__table__)
T_SCHOOL = cast("sa.Table", School.__table__)
ROLE_OF_STREAM = {"pupil": PersonRole.PUPIL, "staff": PersonRole.STAFF}


class Options(TypedDict, total=False):
    """What may be said about a delivery.

    `settings` belong to the connector (None: its defaults); `source` and `label` name the source where a school has
    two of one kind; `name` is what the user called the file; `now` is for tests and the demo.
    """

    settings: Any
    source: str | None
    label: str | None
    requested_by: str
    dry_run: bool
    confirm: bool
    progress: Progress | None
    now: datetime | None
    name: str | None


@dataclass(slots=True)
class Outcome:
    """What became of a file; `delivery` is None after a dry run, `applied_before` says that it was in already."""

    delivery: UUID | None = None
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    vanished: int = 0
    rejected: int = 0
    dropped_sensitive: int = 0
    issues: list[Issue] = field(default_factory=list)
    applied_before: datetime | None = None


def run(engine: sa.Engine, connector: AnyConnector, path: Path, *, school: str, **options: Unpack[Options]) -> Outcome:
    """Take in one file for one school ("99ZZ", "99ZZ01", "99ZZ-01" or the school's own key).

    Raises `ConnectorError` when the file is refused as a whole; nothing has changed then.
    """
    return _Run(engine, connector, _source_file(path, options.get("name")), school, options).outcome()


class _Run:
    def __init__(
        self, engine: sa.Engine, connector: AnyConnector, file: SourceFile, school: str, options: Options
    ) -> None:
        self.engine = engine
        self.connector = connector
        self.file = file
        self.school = precheck.school_name(school)
        self.settings = options.get("settings") or connector.settings_model()
        self.options = options
        self.confirmed = options.get("confirm", False)
        self.now = options.get("now") or datetime.now(UTC)
        self.progress: Progress = options.get("progress") or (lambda _done, _total: None)

    def outcome(self) -> Outcome:
        header = self.connector.check(self.file, self.settings)
        precheck.require_same_school(self.file, header, self.school)
        with _refusals(), _few_collections(), self.engine.connect() as connection, connection.begin() as transaction:
            outcome = self._inside(connection, header)
            if self.options.get("dry_run", False):
                transaction.rollback()
                outcome.delivery = None
        log.info(
            "delivery",
            connector=self.connector.id,
            dry_run=outcome.delivery is None,
            **{name: getattr(outcome, name) for name in ("created", "updated", "unchanged", "vanished", "rejected")},
        )
        return outcome

    def _inside(self, connection: sa.Connection, header: Header) -> Outcome:
        school_id = self._school(connection, header)
        source_id = self._source(connection, school_id)
        if before := self._applied_before(connection, source_id):
            return before
        precheck.require_newest(connection, source_id, header, confirmed=self.confirmed)
        delivery = self._delivery(connection, header, school_id, source_id)
        uid = self._insert_delivery(connection, header, delivery)
        outcome = Outcome(uid)
        if hasattr(self.connector, "load"):
            self._load_bulk(connection, header, delivery, outcome)
        else:
            self._load_records(connection, header, delivery, outcome)
        connection.execute(
            sa.update(T_DELIVERY)
            .where(T_DELIVERY.c.id == delivery.id)
            .values(
                finished_at=max(datetime.now(UTC), self.now),
                created=outcome.created,
                updated=outcome.updated,
                unchanged=outcome.unchanged,
                vanished=outcome.vanished,
                rejected=outcome.rejected,
                dropped_sensitive=outcome.dropped_sensitive,
            )
        )
        return outcome

    def _load_records(
        self, connection: sa.Connection, header: Header, delivery: Delivery, outcome: Outcome
    ) -> None:
        connector = cast("Connector", self.connector)
        loader = Loader(connection, delivery)
        for issue in header.issues:
            loader.remark(issue)
        if delivery.leads_roll and not delivery.is_history:
            close_older_years(connection, delivery)
        for number, raw in enumerate(connector.read(self.file, self.settings), start=1):
            outcome.dropped_sensitive += raw.dropped
            for item in connector.map(raw, header, self.settings):
                if isinstance(item, Issue):
                    loader.remark(item, {"raw": dict(raw.payload)})
                else:
                    loader.add(item, raw.locator)
            if number % REPORT_EVERY == 0:
                self.progress(number, None)
        loader.flush()
        if header.is_full_snapshot:
            outcome.vanished = self._mark_vanished(connection, header, delivery, loader)
        loader.ledger.mark_same()
        linked = loader.settle()
        loader.writer.flush()
        retry_linked(connection, linked, delivery)
        outcome.created = loader.counts[Verdict.CREATED]
        outcome.updated = loader.counts[Verdict.UPDATED]
        outcome.unchanged = loader.counts[Verdict.UNCHANGED]
        outcome.rejected = loader.counts[Verdict.REJECTED]
        outcome.issues = loader.quarantine.issues

    def _load_bulk(
        self, connection: sa.Connection, header: Header, delivery: Delivery, outcome: Outcome
    ) -> None:
        connector = cast("BulkConnector", self.connector)
        context = DeliveryContext(delivery.school_id, delivery.source_id, delivery.id, delivery.received_at)
        counts = connector.load(connection, context, self.file, self.settings, self.progress)
        loader = Loader(connection, delivery)
        for issue in (*header.issues, *counts.issues):
            loader.remark(issue)
        retry_linked(connection, loader.settle(), delivery)
        outcome.created, outcome.updated = counts.created, counts.updated
        outcome.unchanged, outcome.rejected = counts.unchanged, counts.rejected
        outcome.issues = loader.quarantine.issues

    def _school(self, connection: sa.Connection, header: Header) -> int:
        if found := precheck.find_school(connection, self.school):
            precheck.require_same_school(self.file, header, self.school, found.school_key)
            return found.id
        names_itself = self.connector.leads_roll and header.brin is not None and self.school.brin is not None
        if not names_itself and connection.scalar(sa.select(sa.func.count()).select_from(T_SCHOOL)):
            raise precheck.UnknownSchool(
                f"School {self.school} is hier nog niet bekend; er is niets veranderd. Lees eerst de "
                "leerlingadministratie (EDEXML) van die school in, of verbeter --school."
            )
        row = {"brin": self.school.brin, "dependance": self.school.dependance}
        row |= {"school_key": header.school_key or self.school.key, "name": header.school_name or f"School {self.school}"}
        created = connection.execute(sa.insert(School).values(**row, created_at=self.now))
        return cast("int", created.inserted_primary_key[0])

    def _source(self, connection: sa.Connection, school_id: int) -> int:
        code, label, kind = self._description()
        of_school = sa.select(T_SOURCE.c.id).where(T_SOURCE.c.school_id == school_id)
        found = connection.scalar(of_school.where(T_SOURCE.c.code == code))
        if found is not None:
            return found
        row = {"school_id": school_id, "code": code, "connector": self.connector.id, "kind": kind}
        created = connection.execute(
            sa.insert(Source).values(**row, label=label, leads_roll=self.connector.leads_roll)
        )
        return cast("int", created.inserted_primary_key[0])

    def _description(self) -> tuple[str, str, SourceKind]:
        profile = getattr(self.connector, "profile", lambda _settings: None)(self.settings)
        code = f"{self.connector.id}:{profile.id}" if profile else self.connector.id
        label, kind = (profile.label, profile.kind) if profile else (self.connector.label, self.connector.kind)
        return self.options.get("source") or code, self.options.get("label") or label, kind

    def _applied_before(self, connection: sa.Connection, source_id: int) -> Outcome | None:
        t = T_DELIVERY
        row = connection.execute(
            sa.select(t.c.uid, t.c.received_at, t.c.created, t.c.updated, t.c.unchanged).where(
                t.c.source_id == source_id,
                t.c.file_sha256 == self.file.sha256,
                t.c.status == DeliveryStatus.APPLIED,
            )
        ).first()
        if row is None:
            return None
        known = row.created + row.updated + row.unchanged
        return Outcome(row.uid, unchanged=known, applied_before=row.received_at)

    def _delivery(self, connection: sa.Connection, header: Header, school_id: int, source_id: int) -> Delivery:
        day = header.as_of or self.now.astimezone(AMSTERDAM).date()
        year = find_year(connection, header.school_year or year_code(day))
        newest = precheck.newest_school_year(connection, source_id)
        return Delivery(
            id=self._new_id(connection),
            school_id=school_id,
            school_scope=str(self.school),
            source_id=source_id,
            leads_roll=self.connector.leads_roll,
            received_at=self.now,
            day=day,
            year=year,
            is_history=newest is not None and year.code < newest,
        )

    @staticmethod
    def _new_id(connection: sa.Connection) -> int:
        from connectors.load.bulk import Writer

        return Writer(connection).new_id(DeliveryRow)

    def _insert_delivery(self, connection: sa.Connection, header: Header, delivery: Delivery) -> UUID:
        uid = uuid7()
        connection.execute(
            sa.insert(DeliveryRow).values(
                id=delivery.id,
                uid=uid,
                school_id=delivery.school_id,
                source_id=delivery.source_id,
                status=DeliveryStatus.APPLIED,
                connector_version=self.connector.version,
                format_version=header.format_version,
                file_name=self.file.name[-255:],
                file_sha256=self.file.sha256,
                school_year=header.school_year,
                as_of=header.as_of,
                received_at=self.now,
                finished_at=self.now,
                requested_by=self.options.get("requested_by", "onbekend")[:100],
                is_full_snapshot=header.is_full_snapshot,
            )
        )
        return uid

    def _mark_vanished(
        self, connection: sa.Connection, header: Header, delivery: Delivery, loader: Loader
    ) -> int:
        """Mark who and what a full snapshot no longer holds; of an older school year only its own records."""
        roles = {} if delivery.is_history else ROLE_OF_STREAM
        vanished = 0
        for stream in header.snapshot_streams:
            records = loader.ledger.mark_vanished([stream])
            if role := roles.get(stream):
                records = self._mark_people(connection, delivery, role, loader.ledger.seen(stream))
            vanished += records
        return vanished

    def _mark_people(
        self, connection: sa.Connection, delivery: Delivery, role: PersonRole, seen: set[str]
    ) -> int:
        t = SOURCE_PERSON
        present = (t.c.source_id == delivery.source_id, t.c.role == role, t.c.vanished_at.is_(None))
        active = connection.execute(sa.select(t.c.id, t.c.source_key).where(*present)).all()
        gone = [person_id for person_id, key in active if key not in seen]
        if role is PersonRole.PUPIL:
            precheck.require_no_shrink(len(gone), len(active), confirmed=self.confirmed)
        if gone:
            left = sa.update(t).where(among(connection, t.c.id, gone))
            connection.execute(left.values(vanished_at=delivery.received_at))
        connection.execute(sa.update(t).where(*present).values(seen_delivery_id=delivery.id))
        return len(gone)


def _source_file(path: Path, name: str | None) -> SourceFile:
    name = name or path.name
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return SourceFile(path, name, path.stat().st_size, digest)
    except OSError as error:
        reason = "het bestand is er niet" if isinstance(error, FileNotFoundError) else "het bestand is niet te lezen"
        raise FileRefused(f"{name}: {reason}; controleer de naam en de map.", code="bestand_onleesbaar") from error


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn trouble of the database into one sentence; the transaction has been rolled back by then."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        cause = str(error.orig).lower()
        if "locked" in cause:
            message = "Er is al een andere invoer bezig; er is niets veranderd. Probeer het over een minuut opnieuw."
        elif "full" in cause or "no space" in cause:
            message = "De schijf is vol; er is niets veranderd. Maak ruimte en probeer het opnieuw."
        else:
            raise
        raise ConnectorError(message, code="database") from error


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let the collector of cycles rest: records make none, and looking for them costs a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
