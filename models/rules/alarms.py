"""What in the access log asks for a question: very many files in a short time, many children opened for a reason.

An alarm says what was seen, never that something was wrong: a teacher who prints the sheets of the whole group before
parents' evening does the same.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

MANY_FILES, IN_SHORT = 30, timedelta(minutes=10)
MANY_REASONS, IN_A_DAY = 10, timedelta(hours=24)
"""Proposals of the access facts (B81); a school that finds them too sharp or too blunt changes them here."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look at one child's file; come in order of time."""

    at: datetime
    account_id: int
    pupil_id: int


@dataclass(frozen=True, slots=True)
class Burst:
    """Looks of one account at so many different children, from the first to the last while it went on."""

    account_id: int
    first: datetime
    last: datetime
    children: int


def bursts(looks: Iterable[Look], most: int, within: timedelta) -> list[Burst]:
    """Find who looked at `most` or more different children within a time; one burst is told once, as a whole."""
    of_account: dict[int, list[Look]] = {}
    for look in looks:
        of_account.setdefault(look.account_id, []).append(look)
    found = [burst for own in of_account.values() for burst in _bursts(own, most, within)]
    return sorted(found, key=lambda burst: burst.first)


def _bursts(looks: list[Look], most: int, within: timedelta) -> Iterator[Burst]:
    window: deque[Look] = deque()
    here: Counter[int] = Counter()
    first: datetime | None = None
    children: set[int] = set()
    for place, look in enumerate(looks):
        window.append(look)
        here[look.pupil_id] += 1
        while window[0].at < look.at - within:
            gone = window.popleft().pupil_id
            here[gone] -= 1
            if not here[gone]:
                del here[gone]
        if len(here) >= most:
            if first is None:
                first, children = window[0].at, set(here)
            children.add(look.pupil_id)
        if first is not None and (len(here) < most or place == len(looks) - 1):
            last = look.at if len(here) >= most else looks[place - 1].at
            yield Burst(look.account_id, first, last, len(children))
            first, children = None, set()
