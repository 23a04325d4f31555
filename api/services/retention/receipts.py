"""Proof of erasing: numbered lines per school, each signed together with the one before; and the tombstones outside.

The tombstone file stands beside the database (KINDBLAD_DATA_DIR), so that a backup from before the erasing can be told
what to erase again before anyone logs in. It holds uids and classes, no names and no content.
"""

import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from api.db import reading
from api.problem import ForPeopleError
from api.security import keys
from api.settings import Settings
from models.person import Pupil
from models.queries import retention as read
from models.queries import school as schools
from models.retention import RetentionReceipt
from models.rules.retention import canonical
from models.school import School

PURPOSE = "retention receipt"
FILE = "tombstones.jsonl"
CHILD, PRACTICE, RUN, SWEEP, REPLAY = "child", "practice", "run", "sweep", "replay"
T_RECEIPT = cast("sa.Table", RetentionReceipt.__table__)


def write(  # noqa: PLR0913 - what a receipt says
    connection: sa.Connection,
    settings: Settings,
    school_id: int,
    now: datetime,
    what: str,
    content: Mapping[str, Any],
    *,
    subject: UUID | None = None,
    plan_id: int | None = None,
) -> None:
    """Add a line of proof to a school's chain, in the transaction that erased."""
    last = connection.execute(
        sa.select(T_RECEIPT.c.number, T_RECEIPT.c.chain)
        .where(T_RECEIPT.c.school_id == school_id)
        .order_by(T_RECEIPT.c.number.desc())
        .limit(1)
    ).first()
    number, before = (last.number + 1, last.chain) if last else (1, "")
    row = {"number": number, "at": now, "what": what, "subject": subject, "content": dict(content)}
    chain = _sign(settings, before, row)
    connection.execute(sa.insert(T_RECEIPT).values(school_id=school_id, plan_id=plan_id, chain=chain, **row))


def first_broken(connection: sa.Connection, settings: Settings, school_id: int) -> int | None:
    """Give the number of the first line that does not fit the chain; None when all do."""
    before = ""
    for number, row in enumerate(read.receipts(connection, school_id), start=1):
        if row.number != number or row.chain != _sign(settings, before, row._asdict()):
            return number
        before = row.chain
    return None


def keep_tombstones(connection: sa.Connection, settings: Settings) -> None:
    """Bring the file up to date with the proof in the database."""
    known = {stone["chain"] for stone in tombstones(settings)}
    uids = {row.id: row.uid for row in connection.execute(sa.select(School.id, School.uid))}
    lines = [
        {
            "school": str(uids[school.id]),
            "child": str(row.subject),
            "classes": row.content["classes"],
            "on": row.content["on"],
            "chain": row.chain,
        }
        for school in schools.all_schools(connection)
        for row in read.receipts(connection, school.id)
        if row.what == CHILD and row.chain not in known
    ]
    if lines:
        _append(settings.data_dir / FILE, lines)


def tombstones(settings: Settings) -> list[dict[str, Any]]:
    """Read the file; a last line that was cut off by a crash is left out (the database still has it)."""
    file = settings.data_dir / FILE
    if not file.exists():
        return []
    whole = file.read_text(encoding="utf-8").rpartition("\n")[0]
    return [json.loads(line) for line in whole.splitlines() if line]


def missing(connection: sa.Connection, settings: Settings) -> list[dict[str, Any]]:
    """Give the tombstones that this database does not know of: it is an older copy."""
    stones = tombstones(settings)
    if not stones:
        return []
    known = set(connection.scalars(sa.select(T_RECEIPT.c.chain)))
    replayed = sa.select(T_RECEIPT.c.content).where(T_RECEIPT.c.what == REPLAY)
    known |= {content["stone"] for content in connection.scalars(replayed)}
    return [stone for stone in stones if stone["chain"] not in known]


def require_replayed(engine: sa.Engine, settings: Settings) -> None:
    """Refuse to open a database in which a child stands that was erased: an older copy was put back."""
    with reading(engine) as connection:
        children = {str(uid) for uid in connection.scalars(sa.select(Pupil.uid))} if tombstones(settings) else set()
        back = {stone["child"] for stone in missing(connection, settings)} & children if children else set()
    if back:
        raise ForPeopleError(
            f"Deze database is een oudere kopie: er staan {len(back)} kinderen in van wie al is gewist. "
            "Draai eerst `kindblad retention replay`."
        )


def _append(file: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = "".join(json.dumps(line, sort_keys=True) + "\n" for line in lines)
    whole = not file.exists() or file.read_bytes()[-1:] in {b"", b"\n"}
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as target:
        target.write(text if whole else f"\n{text}")
        target.flush()
        os.fsync(target.fileno())


def _sign(settings: Settings, before: str, row: Mapping[str, Any]) -> str:
    said = {
        "number": row["number"],
        "at": row["at"].isoformat(),
        "what": row["what"],
        "subject": str(row["subject"] or ""),
        "content": row["content"],
    }
    return keys.mac(settings, PURPOSE, before.encode() + canonical(said)).hex()
