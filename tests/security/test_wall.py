"""The second wall, in PostgreSQL itself: who says for no school sees no child, whatever a query forgot to ask."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from api.db import for_every_school, for_schools, make_engine, reading, writing
from models import Base
from models.group import ClassGroup
from models.person import Pupil
from models.wall import BEFORE_LOGIN
from tests import databases, world
from tests.conftest import Database, FreshDatabase
from tests.migrations.test_tenant_wall import Town
from tests.owner import owning
from tests.world import World

OF_A_SCHOOL = [table for table in Base.metadata.sorted_tables if "school_id" in table.c]
COUNT = sa.select(sa.func.count()).select_from(Pupil)


@pytest.fixture
def postgresql(fresh_database: FreshDatabase) -> Iterator[Database]:
    """Give a database whose `engine` is that of the application: it sees nothing until it says for which schools."""
    with fresh_database("postgresql") as fresh:
        with writing(fresh.engine) as connection:
            world.build(connection)
        engine = make_engine(fresh.url)
        yield Database(fresh.url, engine)
        engine.dispose()


def schools(database: Database) -> dict[str, int]:
    with reading(database.engine) as connection:
        return {row.name: row.id for row in connection.execute(sa.text("SELECT id, name FROM school"))}


def test_every_table_of_a_school_stands_behind_the_wall(postgresql: Database) -> None:
    """A new table is missing here: call `protect("its_name")` of migrations/wall.py in the migration that makes it."""
    walled = sa.text(
        "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'school' "
        "WHERE c.relrowsecurity AND c.relforcerowsecurity"
    )
    with reading(postgresql.engine) as connection:
        found = set(connection.scalars(walled))

    assert {table.name for table in OF_A_SCHOOL} - BEFORE_LOGIN == found


def test_a_transaction_sees_and_writes_only_the_schools_it_works_for(postgresql: Database) -> None:
    vliet, duin = schools(postgresql)["vliet"], schools(postgresql)["duin"]

    def count() -> int | None:
        with reading(postgresql.engine) as connection:
            return connection.scalar(COUNT)

    def rename_all() -> int:
        with writing(postgresql.engine) as connection:
            return connection.execute(sa.update(Pupil).values(given_name="X")).rowcount

    assert (count(), rename_all()) == (0, 0)
    with for_schools([duin]):
        assert (count(), rename_all()) == (1, 1)
    with for_schools([vliet, duin]):
        assert count() == 4
    with for_every_school(postgresql.engine):
        assert count() == 4
    assert count() == 0

    def move() -> None:
        with for_schools([duin]), writing(postgresql.engine) as connection:
            connection.execute(sa.insert(Pupil).values(school_id=vliet, given_name="Y"))

    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"):
        move()


def test_b35_what_a_request_said_is_gone_from_the_pooled_connection_after_it(postgresql: Database) -> None:
    duin = schools(postgresql)["duin"]

    for _ in range(20):
        with for_schools([duin]), reading(postgresql.engine) as connection:
            backend, seen = connection.execute(sa.select(sa.func.pg_backend_pid(), COUNT.scalar_subquery())).one()
        assert seen == 1
        with reading(postgresql.engine) as connection:
            again, seen = connection.execute(sa.select(sa.func.pg_backend_pid(), COUNT.scalar_subquery())).one()
        assert (again, seen) == (backend, 0)  # the same connection of the pool, and nothing left in it


def test_b35_not_after_a_request_that_failed_either(postgresql: Database) -> None:
    def fail() -> None:
        with for_schools(schools(postgresql).values()), writing(postgresql.engine) as connection:
            connection.execute(sa.text("SELECT 1 / 0"))

    for _ in range(5):
        with pytest.raises(sa.exc.DataError):
            fail()
        with reading(postgresql.engine) as connection:
            assert connection.scalar(COUNT) == 0


def test_b36_the_owner_of_the_tables_does_not_pass_by_the_wall(postgresql: Database) -> None:
    engine = sa.create_engine(databases.of_owner(postgresql.url), poolclass=sa.NullPool)

    with engine.connect() as connection:
        assert (
            connection.scalar(sa.text("SELECT tableowner FROM pg_tables WHERE tablename = 'pupil'")) == databases.OWNER
        )
        assert connection.scalar(COUNT) == 0


def test_b36_no_view_looks_over_the_wall(postgresql: Database) -> None:
    views = sa.text(
        "SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace "
        "AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)"
    )
    with databases.administration(postgresql.url) as superuser:
        superuser.exec_driver_sql("CREATE VIEW of_whoever_asks WITH (security_invoker=true) AS SELECT * FROM pupil")
        superuser.exec_driver_sql(f"GRANT SELECT ON of_whoever_asks TO {databases.APPLICATION}")
        assert superuser.scalar(sa.text("SELECT count(*) FROM of_whoever_asks")) == 4

    with reading(postgresql.engine) as connection:
        assert connection.scalars(views).all() == []
        assert connection.scalar(sa.text("SELECT count(*) FROM of_whoever_asks")) == 0


def test_b37_a_key_that_exists_at_another_school_is_free_here(postgresql: Database) -> None:
    """No key that people or files choose is unique over schools, so a refusal never tells what another school has."""
    betraying = [
        (table.name, sorted(unique))
        for table in OF_A_SCHOOL
        if table.name not in BEFORE_LOGIN
        for unique in uniques(table)
        if unique not in ({"id"}, {"uid"}) and not unique & {"school_id", *of_the_school(table)}
    ]
    assert betraying == []

    with for_schools([schools(postgresql)["duin"]]), writing(postgresql.engine) as connection:
        duin = World(connection)
        duin.schools, duin.year = schools(postgresql), 1
        duin.source("duin", "vliet las", leads_roll=False)
        connection.execute(sa.update(ClassGroup).values(name="6B", source_key="6B"))


def uniques(table: sa.Table) -> list[set[str]]:
    found = [{column.name for column in table.primary_key.columns}]
    found += [
        {c.name for c in unique.columns} for unique in table.constraints if isinstance(unique, sa.UniqueConstraint)
    ]
    return found + [{column.name for column in index.columns} for index in table.indexes if index.unique]


def of_the_school(table: sa.Table) -> set[str]:
    """Columns whose value is a row of one school, or that only our own random or counted ids go into."""
    keys = [key for key in table.foreign_key_constraints if "school_id" in key.column_keys]
    return {name for key in keys for name in key.column_keys}


def test_the_role_of_the_application_cannot_take_the_wall_down(postgresql: Database) -> None:
    for statement in (
        "ALTER TABLE pupil DISABLE ROW LEVEL SECURITY",
        "DROP POLICY school ON pupil",
        "CREATE POLICY mine ON pupil USING (true)",
        "ALTER TABLE pupil ADD COLUMN x int",
        "CREATE TABLE mine (x int)",
        "TRUNCATE pupil",
        "DROP TRIGGER access_log_no_delete ON access_log",
        f"SET ROLE {databases.OWNER}",
        "UPDATE access_log SET ground = ''",
        "DELETE FROM access_log",
        "DELETE FROM access_log_head",
        "INSERT INTO access_log_anchor (number, hash, dropped_at) VALUES (9, '', now())",
        "UPDATE alembic_version SET version_num = '0001'",
    ):
        with (
            pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"),
            writing(postgresql.engine) as connection,
        ):
            connection.exec_driver_sql(statement)


def test_the_owner_can_still_change_what_is_there_in_a_migration(postgresql: Database) -> None:
    with owning(postgresql) as connection:
        assert connection.execute(sa.text("UPDATE pupil SET given_name = given_name")).rowcount == 4


def test_rows_of_every_table_of_another_school_are_unseen(fresh_database: FreshDatabase) -> None:
    with fresh_database("postgresql") as fresh, fresh.engine.connect() as connection:
        town = Town(connection)
        for table in OF_A_SCHOOL:
            town.row(table, 1)
            town.row(table, 2)
        for table in OF_A_SCHOOL:
            connection.execute(sa.text("SELECT set_config('kindblad.schools', '2', true)"))
            seen = set(connection.scalars(sa.select(table.c.school_id)))
            if table.name not in BEFORE_LOGIN:
                assert 1 not in seen, table.name
