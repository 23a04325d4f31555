"""Taking turns, so that many at once slow down each other and nobody else.

Hashing a password or redrawing a photo takes 64 MiB and a tenth of a second, so there are never more than four at
once; who waits does so before the threads that make pages, also when two hundred people log in at 8.25. Pages are
composed one by one.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import CapacityLimiter
from anyio.lowlevel import RunVar

from api.security.body import UPLOAD
from api.settings import Settings

AT_ONCE = 4
"""Over all processes of one server together, shared out evenly."""
READING = 1
"""Pages that are composed at the same time in one process: four hand the interpreter's lock to and fro (measured:
eighteen switches of thread a page instead of ten), and fewer come out."""
QUEUE = 250
"""Longer than this is no school logging in."""
TAKE_TURNS = frozenset(
    {"/login", "/login/tweede-stap", "/uitnodiging", "/uitnodiging/kiezen", "/account/wachtwoord"} | {"/klas"}
)
"""Where is hashed, or guessed: whoever sends many guesses at once gets them answered, and counted, one by one."""


_reading: RunVar[CapacityLimiter] = RunVar("turns of reading")


def of_reading() -> CapacityLimiter:
    """Give the turns of composing pages on this event loop; two loops must not share a limiter."""
    try:
        return _reading.get()
    except LookupError:
        _reading.set(limiter := CapacityLimiter(READING))
        return limiter


class QueueFullError(Exception):
    """Too many people are waiting already."""


class Turns:
    """The queue of one process."""

    def __init__(self, settings: Settings) -> None:
        self._places = asyncio.Semaphore(max(1, AT_ONCE // settings.workers))
        self._waiting = 0

    @asynccontextmanager
    async def turn(self, method: str, path: str) -> AsyncIterator[None]:
        """Wait for a turn when this request is going to hash or to guess; raises `QueueFullError`."""
        if method != "POST" or not (path in TAKE_TURNS or UPLOAD.fullmatch(path)):
            yield
            return
        if self._waiting >= QUEUE:
            raise QueueFullError
        self._waiting += 1
        try:
            async with self._places:
                yield
        finally:
            self._waiting -= 1
