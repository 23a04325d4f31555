"""The access log as a whole: is its chain unbroken, where is its head, and the one way in which lines ever leave.

Serves the command line and the retention run, which are inside the machine; no Scope, no names, no content.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from models.audit import AccessLog, AccessLogAnchor, AccessLogHead
from models.rules.chain import START, Field, link, moment
from models.rules.retention import LOG_AT_LEAST

FIELDS = ("at", "school_id", "account_id", "role", "pupil_id", "kind", "action", "ground")
"""What is hashed of a line after its number, in this order."""
AT_ONCE = 5000
DIFFERENT = "is een andere dan die waarvan elders een kopie is bewaard"
TOO_EARLY = "is weggehaald vóór de bewaartermijn om was"
SLACK = timedelta(days=31)
"""A line may be that much older than the copy before it: looks from the emergency journal come in late."""


@dataclass(frozen=True, slots=True)
class Head:
    """A line of the log and its hash: who has these can later tell whether what came before is untouched."""

    number: int = 0
    hash: bytes = START


@dataclass(frozen=True, slots=True)
class Witness:
    """A head that was copied elsewhere: the hash of the newest line of that moment."""

    hash: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line at which the chain does not hold, and why; `at` is None for a line that is not there."""

    number: int
    at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the whole log found; `broken` is None when nothing is wrong."""

    lines: int
    anchor: Head
    head: Head
    broken: Broken | None = None


def head(connection: sa.Connection) -> Head:
    """Return the newest line."""
    return Head(*connection.execute(sa.select(AccessLogHead.number, AccessLogHead.hash)).one())


def anchor(connection: sa.Connection) -> Head:
    """Return the last line that was dropped because its term was over."""
    last = sa.select(AccessLogAnchor.number, AccessLogAnchor.hash).order_by(AccessLogAnchor.number.desc())
    row = connection.execute(last).first()
    return Head(*row) if row else Head()


def verify(connection: sa.Connection, witnesses: Mapping[int, Witness], today: date) -> Verified:
    """Walk along all lines; `witnesses` are heads that were copied elsewhere, by number."""
    first = anchor(connection)
    if broken := _dropped(first, witnesses, today):
        return Verified(0, first, first, broken)
    last, lines = first, 0
    columns = [AccessLog.__table__.c[name] for name in ("id", *FIELDS, "hash")]
    every = sa.select(*columns).order_by(AccessLog.id).execution_options(yield_per=AT_ONCE)
    with connection.execute(every) as rows:
        for row in rows:
            found = link(last.hash, row.id, _fields(row))
            if broken := _compare(last, row, found, witnesses.get(row.id)):
                return Verified(lines, first, last, broken)
            last, lines = Head(row.id, found), lines + 1
    furthest = max([head(connection).number, *witnesses])
    if furthest > last.number:
        broken = Broken(last.number + 1, None, f"ontbreekt; aan het einde zijn {furthest - last.number} regels weg")
    elif head(connection) != last:
        broken = Broken(last.number, None, "is niet de laatste die is geschreven")
    return Verified(lines, first, last, broken)


def drop_prefix(connection: sa.Connection, before: datetime, now: datetime) -> int:
    """Remove the oldest lines up to the first that is not older than `before`; returns how many.

    The rest still verifies, against the anchor that is left behind. Nothing else can remove a line: the database
    refuses it. On PostgreSQL this needs the owner of the tables, working for every school. Raises `RuntimeError` when
    lines are missing or out of sight; the caller's transaction must then be rolled back.
    """
    kept = connection.scalar(sa.select(sa.func.min(AccessLog.id)).where(AccessLog.at >= before))
    older = sa.select(AccessLog.id, AccessLog.hash).order_by(AccessLog.id.desc()).limit(1)
    last = connection.execute(older if kept is None else older.where(AccessLog.id < kept)).first()
    if last is None:
        return 0
    expected = last.id - anchor(connection).number
    connection.execute(sa.insert(AccessLogAnchor).values(number=last.id, hash=last.hash, dropped_at=now))
    dropped = connection.execute(sa.delete(AccessLog).where(AccessLog.id <= last.id)).rowcount
    if dropped != expected:
        raise RuntimeError(f"{expected - dropped} oude regels van het inzagelog zijn voor deze verbinding niet te zien")
    return dropped


def _fields(row: sa.Row[*tuple[object, ...]]) -> list[Field]:
    values = [getattr(row, name) for name in FIELDS]
    values[0] = moment(row.at)
    return values


def _dropped(anchor: Head, witnesses: Mapping[int, Witness], today: date) -> Broken | None:
    """Compare the anchor, which says up to where lines left, with the copies: what came after one was younger."""
    witness = witnesses.get(anchor.number)
    if witness is not None and witness.hash != anchor.hash:
        return Broken(anchor.number, None, DIFFERENT)
    young = LOG_AT_LEAST.before(today) + SLACK
    early = [number + 1 for number, each in witnesses.items() if number < anchor.number and each.at.date() > young]
    return Broken(min(early), None, TOO_EARLY) if early else None


def _compare(last: Head, row: sa.Row[*tuple[object, ...]], found: bytes, witness: Witness | None) -> Broken | None:
    number, at = int(row.id), row.at
    if number <= last.number:
        return Broken(number, at, "staat vóór het begin van het log")
    if number != last.number + 1:
        return Broken(last.number + 1, None, f"ontbreekt; de eerstvolgende is van {at:%d-%m-%Y %H:%M} UTC")
    if found != row.hash:
        return Broken(number, at, "is gewijzigd of hoort hier niet")
    if witness is not None and witness.hash != found:
        return Broken(number, at, DIFFERENT)
    return None
