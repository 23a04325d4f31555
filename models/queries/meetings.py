"""Talks with parents or the child, and the voices in them; what someone may not read yet is not even selected.

Staff who read Oudergesprekken find every talk of the child; a parent finds only those to which they are asked, by their
own guardian, and of another guardian no word before the talk began.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.account import Account
from models.person import Guardian, Pupil
from models.queries.custody import guardian_ids_of
from models.queries.discussed import BY_PARENT, IS_DISCUSSION
from models.queries.prepared import Prepared
from models.queries.scope import AnyRow, Grant, GroupGrant, NotFoundError, Scope
from models.queries.sheet import CHILDREN, PUPIL, SCHOOL, child, children
from models.queries.whose import AnyGrant, values, whose
from models.release import Release
from models.result import Assessment, Instrument
from models.rules.access import Kind
from models.support import Agreement, Goal
from models.talk import Talk, TalkVoice, TalkWish
from models.vocabulary import Role, Speaker

Rows = Sequence[AnyRow]
TEXTS = (TalkVoice.goes_well, TalkVoice.is_hard, TalkVoice.wish)
_PLANNER = sa.orm.aliased(Account)
_MEETINGS = (
    sa.select(*Talk.__table__.c, _PLANNER.display_name.label("planner"))
    .join(_PLANNER, _PLANNER.id == Talk.planned_by)
    .where(~IS_DISCUSSION)
)


def reads_all(grant: AnyGrant) -> bool:
    """Tell whether every talk of the child may be read: by who works at school; a parent has but their own."""
    return Kind.TALKS in grant.kinds


def require(grant: AnyGrant) -> None:
    """Raise `NotFoundError` for who does not read Oudergesprekken."""
    if not reads_all(grant):
        raise NotFoundError(grant.pupil_id if isinstance(grant, Grant) else None, grant.school_id)


def meetings_of(connection: sa.Connection, grant: AnyGrant, today: date, since: date) -> Rows:
    """List the talks of the child, or of each child of the group, that are to come or were from `since` on."""
    require(grant)
    is_open = sa.and_(Talk.ended_at.is_(None), Talk.cancelled_at.is_(None))
    chosen = _MEETINGS.where(whose(Talk, grant), sa.or_(is_open, Talk.planned_on >= since))
    order = (Talk.planned_on.desc(), Talk.planned_time.desc(), Talk.id.desc())
    return connection.execute(chosen.order_by(*order), values(grant, today)).all()


def meeting(connection: sa.Connection, grant: Grant, uid: UUID, today: date) -> AnyRow:
    """Find one talk of this child for who works at school, or raise `NotFoundError`."""
    require(grant)
    return _one(connection, grant, _MEETINGS.where(whose(Talk, grant), Talk.uid == uid), today)


def own_meetings(connection: sa.Connection, grant: Grant, scope: Scope) -> Rows:
    """List the talks about this child to which the reader is asked as a guardian, the newest first; none called off."""
    order = (Talk.planned_on.desc(), Talk.planned_time.desc(), Talk.id.desc())
    chosen = _own(connection, grant, scope).where(Talk.cancelled_at.is_(None)).order_by(*order)
    return connection.execute(chosen, values(grant, scope.today)).all()


def own_meeting(connection: sa.Connection, grant: Grant, scope: Scope, uid: UUID) -> AnyRow:
    """Find one talk to which the reader is asked as a guardian, or raise `NotFoundError`."""
    chosen = _own(connection, grant, scope).where(Talk.uid == uid, Talk.cancelled_at.is_(None))
    return _one(connection, grant, chosen, scope.today)


def child_meeting(connection: sa.Connection, grant: Grant, today: date) -> AnyRow | None:
    """Find the first talk to come of the child who is logged in: its day and its own three fields, and nothing else."""
    if grant.role is not Role.PUPIL:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    to_come = (Talk.started_at.is_(None), Talk.cancelled_at.is_(None), Talk.planned_on >= today)
    columns = (Talk.id, Talk.uid, Talk.kind, Talk.planned_on, Talk.planned_time, *TEXTS, TalkVoice.ready_at)
    return connection.execute(
        sa.select(*columns)
        .join(TalkVoice, sa.and_(TalkVoice.talk_id == Talk.id, TalkVoice.speaker == Speaker.CHILD))
        .where(whose(Talk, grant), ~IS_DISCUSSION, *to_come)
        .order_by(Talk.planned_on, Talk.planned_time, Talk.id)
        .limit(1),
        values(grant, today),
    ).one_or_none()


def voices_of(connection: sa.Connection, grant: Grant, scope: Scope, row: Any, *, as_parent: bool) -> Rows:
    """Read the voices of a found talk: who, and their words where these are for the reader.

    A guardian's words are the guardian's own until they say that they are ready; then school reads them, and another
    guardian who sits at the same table when the talk has begun. A parent reads of the child and school what is ready.
    """
    mine = _own_guardians(connection, scope) if as_parent else frozenset()
    is_mine = sa.and_(TalkVoice.guardian_id.is_not(None), TalkVoice.guardian_id.in_(mine))
    is_ready = TalkVoice.ready_at.is_not(None)
    begun = sa.literal(row.started_at is not None)
    of_parent = TalkVoice.speaker == Speaker.PARENT
    if as_parent:
        open_ = sa.or_(is_mine, sa.and_(of_parent, begun, is_ready), sa.and_(~of_parent, sa.or_(begun, is_ready)))
    else:
        open_ = sa.or_(~of_parent, is_ready)
    return connection.execute(
        sa.select(
            *(TalkVoice.speaker, TalkVoice.guardian_id, TalkVoice.ready_at, Guardian.uid),
            *(Guardian.given_name, Guardian.first_names, Guardian.prefix, Guardian.family_name),
            is_mine.label("is_mine"),
            open_.label("is_open"),
            *(sa.case((open_, text)).label(text.key) for text in TEXTS),
        )
        .outerjoin(Guardian, Guardian.id == TalkVoice.guardian_id)
        .where(TalkVoice.talk_id == row.id, TalkVoice.school_id == grant.school_id)
        .order_by(TalkVoice.guardian_id)
    ).all()


def guests_in(connection: sa.Connection, grant: AnyGrant, talk_ids: Collection[int]) -> Rows:
    """Who is asked to these talks of this grant, and whether they are ready: no word of what they say."""
    require(grant)
    return connection.execute(
        sa.select(
            *(TalkVoice.talk_id, TalkVoice.speaker, TalkVoice.guardian_id, TalkVoice.ready_at),
            *(Guardian.given_name, Guardian.first_names, Guardian.prefix, Guardian.family_name),
        )
        .outerjoin(Guardian, Guardian.id == TalkVoice.guardian_id)
        .where(TalkVoice.talk_id.in_(talk_ids), TalkVoice.school_id == grant.school_id)
        .order_by(TalkVoice.talk_id, TalkVoice.guardian_id)
    ).all()


_ABOUT = (
    sa.select(Instrument.name)
    .join(Assessment, Assessment.instrument_id == Instrument.id)
    .join(Release, Release.assessment_id == Assessment.id)
    .where(Release.id == TalkWish.release_id)
    .scalar_subquery()
)
"""The name of the test about which a parent wants to talk; no score."""
_WISHES = (
    sa.select(
        *(TalkWish.id, TalkWish.pupil_id, TalkWish.body, TalkWish.wished_at, TalkWish.account_id),
        *(Account.display_name.label("by"), Pupil.uid, _ABOUT.label("about")),
    )
    .join(Account, Account.id == TalkWish.account_id)
    .join(Pupil, Pupil.id == TalkWish.pupil_id)
    .where(BY_PARENT, TalkWish.talk_id.is_(None), TalkWish.closed_at.is_(None))
    .order_by(TalkWish.wished_at, TalkWish.id)
)
_WISHES_OF = Prepared(_WISHES.where(TalkWish.school_id == SCHOOL, TalkWish.pupil_id == PUPIL))
_WISHES_IN = Prepared(_WISHES.where(TalkWish.pupil_id.in_(CHILDREN)))


def parent_wishes(connection: sa.Connection, grant: AnyGrant, today: date) -> Rows:
    """Wishes of parents that no talk took up yet: of which child, by whom, what, when, and about which result."""
    require(grant)
    if isinstance(grant, Grant):
        return _WISHES_OF.rows(connection, **child(grant))
    return _WISHES_IN.rows(connection, **children(grant, today))


def agreed_in(connection: sa.Connection, grant: Grant, row: Any) -> Rows:
    """What was agreed in a found talk about this child: what, who, before which day."""
    return connection.execute(
        sa.select(
            *(Agreement.uid, Agreement.body, Agreement.due_on, Agreement.done_on, Agreement.outcome),
            Account.display_name.label("owner"),
        )
        .outerjoin(Account, Account.id == Agreement.owner_account_id)
        .where(Agreement.talk_id == row.id, Agreement.school_id == SCHOOL, Agreement.pupil_id == PUPIL)
        .order_by(Agreement.id),
        {"school_id": grant.school_id, "pupil_id": grant.pupil_id},
    ).all()


def goals_of_day(connection: sa.Connection, grant: Grant, on: date) -> Rows:
    """The goals that the child named on the day of the talk."""
    mine = (Goal.school_id == grant.school_id, Goal.pupil_id == grant.pupil_id, Goal.stated_on == on)
    return connection.execute(sa.select(Goal.uid, Goal.body).where(*mine).order_by(Goal.id)).all()


def taken_by(connection: sa.Connection, group: GroupGrant, account_id: int, today: date) -> list[tuple[date, Any]]:
    """The hours at which this account planned talks at this school that are still to come."""
    mine = (Talk.school_id == group.school_id, Talk.planned_by == account_id, Talk.planned_on >= today)
    rows = connection.execute(
        sa.select(Talk.planned_on, Talk.planned_time).where(
            *mine, Talk.cancelled_at.is_(None), Talk.ended_at.is_(None), Talk.planned_time.is_not(None)
        )
    )
    return [(row.planned_on, row.planned_time) for row in rows]


def child_of(connection: sa.Connection, grant: Grant) -> AnyRow:
    """The name of the child."""
    names = (Pupil.uid, Pupil.given_name, Pupil.first_names, Pupil.prefix, Pupil.family_name)
    return connection.execute(sa.select(*names).where(Pupil.id == grant.pupil_id)).one()


def _own_guardians(connection: sa.Connection, scope: Scope) -> frozenset[int]:
    return guardian_ids_of(connection, scope)


def _own(connection: sa.Connection, grant: Grant, scope: Scope) -> Any:
    mine = _own_guardians(connection, scope)
    is_asked = sa.exists().where(TalkVoice.talk_id == Talk.id, TalkVoice.guardian_id.in_(mine)).correlate(Talk)
    is_ready = is_asked.where(TalkVoice.ready_at.is_not(None)).label("is_ready")
    return _MEETINGS.add_columns(is_ready).where(whose(Talk, grant), is_asked)


def _one(connection: sa.Connection, grant: Grant, chosen: Any, today: date) -> AnyRow:
    row: AnyRow | None = connection.execute(chosen, values(grant, today)).one_or_none()
    if row is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return row
