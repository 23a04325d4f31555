"""Every reading of a child's data leaves a line before the page is sent; without a line there is no page."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.db import make_engine, reading, writing
from api.security.access_log import AccessLogWriter, LogUnavailableError
from models.audit import AccessLog
from tests.conftest import Database
from tests.owner import owning
from tests.site import Site


def test_a_sheet_leaves_a_line_on_either_face(site: Site) -> None:
    site.log_in("kim")
    noor = site.world.pupils["noor"]

    site.client.get(f"/kind/{site.world.uids['noor']}")
    site.client.get(f"/api/v1/pupils/{site.world.uids['noor']}/sheet")

    assert site.lines() == [(noor, "sheet", "read", "groep 6B")] * 2


def test_a_line_says_who_in_which_role_where_and_when(one_site: Site) -> None:
    one_site.log_in("moeder")
    before = datetime.now(UTC)

    one_site.client.get(f"/kind/{one_site.world.uids['noor']}")

    with reading(one_site.engine) as connection:
        line = connection.execute(sa.select(AccessLog).where(AccessLog.kind == "sheet")).one()
    assert (line.account_id, line.role, line.school_id) == (
        one_site.world.accounts["moeder"],
        "parent",
        one_site.world.schools["vliet"],
    )
    assert before <= line.at <= datetime.now(UTC)


def test_a_group_leaves_a_line_for_each_child_named(site: Site) -> None:
    site.log_in("kim")

    site.client.get(f"/groep/{site.world.group_uids['6B']}")

    children = {site.world.pupils["noor"], site.world.pupils["zoë"]}
    assert set(site.lines()) == {(child, "group", "read", "groep 6B") for child in children}


def test_a_search_leaves_a_line_for_each_child_found(site: Site) -> None:
    site.log_in("ib")

    site.client.post("/zoek", data={"name": "noor"})

    assert site.lines() == [(site.world.pupils["noor"], "search", "read", "IB")]


def test_a_refusal_leaves_a_line_too(site: Site) -> None:
    site.log_in("kim")

    site.client.get(f"/kind/{site.world.uids['daan']}")
    site.client.get("/api/v1/pupils/0190a5d2-0000-7000-8000-000000000000/sheet")

    assert site.lines() == [(site.world.pupils["daan"], "sheet", "refused", ""), (None, "sheet", "refused", "")]


@pytest.mark.parametrize("path", ["/kind/{child}", "/api/v1/pupils/{child}/sheet", "/groep/{group}"])
def test_without_a_line_there_is_no_page(database: Database, site: Site, path: str) -> None:
    site.log_in("kim")
    with owning(database) as connection:
        connection.exec_driver_sql("ALTER TABLE access_log RENAME TO gone")

    answer = site.client.get(path.format(child=site.world.uids["noor"], group=site.world.group_uids["6B"]))

    assert answer.status_code == 503
    assert "Noor" not in answer.text
    assert "vastgelegd" in answer.text


def test_lines_of_requests_at_the_same_time_are_all_kept(database: Database) -> None:
    engines = [make_engine(database.url) for _ in range(2)]
    writers = [AccessLogWriter(engine) for engine in engines]  # as two server processes
    at = datetime.now(UTC)

    def write(number: int) -> None:
        line = {"at": at, "pupil_id": number, "kind": "sheet", "action": "read", "ground": ""}
        writers[number % 2].write([line, line])

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(write, range(60)))
    for engine in engines:
        engine.dispose()

    with reading(database.engine) as connection:
        kept = connection.execute(sa.select(AccessLog.pupil_id, sa.func.count()).group_by(AccessLog.pupil_id)).all()
    assert sorted(tuple(row) for row in kept) == [(number, 2) for number in range(60)]


def test_waiting_lines_share_one_commit(sqlite: Database) -> None:
    commits: list[str] = []

    def count(raw: sqlite3.Connection, _record: object) -> None:
        raw.set_trace_callback(lambda statement: commits.append(statement) if statement == "COMMIT" else None)

    engine = make_engine(sqlite.url)
    sa.event.listen(engine, "connect", count)
    writer = AccessLogWriter(engine)
    line = {"at": datetime.now(UTC), "kind": "sheet", "action": "read", "ground": ""}

    with ThreadPoolExecutor(8) as threads:
        with writing(sqlite.engine):  # while another writes, all eight queue up
            waiting = [threads.submit(writer.write, [line]) for _ in range(8)]
            while len(writer._waiting) < 7:
                time.sleep(0.001)
        for each in waiting:
            each.result()
    engine.dispose()

    assert 1 <= len(commits) <= 2  # the first, and the seven behind it


def test_lines_that_cannot_be_queued_are_not_lost_in_silence(sqlite: Database) -> None:
    writer = AccessLogWriter(sqlite.engine)
    writer._queue_file = Path("/proc/nergens/wachtrij")

    with pytest.raises(LogUnavailableError):
        writer.write([{"at": datetime.now(UTC), "kind": "sheet", "action": "read", "ground": ""}])
