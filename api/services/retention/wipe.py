"""After erasing: no byte of it stays in the files of the database, as far as the database can see to that.

SQLite: `secure_delete` overwrites what is deleted, VACUUM writes the database anew, and the checkpoint empties the WAL.
PostgreSQL: VACUUM FULL writes the touched tables anew and ANALYZE their statistics, which quote values; old WAL
segments and backups are the administrator's (docs/retention.md). While another program reads from before the erasing,
PostgreSQL keeps for it what was erased; so each table is written anew until nothing stays behind.
"""

import re
import time
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from api.problem import ForPeopleError
from models.base import Base

PATIENCE, PAUSE = 60.0, 0.5
"""Seconds to wait for who still reads from before, and between two tries."""


def wipe(engine: sa.Engine, tables: Collection[str]) -> None:
    """Write anew what was erased from; others wait meanwhile, so this belongs to the night."""
    known = [table.name for table in Base.metadata.sorted_tables if table.name in tables]
    if engine.dialect.name == "sqlite":
        _sqlite(engine)
    elif known:
        _postgresql(engine, known)


def _sqlite(engine: sa.Engine) -> None:
    engine.dispose()
    connection: Any = engine.raw_connection()
    try:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            connection.driver_connection.execute(statement).fetchall()
    finally:
        connection.close()


def _postgresql(engine: sa.Engine, tables: list[str]) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in tables:
            _rewrite(connection, table)
            connection.exec_driver_sql(f'ANALYZE "{table}"')
        if connection.exec_driver_sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").scalar():
            connection.exec_driver_sql("VACUUM FULL pg_catalog.pg_statistic")
            connection.exec_driver_sql("CHECKPOINT")


def _rewrite(connection: sa.Connection, table: str) -> None:
    """Write a table anew without its erased rows, as soon as nobody can see those any more. Raises `ForPeopleError`."""
    driver: Any = connection.connection.driver_connection
    details: list[str] = []

    def hear(said: Any) -> None:
        details.append(said.message_detail or "")

    driver.add_notice_handler(hear)
    try:
        until = time.monotonic() + PATIENCE
        while True:
            details.clear()
            connection.exec_driver_sql(f'VACUUM (FULL, VERBOSE) "{table}"')
            # "12 dead row versions cannot be removed yet.", in whatever language the server speaks.
            kept = [int(number[0]) for detail in details if (number := re.match(r"\d+", detail))]
            if not any(kept):
                return
            if time.monotonic() > until:
                raise ForPeopleError(
                    f"De rijen zijn gewist, maar in tabel {table} bewaart PostgreSQL er nog {sum(kept)} voor een ander "
                    "programma dat aan het lezen is. Sluit dat en draai `kindblad retention run` opnieuw."
                )
            time.sleep(PAUSE)
    finally:
        driver.remove_notice_handler(hear)
