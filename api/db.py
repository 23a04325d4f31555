"""Engines and transactions; beside connectors/runner.py the only place that commits.

SQLite: WAL, so that readers never wait; every transaction is BEGIN IMMEDIATE unless it says that it only reads, because
a deferred one that turns into a write fails at once when another wrote in between. `synchronous=FULL`: a line of the
access log must survive a power cut, and lines of concurrent requests share one fsync (api/security/access_log.py).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import DBAPIConnection

from models import wall

READ_ONLY = "kindblad_read_only"
POOL = 10
"""Four request threads and the one that reads, each with at most a reading and a writing connection."""

_schools: ContextVar[tuple[int, ...]] = ContextVar("schools", default=())
"""For which schools this request or command works; said again at the start of each of its transactions."""

PRAGMAS = (
    "busy_timeout = 10000",  # a large file is in before that: pages wait for it; an emergency card must not wait longer
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "wal_autocheckpoint = 4000",  # each checkpoint makes some page wait tens of milliseconds for its log line
    "cache_size = -16000",
    "mmap_size = 0",  # each commit, so each log line, has every connection map the file anew: a sixth of a page's time
)


def make_engine(url: str, *, for_web: bool = False) -> sa.Engine:
    """Make the engine for a SQLite or PostgreSQL URL; `for_web` lets PostgreSQL end a statement after 15 seconds."""
    address = sa.make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address)
    # No pre-ping: it costs a third of a page's time; a first failure empties the pool.
    options = "-c jit=off -c timezone=UTC -c synchronous_commit=on"
    if for_web:
        options += " -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"
    engine = sa.create_engine(
        address,
        pool_size=POOL,
        max_overflow=POOL,
        connect_args={"options": f"{address.query.get('options', '')} {options}".strip()},
    )
    sa.event.listen(engine, "begin", _say_schools)
    return engine


@contextmanager
def for_schools(school_ids: Iterable[int]) -> Iterator[None]:
    """Work for these schools in all transactions that begin in this block; without it PostgreSQL shows no pupil."""
    before = _schools.set(tuple(school_ids))
    try:
        yield
    finally:
        _schools.reset(before)


@contextmanager
def for_every_school(engine: sa.Engine) -> Iterator[None]:
    """Work for all schools that there are now; for the command line, which is inside the machine already."""
    with reading(engine) as connection:
        ids = connection.scalars(sa.text("SELECT id FROM school")).all()
    with for_schools(ids):
        yield


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection on which all SELECTs see the same moment; nothing on it can be kept."""
    is_sqlite = engine.dialect.name == "sqlite"
    options = {READ_ONLY: True} if is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect() as connection:
        connection.execution_options(**options).begin()  # rolled back when the connection closes
        yield connection
        if not is_sqlite:
            connection.commit()  # after a rollback psycopg forgets what it prepared: planning is most of a page's time


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """Give a connection whose changes are kept when the block ends well, all or none."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def driver(engine: sa.Engine) -> Iterator[Any]:
    """Give the driver's own cursor in a transaction that is kept when the block ends well.

    For the access log only: it is part of every page, and SQLAlchemy's layers cost more there than SQLite itself.
    """
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        if engine.dialect.name == "sqlite":
            cursor.execute("BEGIN IMMEDIATE")
        yield cursor
        raw.commit()
    except BaseException:
        raw.invalidate()  # rolls back; and a connection that failed once is not offered again
        raise
    finally:
        raw.close()


def _sqlite(address: sa.URL) -> sa.Engine:
    if address.database:
        file = Path(address.database)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not file.exists():
            file.touch(mode=0o600)
    engine = sa.create_engine(address, pool_size=POOL) if address.database else sa.create_engine(address)
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _say_schools(connection: sa.Connection) -> None:
    if schools := _schools.get():
        wall.see(connection, schools)


def _prepare(raw: DBAPIConnection, _record: object) -> None:
    raw.isolation_level = None  # the driver starts transactions too late; `_begin` does
    cursor = raw.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    read_only = connection.get_execution_options().get(READ_ONLY)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
