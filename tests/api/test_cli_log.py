"""`kindblad log`, and `kindblad migrate` on PostgreSQL with an owner and a role for the application, as typed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.db import writing
from api.security.access_log import AccessLogWriter
from tests import databases
from tests.conftest import Database, missing
from tests.owner import owning
from tests.site import Site
from tests.terminal import TypeIn
from tests.world import TODAY


def write(database: Database, number: int) -> None:
    line = {"at": datetime.now(UTC), "kind": "sheet", "action": "read", "ground": "IB"}
    AccessLogWriter(database.engine).write([line] * number)


def test_a_whole_log_is_verified_against_its_copies_and_a_broken_one_ends_with_1(
    database: Database, type_in: TypeIn, tmp_path: Path
) -> None:
    write(database, 5)
    copy = str(tmp_path / "kopie")

    head = type_in("log head", "--head-file", copy, DATABASE_URL=database.url)
    whole = type_in("log verify", LOG_HEAD_FILE=copy, DATABASE_URL=database.url)

    assert head.stdout.split()[0] == "5"
    assert len(head.stdout.split()[1]) == 64
    assert (whole.returncode, whole.stderr) == (0, "")
    assert "Het inzagelog klopt: 5 regels" in whole.stdout
    assert "Vergeleken met 1 kopieën" in whole.stdout

    with owning(database) as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER access_log_no_update")
        else:
            connection.exec_driver_sql("ALTER TABLE access_log DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE access_log SET account_id = 3 WHERE id = 4")
    broken = type_in("log verify", DATABASE_URL=database.url)

    assert broken.returncode == 1
    assert "regel 4 (" in broken.stderr
    assert "is gewijzigd" in broken.stderr


def test_a_copy_of_something_else_is_said_to_be_so(sqlite: Database, type_in: TypeIn, tmp_path: Path) -> None:
    (tmp_path / "kopie").write_text("geen hoofd\n")

    answer = type_in("log verify", "--head-file", "kopie", DATABASE_URL=sqlite.url)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert "is geen hoofd van het inzagelog" in answer.stderr


def test_the_server_keeps_copies_of_the_head_beside_the_database(one_site: Site, type_in: TypeIn) -> None:
    one_site.log_in("kim")
    one_site.client.get(f"/kind/{one_site.world.uids['noor']}")
    url = one_site.engine.url.render_as_string(hide_password=False)

    answer = type_in("log verify", DATABASE_URL=url)

    assert answer.returncode == 0
    assert "Vergeleken met 1 kopieën" in answer.stdout


def test_migrating_as_the_owner_leaves_the_application_with_rows_only(type_in: TypeIn) -> None:
    try:
        with databases.fresh("postgresql", migrated=False) as owner:
            application = sa.make_url(owner).set(username=databases.APPLICATION).render_as_string(hide_password=False)

            without = type_in("migrate", DATABASE_URL=application)
            done = type_in("migrate", OWNER_URL=owner, DATABASE_URL=application)
            used = type_in("stats", DATABASE_URL=application)

            assert (without.returncode, without.stdout) == (2, "")
            assert "KINDBLAD_OWNER_URL" in without.stderr
            assert (done.returncode, done.stderr) == (0, "")
            assert "De database ging van leeg naar" in done.stdout
            assert used.returncode == 0
            engine = sa.create_engine(application, poolclass=sa.NullPool)
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied"), writing(engine) as connection:
                connection.exec_driver_sql("DELETE FROM access_log")
    except databases.NoPostgresqlError as reason:
        missing("postgresql", str(reason))


def test_a_role_that_passes_by_the_wall_is_warned_about(type_in: TypeIn) -> None:
    try:
        with databases.fresh("postgresql", migrated=False) as owner, databases.administration(owner) as superuser:
            url = superuser.engine.url.render_as_string(hide_password=False)

            answer = type_in("migrate", DATABASE_URL=url)

            assert answer.returncode == 0
            assert "gaat langs de muur tussen scholen" in answer.stderr
    except databases.NoPostgresqlError as reason:
        missing("postgresql", str(reason))


def test_what_an_account_saw_is_told_per_child_and_that_is_logged_too(one_site: Site, type_in: TypeIn) -> None:
    one_site.log_in("kim")
    one_site.client.get(f"/groep/{one_site.world.group_uids['6B']}")
    one_site.client.get(f"/kind/{one_site.world.uids['noor']}")
    one_site.client.get(f"/kind/{one_site.world.uids['daan']}")  # refused
    url = one_site.engine.url.render_as_string(hide_password=False)
    period = ("--from", f"{TODAY}", "--to", f"{TODAY}")

    told = type_in("log touched", "--account", "KIM", *period, DATABASE_URL=url)
    other = type_in("log touched", "--account", "piet", *period, DATABASE_URL=url)

    assert "Noor van der Ven                 lijst van de groep, blad" in told.stdout
    assert "Zoë van der Meer" in told.stdout
    assert "Daan" not in told.stdout
    assert "kim zag iets van 2 kinderen." in told.stdout
    assert other.stdout == "piet zag iets van 0 kinderen.\n"
    assert [line[1:3] for line in one_site.lines()][-2:] == [("access_log", "exported")] * 2


def test_an_account_that_is_not_there_is_said_to_be_so(sqlite: Database, type_in: TypeIn) -> None:
    period = ("--from", "2026-01-01", "--to", "2026-01-02")

    answer = type_in("log touched", "--account", "x", *period, DATABASE_URL=sqlite.url)

    assert (answer.returncode, answer.stdout) == (2, "")
    assert "Er is geen account x" in answer.stderr
