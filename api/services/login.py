"""Logging in: the same answer and the same work for an unknown login as for a wrong password, and patience.

Failures are lines of the access log, so that all processes count together and a restart forgets nothing. Five for one
login from one address, or fifty from one address, within ten minutes: then it is waiting, also for the right password.
Someone at another address cannot lock you out. Logins that do not exist count just the same.
"""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa
from starlette.requests import Request

from api.db import reading, writing
from api.security import passwords, sessions
from api.security.access import Visit
from api.security.device import device_of
from api.settings import Settings
from models.account import Account, LoginSession
from models.queries import accounts, audit
from models.vocabulary import LoginMethod

WINDOW = timedelta(minutes=10)
PER_ADDRESS = 50
"""A whole school often shares one address at 8.25 on a Monday."""


class WrongLoginError(Exception):
    """Login or password is not right; deliberately does not say which."""


class TooManyAttemptsError(Exception):
    """Too many failures lately from this address."""


def log_in(visit: Visit, login: str, password: str) -> str:
    """Check the password and open a session; returns its token."""
    kit, now, address = visit.kit, visit.now, address_of(visit.request, visit.kit.settings)
    login = login.strip().lower()[:254]
    here, pair = _digest(address), _digest(address, login)
    with reading(kit.engine) as connection:
        failed = audit.failed_logins(connection, now - WINDOW, here, pair)
        account = accounts.by_login(connection, login)
        is_open = (
            account is not None
            and account.disabled_at is None
            and not accounts.has_ended(connection, account.id, visit.today)
        )
    if failed.pair >= kit.settings.login_failures or failed.here >= PER_ADDRESS:
        raise TooManyAttemptsError
    stored = account.password_hash if account is not None and is_open else None
    right, renewed = passwords.verify(password, stored)
    account_id = account.id if account is not None else None
    kit.log.write([_line(now, account_id, f"{here} {pair}", "ok" if right else audit.REFUSED)])
    if not right or account_id is None:
        raise WrongLoginError
    with writing(kit.engine) as connection:
        if renewed:
            connection.execute(sa.update(Account).where(Account.id == account_id).values(password_hash=renewed))
        return open_session(connection, visit, account_id, LoginMethod.PASSWORD)


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


def address_of(request: Request, settings: Settings) -> str:
    """The address that tries to log in; behind our own proxy the one that the proxy saw, which nobody can invent."""
    forwarded = request.headers.get("x-forwarded-for", "") if settings.behind_proxy else ""
    return forwarded.rpartition(",")[2].strip() or (request.client.host if request.client else "")


def _digest(*parts: str) -> str:
    """Enough of a hash to count by, too little to read who tried from where."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24]


def _line(now: datetime, account_id: int | None, ground: str, action: str) -> dict[str, object]:
    return {"at": now, "account_id": account_id, "kind": audit.LOGIN, "action": action, "ground": ground}
