"""OpenID Connect, our side of it: believe what a provider says of someone only when it said so to us, just now.

The code flow with PKCE only. A token counts when it is signed with an asymmetric key that the provider publishes, for
our client, with the nonce of this browser. Who that person is here is decided in api/services/sso.py.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from api.security import outward
from api.security.outward import OutwardError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Asymmetric ones only: with `none` or HS256 whoever knows the client could write a token."""
LET_CHOOSE = ("https://accounts.google.com", "https://login.microsoftonline.com/")
"""Who knows `select_account` without saying so in the description; Google does not know `login`."""
KEPT = 3600
"""Seconds that a provider's description and keys are kept; a signature that does not fit has them read again."""
LEFT_ALONE = 10
"""Seconds that a provider with which something was wrong is not asked again: each try may take six, of few threads."""
SKEW = 60
"""Seconds that clocks may differ."""


@dataclass(frozen=True, slots=True)
class Client:
    """What we are to a provider."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    scope: str = "openid"


@dataclass(frozen=True, slots=True)
class Flight:
    """The secrets of one attempt: `state` binds the answer to the browser, `nonce` the token, `verifier` the code."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Provider:
    """What a provider says about itself."""

    said: Mapping[str, Any]
    keys: KeySet
    read_at: float

    @property
    def names_itself(self) -> bool:
        """Whether its answers carry `iss` (RFC 9207); then one without is not its answer."""
        return self.said.get("authorization_response_iss_parameter_supported") is True

    @property
    def logout_url(self) -> str | None:
        """Where someone logs out there, if it offers that."""
        url: str | None = self.said.get("end_session_endpoint")
        return url


_known: dict[str, Provider] = {}
_failed: dict[str, tuple[float, str]] = {}
"""When something was wrong with a provider, and what."""


def provider(issuer: str, *, anew: bool = False) -> Provider:
    """Return what a provider says about itself, read at most an hour ago; raises `OutwardError`."""
    known = _known.get(issuer)
    if known is None or anew or time.monotonic() - known.read_at > KEPT:
        known = _known[issuer] = _read_now(issuer, anew=anew)
    return known


def _read_now(issuer: str, *, anew: bool) -> Provider:
    failed_at, reason = _failed.get(issuer, (0.0, ""))
    if reason and not anew and time.monotonic() - failed_at < LEFT_ALONE:
        raise OutwardError(reason)
    try:
        read = outward.ask(lambda: _read(issuer))
    except OutwardError as error:
        _failed[issuer] = time.monotonic(), error.reason
        raise
    _failed.pop(issuer, None)
    return read


def authorization_url(client: Client, flight: Flight, acr_values: Sequence[str] = (), *, choose: bool = False) -> str:
    """Make the address at the provider where someone logs in; raises `OutwardError`.

    `choose` has people say anew who they are there, instead of going on as who was logged in on this computer.
    """
    said = provider(client.issuer).said
    wishes = {"acr_values": " ".join(acr_values)} if acr_values else {}
    if choose:
        wishes["prompt"] = "select_account" if _lets_choose(client.issuer, said) else "login"
    url, _ = _oauth(client, "none").create_authorization_url(
        said["authorization_endpoint"],
        state=flight.state,
        code_verifier=flight.verifier,
        nonce=flight.nonce,
        **wishes,
    )
    return str(url)


def logout_url(client: Client, back: str) -> str | None:
    """Make the address where someone logs out at the provider too; None when it is not known to offer that."""
    known = _known.get(client.issuer)
    if known is None or known.logout_url is None:
        return None
    return str(add_params_to_uri(known.logout_url, {"client_id": client.client_id, "post_logout_redirect_uri": back}))


def check_issuer(client: Client, iss: str | None) -> None:
    """Refuse an answer that comes from another provider than was asked (mix-up); raises `OutwardError`."""
    if iss != client.issuer and (iss is not None or provider(client.issuer).names_itself):
        raise OutwardError("iss")


def identify(client: Client, flight: Flight, code: str, now: datetime) -> dict[str, Any]:
    """Exchange the code and return the claims of a token that is right in all respects; raises `OutwardError`."""
    known = provider(client.issuer)
    token = outward.ask(lambda: _exchange(client, flight, code, known))
    signed = token.get("id_token")
    if not isinstance(signed, str):
        raise OutwardError("no_token")
    try:
        decoded = _decode(signed, known.keys)
    except OutwardError:
        # Its keys may have changed since we read them.
        decoded = _decode(signed, provider(client.issuer, anew=True).keys)
    return _checked(decoded, client, flight, token.get("access_token"), now)


def _lets_choose(issuer: str, said: Mapping[str, Any]) -> bool:
    """Tell whether a provider knows `select_account`; one that does not may refuse it, `login` all must know."""
    listed = said.get("prompt_values_supported")
    return "select_account" in listed if isinstance(listed, list) else issuer.startswith(LET_CHOOSE)


def _decode(signed: str, keys: KeySet) -> jwt.Token:
    try:
        return jwt.decode(signed, keys, algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError) as error:
        raise OutwardError("signature") from error


def _checked(
    token: jwt.Token, client: Client, flight: Flight, access_token: str | None, now: datetime
) -> dict[str, Any]:
    claims = CodeIDToken(
        token.claims,
        token.header,
        options={
            "iss": {"essential": True, "value": client.issuer},
            "aud": {"essential": True, "value": client.client_id},
        },
        params={"nonce": flight.nonce, "client_id": client.client_id, "access_token": access_token},
    )
    try:
        claims.validate(now=int(now.timestamp()), leeway=SKEW)
    except (JoseError, ValueError, TypeError) as error:
        raise OutwardError(f"claim_{getattr(error, 'claim', None) or 'form'}") from error
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise OutwardError("claim_sub")
    return dict(claims)


async def _read(issuer: str) -> Provider:
    async with AsyncOAuth2Client(**outward.options()) as web:
        said = await _json(web, get_well_known_url(issuer, external=True))
        _check_description(issuer, said)
        listed = await _json(web, said["jwks_uri"])
    try:
        # An encryption key or a kind of key that we do not know is no reason to refuse the others.
        usable = [key for key in listed["keys"] if key.get("kty") in {"RSA", "EC"} and key.get("use", "sig") == "sig"]
        return Provider(said, KeySet.import_key_set({"keys": usable}), time.monotonic())
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise OutwardError("keys") from error


async def _json(web: AsyncOAuth2Client, url: str) -> dict[str, Any]:
    response = await web.request("GET", url, withhold_token=True)
    try:
        content = response.json() if response.status_code == 200 else None
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise OutwardError("no_json")
    return content


def _check_description(issuer: str, said: Mapping[str, Any]) -> None:
    if said.get("issuer") != issuer:
        raise OutwardError("other_issuer")
    loopback = outward.is_loopback(issuer)
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not outward.is_safe(said.get(name), loopback=loopback):
            raise OutwardError(name)
    if "end_session_endpoint" in said and not outward.is_safe(said["end_session_endpoint"], loopback=loopback):
        raise OutwardError("end_session_endpoint")
    if "S256" not in said.get("code_challenge_methods_supported", ["S256"]):
        raise OutwardError("no_pkce")


async def _exchange(client: Client, flight: Flight, code: str, known: Provider) -> dict[str, Any]:
    # In the body where that is allowed: not all servers read special characters in the header in the same way.
    allowed = known.said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    method = "client_secret_post" if "client_secret_post" in allowed else "client_secret_basic"
    try:
        async with _oauth(client, method) as web:
            return dict(await web.fetch_token(known.said["token_endpoint"], code=code, code_verifier=flight.verifier))
    except (AuthlibBaseError, ValueError) as error:
        raise OutwardError("code") from error


def _oauth(client: Client, method: str) -> AsyncOAuth2Client:
    return AsyncOAuth2Client(
        client.client_id,
        client.client_secret,
        token_endpoint_auth_method=method,
        scope=client.scope,
        redirect_uri=client.redirect_uri,
        code_challenge_method="S256",
        **outward.options(),
    )
