"""After erasing: no byte of it stays in the files of the database, as far as the database can see to that.

SQLite: `secure_delete` overwrites what is deleted, VACUUM writes the database anew, and the checkpoint empties the WAL.
PostgreSQL: VACUUM FULL writes the touched tables anew and ANALYZE their statistics, which quote values; old WAL
segments and backups are the administrator's (docs/retention.md).
"""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from models.base import Base


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
            connection.exec_driver_sql(f'VACUUM FULL "{table}"')
            connection.exec_driver_sql(f'ANALYZE "{table}"')
        if connection.exec_driver_sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").scalar():
            connection.exec_driver_sql("VACUUM FULL pg_catalog.pg_statistic")
            connection.exec_driver_sql("CHECKPOINT")
