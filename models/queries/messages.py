"""Messages that wait for a mail server: for whom one is made, which copies are due, and to whom a copy may still go.

An address is read at the moment that it is used and is never part of a page, a log or an error. A guardian without
custody gets nothing, also when custody ended after the message was made.
"""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa

from models.group import ClassGroup, GroupMembership
from models.message import Message, MessageCopy
from models.person import Guardian, Guardianship, SourcePerson
from models.queries.custody import HAS_CUSTODY
from models.queries.prepared import Rows
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow, GroupGrant
from models.rules.custody import adult_since
from models.school import School

_HAS_ADDRESS: sa.ColumnElement[bool] = sa.func.coalesce(Guardian.email, "").like("%@%")
_AT_SCHOOL = (
    sa.select(Guardianship.guardian_id)
    .join(SourcePerson, SourcePerson.pupil_id == Guardianship.pupil_id)
    .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
    .where(ON_THE_ROLL, IN_GROUP_TODAY, HAS_CUSTODY)
)
"""Guardians with custody now over a child who is in a group today."""


def recipients(connection: sa.Connection, grant: GroupGrant, today: date, now: datetime) -> list[int]:
    """List the guardians who can be mailed about this group: custody now over a child in it, and an address."""
    theirs = _AT_SCHOOL.where(
        Guardianship.school_id == grant.school_id, GroupMembership.group_id == grant.group_id
    ).correlate(None)
    chosen = sa.select(Guardian.id).where(Guardian.school_id == grant.school_id, Guardian.id.in_(theirs), _HAS_ADDRESS)
    return list(connection.scalars(chosen.order_by(Guardian.id), _moments(today, now)))


def message(connection: sa.Connection, school_id: int, key: str) -> AnyRow | None:
    """Find a message of a school by its key."""
    chosen = sa.select(Message.id, Message.subject, Message.body)
    return connection.execute(chosen.where(Message.school_id == school_id, Message.key == key)).one_or_none()


def copies_of(connection: sa.Connection, school_id: int, message_id: int) -> Rows:
    """List the copies of a message: for whom, and whether it went out."""
    return connection.execute(
        sa.select(MessageCopy.id, MessageCopy.guardian_id, MessageCopy.sent_at, MessageCopy.failed_at).where(
            MessageCopy.school_id == school_id, MessageCopy.message_id == message_id
        )
    ).all()


WAITS: sa.ColumnElement[bool] = sa.and_(MessageCopy.sent_at.is_(None), MessageCopy.failed_at.is_(None))


def due(connection: sa.Connection, now: datetime, most: int) -> Sequence[int]:
    """List the copies that may go out now, longest waiting first; for the command line."""
    ready = sa.or_(MessageCopy.next_try_at.is_(None), MessageCopy.next_try_at <= now)
    chosen = sa.select(MessageCopy.id).where(WAITS, ready).order_by(MessageCopy.next_try_at, MessageCopy.id).limit(most)
    return connection.scalars(chosen).all()


def to_send(connection: sa.Connection, copy_id: int, today: date, now: datetime) -> AnyRow | None:
    """Read what goes out with a copy that still waits; `address` is empty for who may not have it (any more)."""
    entitled = _AT_SCHOOL.where(
        Guardianship.guardian_id == MessageCopy.guardian_id,
        sa.or_(Message.group_id.is_(None), Message.group_id == GroupMembership.group_id),
    ).correlate(MessageCopy, Message)
    return connection.execute(
        sa.select(
            MessageCopy.tries,
            Message.uid,
            Message.subject,
            Message.body,
            School.name.label("school"),
            sa.case((sa.and_(entitled.exists(), _HAS_ADDRESS), Guardian.email), else_="").label("address"),
        )
        .join(Message, Message.id == MessageCopy.message_id)
        .join(School, School.id == MessageCopy.school_id)
        .join(Guardian, Guardian.id == MessageCopy.guardian_id)
        .where(MessageCopy.id == copy_id, WAITS),
        _moments(today, now),
    ).one_or_none()


def overview(connection: sa.Connection, most: int = 50) -> Rows:
    """List the newest messages with how many copies wait, went out and could not; names nobody."""
    return connection.execute(
        sa.select(
            Message.made_at,
            Message.kind,
            School.name.label("school"),
            sa.func.coalesce(ClassGroup.name, "").label("group"),
            Message.subject,
            sa.func.count(MessageCopy.id).label("copies"),
            sa.func.count(sa.case((WAITS, 1))).label("waiting"),
            sa.func.count(MessageCopy.sent_at).label("sent"),
            sa.func.count(MessageCopy.failed_at).label("failed"),
        )
        .join(School, School.id == Message.school_id)
        .outerjoin(ClassGroup, ClassGroup.id == Message.group_id)
        .outerjoin(MessageCopy, MessageCopy.message_id == Message.id)
        .group_by(Message.id, Message.made_at, Message.kind, School.name, ClassGroup.name, Message.subject)
        .order_by(Message.made_at.desc(), Message.id.desc())
        .limit(most)
    ).all()


def _moments(today: date, now: datetime) -> dict[str, object]:
    return {"today": today, "now": now, "adult_since": adult_since(today)}
