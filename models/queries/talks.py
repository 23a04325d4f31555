"""Leerlingbesprekingen, each found with the right of who asks: without Notities of the child or group there is none.

What is found comes as a `FoundTalk`, which every function about one talk asks for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.account import Account
from models.custody import EmergencyAccess
from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.queries.discussed import BY_PARENT, IS_DISCUSSION
from models.queries.scope import (
    IN_GROUP_TODAY,
    ON_THE_ROLL,
    OPEN_FOR_A_REASON,
    THIS_YEAR,
    AnyRow,
    Grant,
    GroupGrant,
    NotFoundError,
    Scope,
    grant_for,
    grant_for_group,
    group_name,
)
from models.queries.sheet import GROUP, PUPIL, SCHOOL
from models.queries.whose import AnyGrant, values, whose
from models.rules.access import Kind
from models.rules.names import display_name
from models.talk import Talk, TalkView, TalkWish
from models.vocabulary import Role

_OF = sa.orm.aliased(ClassGroup)
"""The group that a talk is about."""
NAMES = (Pupil.given_name, Pupil.first_names, Pupil.prefix, Pupil.family_name)
_TALKS = (
    sa.select(
        *Talk.__table__.c,
        Pupil.uid.label("child_uid"),
        *NAMES,
        _OF.uid.label("of_uid"),
        _OF.name.label("of_name"),
        _OF.school_year_id.in_(THIS_YEAR).label("of_this_year"),
        ClassGroup.id.label("in_id"),
        ClassGroup.uid.label("in_uid"),
        ClassGroup.name.label("in_name"),
        EmergencyAccess.id.label("reason_number"),
        EmergencyAccess.kind.label("opened"),
    )
    .select_from(Talk)
    .outerjoin(_OF, _OF.id == Talk.group_id)
    .outerjoin(Pupil, Pupil.id == Talk.pupil_id)
    .outerjoin(SourcePerson, sa.and_(SourcePerson.pupil_id == Pupil.id, ON_THE_ROLL))
    .outerjoin(GroupMembership, sa.and_(GroupMembership.source_person_id == SourcePerson.id, IN_GROUP_TODAY))
    .outerjoin(ClassGroup, ClassGroup.id == GroupMembership.group_id)
    .outerjoin(EmergencyAccess, sa.and_(EmergencyAccess.pupil_id == Pupil.id, OPEN_FOR_A_REASON))
    .where(IS_DISCUSSION)
)


@dataclass(frozen=True, slots=True)
class FoundTalk:
    """A talk that this reader may read, and why; `row` is the newest known state of it."""

    row: Any
    grant: Grant | GroupGrant
    about: str
    child_uid: UUID | None
    group_uid: UUID | None
    group: str | None

    @property
    def id(self) -> int:
        return int(self.row.id)

    @property
    def is_running(self) -> bool:
        return self.row.started_at is not None and self.row.ended_at is None

    @property
    def is_to_come(self) -> bool:
        return self.row.started_at is None and self.row.cancelled_at is None

    @property
    def sees_all(self) -> bool:
        """Whether all that was written about whatever child is for this reader; else only of who is in the group."""
        return isinstance(self.grant, Grant) or self.grant.role is Role.IB


def talk(connection: sa.Connection, scope: Scope, uid: UUID) -> FoundTalk:
    """Find a talk that this reader may read, or raise `NotFoundError`; one query in either case."""
    rows = connection.execute(_TALKS.where(Talk.uid == uid), _asks(scope)).all()
    found = _found(scope, rows)
    if not found:
        row = rows[0] if rows else None
        raise NotFoundError(row.pupil_id if row else None, row.school_id if row else None)
    return found[0]


def talks_for(connection: sa.Connection, scope: Scope, since: date) -> list[FoundTalk]:
    """All talks that this reader may read and that are still to be held, or were for a day from `since` on."""
    schools = {held.school_id for held in scope.held if held.role is Role.IB}
    mine = sa.or_(
        Talk.school_id.in_(schools),
        GroupMembership.group_id.in_(scope.group_ids),
        sa.and_(Talk.pupil_id.is_(None), Talk.group_id.in_(scope.group_ids)),
        EmergencyAccess.kind == Kind.NOTES.value,
    )
    is_open = sa.and_(Talk.ended_at.is_(None), Talk.cancelled_at.is_(None))
    chosen = _TALKS.where(mine, sa.or_(is_open, Talk.planned_on >= since))
    order = (Talk.planned_on, Talk.planned_time.is_(None), Talk.planned_time, Talk.id)
    return _found(scope, connection.execute(chosen.order_by(*order), _asks(scope)).all())


def talks_about(connection: sa.Connection, scope: Scope, grant: AnyGrant) -> list[FoundTalk]:
    """All talks about this one child, or about this group as a whole, that this reader may read, newest first."""
    if Kind.NOTES not in grant.kinds:
        return []
    about = (
        sa.and_(Talk.school_id == SCHOOL, Talk.pupil_id == PUPIL)
        if isinstance(grant, Grant)
        else sa.and_(Talk.school_id == SCHOOL, Talk.pupil_id.is_(None), Talk.group_id == GROUP)
    )
    chosen = _TALKS.where(about).order_by(Talk.planned_on.desc(), Talk.id.desc())
    return _found(scope, connection.execute(chosen, _asks(scope) | values(grant, scope.today)).all())


def views_of(connection: sa.Connection, talk: FoundTalk, scope: Scope) -> Sequence[AnyRow]:
    """Who takes part, and what each thinks: of another only once all are ready or the talk began, else not even read.

    Each with `account_id`, `uid`, `name`, `ready_at`, `is_open` (for all), `strengths`, `concerns` and `wish`.
    """
    waits = sa.orm.aliased(TalkView)
    is_open = sa.or_(
        sa.exists().where(Talk.id == TalkView.talk_id, Talk.started_at.is_not(None)),
        ~sa.exists().where(waits.talk_id == TalkView.talk_id, waits.ready_at.is_(None)),
    )
    may = sa.or_(is_open, TalkView.account_id == scope.account_id)
    texts = (TalkView.strengths, TalkView.concerns, TalkView.wish)
    return connection.execute(
        sa.select(
            TalkView.account_id,
            Account.uid,
            Account.display_name.label("name"),
            TalkView.ready_at,
            is_open.label("is_open"),
            *(sa.case((may, text)).label(text.key) for text in texts),
            sa.or_(*(text != "" for text in texts)).label("has_text"),
        )
        .join(Account, Account.id == TalkView.account_id)
        .where(TalkView.talk_id == talk.id, TalkView.school_id == talk.row.school_id)
        .order_by(Account.display_name, TalkView.id)
    ).all()


def mine_to_do(connection: sa.Connection, talks: Iterable[FoundTalk], scope: Scope) -> dict[int, bool]:
    """Of these talks those in which the reader takes part, by id, and whether their own view is ready."""
    ids = [talk.id for talk in talks if talk.is_to_come or talk.is_running]
    rows = connection.execute(
        sa.select(TalkView.talk_id, TalkView.ready_at).where(
            TalkView.account_id == scope.account_id, TalkView.talk_id.in_(ids)
        )
    )
    return {row.talk_id: row.ready_at is not None for row in rows}


def wishes_of(connection: sa.Connection, grant: AnyGrant, today: date) -> Sequence[AnyRow]:
    """Wishes of colleagues that no talk took up yet, of the child or of each child of the group, oldest first."""
    return connection.execute(
        sa.select(
            TalkWish.id,
            TalkWish.uid,
            TalkWish.pupil_id,
            TalkWish.body,
            TalkWish.wished_at,
            TalkWish.account_id,
            Account.display_name.label("by"),
        )
        .join(Account, Account.id == TalkWish.account_id)
        .where(whose(TalkWish, grant), TalkWish.talk_id.is_(None), TalkWish.closed_at.is_(None), ~BY_PARENT)
        .order_by(TalkWish.wished_at, TalkWish.id),
        values(grant, today),
    ).all()


def talked_on(connection: sa.Connection, grant: GroupGrant, today: date) -> dict[int, date]:
    """The day of the last talk in which each child of the group came up: about itself, or on a group's agenda."""
    about = sa.select(Talk.pupil_id, Talk.planned_on).where(
        whose(Talk, grant), IS_DISCUSSION, Talk.ended_at.is_not(None)
    )
    named = (
        sa.select(TalkWish.pupil_id, Talk.planned_on)
        .join(Talk, Talk.id == TalkWish.talk_id)
        .where(whose(TalkWish, grant), IS_DISCUSSION, Talk.ended_at.is_not(None))
    )
    both = sa.union_all(about, named).subquery()
    rows = connection.execute(
        sa.select(both.c.pupil_id, sa.func.max(both.c.planned_on).label("on")).group_by(both.c.pupil_id),
        values(grant, today),
    )
    return {row.pupil_id: row.on for row in rows}


def planned_in(connection: sa.Connection, grant: GroupGrant, today: date) -> frozenset[int]:
    """Children of the group about whom a talk is planned or running, by itself or on a group's agenda."""
    is_open = (IS_DISCUSSION, Talk.ended_at.is_(None), Talk.cancelled_at.is_(None))
    about = sa.select(Talk.pupil_id).where(whose(Talk, grant), *is_open)
    named = sa.select(TalkWish.pupil_id).join(Talk, Talk.id == TalkWish.talk_id).where(whose(TalkWish, grant), *is_open)
    return frozenset(connection.scalars(sa.union(about, named), values(grant, today)))


def _asks(scope: Scope) -> dict[str, Any]:
    return {"today": scope.today, "now": scope.now, "account_id": scope.account_id}


def _found(scope: Scope, rows: Sequence[Any]) -> list[FoundTalk]:
    """Bring the rows of each talk together and keep those of which the reader reads Notities."""
    by_talk: dict[int, list[Any]] = {}
    for row in rows:
        by_talk.setdefault(row.id, []).append(row)
    found = []
    for of_one in by_talk.values():
        row = of_one[0]
        try:
            grant = _grant(scope, of_one)
        except NotFoundError:
            continue
        if Kind.NOTES in grant.kinds:
            name = row.in_name if row.pupil_id is not None else row.of_name
            group = group_name(name) if name else None
            about = display_name(row) if row.pupil_id is not None else f"groep {group}"
            group_uid = row.in_uid if row.pupil_id is not None else row.of_uid
            found.append(FoundTalk(row, grant, about, row.child_uid, group_uid, group))
    return found


def _grant(scope: Scope, rows: Sequence[Any]) -> Grant | GroupGrant:
    row = rows[0]
    if row.pupil_id is None:
        return grant_for_group(scope, row.group_id, row.school_id, row.of_name, of_this_year=row.of_this_year)
    groups = {each.in_id: each.in_name for each in rows}
    reasons = {each.opened: each.reason_number for each in rows if each.opened}
    return grant_for(scope, row.pupil_id, row.school_id, groups, reasons)
