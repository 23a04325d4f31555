"""Taking turns, so that many at once slow down each other and nobody else.

Hashing a password or redrawing a photo takes 64 MiB and a tenth of a second, so there are never more than four at
once; who waits does so before the threads that make pages, also when two hundred people log in at 8.25. Pages of one
child or one group are composed one by one.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypeVar, TypeVarTuple

from anyio import CapacityLimiter, move_on_after, to_thread
from anyio.lowlevel import RunVar

from api.security.body import UPLOAD
from api.settings import Settings

Answer = TypeVar("Answer")
Given = TypeVarTuple("Given")

AT_ONCE = 4
"""Over all processes of one server together, shared out evenly."""
PATIENCE = 1.0
"""Seconds that a page waits for those before it. Thirty pages of a group in a row take half of that; what takes longer
waits for a slow disk or a database far away, and another page can be composed meanwhile."""
QUEUE = 250
"""Longer than this is no school logging in."""
TAKE_TURNS = frozenset(
    {"/login", "/login/tweede-stap", "/uitnodiging", "/uitnodiging/kiezen", "/account/wachtwoord"} | {"/klas"}
)
"""Where is hashed, or guessed: whoever sends many guesses at once gets them answered, and counted, one by one."""


_composing: RunVar[CapacityLimiter] = RunVar("turns of composing")


async def compose(page: Callable[[*Given], Answer], *given: *Given) -> Answer:
    """Compose a page in a thread, after the one before it.

    Four at the same time hand the interpreter's lock to and fro (measured: eighteen switches of thread a page instead
    of ten), and fewer come out.
    """
    turns, mine = _turns_of_composing(), object()
    with move_on_after(PATIENCE) as wait:
        await turns.acquire_on_behalf_of(mine)
    if wait.cancelled_caught:
        return await to_thread.run_sync(page, *given)
    try:
        return await to_thread.run_sync(page, *given, limiter=CapacityLimiter(1))
    finally:
        turns.release_on_behalf_of(mine)


def _turns_of_composing() -> CapacityLimiter:
    """One turn per event loop; two loops must not share a limiter."""
    try:
        return _composing.get()
    except LookupError:
        _composing.set(limiter := CapacityLimiter(1))
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
