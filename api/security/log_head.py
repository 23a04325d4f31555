"""A copy of the head of the access log in a second place, once an hour: so that a cut tail is found.

The file only grows, one line an hour for each process: moment, number and hash of the newest line of the log. Put it
where who can reach the database cannot reach it: KINDBLAD_LOG_HEAD_FILE on another disk or machine.
"""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import structlog

from models.queries.log import Head, Witness

EVERY = 3600.0
FORM = "%Y-%m-%dT%H:%M:%SZ"


class HeadFile:
    """Keeps the head once an hour; `file` is None where no copy is wanted."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._due = 0.0

    def keep(self, head: Head) -> None:
        """Append the head when an hour has passed; a copy that fails is told and tried again at the next line."""
        if self._file is None or time.monotonic() < self._due:
            return
        try:
            append(self._file, head, datetime.now(UTC))
            self._due = time.monotonic() + EVERY
        except OSError as error:
            structlog.get_logger().error("access_log_head_not_copied", error=error)


def append(file: Path, head: Head, now: datetime) -> None:
    """Add a head to the file, which is made when it is not there; for its owner's eyes only."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = f"{now:{FORM}} {head.number} {head.hash.hex()}\n"
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


def witnesses(file: Path) -> dict[int, Witness]:
    """Read the heads that were kept, by number; raises ValueError on a line that is none of ours.

    Of two copies of one line the first counts: the later one may be of a log that was written anew.
    """
    if not file.is_file():
        return {}
    kept: dict[int, Witness] = {}
    for at, number, digest in (line.split() for line in file.read_text().splitlines() if line):
        witness = Witness(bytes.fromhex(digest), datetime.strptime(at, FORM).replace(tzinfo=UTC))
        kept.setdefault(int(number), witness)
    return kept
