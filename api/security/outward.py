"""Asking another server something: over https, within seconds, in small answers, and never elsewhere than was asked.

A slow or hostile server may hold up who asks it, but not the school: few ask at the same time, each with a hard end.
"""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import cache
from ipaddress import ip_address
from threading import BoundedSemaphore
from typing import Any, TypeVar
from urllib.parse import urlsplit

import anyio
import httpx2

SECONDS = 6
STEP = 4
"""Seconds for each step (connect, send, receive), within the whole."""
LARGEST = 256 * 1024
"""Bytes of an answer; the largest known, the keys of a large provider, is a tenth of this."""
AT_ONCE = 2
PATIENCE = 2
"""Seconds to wait for a turn; a process has four request threads, and the pages need two."""

_turns = BoundedSemaphore(AT_ONCE)
Answer = TypeVar("Answer")


class OutwardError(Exception):
    """The other server cannot be asked or does not answer as it should; `reason` is a word for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_loopback(url: str) -> bool:
    """Tell whether an address is on this very machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_safe(url: object, *, loopback: bool = False) -> bool:
    """Tell whether we dare to go there: https, a host, no login in the address; http only on this machine, if asked."""
    if not isinstance(url, str) or not url.isascii() or any(sign.isspace() for sign in url):
        return False
    try:
        parts = urlsplit(url)
        known = parts.hostname and parts.port != 0 and parts.username is None and not parts.fragment
    except ValueError:
        return False
    if not known:
        return False
    return is_loopback(url) if loopback and parts.scheme == "http" else parts.scheme == "https"


def ask(work: Callable[[], Awaitable[Answer]]) -> Answer:
    """Run what talks to another server, from a request thread; raises `OutwardError` when it takes too long."""

    async def bounded() -> Answer:
        with anyio.fail_after(SECONDS):
            return await work()

    with _turn():
        try:
            return anyio.run(bounded)
        except TimeoutError as error:
            raise OutwardError("timeout") from error
        except httpx2.HTTPError as error:
            raise OutwardError("unreachable") from error


def options() -> dict[str, Any]:
    """The arguments for an `httpx2.AsyncClient` that keeps to these rules."""
    return {
        "timeout": STEP,
        "follow_redirects": False,
        "verify": _trusted(),
        "headers": {"accept": "application/json", "accept-encoding": "identity"},
        "event_hooks": {"response": [_guard]},
    }


async def _guard(response: httpx2.Response) -> None:
    if response.is_redirect:
        raise OutwardError("redirect")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise OutwardError("compressed")  # asked not to; a few bytes could unfold to gigabytes
    response.stream = _Small(response.stream)


class _Small(httpx2.AsyncByteStream):
    """A body that ends with an error when it grows too large."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > LARGEST:
                raise OutwardError("large")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise OutwardError("busy")
    try:
        yield
    finally:
        _turns.release()


@cache
def _trusted() -> ssl.SSLContext:
    return httpx2.create_ssl_context()
