"""The guardians of some children with the account that each has: for who makes accounts for parents, and the letters.

Custody is that of now. What is read here is no more than names and how far someone is with an account.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import sqlalchemy as sa

from models import wall
from models.account import Account, Invitation, LoginSession, Passkey, RoleGrant
from models.group import ClassGroup, GroupMembership
from models.person import Guardian, Guardianship, Pupil, SourcePerson
from models.queries.custody import HAS_CUSTODY
from models.queries.groups import NAMES
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow
from models.rules.custody import adult_since
from models.school import School
from models.sso import ExternalIdentity
from models.vocabulary import Role

_SEEN = sa.select(sa.func.max(LoginSession.seen_at)).where(LoginSession.account_id == Account.id)
_INVITED = sa.select(sa.func.max(Invitation.expires_at)).where(
    Invitation.account_id == Account.id,
    Invitation.used_at.is_(None),
    Invitation.expires_at > sa.bindparam("now", type_=Invitation.expires_at.type),
)
_CHOSE = sa.or_(
    Account.password_hash.is_not(None),
    sa.exists().where(Passkey.account_id == Account.id),
    sa.exists().where(ExternalIdentity.account_id == Account.id),
)
_GUARDIANS = (
    sa.select(
        Guardian.id,
        Guardian.uid,
        Guardian.given_name,
        Guardian.first_names,
        Guardian.initials,
        Guardian.prefix,
        Guardian.family_name,
        Guardian.secret_contact,
        Guardianship.pupil_id,
        HAS_CUSTODY.label("has_custody"),
        RoleGrant.ends_on.label("role_ends_on"),
        Account.id.label("account_id"),
        Account.uid.label("account_uid"),
        Account.login,
        Account.disabled_at,
        sa.case((Account.id.is_not(None), _CHOSE), else_=sa.false()).label("has_chosen"),
        _INVITED.scalar_subquery().label("invited_until"),
        _SEEN.scalar_subquery().label("seen_at"),
    )
    .select_from(Guardianship)
    .join(Guardian, Guardian.id == Guardianship.guardian_id)
    .outerjoin(RoleGrant, sa.and_(RoleGrant.guardian_id == Guardian.id, RoleGrant.role == Role.PARENT))
    .outerjoin(Account, Account.id == RoleGrant.account_id)
    .where(
        Guardianship.school_id == sa.bindparam("school_id", type_=sa.Integer),
        Guardianship.pupil_id.in_(sa.bindparam("pupil_ids", expanding=True, type_=sa.Integer)),
        Guardianship.starts_on <= sa.bindparam("today", type_=sa.Date),
    )
    .order_by(Guardian.family_name, Guardian.given_name, Guardian.id, Guardianship.starts_on.desc(), RoleGrant.id)
)
_CHILDREN = (
    sa.select(Guardianship.guardian_id, Pupil.id, Pupil.uid, *NAMES, sa.func.min(ClassGroup.name).label("group"))
    .select_from(Guardianship)
    .join(Pupil, Pupil.id == Guardianship.pupil_id)
    .join(SourcePerson, sa.and_(SourcePerson.pupil_id == Pupil.id, ON_THE_ROLL))
    .join(GroupMembership, sa.and_(GroupMembership.source_person_id == SourcePerson.id, IN_GROUP_TODAY))
    .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
    .where(
        Guardianship.school_id == sa.bindparam("school_id", type_=sa.Integer),
        Guardianship.guardian_id.in_(sa.bindparam("guardian_ids", expanding=True, type_=sa.Integer)),
        HAS_CUSTODY,
    )
    .group_by(Guardianship.guardian_id, Pupil.id, Pupil.uid, *NAMES)
    .order_by(Pupil.birth_date, Pupil.id)
)


def _moments(today: date, now: datetime) -> dict[str, object]:
    return {"today": today, "now": now, "adult_since": adult_since(today)}


def guardians_of(
    connection: sa.Connection, school_id: int, pupil_ids: Iterable[int], today: date, now: datetime
) -> Sequence[AnyRow]:
    """List the guardians of these children of a school, a line per child, with custody of now and the account if any.

    For who was let in to these children already: the ids come from a grant, or from the command line.
    """
    given = {"school_id": school_id, "pupil_ids": list(pupil_ids)}
    return connection.execute(_GUARDIANS, given | _moments(today, now)).all()


def children_of(
    connection: sa.Connection, school_id: int, guardian_ids: Iterable[int], today: date, now: datetime
) -> Sequence[AnyRow]:
    """List the children at school over whom these guardians have custody now, with the name of a group of each."""
    given = {"school_id": school_id, "guardian_ids": list(guardian_ids)}
    return connection.execute(_CHILDREN, given | _moments(today, now)).all()


def pupils_in(connection: sa.Connection, school_id: int, group_ids: Iterable[int], today: date) -> list[int]:
    """Give the children who are in these groups today, for the command line."""
    members = (
        sa.select(SourcePerson.pupil_id)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .where(ON_THE_ROLL, IN_GROUP_TODAY, SourcePerson.school_id == school_id, SourcePerson.pupil_id.is_not(None))
        .where(GroupMembership.group_id.in_(list(group_ids)))
        .distinct()
    )
    return [int(pupil_id) for pupil_id in connection.scalars(members, {"today": today}) if pupil_id is not None]


def take_turns(connection: sa.Connection, school_id: int) -> None:
    """Wait until nobody else makes accounts of parents at this school; ends with the transaction."""
    connection.execute(sa.select(sa.literal(1)).where(School.id == school_id).with_for_update(key_share=True))


def with_another_role(connection: sa.Connection, account_ids: Iterable[int], school_id: int) -> frozenset[int]:
    """Of these accounts, those that are more than a parent's at this school: who works here, or is known elsewhere."""
    found = set()
    for account_id in account_ids:  # the wall on PostgreSQL shows the roles of one account at a time
        wall.see_own(connection, account_id)
        more = sa.or_(RoleGrant.role.not_in((Role.PARENT, Role.PUPIL)), RoleGrant.school_id != school_id)
        if connection.scalar(sa.select(sa.exists().where(RoleGrant.account_id == account_id, more))):
            found.add(account_id)
    return frozenset(found)


def is_parent_of_nobody(connection: sa.Connection, account_id: int, today: date, now: datetime) -> bool:
    """Tell whether an account is a parent's and nothing else, of whom custody over every child has ended.

    Asked before anyone is let in by a letter: until then no transaction works for a school.
    """
    wall.see_own(connection, account_id)
    lasts = sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)
    held = connection.execute(
        sa.select(RoleGrant.role, RoleGrant.school_id, RoleGrant.guardian_id).where(
            RoleGrant.account_id == account_id, RoleGrant.starts_on <= today, lasts
        )
    ).all()
    if not held or any(row.role is not Role.PARENT for row in held):
        return False
    wall.see(connection, {row.school_id for row in held})
    theirs = sa.select(sa.exists().where(Guardianship.guardian_id.in_([row.guardian_id for row in held]), HAS_CUSTODY))
    is_nobody = not connection.scalar(theirs, _moments(today, now))
    wall.see(connection, ())
    return is_nobody
