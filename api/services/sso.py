"""Logging in with a school account: there and back, and who that is here.

A provider says only *who* someone is. What that account may see, and whether there is one, is decided here: an identity
is linked by an open invitation or by an administrator (api/services/sso_setup.py), never because an e-mail address is
the same. Nothing that a provider says of someone's work or group is read.
"""

import base64
import hmac
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.security import keys, oidc, patience, sessions
from api.security.access import Visit
from api.security.oidc import Client, Flight
from api.security.outward import OutwardError
from api.security.sessions import Step
from api.services import invitations
from api.services.administration import AccountError
from api.services.login import open_session
from api.services.sso_setup import PURPOSE, SetupError, digest, link, redirect_uri
from api.settings import Settings
from models import wall
from models.queries import audit, means
from models.queries import sso as read
from models.queries.scope import AnyRow
from models.sso import ExternalIdentity, SsoAttempt
from models.vocabulary import LoginMethod

ON_THE_WAY = timedelta(minutes=10)
"""Time to log in at the provider, with a password and a code there."""
WAITING = timedelta(hours=24)
"""Time for an administrator to link someone who has a code on the screen."""
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""For codes that are read aloud: no 0 and O, no 1, I and L."""


class SsoError(Exception):
    """Logging in this way did not work; `reason` is a word for the log, the page makes it a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Arrival:
    """Back from the provider: the token of a session and where to go, or a code for who is not known here."""

    back: str = "/"
    token: str = ""
    code: str = ""


def depart(visit: Visit, uid: UUID, back: str) -> tuple[str, str]:
    """Give the address at the provider, and the token that goes into the browser. Raises `SsoError`."""
    provider = find(visit, uid)
    token = secrets.token_urlsafe(32)
    levels = [mark.removeprefix("acr=") for mark in provider.second_factor if mark.startswith("acr=")]
    with _plainly():
        client, flight = _client(visit.kit.settings, provider), _flight(visit.kit.settings, token)
        visit.connection.rollback()  # no transaction stays open while another server is asked
        # Whoever links an account chooses which: on a shared computer a colleague may still be logged in there.
        url = oidc.authorization_url(client, flight, levels, choose=_is_invited(visit))
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.delete(SsoAttempt).where(SsoAttempt.expires_at <= visit.now))
        connection.execute(
            sa.insert(SsoAttempt).values(
                school_id=provider.school_id,
                provider_id=provider.id,
                token_hash=sessions.digest(token),
                back=back,
                expires_at=visit.now + ON_THE_WAY,
            )
        )
    return url, token


def arrive(visit: Visit, uid: UUID, token: str, answer: Mapping[str, str]) -> Arrival:
    """Take in the answer of the provider: who is this, and who is that here. Raises `SsoError`; all is in the log."""
    provider = find(visit, uid)
    tried = patience.attempt(
        visit, f"sso\n{patience.address_of(visit.request, visit.kit.settings)}", patience.PER_ADDRESS
    )
    try:
        attempt = _take(visit, provider, token, answer.get("state", ""))
        visit.connection.rollback()  # as in `depart`
        claims = _claims(visit, provider, token, answer)
        with writing(visit.kit.engine) as connection:
            account_id = _known(connection, visit, provider, claims["sub"])
            if account_id is None:
                arrival = Arrival(code=_wait(connection, visit, provider, claims))
            else:
                is_strong = _is_strong(provider.second_factor, claims) and not _owes_own_step(connection, visit)
                proven_at = visit.now if is_strong else None
                session = open_session(connection, visit, account_id, LoginMethod.SSO, proven_at)
                arrival = Arrival(attempt.back, session)
    except SsoError as refused:
        _log(visit, tried, provider, None, refused.reason)
        raise
    _log(visit, tried, provider, account_id, "unknown" if account_id is None else "")
    return arrival


def find(visit: Visit, uid: UUID) -> AnyRow:
    """Find the provider of an address; raises `SsoError` when there is none."""
    if (found := read.provider(visit.connection, uid)) is None:
        raise SsoError("provider")
    return found


def logout_url(visit: Visit, uid: UUID) -> str | None:
    """Where to log out at the provider too; None when it does not offer that."""
    settings, provider = visit.kit.settings, find(visit, uid)
    with _plainly():
        return oidc.logout_url(_client(settings, provider), f"{settings.public_url}/login")


def _client(settings: Settings, provider: AnyRow) -> Client:
    secret = keys.unseal(settings, PURPOSE, provider.client_secret, provider.uid.bytes).decode()
    scope = "openid email" if provider.asks_email else "openid"
    return Client(provider.issuer, provider.client_id, secret, redirect_uri(settings, provider.uid), scope)


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn what a provider or the settings do wrong into our own error."""
    try:
        yield
    except OutwardError as error:
        raise SsoError(error.reason) from error
    except (SetupError, keys.SealError) as error:
        raise SsoError("settings") from error


def _flight(settings: Settings, token: str) -> Flight:
    """Derive the secrets of an attempt from the token in the browser, so that the database need not know them."""
    parts = (keys.mac(settings, f"{PURPOSE} {part}", token.encode()) for part in ("state", "nonce", "verifier"))
    return Flight(*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts))


def _take(visit: Visit, provider: AnyRow, token: str, state: str) -> AnyRow:
    """Use up the attempt that this browser began: whatever follows, it does not count a second time."""
    with writing(visit.kit.engine) as connection:
        attempt = connection.execute(
            sa.delete(SsoAttempt)
            .where(
                SsoAttempt.token_hash == sessions.digest(token),
                SsoAttempt.expires_at > visit.now,
                SsoAttempt.subject.is_(None),
            )
            .returning(SsoAttempt.provider_id, SsoAttempt.back)
        ).one_or_none()
    if attempt is None:
        raise SsoError("no_attempt")
    if attempt.provider_id != provider.id:
        raise SsoError("other_provider")
    if not hmac.compare_digest(state.encode(), _flight(visit.kit.settings, token).state.encode()):
        raise SsoError("state")
    return attempt


def _claims(visit: Visit, provider: AnyRow, token: str, answer: Mapping[str, str]) -> dict[str, Any]:
    settings = visit.kit.settings
    with _plainly():
        client = _client(settings, provider)
        oidc.check_issuer(client, answer.get("iss"))
        if not answer.get("code"):
            raise SsoError("stopped" if answer.get("error") == "access_denied" else "no_code")
        claims = oidc.identify(client, _flight(settings, token), answer["code"], visit.now)
    if any(claims.get(name) != value for name, value in provider.required_claims.items()):
        raise SsoError("required_claim")
    return claims


def _known(connection: sa.Connection, visit: Visit, provider: AnyRow, subject: str) -> int | None:
    """The account of this identity; who is choosing how to log in after an invitation gets it linked first."""
    found = read.identity(connection, provider.id, subject)
    me = visit.scope.account_id if _is_invited(visit) else None
    if found is not None and me not in {None, found.account_id}:
        raise SsoError("taken")
    account_id = found.account_id if found is not None and found.disabled_at is None else me
    if account_id is None:
        return None
    wall.see_own(connection, account_id)
    if not read.belongs(connection, account_id, provider.school_id, visit.today):
        return None
    if me is not None:
        _use_up_the_letter(connection, visit)
    if found is None:
        link(connection, provider.school_id, provider.id, account_id, subject, now=visit.now, by="uitnodiging")
    this = (ExternalIdentity.provider_id == provider.id, ExternalIdentity.subject == subject)
    connection.execute(sa.update(ExternalIdentity).where(*this).values(used_at=visit.now))
    return int(account_id)


def _use_up_the_letter(connection: sa.Connection, visit: Visit) -> None:
    try:
        invitations.use_up(connection, visit, password_hash=None, asks_second_step=True)
    except AccountError as error:
        raise SsoError("letter") from error


def _is_invited(visit: Visit) -> bool:
    """Tell whether someone has just shown an invitation, and is choosing how to log in from now on."""
    return visit.who is not None and visit.who.step is Step.CHOOSE


def _owes_own_step(connection: sa.Connection, visit: Visit) -> bool:
    """A letter replaces the password only: whoever links with it still shows the owner's second step."""
    return _is_invited(visit) and means.has_second_factor(connection, visit.scope.account_id)


def _is_strong(marks: Sequence[str], claims: Mapping[str, Any]) -> bool:
    """Tell whether the provider says that it asked for a second factor, in the words that the school gave us."""
    methods = claims.get("amr")
    said = {f"acr={claims.get('acr')}"} | {f"amr={method}" for method in (methods if isinstance(methods, list) else ())}
    return not said.isdisjoint(marks)


def _wait(connection: sa.Connection, visit: Visit, provider: AnyRow, claims: Mapping[str, Any]) -> str:
    """Keep who is not known here for a day, so that an administrator can link them; returns the code to tell."""
    code = "".join(secrets.choice(LETTERS) for _ in range(8))
    email = claims.get("email") if provider.asks_email else None
    connection.execute(
        sa.insert(SsoAttempt).values(
            school_id=provider.school_id,
            provider_id=provider.id,
            token_hash=sessions.digest(secrets.token_urlsafe(32)),
            expires_at=visit.now + WAITING,
            subject=claims["sub"],
            email=email[:254] if isinstance(email, str) else None,
            code_hash=digest(code),
        )
    )
    return f"{code[:4]}-{code[4:]}"


def _log(visit: Visit, tried: patience.Attempt, provider: AnyRow, account_id: int | None, reason: str) -> None:
    """Write down how it went and why, so that it counts with the other failures from this address."""
    here = tried.ground.partition(" ")[0]
    line = {"at": visit.now, "account_id": account_id, "kind": audit.LOGIN}
    outcome = {"action": audit.REFUSED if reason else audit.OK, "ground": f"{here} sso {provider.id} {reason}".strip()}
    visit.kit.log.write([line | outcome])
