"""Gone is gone: no bytes left, nothing half, nothing that comes back. E12-E15, C12, C38."""

import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.db import make_engine, reading, writing
from api.problem import ForPeopleError
from api.security.access_log import AccessLogWriter
from api.services import backup
from api.services.retention import plan, receipts, run, wipe
from api.services.retention.run import replay
from api.settings import Settings
from models.rules.retention import Period
from tests import databases
from tests.conftest import Database, FreshDatabase
from tests.connectors import tiny
from tests.retention.school import CANARY, ECKID, KEYS, LAST_DAY, School, about, make, moment

ONE_DAY = timedelta(days=1)
FIVE_YEARS = moment(Period(months=60).after(LAST_DAY) + ONE_DAY)
TWO_YEARS = moment(Period(months=24).after(LAST_DAY) + ONE_DAY)
OF_THE_LEAVER = [f"{CANARY} {KEYS[0]}".encode(), f"{CANARY}-voornaam".encode(), KEYS[0].encode(), ECKID.encode()]


def seen_in(folder: Path, needles: list[bytes] = OF_THE_LEAVER) -> set[str]:
    """Look through every byte of every file for what nobody else has."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    found = {file: file.read_bytes() for file in files if not file.name.startswith("bestand-")}
    return {file.name for file, content in found.items() if any(needle in content for needle in needles)}


def test_e12_no_byte_of_the_child_is_found_in_the_sqlite_files(one_school: School) -> None:
    database = Path(one_school.engine.url.database or "")
    one_school.leave()
    assert seen_in(database.parent)

    one_school.erase_what_is_due(FIVE_YEARS)

    with one_school.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    assert seen_in(database.parent) == set()
    assert seen_in(one_school.settings.data_dir) == set()
    assert database.name in seen_in(database.parent, [KEYS[1].encode()])


@pytest.fixture
def postgresql_school(fresh_database: FreshDatabase, tmp_path: Path) -> Iterator[School]:
    """A school on PostgreSQL, run by the owner of the tables: nobody else may write them anew."""
    with fresh_database("postgresql") as database:
        school = make(database.engine, tmp_path)
        school.engine = make_engine(databases.of_owner(databases.all_seeing(database.url)))
        yield school
        school.engine.dispose()


def test_e12_no_byte_of_the_child_is_found_in_the_tables_of_postgresql(postgresql_school: School) -> None:
    school, url = postgresql_school, postgresql_school.engine.url.render_as_string(hide_password=False)
    school.leave()
    with databases.administration(url) as connection:
        directory = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        number = connection.exec_driver_sql(
            "SELECT oid FROM pg_database WHERE datname = current_database()"
        ).scalar_one()
        folder = Path(directory) / "base" / str(number)
        connection.exec_driver_sql("CHECKPOINT")
        if not os.access(folder, os.R_OK):
            pytest.skip(f"de map {folder} van de server is niet te lezen")
        assert seen_in(folder)

        school.erase_what_is_due(FIVE_YEARS)

        connection.exec_driver_sql("CHECKPOINT")
        assert seen_in(folder) == set()
        assert seen_in(folder, [KEYS[1].encode()])


def test_bytes_that_someone_still_reads_are_gone_when_the_reader_is(postgresql_school: School) -> None:
    """Also said when the reader does not go: what PostgreSQL keeps for it is not wiped."""
    school = postgresql_school
    school.leave()
    with reading(school.engine) as reader:
        reader.execute(sa.text("SELECT count(*) FROM pupil"))
        with pytest.MonkeyPatch.context() as impatient:
            impatient.setattr(wipe, "PATIENCE", 0.0)
            with pytest.raises(ForPeopleError, match="voor een ander programma dat aan het lezen is"):
                school.erase_what_is_due(FIVE_YEARS)

        with ThreadPoolExecutor(1) as other:
            waits = other.submit(wipe.wipe, school.engine, ["pupil"])
            with pytest.raises(TimeoutError):
                waits.result(1)
            reader.rollback()
            waits.result(30)

    with databases.administration(school.engine.url.render_as_string(hide_password=False)) as connection:
        connection.exec_driver_sql("CHECKPOINT")
        file = connection.exec_driver_sql("SELECT pg_relation_filepath('pupil')").scalar_one()
        directory = Path(connection.exec_driver_sql("SHOW data_directory").scalar_one())
        if not os.access(directory / file, os.R_OK):
            pytest.skip("de bestanden van de server zijn niet te lezen")
        assert not any(needle in (directory / file).read_bytes() for needle in OF_THE_LEAVER)


def test_an_old_file_does_not_bring_an_erased_child_back(school: School) -> None:
    school.leave()
    school.erase_what_is_due(TWO_YEARS)
    rows = school.held()

    for _ in range(2):
        assert school.facts(KEYS[0], now=TWO_YEARS, connector="dossier").created == 0
        accounts = tiny.results(tiny.account(f"user-{KEYS[0]}", KEYS[0]))
        accounts.id = accounts.label = "accounts"
        school.take_in(accounts, TWO_YEARS)
        assert school.held() == rows
        assert tiny.count(school.engine, "guardian") == 1

    school.erase_what_is_due(FIVE_YEARS)
    outcome = school.roll(*KEYS, now=FIVE_YEARS, day=date(2031, 10, 20))
    school.facts(KEYS[0], now=FIVE_YEARS, connector="dossier")
    school.facts(KEYS[0], now=FIVE_YEARS, connector="een nieuwe bron")

    assert [issue.code for issue in outcome.issues] == ["sleutel_van_gewist_kind"]
    assert not school.is_known()
    assert tiny.count(school.engine, "source_person", f"source_key = '{KEYS[0]}'") == 0
    assert tiny.count(school.engine, "note") == 1


def test_a_new_child_never_gets_the_key_under_which_the_log_names_an_erased_one(school: School) -> None:
    newest = max(KEYS, key=lambda key: int(school.pupil(key).id))
    erased = int(school.pupil(newest).id)
    school.leave(key=newest)
    school.erase_what_is_due(FIVE_YEARS)
    assert not school.is_known(newest)

    new = tiny.placed("nieuw-1", given="Pip", family="Nieuw")
    school.take_in(tiny.roll(tiny.group("6A"), new, day=date(2031, 10, 20), year="2031-2032"), FIVE_YEARS)

    ids = {row[0] for row in tiny.rows(school.engine, "SELECT id FROM pupil")}
    assert len(ids) == 2
    assert erased not in ids


def test_a_child_that_returns_is_known_again_by_its_own_results(school: School) -> None:
    school.leave()
    school.erase_what_is_due(moment(LAST_DAY + timedelta(days=60)))
    before = school.held()
    back = date(2027, 1, 11)
    school.roll(*KEYS, now=moment(back), day=back)
    school.come_back(back)

    outcome = school.facts(KEYS[0], now=moment(back))
    outcome_of_another = school.facts(KEYS[1], now=moment(back))

    assert (outcome.created, outcome_of_another.created) == (0, 0)
    assert school.held()["assessment"] == before["assessment"]
    assert tiny.count(school.engine, "source_person", f"source_key = '{KEYS[0]}'") == 2
    assert school.held()["person_identifier"] > before["person_identifier"]


def test_practice_of_a_child_that_left_is_not_counted_again(school: School) -> None:
    from connectors.load.gone import Gone

    school.leave()
    school.erase_what_is_due(moment(LAST_DAY + timedelta(days=60)))
    keys = {f"user-{key}" for key in KEYS}
    platform = tiny.rows(school.engine, "SELECT school_id, source_id FROM practice_cell pc JOIN source_person sp "
                         "USING (school_id) WHERE sp.id = pc.source_person_id")[0]  # fmt: skip
    with reading(school.engine) as connection:
        assert Gone(connection, *platform).admitted(keys) == {f"user-{KEYS[1]}"}

    school.come_back(date(2027, 1, 11))
    with writing(school.engine) as connection:
        assert Gone(connection, *platform).admitted(keys) == keys
    assert tiny.count(school.engine, "source_person", f"source_key = 'user-{KEYS[0]}'") == 1


def test_e15_the_plan_names_nobody_and_the_proof_holds_no_content(school: School) -> None:
    school.leave()
    made = school.plan(TWO_YEARS)
    assert made is not None
    assert str(school.pupil().uid) in json.dumps(made.content)
    uid = str(school.pupil().uid)
    school.approve(TWO_YEARS)
    report = school.run(TWO_YEARS)

    assert report.children == 1
    assert report.rows["note"] == 1
    with reading(school.engine) as connection:
        proof = json.dumps([row._asdict() for row in _receipts(connection, school)], default=str)
        assert receipts.first_broken(connection, school.settings, school.id) is None
    assert uid in proof
    assert '"note": 1' in proof
    assert CANARY not in proof + json.dumps(made.content)


def test_e15_one_person_alone_cannot_erase_and_a_stale_plan_is_refused(one_school: School) -> None:
    one_school.leave()
    one_school.plan(TWO_YEARS)
    with pytest.raises(plan.PlanError, match="tweede persoon"):
        one_school.approve(TWO_YEARS, who="een")
    with pytest.raises(sa.exc.IntegrityError), writing(one_school.engine) as connection:
        connection.execute(sa.text("UPDATE retention_plan SET status = 'approved'"))
    with pytest.raises(sa.exc.IntegrityError), writing(one_school.engine) as connection:
        connection.execute(sa.text("UPDATE retention_plan SET approved_by = made_by"))

    assert one_school.run(TWO_YEARS).children == 0
    assert "note" in one_school.held()

    one_school.approve(TWO_YEARS)
    with pytest.raises(plan.PlanError):
        one_school.run(TWO_YEARS + timedelta(days=31))
    assert "note" in one_school.held()


def test_e15_a_plan_that_no_longer_fits_erases_nothing(school: School) -> None:
    school.leave()
    school.plan(TWO_YEARS)
    school.approve(TWO_YEARS)
    pupil_id = school.pupil().id
    with writing(school.engine) as connection:
        connection.execute(sa.text("DELETE FROM goal WHERE pupil_id = :id"), {"id": pupil_id})

    with pytest.raises(plan.PlanError):
        school.run(TWO_YEARS)

    assert school.held()["note"] == 1


def test_proof_that_someone_changed_is_noticed(one_school: School) -> None:
    one_school.leave()
    one_school.erase_what_is_due(TWO_YEARS)
    one_school.run(TWO_YEARS + ONE_DAY)
    with writing(one_school.engine) as connection:
        assert receipts.first_broken(connection, one_school.settings, 1) is None
        connection.execute(sa.text("UPDATE retention_receipt SET subject = NULL WHERE what = 'child'"))

    with reading(one_school.engine) as connection:
        assert receipts.first_broken(connection, one_school.settings, 1) == 1


def test_c12_e14_a_restored_backup_is_erased_again_before_it_opens(one_school: School, tmp_path: Path) -> None:
    settings = _settings(one_school)
    one_school.settings = settings
    kept = tmp_path / "kopieen"
    kept.mkdir()
    one_school.leave()
    file, _ = backup.backup(settings, kept, moment(LAST_DAY + ONE_DAY))
    one_school.erase_what_is_due(TWO_YEARS)
    with reading(one_school.engine) as connection:
        after = _numbers(connection)
    one_school.engine.dispose()
    elsewhere = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'nieuw' / 'kindblad.sqlite'}"})

    copied_by_hand = make_engine(f"sqlite:///{shutil.copy(file, tmp_path / 'overgezet.sqlite')}")
    with pytest.raises(ForPeopleError, match="retention replay"):
        receipts.require_replayed(copied_by_hand, settings)
    copied_by_hand.dispose()

    assert backup.restore(elsewhere, file, TWO_YEARS) == 1

    engine = make_engine(elsewhere.database)
    with reading(engine) as connection:
        assert receipts.missing(connection, settings) == []
    receipts.require_replayed(engine, settings)
    assert replay(engine, elsewhere, TWO_YEARS) == 0
    run.run(engine, elsewhere, TWO_YEARS, [one_school.id], lambda _text: None)
    with reading(engine) as connection:
        assert _numbers(connection) == after
    engine.dispose()
    assert seen_in(tmp_path / "nieuw", [f"{CANARY} {KEYS[0]}".encode(), ECKID.encode()]) == set()
    assert (tmp_path / "nieuw" / "kindblad.sqlite").stat().st_mode & 0o777 == 0o600


def _numbers(connection: sa.Connection) -> dict[str, int]:
    tables = ("pupil", "note", "assessment", "guardian", "guardianship", "source_person", "absence", "ledger", "goal")
    return {table: connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one() for table in tables}  # noqa: S608


def test_c10_e13_a_backup_is_whole_and_old_ones_go_after_35_days(one_school: School, tmp_path: Path) -> None:
    settings = _settings(one_school)
    kept = tmp_path / "kopieen"
    days = [moment(date(2026, 11, 22) + timedelta(days=after)) for after in (0, 1, 35, 36)]
    for day in days:
        file, _ = backup.backup(settings, kept, day)

    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("SELECT count(*) FROM note").fetchone() == (2,)
    assert [file.name[9:19] for file in sorted(kept.iterdir())] == ["2026-11-23", "2026-12-27", "2026-12-28"]


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(one_school: School, tmp_path: Path) -> None:
    settings, kept = _settings(one_school), tmp_path / "kopieen"
    with pytest.raises(backup.BackupError, match="kan geen kopie worden geschreven"):
        backup.backup(settings, tmp_path / "niet-aangekoppeld" / "kopieen", TWO_YEARS)
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, most[1]))
    try:
        with pytest.raises(backup.BackupError, match="of er ruimte is"):
            backup.backup(settings, kept, TWO_YEARS)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert list(kept.iterdir()) == []
    assert not (tmp_path / "niet-aangekoppeld").exists(), "a disk that is not there is not replaced by a folder"


def test_c09_a_broken_or_foreign_copy_is_not_put_back(one_school: School, tmp_path: Path) -> None:
    settings = _settings(one_school).model_copy(update={"database_url": f"sqlite:///{tmp_path / 'n' / 'k.sqlite'}"})
    half, other = tmp_path / "half.sqlite", tmp_path / "ander.sqlite"
    half.write_bytes(Path(one_school.engine.url.database or "").read_bytes()[:100_000] + b"x" * 5000)
    sqlite3.connect(other).execute("CREATE TABLE iets (a)").connection.commit()

    for copy in (half, other, tmp_path / "er-is-niets"):
        with pytest.raises(backup.BackupError):
            backup.restore(settings, copy, TWO_YEARS)
    assert list((tmp_path / "n").glob("*")) == []
    with pytest.raises(backup.BackupError, match="Er is al een database"):
        backup.restore(_settings(one_school), half, TWO_YEARS)


def _settings(school: School) -> Settings:
    return school.settings.model_copy(update={"database_url": str(school.engine.url)})


def _receipts(connection: sa.Connection, school: School) -> list[sa.Row[*tuple[object, ...]]]:
    from models.queries.retention import receipts as read

    return list(read(connection, school.id))


KILLED = """
import sys, time
from datetime import datetime
from api.db import make_engine
from api.services.retention import erase, run
from api.settings import Settings
from pathlib import Path

url, data, moment, school = sys.argv[1:]
forget, steps = erase._forget_lines, 0

def slowly(*arguments):
    print("stap", flush=True)
    time.sleep(0.02)
    return forget(*arguments)

erase._forget_lines = slowly
settings = Settings(data_dir=Path(data), log_level="error")
run.run(make_engine(url), settings, datetime.fromisoformat(moment), [int(school)])
"""


@pytest.mark.parametrize("steps", [1, 9, 30])
def test_c38_killed_at_any_step_no_child_is_half_erased_and_the_next_run_goes_on(school: School, steps: int) -> None:
    school.leave()
    school.leave(key=KEYS[1])
    school.roll("een-ander", now=moment(date(2026, 11, 23)), day=date(2026, 11, 23))
    school.plan(TWO_YEARS)
    school.approve(TWO_YEARS)
    whole = {key: school.held(key) for key in KEYS}
    data = str(school.settings.data_dir)
    url = school.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", KILLED, url, data, TWO_YEARS.isoformat(), str(school.id)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:  # noqa: S603 - our own program
        assert running.stdout is not None
        for _ in range(steps):
            running.stdout.readline()
        os.kill(running.pid, signal.SIGKILL)

    for key in KEYS:
        held = school.held(key)
        assert held == whole[key] or "note" not in held, key
        assert held == whole[key] or held.keys() <= {*_ADMINISTRATION}, key

    school.run(TWO_YEARS)
    proof = tiny.rows(school.engine, "SELECT what FROM retention_receipt ORDER BY number")
    assert [what for (what,) in proof].count("child") == 2
    assert [what for (what,) in proof].count("run") == 1
    assert all("note" not in school.held(key) for key in KEYS)
    assert len(receipts.tombstones(school.settings)) == 2


_ADMINISTRATION = {
    *("pupil", "source_person", "enrolment", "group_membership", "absence", "departure", "person_identifier")
}


def test_what_waits_in_quarantine_goes_with_the_child_and_otherwise_after_ninety_days(one_school: School) -> None:
    waiting = tiny.results(tiny.note("x", "lln-nergens"), *about(KEYS[1]))
    waiting.id = "wachtend"
    one_school.take_in(waiting)
    assert tiny.count(one_school.engine, "issue", "status = 'open'") > 0

    one_school.run(moment(date(2027, 1, 2)))

    assert tiny.count(one_school.engine, "issue") == 0
    assert tiny.count(one_school.engine, "ledger", "status = 'rejected'") == 0


def test_e11_log_lines_stay_a_year_after_the_dossier_and_two_years_at_least(one_school: School) -> None:
    log = AccessLogWriter(one_school.engine)
    of_both = [one_school.pupil(KEYS[0]), one_school.pupil(KEYS[1])]
    for day in (date(2026, 10, 20), date(2026, 10, 21)):
        for pupil in of_both[: 1 if day.day == 20 else 2]:
            about_whom = {"school_id": pupil.school_id, "pupil_id": pupil.id, "account_id": 1, "role": "ib"}
            log.write([about_whom | {"at": moment(day), "kind": "sheet", "action": "read", "ground": "IB"}])
    one_school.leave()

    one_school.erase_what_is_due(TWO_YEARS)
    one_school.run(moment(date(2029, 12, 1)))
    assert tiny.count(one_school.engine, "access_log") == 3, "the child itself is still in the administration"

    one_school.erase_what_is_due(FIVE_YEARS)
    one_school.run(FIVE_YEARS + timedelta(days=364))
    assert tiny.count(one_school.engine, "access_log") == 3

    one_school.run(FIVE_YEARS + timedelta(days=367))
    left = tiny.rows(one_school.engine, "SELECT pupil_id FROM access_log ORDER BY id")
    assert (of_both[1].id,) in left
    assert len(left) < 3


def test_e14_what_was_erased_again_after_an_older_copy_keeps_its_log_for_a_year_as_well(one_school: School) -> None:
    pupil = one_school.pupil()
    about_whom = {"school_id": pupil.school_id, "pupil_id": pupil.id, "account_id": 1, "role": "ib"}
    line = about_whom | {"at": moment(date(2026, 10, 20)), "kind": "sheet", "action": "read", "ground": "IB"}
    AccessLogWriter(one_school.engine).write([line])
    one_school.leave()
    one_school.erase_what_is_due(FIVE_YEARS)
    with one_school.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE retention_receipt SET what = 'replay' WHERE what = 'child'")

    one_school.run(FIVE_YEARS + timedelta(days=364))
    assert tiny.count(one_school.engine, "access_log") == 1
    one_school.run(FIVE_YEARS + timedelta(days=367))
    assert tiny.count(one_school.engine, "access_log") == 0


def test_e26_catching_up_in_one_night_ends_where_every_night_would_have(
    one_school: School, sqlite: Database, tmp_path: Path
) -> None:
    late = one_school
    with tempfile.TemporaryDirectory() as folder:
        file = shutil.copy(_flushed(late), Path(folder) / "ieder-jaar.sqlite")
        engine = make_engine(f"sqlite:///{file}")
        own = late.settings.model_copy(update={"data_dir": Path(folder) / "data"})
        every_night = School(engine, tmp_path, own, late.accounts)
        for school in (every_night, late):
            school.leave()
        for after in (10, 57, 300, 731, 1500):
            every_night.erase_what_is_due(moment(LAST_DAY + timedelta(days=after)))
        for school in (every_night, late):
            school.erase_what_is_due(FIVE_YEARS)
        ends = [_end_state(school) for school in (every_night, late)]
        engine.dispose()

    assert ends[0] == ends[1]
    assert len(ends[0]["pupil"]) == 1
    assert sqlite.engine is late.engine


def _flushed(school: School) -> Path:
    file = Path(school.engine.url.database or "")
    school.engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


def _end_state(school: School) -> dict[str, list[tuple[object, ...]]]:
    """Everything but the proof itself, in how many turns it went, and on which night an account or a key did."""
    nightly = {"retention_plan", "retention_receipt", "gone_key", "departure", "account", "role_grant", "school"}
    return {table: rows for table, rows in tiny.contents(school.engine).items() if table not in nightly}
