"""A person decides that a child left, came back, or may not be erased yet; and how long this school keeps things."""

from datetime import date, datetime
from typing import cast
from uuid import UUID

import sqlalchemy as sa

from api import clock
from api.problem import ForPeopleError
from models.group import Enrolment, GroupMembership
from models.person import Pupil
from models.provenance import Source
from models.queries import retention as read
from models.queries.owned import ON_ROLL, PERSON
from models.retention import Departure, GoneKey, RetentionChoice, RetentionHold
from models.rules.retention import HOLD_AT_MOST, hidden, refusal
from models.vocabulary import Destination, HoldReason, Retention

T_DEPARTURE = cast("sa.Table", Departure.__table__)
T_ENROLMENT = cast("sa.Table", Enrolment.__table__)
T_MEMBERSHIP = cast("sa.Table", GroupMembership.__table__)
T_GONE = cast("sa.Table", GoneKey.__table__)
T_HOLD = cast("sa.Table", RetentionHold.__table__)


class LeavingError(ForPeopleError):
    """Something cannot be decided so; the message says why, in Dutch."""


def leave(
    connection: sa.Connection, pupil_id: int, school_id: int, last_day: date, to: Destination, who: str, now: datetime
) -> None:
    """Note that a child left after this day; its places in groups end and the clocks start. Raises `LeavingError`."""
    known = read.departures(connection, pupil_id)
    if known and known[0].returned_on is None:
        change = sa.update(T_DEPARTURE).where(T_DEPARTURE.c.id == known[0].id)
        _reopen(connection, pupil_id, known[0].last_day)
        connection.execute(change.values(last_day=last_day, destination=to, decided_by=who, decided_at=now))
    else:
        if known and last_day < known[0].returned_on:
            raise LeavingError("Dit kind kwam daarna terug; kies een laatste dag na die terugkeer.")
        fixed = {"school_id": school_id, "pupil_id": pupil_id, "last_day": last_day, "destination": to}
        connection.execute(sa.insert(T_DEPARTURE).values(**fixed, decided_by=who, decided_at=now))
    mine = sa.select(PERSON.c.id).where(PERSON.c.pupil_id == pupil_id, ON_ROLL)
    for table in (T_MEMBERSHIP, T_ENROLMENT):
        still_open = (table.c.source_person_id.in_(mine), table.c.ends_on.is_(None))
        started = sa.or_(table.c.starts_on.is_(None), table.c.starts_on <= last_day)
        connection.execute(sa.update(table).where(*still_open, started).values(ends_on=last_day))


def come_back(connection: sa.Connection, pupil_id: int, on: date, who: str) -> None:
    """Note that a child is enrolled again from this day; all clocks stop. Raises `LeavingError`."""
    known = read.departures(connection, pupil_id)
    if not known or known[0].returned_on is not None:
        raise LeavingError("Dit kind is niet uitgeschreven.")
    if on <= known[0].last_day:
        raise LeavingError("De eerste dag na terugkeer ligt na de laatste dag op school.")
    change = sa.update(T_DEPARTURE).where(T_DEPARTURE.c.id == known[0].id)
    connection.execute(change.values(returned_on=on, returned_by=who))
    _reopen(connection, pupil_id, known[0].last_day)
    uid = sa.select(Pupil.uid).where(Pupil.id == pupil_id).scalar_subquery()
    rolls = sa.or_(T_GONE.c.source_id.is_(None), T_GONE.c.source_id.in_(sa.select(Source.id).where(Source.leads_roll)))
    connection.execute(sa.delete(T_GONE).where(T_GONE.c.pupil_uid == uid, rolls))


def readmit(connection: sa.Connection, school_id: int, source_id: int, key: str) -> None:
    """Let a key of an erased child be used again: for another child, or a new enrolment. Raises `LeavingError`."""
    salt = connection.execute(sa.select(Source.uid).where(Source.id == source_id)).scalar_one()
    same = (T_GONE.c.school_id == school_id, T_GONE.c.source_id == source_id, T_GONE.c.hashed == hidden(salt, key))
    if not connection.execute(sa.delete(T_GONE).where(*same)).rowcount:
        raise LeavingError("Deze sleutel is bij deze bron niet van een kind dat is gewist.")


def _reopen(connection: sa.Connection, pupil_id: int, last_day: date) -> None:
    """Open what the departure had closed; what the roll itself ended has another date or comes again with it."""
    mine = sa.select(PERSON.c.id).where(PERSON.c.pupil_id == pupil_id, ON_ROLL, PERSON.c.vanished_at.is_(None))
    for table in (T_MEMBERSHIP, T_ENROLMENT):
        closed = (table.c.source_person_id.in_(mine), table.c.ends_on == last_day)
        connection.execute(sa.update(table).where(*closed).values(ends_on=None))


def hold(
    connection: sa.Connection, pupil_id: int, school_id: int, reason: HoldReason, ends_on: date, who: str, now: datetime
) -> None:
    """Let nothing of a child be erased up to and including a day. Raises `LeavingError`."""
    today = clock.day_of(now)
    if not today <= ends_on <= HOLD_AT_MOST.after(today):
        raise LeavingError("Een blokkade heeft een einddatum, vandaag of later en binnen twee jaar; verlengen kan.")
    whose = {"school_id": school_id, "pupil_id": pupil_id, "placed_by": who, "placed_at": now}
    connection.execute(sa.insert(T_HOLD).values(**whose, reason=reason, ends_on=ends_on))


def lift(connection: sa.Connection, school_id: int, hold_uid: UUID, who: str, now: datetime) -> None:
    """End a hold. Raises `LeavingError`."""
    mine = (T_HOLD.c.uid == hold_uid, T_HOLD.c.school_id == school_id, T_HOLD.c.lifted_at.is_(None))
    if not connection.execute(sa.update(T_HOLD).where(*mine).values(lifted_by=who, lifted_at=now)).rowcount:
        raise LeavingError("Deze blokkade is er niet (meer).")


def choose(
    connection: sa.Connection, school_id: int, kind: Retention, months: int, reason: str, who: str, now: datetime
) -> None:
    """Set how long this school keeps a class, within what its rule allows. Raises `LeavingError`."""
    if why_not := refusal(kind, months, reason):
        raise LeavingError(why_not)
    row = {"school_id": school_id, "kind": kind, "months": months, "reason": reason.strip()}
    connection.execute(sa.insert(RetentionChoice).values(**row, decided_by=who, decided_at=now))
