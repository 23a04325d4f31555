"""Asking an application in one go: Starlette's way takes eight turns of another thread, half of a request's time."""

from typing import Any
from urllib.parse import unquote

import httpx2
from fastapi.testclient import TestClient
from starlette.types import Message

PORTS = {"http": 80, "https": 443}


class InOneGo(httpx2.BaseTransport):
    """Takes the place of the transport of a `TestClient`, in whose thread the application runs."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.usual: Any = client._transport

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Give the whole answer; a fault of the application is raised here unless the client was told otherwise."""
        url = request.url
        scope: dict[str, Any] = {
            "type": "http",
            "http_version": "1.1",
            "method": request.method,
            "path": unquote(url.path),
            "raw_path": url.raw_path.partition(b"?")[0],
            "root_path": "",
            "scheme": url.scheme,
            "query_string": url.query,
            "headers": [(key.lower().encode(), value.encode()) for key, value in request.headers.multi_items()],
            "client": self.usual.client,
            "server": [url.host, url.port or PORTS[url.scheme]],
            "state": self.client.app_state.copy(),
        }
        waiting: list[Message] = [
            {"type": "http.disconnect"},
            {"type": "http.request", "body": request.read(), "more_body": False},
        ]
        sent: list[Message] = []

        async def receive() -> Message:
            return waiting.pop() if len(waiting) > 1 else waiting[0]

        async def send(message: Message) -> None:
            sent.append(message)

        async def ask() -> None:
            try:
                await self.client.app(scope, receive, send)
            except Exception:
                if self.usual.raise_server_exceptions or not sent:
                    raise

        with self.client._portal_factory() as portal:
            portal.call(ask)
        if not sent:
            raise AssertionError("de toepassing gaf geen antwoord")
        start = next(message for message in sent if message["type"] == "http.response.start")
        body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
        return httpx2.Response(
            start["status"],
            headers=start.get("headers", []),
            stream=httpx2.ByteStream(b"" if request.method == "HEAD" else body),
            request=request,
        )
