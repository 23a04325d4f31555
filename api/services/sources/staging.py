"""Files that were handed over and tried, but not taken in yet: on disk beside the database, for a day at most.

A file and its report are known by a random id; nothing of the name that the browser gave becomes a path.
"""

import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

from pydantic import ValidationError

from api.schemas.sources import Tried

KEPT = timedelta(days=1)
FOLDER = "ontvangen"
REPORT = ".json"


def put(data_dir: Path, content: BinaryIO) -> UUID:
    """Keep what was handed over, readable by this program only; returns its id."""
    folder = data_dir / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    uid = uuid4()
    descriptor = os.open(path_of(data_dir, uid), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as kept:
        while part := content.read(1024 * 1024):
            kept.write(part)
    return uid


def path_of(data_dir: Path, uid: UUID) -> Path:
    """Where a file lies that was handed over."""
    return data_dir / FOLDER / str(uid)


def report(data_dir: Path, tried: Tried) -> None:
    """Keep what the trial said of a file; not when somebody took the file in or threw it away meanwhile."""
    if path_of(data_dir, tried.id).exists():
        _report_of(data_dir, tried.id).write_text(tried.model_dump_json())


def find(data_dir: Path, uid: UUID, now: datetime) -> Tried | None:
    """Give what the trial said; None when there is no such file (any more)."""
    return next((tried for tried in waiting(data_dir, now) if tried.id == uid), None)


def waiting(data_dir: Path, now: datetime) -> list[Tried]:
    """List what was tried and not taken in, newest first."""
    tidy(data_dir, now)
    found = []
    for path in (data_dir / FOLDER).glob(f"*{REPORT}"):
        # Somebody else took it in just now, or is writing it; or it is of a version before the last update.
        with suppress(FileNotFoundError, ValidationError):
            found.append(Tried.model_validate_json(path.read_bytes()))
    return sorted(found, key=lambda tried: tried.at, reverse=True)


def tidy(data_dir: Path, now: datetime) -> None:
    """Throw away what lies longer than a day; with every look, and with every nightly run of retention."""
    for path in (data_dir / FOLDER).glob("*"):
        with suppress(FileNotFoundError):
            if now.timestamp() - path.stat().st_mtime > KEPT.total_seconds():
                path.unlink()


def drop(data_dir: Path, uid: UUID) -> None:
    """Throw a file away with its report; that it is not there is no error."""
    path_of(data_dir, uid).unlink(missing_ok=True)
    _report_of(data_dir, uid).unlink(missing_ok=True)


def _report_of(data_dir: Path, uid: UUID) -> Path:
    return data_dir / FOLDER / f"{uid}{REPORT}"
