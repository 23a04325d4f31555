"""The one layer around all routes: foreign requests out, headers on, bodies compressed, faults turned into a page.

Plain ASGI in one class, because every layer costs each page a few function calls. Nothing here knows what a route does.
"""

import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import compression
from api.errors import answer
from api.security import body, csrf
from api.security import headers as security_headers
from api.security.turns import QueueFullError, Turns
from api.settings import Settings

BUSY = "Er loggen nu heel veel mensen tegelijk in. Probeer het over een paar tellen opnieuw."
STALE = "Dit formulier hoort bij een eerdere keer inloggen. Ga terug, ververs de bladzijde en verstuur het opnieuw."


class Shell:
    """Wraps the routes; see the module."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.turns = Turns(settings)
        self.largest = settings.max_body_bytes
        self.general = security_headers.always(settings)
        self.log = structlog.get_logger("request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = uuid4().hex[:12]
        headers = Headers(scope=scope)
        sending = _Sending(send, self.general, headers.get("accept-encoding", ""))
        try:
            most = body.largest(scope["method"], scope["path"], self.largest)
            app, receive = await self._admit(scope, headers, body.limited(receive, most), most)
            async with self.turns.turn(scope["method"], scope["path"]):
                await app(scope, receive, sending)
        except QueueFullError:
            await answer(Request(scope), 503, BUSY)(scope, receive, sending)
        except HTTPException as refused:
            await answer(Request(scope), refused.status_code)(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader gets a page and we get a line
            # Not `exception`: the text of an exception may hold what a child's file says.
            self.log.error("fault", request=request_id, path=scope["path"], error=error)  # noqa: TRY400
            if not sending.status:
                await answer(Request(scope), 500, reference=request_id)(scope, receive, sending)
        self.log.info(
            "request",
            request=request_id,
            method=scope["method"],
            path=scope["path"],
            status=sending.status,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )

    async def _admit(self, scope: Scope, headers: Headers, receive: Receive, most: int) -> tuple[ASGIApp, Receive]:
        """The routes, or the answer to a request that none of them should see."""
        if csrf.is_foreign(scope["method"], headers):
            return answer(Request(scope), 403, "Dit verzoek komt van een andere website."), receive
        if body.is_too_large(headers, most):
            return answer(Request(scope), 413), receive
        admitted = await csrf.admit(scope, receive, headers, self.settings)
        if admitted is None:
            return answer(Request(scope), 403, STALE), receive
        return self.app, admitted


class _Sending:
    """Completes the headers, and compresses a body that comes in one piece."""

    def __init__(self, send: Send, general: security_headers.RawHeaders, accepts: str) -> None:
        self.send, self.general, self.accepts = send, general, accepts
        self.start: Message | None = None
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.start = {**message, "headers": security_headers.complete(list(message["headers"]), self.general)}
            return
        if self.start is not None and message["type"] == "http.response.body":
            start, self.start = self.start, None
            if not message.get("more_body"):
                message = self._compress(start, message)
            await self.send(start)
        await self.send(message)

    def _compress(self, start: Message, message: Message) -> Message:
        own = dict(start["headers"])
        if b"content-encoding" in own:
            return message
        packed = compression.gzip(message.get("body", b""), self.accepts, own.get(b"content-type", b""))
        if packed is None:
            return message
        start["headers"] = [header for header in start["headers"] if header[0] != b"content-length"]
        start["headers"] += [(b"content-encoding", b"gzip"), (b"content-length", str(len(packed)).encode())]
        return {**message, "body": packed}
