"""A copy of the database that can be trusted, and back: checked, and erased again before anyone can open it.

SQLite only, by its own backup API (a plain `cp` of a live database loses what is in the WAL). On PostgreSQL: pg_dump,
pg_restore and then `kindblad retention replay`; see docs/retention.md.
"""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from alembic.script import ScriptDirectory

import migrations
from api import clock
from api.db import make_engine
from api.problem import ForPeopleError
from api.services.retention.run import replay
from api.settings import Settings
from models.rules.retention import BACKUP

NAME = "kindblad-{:%Y-%m-%d}.sqlite"
PATTERN = "kindblad-????-??-??.sqlite"


class BackupError(ForPeopleError):
    """A backup cannot be made or put back; the message says why, in Dutch."""


def backup(settings: Settings, target: Path, now: datetime) -> tuple[Path, int]:
    """Copy the database to a file, or to a dated file in a folder, where copies past their term are removed.

    Gives the file and how many old copies went. The copy is checked before it gets its name.
    """
    source, today, removed = _database(settings), clock.day_of(now), 0
    if not source.exists():
        raise BackupError(f"Er is nog geen database {source}.")
    file = target / NAME.format(today) if target.is_dir() else target
    if file.exists() and not target.is_dir():
        raise BackupError(f"{file} is er al; kies een andere naam.")
    part = file.with_name(f"{file.name}.deel")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    _copy(source, part)
    part.replace(file)
    if target.is_dir():
        for old in target.glob(PATTERN):
            if old.name < NAME.format(BACKUP.before(today)):
                old.unlink()
                removed += 1
    return file, removed


def restore(settings: Settings, copy: Path, now: datetime) -> int:
    """Put a backup back where there is no database; gives of how many children was erased again.

    Only when everything is right does the file get the name under which Kindblad opens it.
    """
    target = _database(settings)
    if not copy.exists():
        raise BackupError(f"{copy} is er niet; kijk de naam na.")
    if target.exists():
        raise BackupError(f"Er is al een database {target}. Zet die eerst opzij; er is niets veranderd.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.deel")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    try:
        _copy(copy, part)
        replayed = _bring_up(settings, part, now)
    except BaseException:
        for leftover in (part, part.with_name(f"{part.name}-wal"), part.with_name(f"{part.name}-shm")):
            leftover.unlink(missing_ok=True)
        raise
    part.replace(target)
    return replayed


def _bring_up(settings: Settings, part: Path, now: datetime) -> int:
    url = sa.URL.create("sqlite", database=str(part))
    steps = ScriptDirectory.from_config(migrations.configuration()).walk_revisions()
    known = {step.revision for step in steps}
    if migrations.current(url) not in known:
        raise BackupError("Deze kopie is van een nieuwere Kindblad, of van iets anders. Er is niets veranderd.")
    migrations.upgrade(url)
    engine = make_engine(url.render_as_string(hide_password=False))
    try:
        replayed = replay(engine, settings, now)
    finally:
        engine.dispose()
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")  # nothing stays behind in a WAL under another name
    return replayed


def _copy(source: Path, target: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(
            sqlite3.connect(target)
        ) as new:  # fmt: skip
            old.backup(new)
            problems = new.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
            problems = problems or bool(new.execute("PRAGMA foreign_key_check").fetchall())
    except sqlite3.DatabaseError as error:
        target.unlink(missing_ok=True)
        raise BackupError(f"{source} is geen hele database; er is niets veranderd.") from error
    if problems:
        target.unlink(missing_ok=True)
        raise BackupError(f"{source} is beschadigd; er is niets veranderd. Neem een eerdere kopie.")


def _database(settings: Settings) -> Path:
    url = sa.make_url(settings.database)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise BackupError(
            "Dit is voor SQLite. Voor PostgreSQL: pg_dump, en na terugzetten `kindblad retention replay`."
        )
    return Path(url.database)
