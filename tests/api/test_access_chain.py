"""The access log is append-only and chained: what is changed, removed or cut off is found, and named by its line."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.db import reading, writing
from api.security import log_head
from api.security.access_log import AccessLogWriter
from models.audit import AccessLog
from models.queries import log
from models.queries.log import Broken, Verified, Witness
from models.vocabulary import Role
from tests.conftest import Database, FreshDatabase
from tests.owner import owning

MOVE_HEAD = "UPDATE access_log_head SET number = 200, hash = (SELECT hash FROM access_log WHERE id = 200)"
START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def lines(number: int, *, start: datetime = START) -> list[dict[str, object]]:
    """Lines one minute apart, as the pages leave them."""
    return [
        {
            "at": start + timedelta(minutes=minute),
            "school_id": 1,
            "account_id": 7,
            "role": Role.TEACHER,
            "pupil_id": minute,
            "kind": "sheet",
            "action": "read",
            "ground": "groep 6B – “élan”",
        }
        for minute in range(number)
    ]


def verify(database: Database, witnesses: dict[int, Witness] | None = None) -> Verified:
    with reading(database.engine) as connection:
        return log.verify(connection, witnesses or {}, START.date())


def tamper(database: Database, statement: str) -> None:
    """Do to the table what someone with a tool for databases can, who takes the guard away first."""
    with owning(database) as connection:
        if connection.dialect.name == "sqlite":
            for trigger in ("access_log_no_update", "access_log_no_delete"):
                connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        else:
            connection.exec_driver_sql("ALTER TABLE access_log DISABLE TRIGGER USER")
        connection.exec_driver_sql(statement)


@pytest.fixture
def written(database: Database) -> Database:
    AccessLogWriter(database.engine).write(lines(300))
    return database


def test_a_log_that_nobody_touched_verifies(written: Database) -> None:
    AccessLogWriter(written.engine).write([{"at": START, "kind": "login", "action": "ok", "ground": ""}])

    found = verify(written)

    assert (found.lines, found.head.number, found.broken) == (301, 301, None)


def test_an_empty_log_verifies(database: Database) -> None:
    assert verify(database).broken is None


@pytest.mark.parametrize(
    ("statement", "number", "why"),
    [
        ("UPDATE access_log SET account_id = 8 WHERE id = 57", 57, "is gewijzigd"),
        ("UPDATE access_log SET ground = 'groep 6C' WHERE id = 57", 57, "is gewijzigd"),
        ("UPDATE access_log SET at = '2026-11-21 09:00:00.000000' WHERE id = 300", 300, "is gewijzigd"),
        ("UPDATE access_log SET hash = (SELECT hash FROM access_log WHERE id = 1) WHERE id = 57", 57, "is gewijzigd"),
        ("DELETE FROM access_log WHERE id = 57", 57, "ontbreekt; de eerstvolgende is van 22-11-2026 09:57 UTC"),
        ("DELETE FROM access_log WHERE id BETWEEN 1 AND 20", 1, "ontbreekt; de eerstvolgende"),
        ("DELETE FROM access_log WHERE id > 200", 201, "ontbreekt; aan het einde zijn 100 regels weg"),
        ("DELETE FROM access_log", 1, "ontbreekt; aan het einde zijn 300 regels weg"),
    ],
)
def test_b82_the_first_line_that_was_tampered_with_is_named(
    written: Database, statement: str, number: int, why: str
) -> None:
    tamper(written, statement)

    broken = verify(written).broken

    assert broken is not None
    assert broken.number == number
    assert broken.why.startswith(why)


@pytest.mark.parametrize("statement", ["UPDATE access_log SET account_id = 8", "DELETE FROM access_log WHERE id = 300"])
@pytest.mark.parametrize("as_owner", [False, True])
def test_b82_the_database_refuses_to_change_the_log(written: Database, statement: str, *, as_owner: bool) -> None:
    def change() -> None:
        with owning(written) if as_owner else writing(written.engine) as connection:
            connection.exec_driver_sql(statement)

    with pytest.raises(sa.exc.DBAPIError, match=r"inzagelog kan niet worden gewijzigd|permission denied"):
        change()

    assert verify(written).broken is None


def test_b83_a_tail_that_was_cut_off_with_the_head_is_found_by_the_copy(written: Database, tmp_path: Path) -> None:
    copy = tmp_path / "elders" / "hoofd"
    with reading(written.engine) as connection:
        log_head.append(copy, log.head(connection), START)
    tamper(written, "DELETE FROM access_log WHERE id > 200")
    with owning(written) as connection:
        connection.exec_driver_sql(MOVE_HEAD)

    assert verify(written).broken is None  # nothing inside the database tells
    broken = verify(written, log_head.witnesses(copy)).broken
    assert broken == Broken(201, None, "ontbreekt; aan het einde zijn 100 regels weg")


def test_b83_a_log_written_anew_from_a_point_on_is_found_by_the_copy(written: Database, tmp_path: Path) -> None:
    with reading(written.engine) as connection:
        log_head.append(tmp_path / "hoofd", log.head(connection), START)
    tamper(written, "DELETE FROM access_log WHERE id > 200")
    with owning(written) as connection:
        connection.exec_driver_sql(MOVE_HEAD)
    AccessLogWriter(written.engine).write(lines(150, start=START + timedelta(days=1)))

    broken = verify(written, log_head.witnesses(tmp_path / "hoofd")).broken

    assert broken is not None
    assert (broken.number, broken.why) == (300, "is een andere dan die waarvan elders een kopie is bewaard")


def test_b83_the_head_is_copied_with_the_first_line_and_then_once_an_hour(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "map" / "hoofd"
    writer = AccessLogWriter(sqlite.engine, file)
    clock = itertools.count(step=1000)
    monkeypatch.setattr("api.security.log_head.time.monotonic", lambda: float(next(clock)))

    for line in lines(12):
        writer.write([line])

    kept = log_head.witnesses(file)
    assert next(iter(kept)) == 1
    assert 3 <= len(kept) <= 6
    assert oct(file.stat().st_mode)[-3:] == "600"
    assert verify(sqlite, kept).broken is None


def test_lines_beyond_their_term_are_dropped_and_the_rest_still_verifies(written: Database) -> None:
    with owning(written) as connection:
        assert log.drop_prefix(connection, START + timedelta(minutes=100), datetime.now(UTC)) == 100

    found = verify(written)
    assert (found.lines, found.anchor.number, found.broken) == (200, 100, None)
    AccessLogWriter(written.engine).write(lines(3))
    assert verify(written).broken is None
    tamper(written, "DELETE FROM access_log WHERE id = 101")
    broken = verify(written).broken
    assert broken is not None
    assert broken.number == 101


def test_a_whole_log_can_be_beyond_its_term(written: Database) -> None:
    with owning(written) as connection:
        assert log.drop_prefix(connection, datetime.now(UTC) + timedelta(days=9), datetime.now(UTC)) == 300
        assert log.drop_prefix(connection, datetime.now(UTC) + timedelta(days=9), datetime.now(UTC)) == 0

    AccessLogWriter(written.engine).write(lines(3))
    assert verify(written).broken is None
    assert verify(written).head.number == 303


def test_lines_out_of_sight_are_not_left_behind_the_anchor(fresh_database: FreshDatabase) -> None:
    with fresh_database("postgresql") as fresh:
        AccessLogWriter(fresh.engine).write([*lines(5), {**lines(1)[0], "school_id": 2}, *lines(1)])

        def drop() -> None:
            with owning(fresh) as connection:
                connection.exec_driver_sql("SELECT set_config('kindblad.schools', '1', true)")
                log.drop_prefix(connection, START + timedelta(days=1), datetime.now(UTC))

        with pytest.raises(RuntimeError, match="1 oude regels"):
            drop()

        assert verify(fresh).broken is None


def test_nothing_newer_than_the_term_goes_with_the_old(written: Database) -> None:
    """A line of before the term that stands behind newer ones, from a process whose clock was behind, waits."""
    AccessLogWriter(written.engine).write(lines(1, start=START - timedelta(days=400)))

    with owning(written) as connection:
        assert log.drop_prefix(connection, START, datetime.now(UTC)) == 0

    assert verify(written).broken is None


WRITE_UNTIL_KILLED = """
import sys
from datetime import UTC, datetime
from api.db import make_engine
from api.security.access_log import AccessLogWriter
writer = AccessLogWriter(make_engine(sys.argv[1]))
print("ready", flush=True)
while True:
    line = {"at": datetime.now(UTC), "kind": "sheet", "action": "read", "ground": sys.argv[2]}
    writer.write([line] * 3)
"""


def test_processes_that_write_at_once_and_are_killed_leave_one_whole_chain(database: Database) -> None:
    workers = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WRITE_UNTIL_KILLED, database.url, f"proces {number}"],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        for number in range(3)
    ]
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()
    wait_for(lambda: len(by_ground(database)) == 3)
    for worker in workers:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()

    found = verify(database)
    assert found.broken is None
    assert found.lines == found.head.number
    assert {count % 3 for count in by_ground(database).values()} == {0}  # a page's lines go in together or not at all


def by_ground(database: Database) -> dict[str, int]:
    counted = sa.select(AccessLog.ground, sa.func.count()).group_by(AccessLog.ground)
    with reading(database.engine) as connection:
        return {row[0]: row[1] for row in connection.execute(counted)}


def wait_for(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
