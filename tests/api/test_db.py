"""Transactions: a reader sees one moment, a writer keeps all or nothing, and a crash loses no line."""

from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.db import make_engine, reading, writing
from models.school import School
from tests.conftest import Database, FreshDatabase
from tests.world import NOW

NAMES = sa.select(School.name).order_by(School.id)


def add(connection: sa.Connection, name: str) -> None:
    connection.execute(sa.insert(School).values(name=name, school_key=name, created_at=NOW))


def test_a_page_sees_one_moment_while_another_writes(database: Database) -> None:
    with writing(database.engine) as connection:
        add(connection, "eerste")

    with reading(database.engine) as connection:
        before = connection.scalars(NAMES).all()
        with writing(database.engine) as other:
            add(other, "tweede")
        after = connection.scalars(NAMES).all()

    assert before == after == ["eerste"]
    with reading(database.engine) as connection:
        assert connection.scalars(NAMES).all() == ["eerste", "tweede"]


def test_a_block_that_fails_keeps_nothing(database: Database) -> None:
    def half() -> None:
        with writing(database.engine) as connection:
            add(connection, "half")
            raise KeyError("stroom weg")

    with pytest.raises(KeyError):
        half()

    with reading(database.engine) as connection:
        assert connection.scalars(NAMES).all() == []


def test_nothing_is_kept_of_what_is_written_while_reading(database: Database) -> None:
    with suppress(sa.exc.InternalError), reading(database.engine) as connection:  # what PostgreSQL answers
        add(connection, "per ongeluk")

    with reading(database.engine) as connection:
        assert connection.scalars(NAMES).all() == []


def test_postgresql_plans_what_pages_ask_again_and_again_once(fresh_database: FreshDatabase) -> None:
    with fresh_database("postgresql") as database:
        for _ in range(8):
            with reading(database.engine) as connection:
                connection.execute(NAMES)
        with reading(database.engine) as connection:
            kept = connection.scalars(sa.text("SELECT statement FROM pg_prepared_statements")).all()

    assert any("school.name" in statement for statement in kept)


def test_sqlite_is_set_up_for_a_school(sqlite: Database) -> None:
    with reading(sqlite.engine) as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "trusted_schema")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10000,
        "trusted_schema": 0,
    }


def test_a_new_database_file_is_ours_alone(tmp_path: Path) -> None:
    file = tmp_path / "map" / "kindblad.sqlite"

    engine = make_engine(f"sqlite:///{file}")
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE x (y)")
    engine.dispose()

    assert oct(file.stat().st_mode)[-3:] == "600"
    assert oct(file.parent.stat().st_mode)[-3:] == "700"
