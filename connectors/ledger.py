"""What a source said before: decides for each record whether it is new, changed or the same, and remembers it.

Records that belong to one school year carry it in their key, so that each year's file can be offered again, in any
order. The content is compared by hash; scales and instruments count by their identity.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, cast

import sqlalchemy as sa

from connectors.canonical import GroupRecord, InstrumentRef, PupilRecord, Record, ScaleRef, StaffRecord
from connectors.load.bulk import Insert, Writer, among
from connectors.load.delivery import Delivery, Item
from models.provenance import Ledger as LedgerRow
from models.vocabulary import LedgerStatus

YEAR_BOUND = frozenset({GroupRecord.stream, PupilRecord.stream, StaffRecord.stream})
TABLE = cast("sa.Table", LedgerRow.__table__)
NEW_ROW = Insert(
    LedgerRow,
    "school_id",
    "source_id",
    "stream",
    "source_key",
    "content_hash",
    "locator",
    "status",
    "target_id",
    "first_delivery_id",
    "seen_delivery_id",
    "changed_delivery_id",
)


class Verdict(StrEnum):
    """How a record stands to what is known under its key, or that it was refused.

    REPEATED and TWICE: the same, or other, content under a key that this file used before.
    """

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"
    TWICE = "twice"
    REJECTED = "rejected"


@dataclass(slots=True)
class Known:
    """A ledger row in memory."""

    id: int
    content_hash: bytes
    status: str
    target_id: int | None


class Ledger:
    """The ledger of one source during one delivery."""

    def __init__(self, writer: Writer, delivery: Delivery) -> None:
        self._writer = writer
        self._delivery = delivery
        self._known: dict[str, dict[str, Known]] = {}
        self._other_years: dict[str, set[str]] = {}
        self._seen: dict[str, dict[str, bytes]] = {}
        self._same: list[int] = []

    def key(self, record: Record) -> str:
        """Give the key of a record in the ledger; a group's kind is part of it, for one key may serve two kinds."""
        if record.stream not in YEAR_BOUND:
            return record.key
        kind = f"{record.kind.value}:" if isinstance(record, GroupRecord) else ""
        return f"{kind}{record.key}@{self._delivery.year.code}"

    def judge(self, item: Item) -> Verdict:
        """Compare a record with what is known under its key and note that it was seen."""
        content = fingerprint(item.record)
        seen = self._seen.setdefault(item.stream, {})
        if (earlier := seen.get(item.key)) is not None:
            return Verdict.REPEATED if earlier == content else Verdict.TWICE
        seen[item.key] = content
        known = self._stream(item.stream).get(item.key)
        if known is None:
            before = item.record.key in self._other_years.get(item.stream, ())
            return Verdict.UPDATED if before else Verdict.CREATED
        item.known_target = item.target = known.target_id
        if known.content_hash == content and known.status == LedgerStatus.ACTIVE:
            self._same.append(known.id)
            return Verdict.UNCHANGED
        return Verdict.UPDATED

    def saw(self, stream: str, key: str) -> None:
        """Note that a record was in the file though it could not be read, so that it does not count as vanished."""
        bound = f"{key}@{self._delivery.year.code}" if stream in YEAR_BOUND else key
        self._seen.setdefault(stream, {}).setdefault(bound, b"")

    def seen(self, stream: str) -> set[str]:
        """Give the source's own keys of one stream in this file."""
        keys = self._seen.get(stream, {})
        return {key.rpartition("@")[0] for key in keys} if stream in YEAR_BOUND else set(keys)

    def write(self, items: Iterable[Item]) -> None:
        """Remember records that were loaded or refused."""
        for item in items:
            known = self._stream(item.stream).get(item.key)
            if known is None:
                self._writer.add(NEW_ROW, self._row(item))
                continue
            delivery = self._delivery.id
            if item.refusal:
                self._writer.change(LedgerRow, known.id, status=LedgerStatus.REJECTED, seen_delivery_id=delivery)
                continue
            self._writer.change(
                LedgerRow,
                known.id,
                content_hash=self._seen[item.stream][item.key],
                locator=item.locator,
                status=LedgerStatus.ACTIVE,
                target_id=item.target,
                seen_delivery_id=delivery,
                changed_delivery_id=delivery,
            )

    def mark_same(self) -> None:
        """Note in the database which unchanged records this delivery held."""
        for start in range(0, len(self._same), 20_000):
            some = among(self._writer.connection, TABLE.c.id, self._same[start : start + 20_000])
            statement = sa.update(TABLE).where(some).values(seen_delivery_id=self._delivery.id)
            self._writer.connection.execute(statement)
        self._same.clear()

    def count_active(self, stream: str) -> int:
        """Count what the source holds of a stream, as far as it did not vanish before."""
        return sum(known.status != LedgerStatus.VANISHED for known in self._stream(stream).values())

    def mark_vanished(self, stream: str) -> int:
        """Mark what a full snapshot no longer holds (of its own school year) and count it; nothing is deleted."""
        seen = self._seen.get(stream, {})
        year = f"@{self._delivery.year.code}" if stream in YEAR_BOUND else ""
        gone = [
            known.id
            for key, known in self._stream(stream).items()
            if key not in seen and key.endswith(year) and known.status != LedgerStatus.VANISHED
        ]
        if gone:
            statement = sa.update(TABLE).where(among(self._writer.connection, TABLE.c.id, gone))
            self._writer.connection.execute(statement.values(status=LedgerStatus.VANISHED))
        return len(gone)

    def _stream(self, stream: str) -> dict[str, Known]:
        if (known := self._known.get(stream)) is None:
            rows = self._writer.connection.execute(
                sa.select(
                    TABLE.c.source_key, TABLE.c.id, TABLE.c.content_hash, TABLE.c.status, TABLE.c.target_id
                ).where(TABLE.c.source_id == self._delivery.source_id, TABLE.c.stream == stream)
            )
            known = self._known[stream] = {key: Known(*rest) for key, *rest in rows}
            if stream in YEAR_BOUND:
                self._other_years[stream] = {key.rpartition("@")[0] for key in known}
        return known

    def _row(self, item: Item) -> tuple[Any, ...]:
        delivery = self._delivery
        return (
            delivery.school_id,
            delivery.source_id,
            item.stream,
            item.key,
            self._seen[item.stream][item.key],
            item.locator,
            LedgerStatus.REJECTED if item.refusal else LedgerStatus.ACTIVE,
            item.target,
            delivery.id,
            delivery.id,
            delivery.id,
        )


def fingerprint(record: Record) -> bytes:
    """Hash the content of a record, the same on every machine and in every run (BLAKE2b, 16 bytes)."""
    text = _encode(_getter(type(record))(record))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return _getter(type(value))(value)


def _getter(type_: type) -> Callable[[Any], Any]:
    getter = _getters.get(type_)
    if getter is None:
        getter = _getters[type_] = _make_getter(type_)
    return getter


def _make_getter(type_: Any) -> Callable[[Any], Any]:
    if type_ is ScaleRef:
        return attrgetter("code", "owner", "version")
    if type_ is InstrumentRef:
        return attrgetter("provider", "code", "version")
    return attrgetter(*(field.name for field in fields(type_)))


_getters: dict[type, Callable[[Any], Any]] = {}
_encode = json.JSONEncoder(default=_plain, ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
