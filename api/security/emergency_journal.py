"""Where a look at an emergency card is written down when the access log cannot be: a child may be choking.

One file beside the database, for its owner's eyes only, with ids and no names. Its room is taken while there still is
room, so that a full disk does not stop it. Directie sees it in red until its lines are taken over into the log.
"""

import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import structlog

from api.security.access_log import AccessLogWriter, Line

NAME = "noodjournaal.jsonl"
ROOM = 64 * 1024
"""Bytes that are kept ready: some three hundred lines; after those the file grows as long as the disk allows."""
FIELDS = ("school_id", "account_id", "role", "pupil_id", "kind", "action", "ground")


def prepare(folder: Path) -> None:
    """Take the room for the journal; called at the start, harmless when it is there already or cannot be."""
    try:
        with _opened(folder) as file:
            if file.seek(0, os.SEEK_END) < ROOM:
                file.truncate(0)
                file.seek(0)
                file.write(bytes(ROOM))
                os.fsync(file.fileno())
    except OSError as error:
        structlog.get_logger().error("emergency_journal_not_ready", error=error)


def write(folder: Path, lines: Sequence[Line]) -> None:
    """Keep these lines; when even that fails they go to the program's own log, and the card still opens."""
    kept = [{"at": line["at"].isoformat(), **{name: line.get(name) for name in FIELDS}} for line in lines]
    try:
        with _opened(folder) as file:
            content = file.read()
            file.seek(len(content.rstrip(b"\0")))
            file.write("".join(f"{json.dumps(line)}\n" for line in kept).encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        structlog.get_logger().error("emergency_journal_unavailable", lines=kept)


def lines(folder: Path, school_ids: frozenset[int]) -> list[dict[str, Any]]:
    """Read what waits to be taken over of these schools."""
    try:
        with _opened(folder) as file:
            return [line for line in _read(file.read()) if line["school_id"] in school_ids]
    except OSError:
        return []


def merge(folder: Path, school_ids: frozenset[int], log: AccessLogWriter) -> int:
    """Take the lines of these schools over into the access log; raises `LogUnavailableError` and keeps them if not."""
    with _opened(folder) as file:
        every = _read(file.read())
        taken = [line for line in every if line["school_id"] in school_ids]
        log.write([line | {"ground": f"noodjournaal: {line['ground']}"[:100]} for line in taken])
        left = "".join(
            f"{json.dumps(line | {'at': line['at'].isoformat()})}\n" for line in every if line not in taken
        ).encode()
        file.seek(0)
        file.write(left.ljust(ROOM, b"\0"))
        file.truncate(max(len(left), ROOM))
        file.flush()
        os.fsync(file.fileno())
    return len(taken)


def _read(content: bytes) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in content.rstrip(b"\0").splitlines() if line]
    return [row | {"at": datetime.fromisoformat(row["at"])} for row in rows]


@contextmanager
def _opened(folder: Path) -> Iterator[Any]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
