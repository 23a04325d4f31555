"""What an administrator does with accounts: make, grant, end, switch off. Knows nothing of the web."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from api.db import reading, writing
from api.problem import ForPeopleError
from api.security import passwords, sessions
from api.services import letters
from api.services.letters import Letter
from api.settings import Settings
from models.account import Account, Authenticator, LoginSession, Passkey, RecoveryCode, RoleGrant
from models.queries import accounts as read
from models.queries.scope import AnyRow
from models.vocabulary import Role


class AccountError(ForPeopleError):
    """Something about an account cannot be done; the message says what and what then, in Dutch."""


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
        switch(connection, _existing(connection, login).id, now, off=True)


def enable(engine: sa.Engine, login: str, now: datetime) -> None:
    """Switch an account on again, with the password or passkeys that it had."""
    with writing(engine) as connection:
        switch(connection, _existing(connection, login).id, now, off=False)


def switch(connection: sa.Connection, account_id: int, now: datetime, *, off: bool) -> None:
    """Switch an account off or on; its open sessions end in either case."""
    connection.execute(sa.update(Account).where(Account.id == account_id).values(disabled_at=now if off else None))
    sessions.end(connection, now, LoginSession.account_id == account_id)


def invite(engine: sa.Engine, settings: Settings, login: str, name: str | None, by: str, now: datetime) -> Letter:
    """Write a letter with a code to an account; with a `name` the account is made first if it is not there."""
    login = login.strip().lower()
    with writing(engine) as connection:
        if name and read.by_login(connection, login) is None:
            connection.execute(sa.insert(Account).values(login=login, display_name=name, created_at=now))
        return letters.write(connection, settings, _existing(connection, login).id, by, now)


def reset_second_factor(engine: sa.Engine, settings: Settings, login: str, by: str, now: datetime) -> Letter:
    """Let someone in anew who lost the phone: everything they log in with goes, and a letter takes its place."""
    with writing(engine) as connection:
        account = _existing(connection, login)
        wipe_means(connection, account.id, now)
        return letters.write(connection, settings, account.id, by, now)


def wipe_means(connection: sa.Connection, account_id: int, now: datetime) -> None:
    """Take away app, passkeys, recovery codes and password, and end all sessions.

    The password goes too: else it alone would be enough for whoever is first to set up another second factor.
    """
    set_hash(connection, account_id, None, now)  # first: from here on who logs in or adds something waits for us
    for means in (Authenticator, Passkey, RecoveryCode):
        connection.execute(sa.delete(means).where(means.account_id == account_id))


def sessions_of(engine: sa.Engine, login: str, now: datetime, *, end: bool) -> Sequence[AnyRow]:
    """List the open sessions of an account, and end them when that is asked."""
    with writing(engine) as connection:
        account = _existing(connection, login)
        found = read.sessions_of(connection, account.id, now)
        if end:
            sessions.end(connection, now, LoginSession.account_id == account.id)
        return found


def set_password(engine: sa.Engine, login: str, password: str, now: datetime) -> None:
    """Set a new password for someone; their open sessions end. Raises `AccountError`."""
    with reading(engine) as connection:
        account = _existing(connection, login)
    if reason := passwords.refusal(password, [account.login, account.display_name]):
        raise AccountError(reason)
    hashed = passwords.make_hash(password)
    with writing(engine) as connection:
        set_hash(connection, account.id, hashed, now)


def _existing(connection: sa.Connection, login: str) -> AnyRow:
    account = read.by_login(connection, login)
    if account is None:
        raise AccountError(f"Er is geen account {login}; `kindblad account list` toont welke er zijn.")
    return account


def set_hash(connection: sa.Connection, account_id: int, hashed: str | None, now: datetime) -> None:
    """Store the hash of a new password and end all sessions of the account."""
    connection.execute(sa.update(Account).where(Account.id == account_id).values(password_hash=hashed))
    sessions.end(connection, now, LoginSession.account_id == account_id)
