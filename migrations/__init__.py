"""How the schema came to be: numbered Alembic steps in `versions/`, run from code without an alembic.ini.

One call is one transaction on both databases: a migration stopped half-way leaves the schema of before. The
connection is our own, because SQLite can only rebuild a table while its foreign keys are switched off.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from migrations import wall
from models.wall import see_all

HERE = Path(__file__).parent
# Any number will do, as long as two `kindblad migrate` at once agree on it and wait for one another.
POSTGRESQL_LOCK = 7_152_026


def upgrade(database: sa.Engine | sa.URL | str, revision: str = "head") -> None:
    """Bring the database to `revision` ("head", "0001", "+1"); does nothing when it is there already."""
    with _connection(database) as connection:
        command.upgrade(configuration(connection), revision)


def downgrade(database: sa.Engine | sa.URL | str, revision: str) -> None:
    """Take the database back to `revision` ("base", "0001", "-1"), with what only newer tables hold."""
    with _connection(database) as connection:
        command.downgrade(configuration(connection), revision)


def current(database: sa.Engine | sa.URL | str) -> str | None:
    """Tell at which revision the database is; None when it was never migrated."""
    with _connection(database) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def grant_application(owner: sa.URL | str, role: str) -> None:
    """Give the role under which the application runs its rights, as the owner of the tables; PostgreSQL only."""
    with _connection(owner) as connection:
        wall.grant_application(connection, role)


def head() -> str | None:
    """Tell the newest revision in `versions/`."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def configuration(connection: sa.Connection | None = None) -> Config:
    """Configure Alembic on a connection with a running transaction, which it neither commits nor rolls back."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config


@contextmanager
def _connection(database: sa.Engine | sa.URL | str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(database.url if isinstance(database, sa.Engine) else database, poolclass=sa.NullPool)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _leave_transactions_to_us)
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(POSTGRESQL_LOCK)))
            if connection.scalar(sa.select(sa.func.to_regclass("school"))):
                see_all(connection)  # an owner is behind the wall too, and a step may have to change rows
        yield connection
        if engine.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise RuntimeError(f"na de migratie verwijzen {len(broken)} rijen naar niets; er is niets veranderd")


def _leave_transactions_to_us(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA busy_timeout = 30000")
    connection.execute("PRAGMA foreign_keys = OFF")
