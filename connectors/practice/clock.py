"""From moments in UTC to the day and the second of the clock at school (Europe/Amsterdam), for millions at once."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

ZONE = ZoneInfo("Europe/Amsterdam")
HOUR = 3_600_000
DAY = 24 * HOUR
SCHOOL_STARTS = 8 * 3600
SCHOOL_ENDS = 15 * 3600 + 1800
"""Monday to Friday 08:00 to 15:30 is called school time: wider than any timetable, so that `home` means home.

A school's own timetable is not known here; a lesson outside these hours is rare, and counts as home.
"""


class Clock:
    """Local time for any moments; what it knows of the zone grows with what it is asked."""

    def __init__(self) -> None:
        self._first_day = self._end_day = 0
        self._hours = np.empty(0, np.int64)

    def local(self, moments: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Give the local day (whole days since 1970-01-01) and the second of that day by the clock."""
        self._reach(int(moments.min()) // DAY, int(moments.max()) // DAY + 1)
        local = moments + self._hours[moments // HOUR - self._first_day * 24]
        day = local // DAY
        return day, (local - day * DAY) // 1000

    def _reach(self, first: int, end: int) -> None:
        if self._end_day and self._first_day <= first and end <= self._end_day:
            return
        if self._end_day:
            first, end = min(first, self._first_day), max(end, self._end_day)
        midnight = [_offset(day * DAY) for day in range(first, end + 1)]
        hours = np.repeat(np.array(midnight[:-1], np.int64), 24)
        for place, (before, after) in enumerate(pairwise(midnight)):
            if before != after:  # the clocks change on this day, always on a whole hour UTC
                start = (first + place) * DAY
                hours[place * 24 : place * 24 + 24] = [_offset(start + hour * HOUR) for hour in range(24)]
        self._first_day, self._end_day, self._hours = first, end, hours


def outside_school(day: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which moments fall outside school time; 1970-01-01 was a Thursday."""
    return ((day + 3) % 7 > 4) | (second < SCHOOL_STARTS) | (second >= SCHOOL_ENDS)


def _offset(moment: int) -> int:
    local = datetime.fromtimestamp(moment // 1000, UTC).astimezone(ZONE)
    offset = local.utcoffset()
    assert offset is not None  # noqa: S101 - for mypy: a zone always has one
    return int(offset.total_seconds()) * 1000
