"""The migrations: one numbered row of steps, up and down on both databases, ending where the models are."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import migrations
from models import Base
from models.wall import see_all
from tests import databases
from tests.conftest import KINDS, Database, missing


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    try:
        place = databases.fresh(request.param, migrated=False)
        with place as url:
            engine = sa.create_engine(url, poolclass=sa.NullPool)
            yield engine
    except databases.NoPostgresqlError as reason:
        missing("postgresql", str(reason))


def test_the_steps_form_one_numbered_row() -> None:
    steps = list(ScriptDirectory.from_config(migrations.configuration()).walk_revisions())[::-1]

    assert steps
    for number, step in enumerate(steps, start=1):
        assert step.revision == f"{number:04}"
        assert step.down_revision == (f"{number - 1:04}" if number > 1 else None)
        assert re.fullmatch(rf"{step.revision}_[a-z0-9_]+\.py", Path(step.path).name)
    assert migrations.head() == steps[-1].revision


def test_every_step_goes_up_and_down_again(empty: sa.Engine) -> None:
    revisions = [step.revision for step in ScriptDirectory.from_config(migrations.configuration()).walk_revisions()]

    for revision in reversed(revisions):
        before = _tables(empty)
        migrations.upgrade(empty, revision)
        assert migrations.current(empty) == revision
        migrations.downgrade(empty, "-1")
        assert _tables(empty) == before | {"alembic_version"}
        migrations.upgrade(empty, revision)
    migrations.downgrade(empty, "base")

    assert _tables(empty) == {"alembic_version"}
    assert migrations.current(empty) is None


def test_what_was_agreed_before_gets_a_name_of_its_own_and_goes_back_whole(empty: sa.Engine) -> None:
    migrations.upgrade(empty, "0012")
    with empty.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO school (id, uid, school_key, dependance, name, created_at) "
            "VALUES (1, '00000000000000000000000000000001', 'k', '00', 'School', '2026-01-01 00:00:00')"
        )
        see_all(connection)
        connection.exec_driver_sql(
            "INSERT INTO pupil (id, school_id, uid, sex) VALUES (1, 1, '00000000000000000000000000000002', 'unknown')"
        )
        connection.exec_driver_sql(
            "INSERT INTO agreement (id, school_id, pupil_id, body, agreed_on) "
            "VALUES (1, 1, 1, 'samen lezen', '2026-10-01'), (2, 1, 1, 'samen schrijven', '2026-10-01')"
        )
    migrations.upgrade(empty, "0013")
    with empty.begin() as connection:
        see_all(connection)
        uids = connection.scalars(sa.text("SELECT uid FROM agreement")).all()
    assert len(set(uids)) == 2
    assert None not in uids
    migrations.downgrade(empty, "0012")
    with empty.begin() as connection:
        see_all(connection)
        assert connection.scalar(sa.text("SELECT count(*) FROM agreement")) == 2


def test_upgrading_again_changes_nothing(empty: sa.Engine) -> None:
    migrations.upgrade(empty)
    before = _tables(empty)

    migrations.upgrade(empty)

    assert _tables(empty) == before
    assert migrations.current(empty) == migrations.head()


def test_a_step_that_fails_leaves_the_schema_of_before(empty: sa.Engine) -> None:
    with empty.begin() as connection:
        connection.exec_driver_sql(f"CREATE TABLE {list(Base.metadata.sorted_tables)[-1].name} (id INTEGER)")
    before = _tables(empty)

    with pytest.raises(sa.exc.DBAPIError):
        migrations.upgrade(empty)

    assert _tables(empty) == before


def test_the_migrated_schema_is_that_of_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_a_check_in_the_models_is_in_the_database(database: Database) -> None:
    found = sa.inspect(database.engine)

    for table in Base.metadata.sorted_tables:
        in_models = {str(c.name) for c in table.constraints if isinstance(c, sa.CheckConstraint)}
        assert {str(c["name"]) for c in found.get_check_constraints(table.name)} == in_models, table.name


def test_every_constraint_has_a_name_from_the_convention(database: Database) -> None:
    found = sa.inspect(database.engine)

    for table in found.get_table_names():
        if table == "alembic_version":
            continue
        names = [
            *(("fk_", key["name"]) for key in found.get_foreign_keys(table)),
            *(("uq_", unique["name"]) for unique in found.get_unique_constraints(table)),
            *(("ck_", check["name"]) for check in found.get_check_constraints(table)),
            *(("uq_" if index["unique"] else "ix_", index["name"]) for index in found.get_indexes(table)),
        ]
        if table not in NEVER_TWICE or database.engine.dialect.name != "sqlite":
            names.append(("pk_", found.get_pk_constraint(table)["name"]))
        for prefix, name in names:
            assert str(name).startswith(prefix + table), (table, name)


NEVER_TWICE = {"pupil", "account"}
"""SQLite takes AUTOINCREMENT only in the column itself, where a key has no name."""


def _tables(engine: sa.Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())
