"""Access for a reason and the emergency card: what is open now, what directie has not reviewed, and who to look for."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa

from models.account import Account, RoleGrant
from models.custody import EmergencyAccess, EmergencyCard
from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow, Grant, NotFoundError, Scope
from models.vocabulary import GroupKind, Role

REVIEWED_SHOWN = timedelta(days=30)
OPENERS = (Role.TEACHER, Role.SUBSTITUTE, Role.IB, Role.HEAD)

_NAMES = (Pupil.given_name, Pupil.first_names, Pupil.prefix, Pupil.family_name)


def card_of(connection: sa.Connection, grant: Grant) -> AnyRow | None:
    """Read the emergency card of the child, if there is one."""
    return connection.execute(
        sa.select(EmergencyCard.body, EmergencyCard.version, EmergencyCard.written_at, EmergencyCard.written_by).where(
            EmergencyCard.school_id == grant.school_id, EmergencyCard.pupil_id == grant.pupil_id
        )
    ).one_or_none()


def name_of(connection: sa.Connection, grant: Grant, scope: Scope) -> AnyRow:
    """Read the child's name and its home group of today, which every colleague may know."""
    return connection.execute(
        sa.select(Pupil.uid, *_NAMES, ClassGroup.name.label("group_name"))
        .select_from(Pupil)
        .outerjoin(SourcePerson, sa.and_(SourcePerson.pupil_id == Pupil.id, ON_THE_ROLL))
        .outerjoin(GroupMembership, sa.and_(GroupMembership.source_person_id == SourcePerson.id, IN_GROUP_TODAY))
        .outerjoin(ClassGroup, ClassGroup.id == GroupMembership.group_id)
        .where(Pupil.school_id == grant.school_id, Pupil.id == grant.pupil_id)
        .order_by(sa.case((GroupMembership.kind == GroupKind.HOME, 0), else_=1))
        .limit(1),
        {"today": scope.today},
    ).one()


def roster(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """List the children of today whom the reader may know by name and group, with each group they are in."""
    return connection.execute(
        sa.select(Pupil.id, Pupil.uid, Pupil.school_id, *_NAMES, ClassGroup.id.label("group_id"), ClassGroup.name)
        .select_from(Pupil)
        .join(SourcePerson, SourcePerson.pupil_id == Pupil.id)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
        .where(
            ON_THE_ROLL,
            IN_GROUP_TODAY,
            sa.or_(
                Pupil.school_id.in_(scope.roster_school_ids | scope.whole_school_ids),
                GroupMembership.group_id.in_(scope.group_ids),
            ),
        )
        .order_by(sa.case((GroupMembership.kind == GroupKind.HOME, 0), else_=1)),
        {"today": scope.today},
    ).all()


_BY_HEAD = sa.exists().where(
    RoleGrant.account_id == EmergencyAccess.account_id,
    RoleGrant.school_id == EmergencyAccess.school_id,
    RoleGrant.role == Role.HEAD,
)
_USES = (
    sa.select(
        EmergencyAccess.__table__,
        _BY_HEAD.label("is_by_head"),
        Account.display_name.label("who"),
        Pupil.uid.label("pupil_uid"),
        *_NAMES,
    )
    .select_from(EmergencyAccess)
    .join(Account, Account.id == EmergencyAccess.account_id)
    .join(Pupil, Pupil.id == EmergencyAccess.pupil_id)
    .order_by(EmergencyAccess.id.desc())
)


def open_now(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """List what the reader opened for a reason and is still open, at the schools where they still work."""
    schools = {held.school_id for held in scope.held if held.role in OPENERS}
    mine = (EmergencyAccess.account_id == scope.account_id, EmergencyAccess.school_id.in_(schools))
    return connection.execute(_USES.where(*mine, EmergencyAccess.ends_at > scope.now)).all()


def uses(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """List the uses at the schools where the reader is directie or IB: all without a verdict, and those of a month."""
    schools = {held.school_id for held in scope.held if held.role in (Role.HEAD, Role.IB)}
    recent = EmergencyAccess.opened_at > scope.now - REVIEWED_SHOWN
    return connection.execute(
        _USES.where(EmergencyAccess.school_id.in_(schools), sa.or_(EmergencyAccess.verdict.is_(None), recent))
    ).all()


def use(connection: sa.Connection, scope: Scope, uid: UUID) -> AnyRow:
    """Read one use at a school where the reader is directie or IB, or raise `NotFoundError`."""
    schools = {held.school_id for held in scope.held if held.role in (Role.HEAD, Role.IB)}
    row = connection.execute(
        _USES.where(EmergencyAccess.uid == uid, EmergencyAccess.school_id.in_(schools))
    ).one_or_none()
    if row is None:
        raise NotFoundError
    return row


def count_unreviewed(connection: sa.Connection, scope: Scope) -> tuple[int, datetime | None]:
    """Count the uses without a verdict at the reader's schools, with when the oldest of them was."""
    schools = {held.school_id for held in scope.held if held.role in (Role.HEAD, Role.IB)}
    clicks = (
        sa.select(EmergencyAccess.account_id, EmergencyAccess.pupil_id, EmergencyAccess.opened_at)
        .where(EmergencyAccess.school_id.in_(schools), EmergencyAccess.verdict.is_(None))
        .distinct()
        .subquery()
    )
    count, oldest = connection.execute(sa.select(sa.func.count(), sa.func.min(clicks.c.opened_at))).one()
    return count, oldest
