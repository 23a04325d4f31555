"""Logging in: the same answer and the same work for an unknown login as for a wrong password, and patience.

However someone proved who they are, `open_session` begins their session.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from api.db import writing
from api.security import passwords, patience, sessions
from api.security.access import NotSignedInError, Visit
from api.security.device import device_of
from models.account import Account, LoginSession
from models.queries import accounts
from models.queries.scope import AnyRow
from models.vocabulary import LoginMethod


class WrongLoginError(Exception):
    """What was typed is not right; deliberately does not say what of it."""


def log_in(visit: Visit, login: str, password: str) -> str:
    """Check the password and open a session; returns its token. Raises `TooManyAttemptsError`, `WrongLoginError`."""
    login = login.strip().lower()[:254]
    browser = patience.known_browser(visit, login)
    most = visit.kit.settings.login_failures
    tried = patience.attempt(visit, f"password\n{login}\n{browser}", most, is_own=bool(browser))
    account = accounts.by_login(visit.connection, login)
    stored = account.password_hash if account is not None and may_enter(visit, account) else None
    right, renewed = passwords.verify(password, stored)
    account_id = account.id if account is not None else None
    patience.note(visit, tried, account_id, right=right)
    if not right or account_id is None:
        raise WrongLoginError
    with writing(visit.kit.engine) as connection:
        # Hashing took a tenth of a second: a password that was taken away meanwhile is not right any more.
        still = (Account.id == account_id, Account.password_hash == stored)
        if not connection.execute(sa.update(Account).where(*still).values(password_hash=renewed or stored)).rowcount:
            raise WrongLoginError
        return open_session(connection, visit, account_id, LoginMethod.PASSWORD)


def may_enter(visit: Visit, account: AnyRow) -> bool:
    """Tell whether this account is on and not of someone who left."""
    return account.disabled_at is None and not accounts.has_ended(visit.connection, account.id, visit.today)


@contextmanager
def changing(visit: Visit) -> Iterator[sa.Connection]:
    """Write how the reader logs in, in turn and only while their session is open; raises `NotSignedInError`.

    Whoever lets someone in anew ends all sessions, because somebody else may sit in one and be choosing a password.
    """
    with writing(visit.kit.engine) as connection:
        accounts.lock(connection, visit.scope.account_id)
        if accounts.open_since(connection, visit.signed_in.session_id) is None:
            raise NotSignedInError
        yield connection


def open_session(
    connection: sa.Connection,
    visit: Visit,
    account_id: int,
    method: LoginMethod,
    second_factor_at: datetime | None = None,
) -> str:
    """Open a session for someone who proved who they are, by whatever method; returns the token for `set_cookie`.

    The session that this browser still had is ended. Without `second_factor_at` our own second factor is asked.
    """
    settings = visit.kit.settings
    if old_token := sessions.token_of(visit.request, settings):
        sessions.end(connection, visit.now, LoginSession.token_hash == sessions.digest(old_token))
    device = device_of(visit.request.headers.get("user-agent", ""))
    return sessions.start(
        connection, account_id, settings, visit.now, method=method, second_factor_at=second_factor_at, device=device
    )
