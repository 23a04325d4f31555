"""The class door: the open one with a code, of a group, and who may come in; asked before it is known who someone is.

Only accounts that are a pupil's and nothing else: staff and parents never come in by this door.
"""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from models import wall
from models.account import Account, ClassDoor, PicturePassword, RoleGrant
from models.group import GroupMembership
from models.person import Pupil, SourcePerson
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow, GroupGrant
from models.vocabulary import Role

_COLUMNS = (ClassDoor.id, ClassDoor.school_id, ClassDoor.group_id, ClassDoor.opened_at, ClassDoor.ends_at)


def open_with(connection: sa.Connection, code_hash: bytes, now: datetime, *, lock: bool = False) -> AnyRow | None:
    """Find the open door with this code; `lock` keeps it from being closed until the transaction ends."""
    chosen = sa.select(*_COLUMNS).where(ClassDoor.code_hash == code_hash, *_is_open(now))
    return connection.execute(chosen.with_for_update() if lock else chosen).one_or_none()


def open_of(connection: sa.Connection, grant: GroupGrant, now: datetime) -> AnyRow | None:
    """Find the door of this group that is open, the newest if there are more."""
    mine = (ClassDoor.school_id == grant.school_id, ClassDoor.group_id == grant.group_id)
    chosen = sa.select(*_COLUMNS).where(*mine, *_is_open(now)).order_by(ClassDoor.id.desc()).limit(1)
    return connection.execute(chosen).one_or_none()


def who_may_enter(connection: sa.Connection, school_id: int, group_id: int, today: date) -> Sequence[AnyRow]:
    """List the children of this group with a picture password: account, name and hash, by given name."""
    other = aliased(RoleGrant)
    more = sa.exists().where(other.account_id == Account.id, other.role != Role.PUPIL)
    return connection.execute(
        sa.select(
            Account.id,
            Account.uid,
            Pupil.id.label("pupil_id"),
            Pupil.given_name,
            Pupil.first_names,
            Pupil.family_name,
            PicturePassword.pictures_hash,
        )
        .select_from(RoleGrant)
        .join(Account, Account.id == RoleGrant.account_id)
        .join(PicturePassword, PicturePassword.account_id == Account.id)
        .join(Pupil, Pupil.id == RoleGrant.pupil_id)
        .where(
            RoleGrant.school_id == school_id,
            RoleGrant.role == Role.PUPIL,
            RoleGrant.starts_on <= today,
            sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
            Account.disabled_at.is_(None),
            RoleGrant.pupil_id.in_(_members(school_id, group_id)),
            ~more,
        )
        .order_by(Pupil.given_name, Pupil.id),
        {"today": today},
    ).all()


def accounts_of(connection: sa.Connection, school_id: int, pupil_ids: Sequence[int], today: date) -> Sequence[AnyRow]:
    """List the accounts as which these children log in now, each with whether it has pictures."""
    return connection.execute(
        sa.select(
            RoleGrant.pupil_id,
            Account.id,
            Account.uid,
            Account.disabled_at,
            PicturePassword.id.is_not(None).label("has_pictures"),
        )
        .join(Account, Account.id == RoleGrant.account_id)
        .outerjoin(PicturePassword, PicturePassword.account_id == Account.id)
        .where(
            RoleGrant.school_id == school_id,
            RoleGrant.role == Role.PUPIL,
            RoleGrant.pupil_id.in_(pupil_ids),
            sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
        )
        .order_by(Account.id)
    ).all()


def is_only_a_pupil(connection: sa.Connection, account_id: int) -> bool:
    """Tell whether an account holds no other role at any school, now or later; sees beyond the school's wall."""
    wall.see_own(connection, account_id)
    other = sa.exists().where(RoleGrant.account_id == account_id, RoleGrant.role != Role.PUPIL)
    return not connection.scalar(sa.select(other))


def _members(school_id: int, group_id: int) -> sa.Select[int | None]:
    return (
        sa.select(SourcePerson.pupil_id)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .where(SourcePerson.school_id == school_id, GroupMembership.group_id == group_id, ON_THE_ROLL, IN_GROUP_TODAY)
    )


def _is_open(now: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return ClassDoor.closed_at.is_(None), ClassDoor.ends_at > now
