"""The one layer around all routes: foreign requests out, headers on, bodies compressed, faults turned into a page.

Plain ASGI in one class, because every layer costs each page a few function calls. Nothing here knows what a route does.
"""

import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import compression
from api.errors import answer
from api.security import csrf, headers
from api.settings import Settings


class Shell:
    """Wraps the routes; see the module."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.general = headers.always(settings)
        self.log = structlog.get_logger("request")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = uuid4().hex[:12]
        sending = _Sending(send, self.general, Headers(scope=scope).get("accept-encoding", ""))
        try:
            if csrf.is_foreign(scope["method"], Headers(scope=scope)):
                await answer(Request(scope), 403, "Dit verzoek komt van een andere website.")(scope, receive, sending)
            else:
                await self.app(scope, receive, sending)
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader gets a page and we get a line
            self.log.error(  # noqa: TRY400 - without the text of the exception, which may speak of a child
                "failed", request=request_id, method=scope["method"], path=scope["path"], error=error
            )
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


class _Sending:
    """Completes the headers, and compresses a body that comes in one piece."""

    def __init__(self, send: Send, general: headers.RawHeaders, accepts: str) -> None:
        self.send, self.general, self.accepts = send, general, accepts
        self.start: Message | None = None
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.start = {**message, "headers": headers.complete(list(message["headers"]), self.general)}
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
