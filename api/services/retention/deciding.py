"""Who decides about keeping and erasing: someone with their own account, in a role of that school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from api.problem import ForPeopleError
from api.security import passwords
from models.account import Account, RoleGrant
from models.vocabulary import Role

MAY_PLAN = frozenset({Role.HEAD, Role.OFFICE, Role.ADMIN})
"""A plan holds no names; an administrator may prepare it, directie agrees."""
MAY_APPROVE = frozenset({Role.HEAD})
MAY_ENROL = frozenset({Role.HEAD, Role.OFFICE})


class NotAllowedError(ForPeopleError):
    """Someone may not decide this; the message says why, in Dutch."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Someone whose account was shown to be theirs."""

    account_id: int
    name: str


def at_terminal(
    connection: sa.Connection, login: str, password: str, school_id: int, roles: Iterable[Role], today: date
) -> Decider:
    """Say who decides at a terminal: the password is theirs and so is one of the roles. Raises `NotAllowedError`."""
    account = connection.execute(
        sa.select(Account.id, Account.display_name, Account.password_hash, Account.disabled_at).where(
            Account.login == login.strip().lower()
        )
    ).one_or_none()
    right, _ = passwords.verify(password, account.password_hash if account is not None else None)
    if account is None or not right or account.disabled_at is not None:
        raise NotAllowedError("De inlognaam of het wachtwoord klopt niet.")
    require_role(connection, account.id, school_id, roles, today)
    return Decider(account.id, account.display_name)


def require_role(
    connection: sa.Connection, account_id: int, school_id: int, roles: Iterable[Role], today: date
) -> None:
    """Refuse who does not hold one of these roles at the school today. Raises `NotAllowedError`."""
    wanted = frozenset(roles)
    held = connection.scalars(
        sa.select(RoleGrant.role).where(
            *(RoleGrant.account_id == account_id, RoleGrant.school_id == school_id, RoleGrant.starts_on <= today),
            sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
        )
    ).all()
    if not wanted & set(held):
        names = " of ".join(sorted(role.label for role in wanted))
        raise NotAllowedError(f"Dit doet {names} van deze school.")
