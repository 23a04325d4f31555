"""Taking in one file: checked, loaded, matched and counted in one transaction; it is in as a whole or not at all.

With `api/db.py` the only place that commits. A refusal is a `ConnectorError` in Dutch and changes nothing; a dry run
is the same run, rolled back.
"""

import gc
import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypedDict, Unpack, cast
from uuid import UUID

import sqlalchemy as sa
from pydantic_core import to_jsonable_python

from connectors import arrival, precheck
from connectors.arrival import Arrival
from connectors.canonical import Record
from connectors.contract import BulkConnector, Connector, DeliveryContext, Header, Issue, Progress, SourceFile
from connectors.errors import ConnectorError, FileRefused
from connectors.ledger import Verdict
from connectors.load.delivery import Delivery
from connectors.load.loader import Loader
from connectors.load.placement import close_older_years
from connectors.load.retry import retry_linked
from connectors.load.vanished import mark_vanished
from connectors.registry import AnyConnector
from models import wall

REPORT_EVERY = 500
SPARE = 10
"""How much a thread gives way (nice): a tenth of a core when all are busy."""
CHUNK = 4 << 20
"""Bytes hashed at once: other threads wait only in between."""
COUNTS = ("created", "updated", "unchanged", "vanished", "rejected", "dropped_sensitive")


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

    @property
    def counts(self) -> dict[str, int]:
        """All numbers by name."""
        return {name: getattr(self, name) for name in COUNTS}


def run(engine: sa.Engine, connector: AnyConnector, path: Path, *, school: str, **options: Unpack[Options]) -> Outcome:
    """Take in one file for one school ("99ZZ", "99ZZ01", "99ZZ-01" or the school's own key).

    Raises `ConnectorError` when the file is refused as a whole; nothing has changed then.
    """
    file, name = _source_file(path, options.get("name")), precheck.school_name(school)
    settings = options.get("settings") or connector.settings_model()
    with _refusals(), _few_collections(), ThreadPoolExecutor(1) as other_core:
        sha256 = other_core.submit(_sha256, file, in_spare_time=_is_bulk(connector))
        header = connector.check(file, settings)
        precheck.require_same_school(file, header, name)
        arrived = Arrival(
            *(connector, settings, file, sha256, header, name, options.get("now") or datetime.now(UTC)),
            requested_by=options.get("requested_by", "onbekend"),
            source=options.get("source"),
            label=options.get("label"),
        )
        return _in_one_transaction(engine, arrived, options)


def _in_one_transaction(engine: sa.Engine, arrived: Arrival, options: Options) -> Outcome:
    is_dry_run = options.get("dry_run", False)
    with engine.connect() as connection, connection.begin() as transaction:
        outcome = _take_in(connection, arrived, options)
        if is_dry_run or outcome is None:
            transaction.rollback()
    if outcome is None:
        return _in_one_transaction(engine, arrived, options)
    if is_dry_run:
        outcome.delivery = None
    return outcome


def _take_in(connection: sa.Connection, arrived: Arrival, options: Options) -> Outcome | None:
    """Take in the file; None when only afterwards it was found to be in already: the hash of a mass takes as long."""
    is_bulk = _is_bulk(arrived.connector)
    school_id = arrival.find_school(connection, arrived)
    wall.see(connection, [school_id])
    source_id = arrival.find_source(connection, arrived, school_id)
    is_known_now = arrived.sha256.done() or not is_bulk
    if is_known_now and (before := arrival.applied_before(connection, arrived, source_id)):
        return Outcome(before.uid, unchanged=before.records, applied_before=before.received_at)
    precheck.require_newest(connection, source_id, arrived.header, confirmed=options.get("confirm", False))
    delivery, uid = arrival.open_delivery(connection, arrived, school_id, source_id)
    outcome = (_load_bulk if is_bulk else _load_records)(connection, arrived, delivery, options)
    if not is_known_now and arrival.applied_before(connection, arrived, source_id):
        return None
    outcome.delivery = uid
    arrival.close_delivery(connection, arrived, delivery, outcome.counts)
    return outcome


def _load_records(connection: sa.Connection, arrived: Arrival, delivery: Delivery, options: Options) -> Outcome:
    progress, confirmed = options.get("progress") or _silent, options.get("confirm", False)
    connector, header, settings = cast("Connector", arrived.connector), arrived.header, arrived.settings
    loader, outcome = Loader(connection, delivery), Outcome()
    for issue in header.issues:
        loader.remark(issue)
    if delivery.leads_roll and not delivery.is_history:
        close_older_years(connection, delivery)
    if loader.gone.has_returned:
        loader.gone.welcome(_records(connector, arrived, header, settings))
    for number, raw in enumerate(connector.read(arrived.file, settings), start=1):
        outcome.dropped_sensitive += raw.dropped
        for item in connector.map(raw, header, settings):
            if isinstance(item, Issue):
                loader.remark(item, {"raw": to_jsonable_python(dict(raw.payload), fallback=str)})
            else:
                loader.add(item, raw.locator)
        if number % REPORT_EVERY == 0:
            progress(number, None)
    loader.flush()
    for issue in loader.gone.remarks():
        loader.remark(issue)
    if header.is_full_snapshot:
        outcome.vanished = mark_vanished(connection, header, delivery, loader.ledger, confirmed=confirmed)
    loader.ledger.mark_same()
    _finish(connection, loader, delivery)
    outcome.created = loader.counts[Verdict.CREATED]
    outcome.updated = loader.counts[Verdict.UPDATED]
    outcome.unchanged = loader.counts[Verdict.UNCHANGED]
    outcome.rejected = loader.counts[Verdict.REJECTED]
    outcome.issues = loader.quarantine.issues
    return outcome


def _records(connector: Connector, arrived: Arrival, header: Header, settings: Any) -> Iterator[Record]:
    for raw in connector.read(arrived.file, settings):
        for item in connector.map(raw, header, settings):
            if not isinstance(item, Issue):
                yield item


def _load_bulk(connection: sa.Connection, arrived: Arrival, delivery: Delivery, options: Options) -> Outcome:
    progress = options.get("progress") or _silent
    connector = cast("BulkConnector", arrived.connector)
    context = DeliveryContext(delivery.school_id, delivery.source_id, delivery.id, delivery.received_at)
    counts = connector.load(connection, context, arrived.file, arrived.settings, progress)
    loader = Loader(connection, delivery)
    for issue in (*arrived.header.issues, *counts.issues):
        loader.remark(issue)
    _finish(connection, loader, delivery)
    outcome = Outcome(issues=loader.quarantine.issues)
    outcome.created, outcome.updated = counts.created, counts.updated
    outcome.unchanged, outcome.rejected = counts.unchanged, counts.rejected
    return outcome


def _finish(connection: sa.Connection, loader: Loader, delivery: Delivery) -> None:
    """Match whoever is not linked, close remarks that no longer hold, and try again what waited for a child."""
    loader.quarantine.resolve_remarks()
    linked = loader.settle()
    retry_linked(connection, linked, delivery)


def _silent(_done: int, _total: int | None) -> None:
    """Show nobody how far it is."""


def _source_file(path: Path, name: str | None) -> SourceFile:
    name = name or path.name
    with _readable(name), path.open("rb"):
        return SourceFile(path, name, path.stat().st_size)


def _sha256(file: SourceFile, *, in_spare_time: bool) -> str:
    """Hash the file; a mass is read with all cores, while writing it leaves some over."""
    if in_spare_time and sys.platform == "linux":  # elsewhere a thread has no priority of its own
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), SPARE)
    digest, chunk = hashlib.sha256(), memoryview(bytearray(CHUNK))
    with _readable(file.name), file.path.open("rb", buffering=0) as stream:
        while size := stream.readinto(chunk):
            digest.update(chunk[:size])
    return digest.hexdigest()


def _is_bulk(connector: AnyConnector) -> bool:
    return hasattr(connector, "load")


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
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
