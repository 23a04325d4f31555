"""Sessions: a random token in the browser, its SHA-256 in the database, who that is on this day, and what they owe.

A session of someone who still has to show or set up a second factor exists, but opens nothing than the page for that:
`require_finished` says so to the guard of every route.
"""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response

from api.clock import day_of
from api.settings import Settings
from models.account import LoginSession
from models.queries import accounts
from models.queries.scope import AnyRow, Scope
from models.vocabulary import LoginMethod, Role

TOUCH_AFTER = timedelta(minutes=1)
"""How exact "last used" is: a page view within a minute of the last writes nothing."""
FAMILY = frozenset({Role.PARENT, Role.PUPIL})
"""Who may do without a second factor."""


class Step(Enum):
    """What someone must do before anything else opens, as the page where that is done."""

    NONE = ""
    CHOOSE = "/uitnodiging/kiezen"
    CODE = "/login/tweede-stap"
    SETUP = "/account/tweede-stap"


class StepLeftError(Exception):
    """Signed in, but there is a step to take first."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.name)
        self.step = step


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Someone with an open session."""

    session_id: int
    seen_at: datetime
    login: str
    name: str
    scope: Scope
    step: Step = Step.NONE
    second_factor_at: datetime | None = None
    language: str = "nl"


def cookie_name(settings: Settings) -> str:
    """`__Host-` makes the browser refuse the cookie from another host, another path or without https."""
    return "__Host-kindblad" if settings.cookie_secure else "kindblad"


def token_of(request: Request, settings: Settings) -> str | None:
    """The token that the browser sent, if any."""
    return request.cookies.get(cookie_name(settings))


def digest(token: str) -> bytes:
    """What the database keeps of a token; the token itself is 32 random bytes, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def find(connection: sa.Connection, token: str | None, settings: Settings, now: datetime) -> SignedIn | None:
    """Return who this token belongs to; None when there is no such open session any more.

    Over is also the session of someone whose every role has ended: a colleague who left is out in the same minute.
    """
    if not token:
        return None
    today = day_of(now)
    idle_since = now - timedelta(minutes=settings.session_idle_minutes)
    rows = accounts.session(connection, digest(token), today, now, idle_since)
    if not rows:
        return None
    first = rows[0]
    held = accounts.held(rows)
    roles = frozenset(each.role for each in held)
    if Role.ADMIN in roles and first.seen_at <= now - timedelta(minutes=settings.session_idle_minutes_admin):
        return None
    if not held and accounts.has_ended(connection, first.account_id, today):
        return None
    step = _step(settings, first, roles)
    scope = Scope(first.account_id, today, held, now)
    return SignedIn(
        first.session_id,
        first.seen_at,
        first.login,
        first.display_name,
        scope,
        step,
        first.second_factor_at,
        first.language,
    )


def _step(settings: Settings, session: AnyRow, roles: Collection[Role]) -> Step:
    if session.method is LoginMethod.INVITATION:
        return Step.CHOOSE
    if session.second_factor_at is not None:
        return Step.NONE
    if session.has_second_factor:
        return Step.CODE
    return Step.SETUP if needs_second_factor(settings, roles) else Step.NONE


def needs_second_factor(settings: Settings, roles: Collection[Role]) -> bool:
    """Tell whether someone with these roles cannot do without a second factor here."""
    asked = {"required": bool(set(roles) - FAMILY), "optional": Role.ADMIN in roles, "demo": False}
    return asked[settings.second_factor]


def require_finished(who: SignedIn, open_during: Collection[Step] = ()) -> None:
    """Let nobody past who still has a step to take, save on a route that is open during that step."""
    if who.step is not Step.NONE and who.step not in open_during:
        raise StepLeftError(who.step)


def start(  # noqa: PLR0913 - one argument per fact of a session
    connection: sa.Connection,
    account_id: int,
    settings: Settings,
    now: datetime,
    *,
    method: LoginMethod = LoginMethod.PASSWORD,
    second_factor_at: datetime | None = None,
    device: str = "",
    until: datetime | None = None,
) -> str:
    """Open a session and return its token; the caller sends it to the browser with `set_cookie`.

    It ends after the hours of the settings, and at `until` if that is sooner.
    """
    token = secrets.token_urlsafe(32)
    longest = now + timedelta(hours=settings.session_hours)
    connection.execute(
        sa.insert(LoginSession).values(
            account_id=account_id,
            token_hash=digest(token),
            created_at=now,
            seen_at=now,
            expires_at=min(longest, until or longest),
            method=method,
            second_factor_at=second_factor_at,
            device=device,
        )
    )
    return token


def renew(connection: sa.Connection, session_id: int, second_factor_at: datetime) -> str:
    """Give a session that just got stronger another token, and return it; the old one is dead, its end stays."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        sa.update(LoginSession)
        .where(LoginSession.id == session_id)
        .values(token_hash=digest(token), second_factor_at=second_factor_at)
    )
    return token


def touch(connection: sa.Connection, session_id: int, now: datetime) -> None:
    """Note that a session is in use."""
    connection.execute(sa.update(LoginSession).where(LoginSession.id == session_id).values(seen_at=now))


def end(connection: sa.Connection, now: datetime, *which: sa.ColumnElement[bool]) -> None:
    """End all open sessions that meet the conditions."""
    connection.execute(sa.update(LoginSession).where(LoginSession.revoked_at.is_(None), *which).values(revoked_at=now))


def set_cookie(response: Response, settings: Settings, token: str) -> None:
    """Hand the token to the browser until it closes; scripts cannot read it, other sites cannot send it with a form."""
    response.set_cookie(
        cookie_name(settings), token, secure=settings.cookie_secure, httponly=True, samesite="lax", path="/"
    )


def drop_cookie(response: Response, settings: Settings) -> None:
    """Take the token back, and what the browser still holds of the pages."""
    response.delete_cookie(
        cookie_name(settings), secure=settings.cookie_secure, httponly=True, samesite="lax", path="/"
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
