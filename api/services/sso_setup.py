"""What an administrator does with school accounts: add a provider, try it, link someone, remove it. Knows no web."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.clock import day_of
from api.db import reading, writing
from api.problem import ForPeopleError
from api.security import keys, oidc, outward, sessions
from api.security.outward import OutwardError
from api.settings import Settings
from models.account import LoginSession
from models.queries import accounts
from models.queries import sso as read
from models.queries.scope import AnyRow
from models.sso import ExternalIdentity, IdentityProvider, SsoAttempt
from models.vocabulary import LoginMethod

PURPOSE = "sso"
FOR_EVERYONE = frozenset({"common", "organizations", "consumers"})
"""Doors of Entra ID behind which every organisation in the world may stand."""
SAID = {
    "timeout": "er kwam niet op tijd antwoord",
    "unreachable": "het adres is niet te bereiken, of het certificaat klopt niet",
    "redirect": "het adres verwijst door; neem het adres waar het naartoe verwijst",
    "no_json": "daar staat geen beschrijving (.well-known/openid-configuration)",
    "other_issuer": "de beschrijving daar noemt een ander adres als issuer; neem dat precies over",
    "no_pkce": "deze dienst kan geen PKCE met S256",
    "keys": "de sleutels van deze dienst zijn niet te lezen",
}
"""What may be wrong with a provider, for whoever sets it up; anything else is named as it is."""


class SetupError(ForPeopleError):
    """Something about a provider cannot be done; the message says what and what then, in Dutch."""


def add(  # noqa: PLR0913 - one argument per option of the command
    engine: sa.Engine,
    settings: Settings,
    school_id: int,
    *,
    label: str,
    issuer: str,
    client_id: str,
    client_secret: str,
    second_factor: Sequence[str] = (),
    required: Mapping[str, str],
    asks_email: bool = False,
    now: datetime,
) -> UUID:
    """Add a provider for a school after trying it; returns the id in its addresses. Raises `SetupError`."""
    redirect_uri(settings, uid := uuid7())
    if not client_secret:
        raise SetupError("Er is geen geheim (client secret) gegeven; zonder kan ieder zich voor Kindblad uitgeven.")
    for mark in second_factor:
        if mark.partition("=")[0] not in {"acr", "amr"} or not mark.partition("=")[2]:
            raise SetupError(f"{mark} is geen kenmerk van een tweede factor; schrijf bijvoorbeeld amr=mfa.")
    probe(issuer)
    with writing(engine) as connection:
        if any((each.issuer, each.client_id) == (issuer, client_id) for each in read.of_school(connection, school_id)):
            raise SetupError("Deze school heeft deze dienst al; haal die eerst weg met `kindblad sso remove`.")
        connection.execute(
            sa.insert(IdentityProvider).values(
                uid=uid,
                school_id=school_id,
                label=label,
                issuer=issuer,
                client_id=client_id,
                client_secret=keys.seal(settings, PURPOSE, client_secret.encode(), uid.bytes),
                second_factor=list(second_factor),
                required_claims=dict(required),
                asks_email=asks_email,
                created_at=now,
            )
        )
    return uid


def probe(issuer: str) -> oidc.Provider:
    """Read what a provider says about itself now. Raises `SetupError` with what is wrong."""
    if not outward.is_safe(issuer, loopback=True) or urlsplit(issuer).query:
        raise SetupError(f"{issuer} is geen adres met https://; neem de issuer over zoals de dienst die noemt.")
    if FOR_EVERYONE & set(urlsplit(issuer).path.split("/")):
        raise SetupError("Dit adres is van alle organisaties samen; neem dat van uw eigen organisatie (tenant).")
    try:
        return oidc.provider(issuer, anew=True)
    except OutwardError as error:
        why = SAID.get(error.reason, f"de beschrijving deugt niet ({error.reason})")
        raise SetupError(f"{issuer} kan niet gebruikt worden: {why}.") from error


def try_out(engine: sa.Engine, settings: Settings, uid: UUID) -> oidc.Provider:
    """Read what a provider says now, and whether its secret can be read here. Raises `SetupError`."""
    with reading(engine) as connection:
        provider = _existing(connection, uid)
    try:
        keys.unseal(settings, PURPOSE, provider.client_secret, uid.bytes)
    except keys.SealError as error:
        raise SetupError("Het geheim is met een andere KINDBLAD_SECRET_KEY bewaard; voeg de dienst opnieuw toe.") from (
            error
        )
    return probe(provider.issuer)


def remove(engine: sa.Engine, uid: UUID, now: datetime) -> int:
    """Remove a provider with everyone linked to it and their open sessions; returns how many people that were."""
    with writing(engine) as connection:
        provider = _existing(connection, uid)
        linked = sa.select(ExternalIdentity.account_id).where(ExternalIdentity.provider_id == provider.id)
        sessions.end(connection, now, LoginSession.account_id.in_(linked), LoginSession.method == LoginMethod.SSO)
        connection.execute(sa.delete(SsoAttempt).where(SsoAttempt.provider_id == provider.id))
        gone = connection.execute(sa.delete(ExternalIdentity).where(ExternalIdentity.provider_id == provider.id))
        connection.execute(sa.delete(IdentityProvider).where(IdentityProvider.id == provider.id))
    return gone.rowcount


def waiting(engine: sa.Engine, code: str, now: datetime) -> AnyRow:
    """Find who stands waiting with this code on the screen. Raises `SetupError`."""
    with reading(engine) as connection:
        found = read.arrival(connection, digest(code), now)
    if found is None:
        raise SetupError(f"De code {code} is er niet (meer); laat diegene opnieuw inloggen voor een nieuwe.")
    return found


def link_waiting(engine: sa.Engine, code: str, login: str, by: str, now: datetime) -> None:
    """Link who stands waiting with this code to an account of that school. Raises `SetupError`."""
    with writing(engine) as connection:
        found = read.arrival(connection, digest(code), now)
        account = accounts.by_login(connection, login)
        if found is None or account is None:
            what = f"De code {code}" if found is None else f"Een account {login}"
            raise SetupError(f"{what} is er niet; er is niets gekoppeld.")
        if not read.belongs(connection, account.id, found.school_id, day_of(now)):
            raise SetupError(f"{account.login} heeft geen rol bij deze school; geef die eerst met `account grant`.")
        if read.identity(connection, found.provider_id, found.subject) is not None:
            raise SetupError("Dit schoolaccount is al van iemand; `kindblad sso unlink` maakt het eerst los.")
        link(connection, found.school_id, found.provider_id, account.id, found.subject, now=now, by=by)
        connection.execute(sa.delete(SsoAttempt).where(SsoAttempt.id == found.id))


def unlink(engine: sa.Engine, login: str, now: datetime) -> int:
    """Unlink all identities of an account, and end the sessions that began with one; returns how many."""
    with writing(engine) as connection:
        account = accounts.by_login(connection, login)
        if account is None:
            raise SetupError(f"Er is geen account {login}; `kindblad account list` toont welke er zijn.")
        sessions.end(connection, now, LoginSession.account_id == account.id, LoginSession.method == LoginMethod.SSO)
        gone = connection.execute(sa.delete(ExternalIdentity).where(ExternalIdentity.account_id == account.id))
    return gone.rowcount


def link(
    connection: sa.Connection,
    school_id: int,
    provider_id: int,
    account_id: int,
    subject: str,
    *,
    now: datetime,
    by: str,
) -> None:
    """Say that this subject of this provider is this account; an account has one identity at a provider."""
    connection.execute(
        sa.delete(ExternalIdentity).where(
            ExternalIdentity.provider_id == provider_id, ExternalIdentity.account_id == account_id
        )
    )
    connection.execute(
        sa.insert(ExternalIdentity).values(
            school_id=school_id,
            provider_id=provider_id,
            account_id=account_id,
            subject=subject,
            linked_at=now,
            linked_by=by,
        )
    )


def redirect_uri(settings: Settings, uid: UUID) -> str:
    """The address to which a provider sends people back; each has its own, so that answers cannot be mixed up.

    Always at the configured host: a forged Host header must not send a code elsewhere. Raises `SetupError`.
    """
    if not outward.is_safe(settings.public_url, loopback=True):
        raise SetupError("Zet eerst KINDBLAD_PUBLIC_URL op het adres waarop mensen Kindblad openen, met https://.")
    return f"{settings.public_url}/sso/{uid}/terug"


def digest(code: str) -> bytes:
    """What is kept of a code on someone's screen, however it was typed over."""
    return hashlib.sha256(code.upper().replace("-", "").replace(" ", "").encode()).digest()


def _existing(connection: sa.Connection, uid: UUID) -> AnyRow:
    if (found := read.provider(connection, uid)) is None:
        raise SetupError(f"Er is geen dienst {uid}; `kindblad sso list` toont welke er zijn.")
    return found
