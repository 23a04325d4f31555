"""Accounts of a school as directie and beheer see them: who, as what, with what, and until when; no child."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa

from models import wall
from models.account import Account, Authenticator, Invitation, LoginSession, Passkey, RoleGrant
from models.group import ClassGroup
from models.person import SourcePerson
from models.queries.scope import AnyRow, Scope
from models.school import School
from models.vocabulary import Role

MANAGERS = frozenset({Role.HEAD, Role.ADMIN})


def schools_managed(scope: Scope, roles: Iterable[Role] = MANAGERS) -> frozenset[int]:
    """The schools where the reader is directie or beheer."""
    wanted = frozenset(roles)
    return frozenset(held.school_id for held in scope.held if held.role in wanted)


_STILL_LISTED = sa.exists().where(SourcePerson.staff_id == RoleGrant.staff_id, SourcePerson.vanished_at.is_(None))
_VANISHED_AT = (
    sa.select(sa.func.max(SourcePerson.vanished_at))
    .where(SourcePerson.staff_id == RoleGrant.staff_id, ~_STILL_LISTED)
    .scalar_subquery()
)


def accounts_managed(connection: sa.Connection, scope: Scope, uid: UUID | None = None) -> Sequence[AnyRow]:
    """List the accounts at the schools that the reader manages, a line per role that is not long over.

    `vanished_at` is since when the roll no longer names the member of staff that a role was given to.
    """
    letter = sa.select(sa.func.max(Invitation.expires_at)).where(
        Invitation.account_id == Account.id, Invitation.used_at.is_(None), Invitation.expires_at > scope.now
    )
    seen = sa.select(sa.func.max(LoginSession.seen_at)).where(LoginSession.account_id == Account.id)
    chosen = sa.select(
        Account.id,
        Account.uid,
        Account.login,
        Account.display_name,
        Account.disabled_at,
        Account.password_hash.is_not(None).label("has_password"),
        sa.exists()
        .where(Authenticator.account_id == Account.id, Authenticator.confirmed_at.is_not(None))
        .label("has_app"),
        sa.exists().where(Passkey.account_id == Account.id).label("has_passkey"),
        letter.scalar_subquery().label("invited_until"),
        seen.scalar_subquery().label("seen_at"),
        RoleGrant.role,
        RoleGrant.school_id,
        RoleGrant.staff_id,
        RoleGrant.starts_on,
        RoleGrant.ends_on,
        School.name.label("school"),
        ClassGroup.name.label("group"),
        _VANISHED_AT.label("vanished_at"),
    )
    rows = (
        chosen.join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(School, School.id == RoleGrant.school_id)
        .outerjoin(ClassGroup, ClassGroup.id == RoleGrant.group_id)
        .where(RoleGrant.school_id.in_(schools_managed(scope)))
        .order_by(Account.display_name, Account.id, RoleGrant.id)
    )
    return connection.execute(rows.where(Account.uid == uid) if uid else rows).all()


def has_role_elsewhere(connection: sa.Connection, scope: Scope, account_id: int) -> bool:
    """Tell whether an account holds a role, now or later, at a school that the reader does not manage."""
    wall.see_own(connection, account_id)
    lasts = sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= scope.today)
    elsewhere = RoleGrant.school_id.not_in(schools_managed(scope))
    return bool(connection.scalar(sa.select(sa.exists().where(RoleGrant.account_id == account_id, lasts, elsewhere))))


def count_not_listed(connection: sa.Connection, scope: Scope) -> int:
    """Count the accounts that are on and were given to members of staff whom the roll no longer names."""
    lasts = sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= scope.today)
    left = (
        sa.select(sa.func.count(RoleGrant.account_id.distinct()))
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.school_id.in_(schools_managed(scope)), Account.disabled_at.is_(None), lasts)
        .where(_VANISHED_AT.is_not(None))
    )
    return connection.scalar(left) or 0


def id_of(connection: sa.Connection, uid: UUID) -> int:
    """Find the key of an account by the id that the outside knows."""
    return connection.scalars(sa.select(Account.id).where(Account.uid == uid)).one()
