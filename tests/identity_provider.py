"""A real OpenID Connect provider on loopback, pyop, that a test can make lie in one respect at a time.

pyop is what federations run; it shares no code with Authlib, which is our side. It checks the client's secret, the
redirect URI and PKCE, and takes each code once. `lies` holds what it says instead of the truth.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlencode, urlsplit

from Cryptodome.PublicKey import RSA
from jwkest.jwk import RSAKey
from jwkest.jws import JWS
from pyop.authz_state import AuthorizationState
from pyop.exceptions import InvalidAuthenticationRequest, OAuthError
from pyop.provider import Provider
from pyop.subject_identifier import HashBasedSubjectIdentifierFactory
from pyop.userinfo import Userinfo

Lie = Callable[[dict[str, Any]], Any]


@cache
def key_called(name: str) -> RSAKey:
    """A key of its own for each name; making one takes a second."""
    return RSAKey(key=RSA.generate(2048), kid=name, use="sig", alg="RS256")


@dataclass
class IdentityProvider:
    """One provider; `who` is the person who logs in there, `claims` what it says of them besides the subject."""

    server: ThreadingHTTPServer
    key_name: str = "first"
    who: str = "kim"
    claims: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Lie] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    elsewhere: dict[str, str] = field(default_factory=dict)
    """Paths at which it sends whoever asks to another address."""
    client_id: str = "kindblad"
    client_secret: str = "heel/geheim+en: raar%"

    def __post_init__(self) -> None:
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.clients = {
            self.client_id: {
                "client_secret": self.client_secret,
                "response_types": ["code"],
                "redirect_uris": [],
                "token_endpoint_auth_method": "client_secret_post",
            }
        }
        self.rotate(self.key_name)

    def rotate(self, name: str) -> None:
        """Start anew with another key, as providers do every few months."""
        said = {
            "issuer": "https://replaced.below",  # pyop itself refuses http, also on loopback
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/logout",
            "scopes_supported": ["openid", "email"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }
        self.key = key_called(name)
        subjects = HashBasedSubjectIdentifierFactory("salt")
        self.provider = Provider(self.key, said, AuthorizationState(subjects), self.clients, Userinfo(_Everyone()))
        self.provider.configuration_information["issuer"] = self.issuer

    def register(self, redirect_uri: str) -> None:
        """Say where people may be sent back to, in the code flow."""
        self.clients[self.client_id]["redirect_uris"].append(redirect_uri)  # type: ignore[attr-defined]

    def sign(self, claims: dict[str, Any], key: RSAKey | None = None) -> str:
        """Sign other claims, with its own key or another."""
        return str(JWS(json.dumps(claims), alg="RS256").sign_compact(keys=[key or self.key]))

    def answer(self, path: str, query: str, body: str) -> tuple[int, dict[str, Any] | str]:
        """Answer a request: a status with JSON, or with where to go."""
        self.asked.append(path)
        if path in self.elsewhere:
            return 307, self.elsewhere[path]
        if path == "/.well-known/openid-configuration":
            return 200, self._say("description", self.provider.provider_configuration.to_dict())
        if path == "/keys":
            return 200, self._say("keys", self.provider.jwks)
        if path == "/authorize":
            return self._authorize(query)
        if path == "/token":
            return self._token(body)
        return 404, {}

    def _authorize(self, query: str) -> tuple[int, dict[str, Any] | str]:
        try:
            request = self.provider.parse_authentication_request(query)
        except InvalidAuthenticationRequest as error:
            return 400, {"error": str(error)}
        truth = self.provider.authorize(request, self.who).to_dict() | {"iss": self.issuer}
        return 303, f"{request['redirect_uri']}?{urlencode(self._say('answer', truth))}"

    def _token(self, body: str) -> tuple[int, dict[str, Any] | str]:
        try:
            said = self.provider.handle_token_request(body, extra_id_token_claims=dict(self.claims)).to_dict()
        except OAuthError as error:
            return 400, {"error": error.oauth_error}
        if "claims" in self.lies:
            told = JWS().verify_compact(said["id_token"], keys=[self.key])
            said["id_token"] = self.lies["claims"](told)
            if isinstance(said["id_token"], dict):
                said["id_token"] = self.sign(said["id_token"])
        return 200, self._say("token", said)

    def _say(self, what: str, truth: dict[str, Any]) -> Any:
        return self.lies[what](truth) if what in self.lies else truth


class _Everyone(dict[str, dict[str, Any]]):
    """Whoever logs in there exists there."""

    def __missing__(self, who: str) -> dict[str, Any]:
        return {}


class _Handler(BaseHTTPRequestHandler):
    idp: IdentityProvider

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("content-length", 0))).decode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _answer(self, body: str) -> None:
        parts = urlsplit(self.path)
        status, content = self.idp.answer(parts.path, parts.query, body)
        self.send_response(status)
        if isinstance(content, str) and status < 400 and status >= 300:
            self.send_header("location", content)
            self.end_headers()
            return
        sent = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)


@contextmanager
def running(key: str = "first") -> Iterator[IdentityProvider]:
    """Run a provider with this key on a free port of this machine."""
    handler = type("Handler", (_Handler,), {})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        handler.idp = IdentityProvider(server, key)  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            yield handler.idp  # type: ignore[attr-defined]
        finally:
            server.shutdown()
