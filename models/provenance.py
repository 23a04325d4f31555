"""Where every fact comes from: sources, deliveries, the ledger of source records, and quarantine."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import (
    DataClass,
    DeliveryStatus,
    IssueStatus,
    LedgerStatus,
    Retention,
    Severity,
    SourceKind,
)


class Source(SchoolRow):
    """One system that delivers to one school, for instance its ESIS or its Snappet."""

    __tablename__ = "source"
    __retention__ = Retention.IMPORT
    __table_args__ = (*within_school(), sa.UniqueConstraint("school_id", "code"))

    uid: Mapped[UUID] = public_id()
    code: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    connector: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    kind: Mapped[SourceKind] = coded(SourceKind)
    label: Mapped[str] = column(DataClass.REFERENCE, sa.String(100))
    leads_roll: Mapped[bool] = column(DataClass.TECHNICAL, default=False)
    stale_after_days: Mapped[int] = column(DataClass.TECHNICAL, default=14)


class Delivery(SchoolRow):
    """One file taken in as a whole, or refused as a whole; the file itself is not kept."""

    __tablename__ = "delivery"
    __retention__ = Retention.IMPORT
    __table_args__ = (
        *within_school("source"),
        sa.Index(None, "source_id", "received_at"),
        sa.Index(
            "uq_delivery_file",
            "source_id",
            "file_sha256",
            unique=True,
            sqlite_where=sa.text("status = 'applied'"),
            postgresql_where=sa.text("status = 'applied'"),
        ),
    )

    uid: Mapped[UUID] = public_id()
    source_id: Mapped[int] = column(DataClass.TECHNICAL)
    status: Mapped[DeliveryStatus] = coded(DeliveryStatus)
    connector_version: Mapped[str] = column(DataClass.TECHNICAL, sa.String(32))
    format_version: Mapped[str | None] = column(DataClass.TECHNICAL, sa.String(32))
    file_name: Mapped[str] = column(DataClass.TRACE, sa.String(255))
    file_sha256: Mapped[str] = column(DataClass.TECHNICAL, sa.String(64))
    school_year: Mapped[str | None] = column(DataClass.REFERENCE, sa.String(9))
    as_of: Mapped[date | None] = column(DataClass.REFERENCE)
    received_at: Mapped[datetime] = column(DataClass.TECHNICAL)
    finished_at: Mapped[datetime] = column(DataClass.TECHNICAL)
    requested_by: Mapped[str] = column(DataClass.TRACE, sa.String(100))
    is_full_snapshot: Mapped[bool] = column(DataClass.TECHNICAL, default=False)
    created: Mapped[int] = column(DataClass.TECHNICAL, default=0)
    updated: Mapped[int] = column(DataClass.TECHNICAL, default=0)
    unchanged: Mapped[int] = column(DataClass.TECHNICAL, default=0)
    vanished: Mapped[int] = column(DataClass.TECHNICAL, default=0)
    rejected: Mapped[int] = column(DataClass.TECHNICAL, default=0)
    dropped_sensitive: Mapped[int] = column(DataClass.TECHNICAL, default=0)


class Ledger(SchoolRow):
    """What a source has ever said under one key: makes every import repeatable and every fact traceable.

    `content_hash` covers the canonical record; the same delivery again changes nothing, one changed field one row.
    """

    __tablename__ = "ledger"
    __retention__ = Retention.IMPORT
    __table_args__ = (
        *within_school("source", "first_delivery:delivery", "seen_delivery:delivery", "changed_delivery:delivery"),
        sa.UniqueConstraint("source_id", "stream", "source_key"),
    )

    source_id: Mapped[int] = column(DataClass.TECHNICAL)
    stream: Mapped[str] = column(DataClass.TECHNICAL, sa.String(32))
    source_key: Mapped[str] = column(DataClass.IDENTIFIER, sa.String(300))
    content_hash: Mapped[bytes] = column(DataClass.TECHNICAL, sa.LargeBinary(16))
    locator: Mapped[str] = column(DataClass.TRACE, sa.String(300))
    status: Mapped[LedgerStatus] = coded(LedgerStatus, default=LedgerStatus.ACTIVE)
    target_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    first_delivery_id: Mapped[int] = column(DataClass.TECHNICAL)
    seen_delivery_id: Mapped[int] = column(DataClass.TECHNICAL, index=True)
    changed_delivery_id: Mapped[int] = column(DataClass.TECHNICAL)


class Issue(SchoolRow):
    """A record that was not taken over (error) or taken over with a remark (warning), in words for the school.

    `payload` holds the record without forbidden fields, so that it can be tried again once the cause is repaired.
    """

    __tablename__ = "issue"
    __retention__ = Retention.QUARANTINE
    __table_args__ = (*within_school("delivery", "source"), sa.Index(None, "school_id", "status"))

    uid: Mapped[UUID] = public_id()
    delivery_id: Mapped[int] = column(DataClass.TECHNICAL)
    source_id: Mapped[int] = column(DataClass.TECHNICAL)
    severity: Mapped[Severity] = coded(Severity)
    status: Mapped[IssueStatus] = coded(IssueStatus, default=IssueStatus.OPEN)
    code: Mapped[str] = column(DataClass.TECHNICAL, sa.String(64))
    stream: Mapped[str] = column(DataClass.TECHNICAL, sa.String(32))
    source_key: Mapped[str] = column(DataClass.IDENTIFIER, sa.String(300))
    locator: Mapped[str] = column(DataClass.TRACE, sa.String(300))
    message: Mapped[str] = column(DataClass.TRACE)
    payload: Mapped[dict[str, Any] | None] = column(DataClass.JOURNAL, sa.JSON)
    decided_at: Mapped[datetime | None] = column(DataClass.TECHNICAL)
    decided_by: Mapped[str | None] = column(DataClass.TRACE, sa.String(100))
