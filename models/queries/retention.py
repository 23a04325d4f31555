"""Who left, who may have left or come back, what is held, planned and proven.

These take a school: they serve the command line, which is inside the machine, and the pages of directie, which check
the role first.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

import sqlalchemy as sa

from models.account import Account
from models.group import Enrolment, GroupMembership
from models.person import Pupil, SourcePerson
from models.provenance import Delivery
from models.queries.owned import ON_ROLL, PERSON
from models.queries.scope import AnyRow
from models.retention import Departure, RetentionChoice, RetentionHold, RetentionPlan, RetentionReceipt
from models.school import School
from models.vocabulary import PlanStatus, Retention

Rows = Sequence[AnyRow]
T_DEPARTURE = cast("sa.Table", Departure.__table__)
T_HOLD = cast("sa.Table", RetentionHold.__table__)

_ENDS = sa.func.coalesce(Enrolment.ends_on, sa.bindparam("never", date(9999, 12, 31)))
_ON_ROLL_NOW = (
    sa.select(SourcePerson.pupil_id, sa.func.max(Delivery.received_at).label("seen_at"))
    .join(Delivery, Delivery.id == SourcePerson.seen_delivery_id)
    .outerjoin(Enrolment, Enrolment.source_person_id == SourcePerson.id)
    .where(ON_ROLL, SourcePerson.vanished_at.is_(None), sa.bindparam("today", type_=sa.Date) <= _ENDS)
    .group_by(SourcePerson.pupil_id)
    .subquery()
)
"""The children whom the newest roll holds, with when it said so last."""

_NAMES = (Pupil.given_name, Pupil.first_names, Pupil.prefix, Pupil.family_name, Pupil.initials)
_WHO = (Pupil.id, Pupil.uid, Pupil.school_id, *_NAMES)
_LAST_DAY = (Departure.last_day, Departure.destination, Departure.decided_at)
_OPEN = Departure.returned_on.is_(None)


def _held(today: sa.ColumnElement[date]) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        T_HOLD.c.pupil_id == Pupil.id, T_HOLD.c.lifted_at.is_(None), T_HOLD.c.ends_on >= today
    )  # fmt: skip


def leavers(connection: sa.Connection, school_id: int, today: date, pupil_id: int | None = None) -> Rows:
    """List who left; `is_held`: not to be erased now, `is_back`: the roll named the child again after the decision."""
    query = (
        sa.select(
            *(*_WHO, *_LAST_DAY, _held(sa.literal(today, sa.Date)).label("is_held")),
            sa.func.coalesce(_ON_ROLL_NOW.c.seen_at > Departure.decided_at, sa.false()).label("is_back"),
        )
        .join(Departure, sa.and_(Departure.pupil_id == Pupil.id, _OPEN))
        .outerjoin(_ON_ROLL_NOW, _ON_ROLL_NOW.c.pupil_id == Pupil.id)
        .where(Pupil.school_id == school_id)
        .order_by(Pupil.uid)
    )
    if pupil_id is not None:
        query = query.where(Pupil.id == pupil_id)
    return connection.execute(query, {"today": today}).all()


def may_have_left(connection: sa.Connection, school_id: int, today: date) -> Rows:
    """List who is no longer on the roll while nobody has decided upon it, with the last day that the roll suggests."""
    ended = sa.func.max(sa.case((Enrolment.ends_on < today, Enrolment.ends_on)))
    placed = (
        sa.select(sa.func.max(GroupMembership.ends_on))
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(SourcePerson.pupil_id == Pupil.id, GroupMembership.ends_on < today)
        .correlate(Pupil)
        .scalar_subquery()
    )
    return connection.execute(
        sa.select(
            *(*_WHO, ended.label("ended_on"), placed.label("placed_until")),
            sa.func.max(PERSON.c.vanished_at).label("vanished_at"),
        )
        .join(PERSON, PERSON.c.pupil_id == Pupil.id)
        .outerjoin(Enrolment, Enrolment.source_person_id == PERSON.c.id)
        .where(
            *(Pupil.school_id == school_id, ON_ROLL),
            Pupil.id.not_in(sa.select(_ON_ROLL_NOW.c.pupil_id).where(_ON_ROLL_NOW.c.pupil_id.is_not(None))),
            ~sa.exists().where(T_DEPARTURE.c.pupil_id == Pupil.id, T_DEPARTURE.c.returned_on.is_(None)),
        )
        .group_by(*_WHO)
        .order_by(Pupil.family_name, Pupil.given_name),
        {"today": today},
    ).all()


def pupil_by_uid(connection: sa.Connection, school_ids: Sequence[int], uid: str) -> Rows:
    """Find children by the (last part of the) uid that lists show."""
    rows = connection.execute(sa.select(*_WHO).where(Pupil.school_id.in_(school_ids))).all()
    return [row for row in rows if str(row.uid).endswith(uid.lower()) and len(uid) >= SHORT]


SHORT = 12
"""Characters of a uid that tell children apart in a list."""


def departures(connection: sa.Connection, pupil_id: int) -> Rows:
    """List every departure of a child, newest first; of the open one `returned_on` is empty."""
    return connection.execute(
        sa.select(Departure.id, *_LAST_DAY, Departure.returned_on)
        .where(Departure.pupil_id == pupil_id)
        .order_by(Departure.returned_on.is_(None).desc(), Departure.id.desc())
    ).all()


def choices(connection: sa.Connection, school_id: int) -> dict[Retention, int]:
    """Give the periods in months that a school chose itself."""
    rows = connection.execute(
        sa.select(RetentionChoice.kind, RetentionChoice.months)
        .where(RetentionChoice.school_id == school_id)
        .order_by(RetentionChoice.id)
    )
    return {row.kind: row.months for row in rows}


def chosen(connection: sa.Connection, school_ids: Sequence[int]) -> Rows:
    """List what schools chose themselves and why, oldest first."""
    return connection.execute(
        sa.select(School.name.label("school"), RetentionChoice)
        .join(School, School.id == RetentionChoice.school_id)
        .where(RetentionChoice.school_id.in_(school_ids))
        .order_by(RetentionChoice.id)
    ).all()


def holds(connection: sa.Connection, school_id: int, today: date) -> Rows:
    """List what is held now, what ends first on top."""
    h = RetentionHold
    return connection.execute(
        sa.select(*_WHO, h.uid.label("hold_uid"), h.reason, h.ends_on, h.placed_by, h.placed_at)
        .join(h, h.pupil_id == Pupil.id)
        .where(Pupil.school_id == school_id, h.lifted_at.is_(None), h.ends_on >= today)
        .order_by(h.ends_on)
    ).all()


def plan(connection: sa.Connection, school_id: int, *statuses: PlanStatus) -> AnyRow | None:
    """Give the newest plan of a school that has one of these statuses."""
    p, approver = RetentionPlan, sa.alias(cast("sa.Table", Account.__table__), "approver")
    return connection.execute(
        sa.select(
            *(p.id, p.uid, p.school_id, p.as_of, p.content, p.digest, p.status, p.made_by, p.made_at, p.approved_at),
            Account.display_name.label("maker"),
            approver.c.display_name.label("approver"),
        )
        .join(Account, Account.id == p.made_by)
        .outerjoin(approver, approver.c.id == p.approved_by)
        .where(p.school_id == school_id, p.status.in_(statuses))
        .order_by(p.id.desc())
    ).first()


def names(connection: sa.Connection, school_id: int) -> dict[str, AnyRow]:
    """Give everyone's name by uid, for the person who may read a plan."""
    return {str(row.uid): row for row in connection.execute(sa.select(*_WHO).where(Pupil.school_id == school_id))}


def receipts(connection: sa.Connection, school_id: int) -> Rows:
    """List the proof of a school in the order in which it was written."""
    r = RetentionReceipt
    return connection.execute(
        sa.select(r.number, r.at, r.what, r.subject, r.content, r.plan_id, r.chain)
        .where(r.school_id == school_id)
        .order_by(r.number)
    ).all()


def last_sweep(connection: sa.Connection, school_id: int) -> AnyRow | None:
    """Give when the run was last carried out for a school, with or without a plan, and what was due after it."""
    r = RetentionReceipt
    of_school = sa.select(r.at, r.content).where(r.school_id == school_id, r.what == "sweep")
    return connection.execute(of_school.order_by(r.number.desc()).limit(1)).first()


def began(connection: sa.Connection, school_id: int) -> datetime:
    """Tell since when this database knows a school."""
    return connection.execute(sa.select(School.created_at).where(School.id == school_id)).scalar_one()
