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
NOT_WRITTEN = (
    "In {} kan geen kopie worden geschreven. Kijk na of die map er is, of u er mag schrijven en of er ruimte is."
)


class BackupError(ForPeopleError):
    """A backup cannot be made or put back; the message says why, in Dutch."""


def backup(settings: Settings, target: Path, now: datetime) -> tuple[Path, int]:
    """Copy the database to a file, or to a dated file in a folder, where copies past their term are removed.

    A name without extension is a folder; a folder is made if its parent is there. The copy is checked before it gets
    its name. Gives the file and how many old copies went.
    """
    source, today, removed = _database(settings), clock.day_of(now), 0
    if not source.exists():
        raise BackupError(f"Er is nog geen database {source}.")
    is_folder = target.is_dir() or not (target.exists() or target.suffix)
    file = target / NAME.format(today) if is_folder else target
    if file.exists() and not is_folder:
        raise BackupError(f"{file} is er al; kies een andere naam.")
    part = _empty_beside(file)
    _copy(source, part)
    part.replace(file)
    if is_folder:
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
    part = _empty_beside(target, parents=True)
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


def _empty_beside(file: Path, *, parents: bool = False) -> Path:
    """Make an empty file for one's own eyes, that gets the name of this one when it is whole."""
    part = file.with_name(f"{file.name}.deel")
    try:
        file.parent.mkdir(mode=0o700, parents=parents, exist_ok=True)
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))
    except OSError as error:
        raise BackupError(NOT_WRITTEN.format(file.parent)) from error
    return part


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
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
            raise BackupError(NOT_WRITTEN.format(target.parent)) from error
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
