"""What the author of a connector meets: a file comes in, raw records with their place go out, canonical records follow.

A connector is a module with an instance of `Connector` (or `BulkConnector` for mass data). `read` interprets nothing
and never builds a list; `map` is pure: no network, database, clock or logging. Everything else (school check, ledger,
matching, upsert, vanished records, quarantine, progress, one transaction) is done once, by `connectors.runner`.

Example: connectors/sources/edexml.py; docs/connectors.md walks through it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa
from pydantic import BaseModel

from connectors.canonical import Record
from models.vocabulary import Severity, SourceKind


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as handed over; `name` is what the user called it and appears in messages, `path` is where it lies."""

    path: Path
    name: str
    size: int


@dataclass(slots=True)
class Header:
    """What a file says about itself before any record: checked by the runner before anything is stored.

    `brin`/`dependance`/`school_key` are compared with the school the file is offered for (None = the file does not
    say). `is_full_snapshot` makes absence meaningful: records of `snapshot_streams` not in the file become vanished.
    """

    format_version: str | None = None
    brin: str | None = None
    dependance: str = "00"
    school_key: str | None = None
    school_year: str | None = None
    as_of: date | None = None
    is_full_snapshot: bool = False
    snapshot_streams: tuple[str, ...] = ()
    issues: list["Issue"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as received, without interpretation, with its place in the file.

    `payload` no longer holds forbidden fields (BSN and the like); `dropped` counts how many were thrown away.
    """

    stream: str
    locator: str
    payload: Mapping[str, Any]
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Issue:
    """A remark about one record, in Dutch, without personal data in `message`.

    Severity ERROR: the record was not taken over and goes to quarantine. WARNING: taken over with a remark.
    `locator` is the place in the file ("regel 12", "/EDEX/leerlingen/leerling[3]").
    """

    code: str
    message: str
    locator: str
    severity: Severity = Severity.ERROR
    stream: str = ""
    source_key: str = ""


class Connector(Protocol):
    """A source that delivers records one by one."""

    id: str
    label: str
    version: str
    standard: str
    kind: SourceKind
    leads_roll: bool
    settings_model: type[BaseModel]

    def check(self, file: SourceFile, settings: Any) -> Header:
        """Look at the start of the file: right kind, right version, sound. Raises `FileRefused` in Dutch."""
        ...

    def read(self, file: SourceFile, settings: Any) -> Iterator[RawRecord]:
        """Yield raw records, streaming; a file that turns out to be unsound half-way raises `FileRefused`."""
        ...

    def map(self, raw: RawRecord, header: Header, settings: Any) -> Iterator[Record | Issue]:
        """Turn one raw record into canonical records and issues; pure and total."""
        ...


@dataclass(frozen=True, slots=True)
class DeliveryContext:
    """The delivery under way, for a bulk connector."""

    school_id: int
    source_id: int
    delivery_id: int
    received_at: datetime


@dataclass(slots=True)
class BulkCounts:
    """Outcome of a bulk load: `created` new facts counted, `unchanged` seen before, `rejected` refused."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    issues: list[Issue] = field(default_factory=list)


Progress = Callable[[int, int | None], None]
"""Called with (done, total or None) in whatever unit the connector counts."""


class BulkConnector(Protocol):
    """A source of mass data that writes its own tables, inside the runner's one transaction (it never commits)."""

    id: str
    label: str
    version: str
    standard: str
    kind: SourceKind
    leads_roll: bool
    settings_model: type[BaseModel]

    def check(self, file: SourceFile, settings: Any) -> Header: ...

    def load(
        self, connection: sa.Connection, delivery: DeliveryContext, file: SourceFile, settings: Any, progress: Progress
    ) -> BulkCounts: ...
