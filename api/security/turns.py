"""Taking turns for what hashes a password or redraws a photo: 64 MiB and a tenth of a second each, so never more than
four at once.

Whoever waits does so before the threads that make pages, so that two hundred people logging in at 8.25 slow down each
other and nobody else.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from api.security.body import UPLOAD
from api.settings import Settings

AT_ONCE = 4
"""Over all processes of one server together, shared out evenly."""
QUEUE = 250
"""Longer than this is no school logging in."""
TAKE_TURNS = frozenset(
    {"/login", "/login/tweede-stap", "/uitnodiging", "/uitnodiging/kiezen", "/account/wachtwoord"} | {"/klas"}
)
"""Where is hashed, or guessed: whoever sends many guesses at once gets them answered, and counted, one by one."""


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
