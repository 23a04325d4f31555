"""What is said and agreed in a talk, who may be invited to it, and what was agreed before it.

Every function takes a `FoundTalk`, or the grant for the child or group it will be about.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa

from models.account import Account, RoleGrant
from models.group import GroupMembership
from models.person import Pupil, SourcePerson, Staff
from models.queries.discussed import IS_DISCUSSION
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow, Grant
from models.queries.sheet import CHILDREN, GROUP, PUPIL, SCHOOL, TODAY
from models.queries.talks import NAMES, FoundTalk
from models.queries.whose import AnyGrant, values
from models.support import Agreement, SupportPoint
from models.talk import Talk, TalkWish
from models.vocabulary import Role

Found = Sequence[AnyRow]
NEVER = datetime.max.replace(tzinfo=UTC)
_OWNER = sa.orm.aliased(Account)


def colleagues(
    connection: sa.Connection, grant: AnyGrant, today: date, whole_school: Sequence[Role] = (Role.IB,)
) -> Found:
    """Who can log in today and writes Notities of this child or group: IB'ers and its teachers (`teaches`), by name.

    `whole_school` says whose role counts for every child, where it is about something else than Notities.
    """
    theirs = (
        sa.select(GroupMembership.group_id)
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(SourcePerson.school_id == SCHOOL, SourcePerson.pupil_id == PUPIL, ON_THE_ROLL, IN_GROUP_TODAY)
    )
    of_group = RoleGrant.group_id.in_(theirs) if isinstance(grant, Grant) else RoleGrant.group_id == GROUP
    holds = (
        RoleGrant.account_id == Account.id,
        RoleGrant.school_id == SCHOOL,
        RoleGrant.starts_on <= TODAY,
        sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= TODAY),
    )
    teaches = sa.exists().where(*holds, RoleGrant.role == Role.TEACHER, of_group)
    sees_all = sa.exists().where(*holds, RoleGrant.role.in_(whole_school))
    return connection.execute(
        sa.select(Account.id, Account.uid, Account.display_name.label("name"), teaches.label("teaches"))
        .where(Account.disabled_at.is_(None), sa.or_(teaches, sees_all))
        .order_by(Account.display_name, Account.id),
        values(grant, today),
    ).all()


def agenda_of(connection: sa.Connection, talk: FoundTalk, today: date) -> Found:
    """The children whom a group's talk is about, with what was asked for each."""
    return connection.execute(
        sa.select(
            TalkWish.pupil_id,
            Pupil.uid,
            *NAMES,
            TalkWish.body,
            TalkWish.uid.label("wish"),
            Account.display_name.label("by"),
        )
        .join(Pupil, Pupil.id == TalkWish.pupil_id)
        .join(Account, Account.id == TalkWish.account_id)
        .where(TalkWish.talk_id == talk.id, _for_reader(TalkWish, talk))
        .order_by(Pupil.family_name, Pupil.given_name, TalkWish.id),
        values(talk.grant, today),
    ).all()


def points_in(connection: sa.Connection, talk: FoundTalk, today: date) -> Found:
    """What helps and hinders as it was written down in this talk, also what no longer holds."""
    return connection.execute(
        sa.select(SupportPoint.uid, SupportPoint.pupil_id, SupportPoint.kind, SupportPoint.body)
        .where(SupportPoint.talk_id == talk.id, _for_reader(SupportPoint, talk))
        .order_by(SupportPoint.id),
        values(talk.grant, today),
    ).all()


_AGREEMENTS = (
    sa.select(
        Agreement.id,
        Agreement.uid,
        Agreement.pupil_id,
        Agreement.talk_id,
        Agreement.body,
        Agreement.agreed_on,
        Agreement.due_on,
        Agreement.done_on,
        Agreement.outcome,
        Agreement.outcome_body,
        sa.func.coalesce(Staff.given_name, _OWNER.display_name).label("owner"),
    )
    .outerjoin(Staff, Staff.id == Agreement.owner_id)
    .outerjoin(_OWNER, _OWNER.id == Agreement.owner_account_id)
)


def agreements_in(connection: sa.Connection, talk: FoundTalk, today: date) -> Found:
    """What was agreed in this talk, about the child, the group, or a child of the group."""
    return connection.execute(
        _AGREEMENTS.where(Agreement.talk_id == talk.id, _for_reader(Agreement, talk)).order_by(Agreement.id),
        values(talk.grant, today),
    ).all()


def agreed_before(connection: sa.Connection, talk: FoundTalk, grant: AnyGrant, today: date) -> Found:
    """What was agreed earlier about this child, or this group as a whole: open at the time, or of the talk before.

    `grant` is of whom it is about: of the talk, or of one child of a group's talk.
    """
    if isinstance(grant, Grant):
        mine = sa.and_(Agreement.school_id == SCHOOL, Agreement.pupil_id == PUPIL)
        about = Talk.pupil_id == PUPIL
    else:
        mine = sa.and_(Agreement.school_id == SCHOOL, Agreement.pupil_id.is_(None), Agreement.group_id == GROUP)
        about = sa.and_(Talk.pupil_id.is_(None), Talk.group_id == GROUP)
    last = (
        sa.select(Talk.id)
        .where(
            Talk.school_id == SCHOOL,
            IS_DISCUSSION,
            about,
            Talk.id != talk.id,
            Talk.ended_at <= (talk.row.started_at or NEVER),
        )
        .order_by(Talk.ended_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    was_open = sa.or_(
        sa.and_(Agreement.outcome.is_(None), Agreement.done_on.is_(None)), Agreement.done_on >= talk.row.planned_on
    )
    return connection.execute(
        _AGREEMENTS.where(
            mine,
            sa.or_(Agreement.talk_id.is_(None), Agreement.talk_id != talk.id),
            Agreement.agreed_on <= talk.row.planned_on,
            sa.or_(was_open, Agreement.talk_id == last),
        ).order_by(Agreement.agreed_on, Agreement.id),
        values(grant, today),
    ).all()


def _for_reader(
    table: type[TalkWish] | type[SupportPoint] | type[Agreement], talk: FoundTalk
) -> sa.ColumnElement[bool]:
    """Who stands before a group reads of a talk about it what is about the children who are in it now."""
    if talk.sees_all:
        return sa.true()
    return sa.or_(table.pupil_id.is_(None), table.pupil_id.in_(CHILDREN))


def named(connection: sa.Connection, talk: FoundTalk, pupil_ids: set[int]) -> Found:
    """The names of children of whom something was written in this talk and who are no longer in the group."""
    if not pupil_ids:
        return []
    mine = (Pupil.school_id == talk.row.school_id, Pupil.id.in_(pupil_ids))
    return connection.execute(sa.select(Pupil.id, Pupil.uid, *NAMES).where(*mine)).all()


def planner_of(connection: sa.Connection, talk: FoundTalk) -> str:
    """The name of who planned the talk."""
    return connection.execute(sa.select(Account.display_name).where(Account.id == talk.row.planned_by)).scalar_one()
