"""Another site may not change anything here in the reader's name, nor log them in or out: two walls.

The browser says where a request comes from in Sec-Fetch-Site, an older one in Origin; a changing request that says
neither is refused. And a form holds a token that only we can make, bound to the reader's session, or before logging in
to a cookie of its own. Templates write it with `{{ token_field() }}`; `api/middleware.py` asks for it at one place.
"""

import base64
import hmac
import secrets
from urllib.parse import parse_qsl, urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request, cookie_parser
from starlette.responses import Response
from starlette.types import Message, Receive, Scope

from api.security import keys, sessions
from api.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FIELD, HEADER = "form_token", "x-form-token"
FORM, FORM_WITH_FILES, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
MOST_FIELDS = 1000
KEPT = "kindblad.form"
"""Where the fields of a form stand in the request's scope, for who has to log in again before it counts."""


def is_foreign(method: str, headers: Headers) -> bool:
    """Tell whether this request may have been made by another site."""
    if method in SAFE:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc != headers.get("host")


def cookie_name(settings: Settings) -> str:
    """The cookie to which forms are bound while there is no session."""
    return f"{sessions.cookie_name(settings)}-form"


def bound_to(cookies: dict[str, str], settings: Settings) -> str:
    """The secret of this browser to which its forms are bound; empty when it has none."""
    return cookies.get(sessions.cookie_name(settings)) or cookies.get(cookie_name(settings)) or ""


def token(settings: Settings, bound: str) -> str:
    """Make the token for the forms of one browser."""
    return base64.urlsafe_b64encode(keys.mac(settings, "form", bound.encode())).decode()


def for_page(request: Request, settings: Settings) -> tuple[str, str]:
    """Give the token for the forms on a page, and the cookie that must go with it if the browser has none yet."""
    bound = bound_to(request.cookies, settings)
    fresh = "" if bound else secrets.token_urlsafe(32)
    return token(settings, bound or fresh), fresh


def set_cookie(response: Response, settings: Settings, value: str) -> None:
    """Hand the browser the cookie to which forms are bound before there is a session."""
    response.set_cookie(
        cookie_name(settings), value, secure=settings.cookie_secure, httponly=True, samesite="lax", path="/"
    )


async def admit(scope: Scope, receive: Receive, headers: Headers, settings: Settings) -> Receive | None:
    """Give the body to read on, or None when a changing request does not hold our token.

    A form is read to its end here, before anyone takes a turn for it: who sends half of one keeps nobody waiting.

    JSON under /api needs none: no form can send that type, and a script elsewhere may not without our leave.
    """
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if scope["method"] in SAFE:
        return receive
    if scope["path"].startswith("/api/"):
        return receive if kind == JSON else None
    if sent := headers.get(HEADER):
        return _again(await _read(receive)) if _is_ours(sent, headers, settings) else None
    if kind not in {FORM, FORM_WITH_FILES}:
        return None
    body = await _read(receive)
    fields = await _fields(scope, kind, body)
    scope[KEPT] = [field for field in fields if field[0] != FIELD]
    return _again(body) if _is_ours(dict(fields).get(FIELD, ""), headers, settings) else None


def _is_ours(sent: str, headers: Headers, settings: Settings) -> bool:
    bound = bound_to(cookie_parser(headers.get("cookie", "")), settings)
    return bool(bound) and hmac.compare_digest(sent.encode(), token(settings, bound).encode())


async def _read(receive: Receive) -> bytes:
    parts = []
    while (message := await receive())["type"] == "http.request":
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    return b"".join(parts)


async def _fields(scope: Scope, kind: str, body: bytes) -> list[tuple[str, str]]:
    if kind == FORM:
        try:
            return parse_qsl(body.decode(errors="replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
        except ValueError:
            return []
    form = await Request(scope, _again(body)).form()
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


def _again(body: bytes) -> Receive:
    """Offer a body that was read once more."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return left.pop() if left else {"type": "http.disconnect"}

    return receive
