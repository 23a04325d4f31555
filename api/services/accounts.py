"""Accounts: what someone sees and changes of their own, and what the administrator does on the command line."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from api.db import reading, writing
from api.problem import ForPeopleError
from api.schemas.account import AccountPage, SessionLine
from api.schemas.people import Me
from api.security import passwords, sessions
from api.security.access import Visit
from models.account import Account, LoginSession, RoleGrant
from models.queries import accounts as read
from models.queries import school as schools
from models.queries.scope import AnyRow, Held, group_name
from models.vocabulary import Role

HANDLE = 16


class AccountError(ForPeopleError):
    """Something about an account cannot be done; the message says what and what then, in Dutch."""


def me(visit: Visit) -> Me:
    """Say who is asking and what roles they hold today."""
    names = schools.group_names(visit.connection, visit.scope)
    roles = [_role_text(held, names) for held in visit.scope.held]
    return Me(name=visit.signed_in.name, login=visit.signed_in.login, roles=roles)


def compose_account(visit: Visit) -> AccountPage:
    """Compose the page on which someone sees their roles and their open sessions."""
    who = me(visit)
    lines = [
        SessionLine(
            handle=row.token_hash.hex()[:HANDLE],
            started_at=row.created_at,
            seen_at=row.seen_at,
            is_current=row.id == visit.signed_in.session_id,
        )
        for row in read.sessions_of(visit.connection, visit.scope, visit.now)
    ]
    return AccountPage(name=who.name, login=who.login, roles=who.roles, sessions=lines)


def end_session(visit: Visit, handle: str) -> None:
    """End one of the reader's own sessions; one that is not theirs does not exist."""
    chosen = [
        row.id
        for row in read.sessions_of(visit.connection, visit.scope, visit.now)
        if row.token_hash.hex()[:HANDLE] == handle
    ]
    with writing(visit.kit.engine) as connection:
        sessions.end(
            connection, visit.now, LoginSession.account_id == visit.scope.account_id, LoginSession.id.in_(chosen)
        )


def change_password(visit: Visit, old: str, new: str) -> str:
    """Change the reader's password and return a new token; all their other sessions end. Raises `AccountError`."""
    account = read.by_login(visit.connection, visit.signed_in.login)
    right, _ = passwords.verify(old, account.password_hash if account is not None else None)
    if not right:
        raise AccountError("Uw huidige wachtwoord klopt niet.")
    about = [visit.signed_in.login, visit.signed_in.name, *schools.names(visit.connection, visit.scope)]
    if reason := passwords.refusal(new, about):
        raise AccountError(reason)
    hashed = passwords.make_hash(new)
    with writing(visit.kit.engine) as connection:
        _set_hash(connection, visit.scope.account_id, hashed, visit.now)
        return sessions.start(connection, visit.scope.account_id, visit.kit.settings, visit.now)


def _set_hash(connection: sa.Connection, account_id: int, hashed: str, now: datetime) -> None:
    connection.execute(sa.update(Account).where(Account.id == account_id).values(password_hash=hashed))
    sessions.end(connection, now, LoginSession.account_id == account_id)


def _role_text(held: Held, group_names: dict[int, str]) -> str:
    group = group_names.get(held.group_id or 0)
    return f"{held.role.label} · groep {group_name(group)}" if group and held.role is Role.TEACHER else held.role.label


def add(engine: sa.Engine, login: str, name: str, password: str, now: datetime) -> None:
    """Make an account that can log in and sees nothing until it is granted a role. Raises `AccountError`."""
    login = login.strip().lower()
    if reason := passwords.refusal(password, [login, name]):
        raise AccountError(reason)
    hashed = passwords.make_hash(password)
    with writing(engine) as connection:
        if read.by_login(connection, login) is not None:
            raise AccountError(f"Er is al een account {login}; gebruik `account grant` of `account password`.")
        connection.execute(
            sa.insert(Account).values(login=login, display_name=name, password_hash=hashed, created_at=now)
        )


def grant(engine: sa.Engine, login: str, role: Role, school_id: int, granted_by: str, **what: Any) -> None:
    """Give a role at a school; `what` may hold group_id, staff_id, guardian_id, starts_on and ends_on."""
    with writing(engine) as connection:
        account = _existing(connection, login)
        connection.execute(
            sa.insert(RoleGrant).values(
                account_id=account.id, role=role, school_id=school_id, granted_by=granted_by, **what
            )
        )


def end_grants(engine: sa.Engine, login: str, last_day: date) -> int:
    """End all roles of an account after this day; returns how many. What had ended already stays as it was."""
    with writing(engine) as connection:
        account = _existing(connection, login)
        running = sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on > last_day)
        result = connection.execute(
            sa.update(RoleGrant).where(RoleGrant.account_id == account.id, running).values(ends_on=last_day)
        )
        return result.rowcount


def disable(engine: sa.Engine, login: str, now: datetime) -> None:
    """Switch an account off: nobody logs in with it, and its open sessions end at once."""
    with writing(engine) as connection:
        account = _existing(connection, login)
        connection.execute(sa.update(Account).where(Account.id == account.id).values(disabled_at=now))
        sessions.end(connection, now, LoginSession.account_id == account.id)


def set_password(engine: sa.Engine, login: str, password: str, now: datetime) -> None:
    """Set a new password for someone; their open sessions end. Raises `AccountError`."""
    with reading(engine) as connection:
        account = _existing(connection, login)
    if reason := passwords.refusal(password, [account.login, account.display_name]):
        raise AccountError(reason)
    hashed = passwords.make_hash(password)
    with writing(engine) as connection:
        _set_hash(connection, account.id, hashed, now)


def _existing(connection: sa.Connection, login: str) -> AnyRow:
    account = read.by_login(connection, login)
    if account is None:
        raise AccountError(f"Er is geen account {login}; `kindblad account list` toont welke er zijn.")
    return account
