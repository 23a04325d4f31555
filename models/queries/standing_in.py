"""Who of the school can be given a group for a day: staff with an account that is on."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from models.account import Account, RoleGrant
from models.group import ClassGroup
from models.queries.scope import AnyRow, GroupGrant, NotFoundError, Scope
from models.vocabulary import Role

STAFF = (Role.TEACHER, Role.SUBSTITUTE, Role.IB, Role.HEAD, Role.OFFICE)
KNOWN_FOR = timedelta(days=365)
"""Who was a substitute within this time is still known; longer ago is a stranger, for directie to let in anew."""


def candidates(connection: sa.Connection, grant: GroupGrant, scope: Scope) -> Sequence[AnyRow]:
    """Colleagues with an account at this school, a row per role they hold or held: role, group, until when.

    `group_id` tells of which group; the reader is not among them.
    """
    return connection.execute(
        sa.select(
            Account.id,
            Account.uid,
            Account.login,
            Account.display_name,
            RoleGrant.id.label("grant_id"),
            RoleGrant.role,
            RoleGrant.group_id,
            RoleGrant.starts_on,
            RoleGrant.ends_on,
            ClassGroup.name.label("group"),
        )
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .outerjoin(ClassGroup, ClassGroup.id == RoleGrant.group_id)
        .where(
            RoleGrant.school_id == grant.school_id,
            RoleGrant.role.in_(STAFF),
            sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= scope.today - KNOWN_FOR),
            Account.disabled_at.is_(None),
            Account.id != scope.account_id,
        )
        .order_by(Account.display_name, Account.id, RoleGrant.starts_on)
    ).all()


def candidate(connection: sa.Connection, grant: GroupGrant, scope: Scope, uid: UUID) -> list[AnyRow]:
    """The rows of one of them, or `NotFoundError`."""
    rows = [row for row in candidates(connection, grant, scope) if row.uid == uid]
    if not rows:
        raise NotFoundError(school_id=grant.school_id)
    return rows


def given_today(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """The groups that the reader was given for this day only: `uid` and `name`."""
    return connection.execute(
        sa.select(ClassGroup.uid, ClassGroup.name)
        .join(RoleGrant, RoleGrant.group_id == ClassGroup.id)
        .where(
            RoleGrant.account_id == scope.account_id,
            RoleGrant.role == Role.SUBSTITUTE,
            RoleGrant.starts_on == scope.today,
            RoleGrant.ends_on == scope.today,
        )
        .distinct()
    ).all()
