"""A delivery: in as a whole or not at all, and the same again changes nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from connectors import registry, runner
from connectors.canonical import Record
from connectors.contract import Header, Issue, RawRecord, SourceFile
from connectors.errors import FileRefused, NeedsConfirmation, WrongSchool
from connectors.precheck import UnknownSchool
from models.vocabulary import Severity, Sex
from tests.conftest import ROOT, Database
from tests.connectors.tiny import (
    DAY,
    NOW,
    Tiny,
    contents,
    count,
    group,
    note,
    placed,
    pupil,
    result,
    results,
    roll,
    rows,
    take_in,
)

CHILDREN = [placed(f"ll-{n}", given=f"Kind{n}", family=f"Naam{n}") for n in range(10)]
CLASS: tuple[Record, ...] = (group("6A"), *CHILDREN)


def test_the_same_records_again_change_nothing(database: Database, tmp_path: Path) -> None:
    first = take_in(database.engine, roll(*CLASS), tmp_path)
    before = contents(database.engine)
    second = take_in(database.engine, roll(*CLASS), tmp_path)

    assert (first.created, first.updated, first.unchanged) == (11, 0, 0)
    assert (second.created, second.updated, second.unchanged, second.vanished) == (0, 0, 11, 0)
    after = contents(database.engine)
    changing = {"delivery", "ledger", "source_person"}  # who was seen in which delivery
    assert {table: before[table] for table in before.keys() - changing} == {
        table: after[table] for table in after.keys() - changing
    }


def test_one_changed_field_is_one_change(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(*CLASS), tmp_path)
    renamed = replace(CHILDREN[2], names=replace(CHILDREN[2].names, given_name="Noor"))
    outcome = take_in(database.engine, roll(*CLASS[:3], renamed, *CLASS[4:]), tmp_path)

    assert (outcome.created, outcome.updated, outcome.unchanged) == (0, 1, 10)
    assert count(database.engine, "pupil") == 10
    assert count(database.engine, "pupil", "given_name = 'Noor'") == 1


def test_the_same_file_is_recognised_by_its_content(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "bestand.xml"
    path.write_text("inhoud")
    first = runner.run(database.engine, roll(*CLASS), path, school="99ZZ", now=NOW)
    other = tmp_path / "ander.xml"
    other.write_text("inhoud")
    second = runner.run(database.engine, roll(*CLASS), other, school="99ZZ", now=NOW + timedelta(days=1))

    assert second.applied_before == NOW
    assert (second.delivery, second.created, second.updated, second.unchanged) == (first.delivery, 0, 0, 11)
    assert count(database.engine, "delivery") == 1


def test_a_dry_run_says_what_would_happen_and_leaves_nothing(database: Database, tmp_path: Path) -> None:
    before = contents(database.engine)
    dry = take_in(database.engine, roll(*CLASS), tmp_path, dry_run=True)

    assert (dry.delivery, dry.created) == (None, 11)
    assert contents(database.engine) == before
    assert take_in(database.engine, roll(*CLASS), tmp_path).counts == dry.counts


def test_a_file_that_breaks_off_changes_nothing(database: Database, tmp_path: Path) -> None:
    class BreaksOff(Tiny):
        def read(self, file: SourceFile, settings: Any) -> Iterator[RawRecord]:
            yield from super().read(file, settings)
            raise FileRefused("bestand.xml, regel 4000: het bestand houdt ineens op.")

    take_in(database.engine, roll(group("6A")), tmp_path)
    before = contents(database.engine)
    many = [result(f"r-{n}", f"ll-{n}") for n in range(2500)]  # more than a batch, so that rows were written already
    with pytest.raises(FileRefused, match="houdt ineens op"):
        take_in(database.engine, BreaksOff(many), tmp_path)

    assert contents(database.engine) == before


def test_a_file_of_another_school_is_refused_before_anything(database: Database, tmp_path: Path) -> None:
    before = contents(database.engine)
    with pytest.raises(WrongSchool, match="99YY00, niet van 99ZZ00"):
        take_in(database.engine, roll(*CLASS, brin="99YY"), tmp_path)
    with pytest.raises(WrongSchool, match="99ZZ00, niet van 99ZZ01"):
        take_in(database.engine, roll(*CLASS), tmp_path, school="99ZZ-01")
    assert contents(database.engine) == before


def test_a_school_without_brin_is_known_by_its_key(database: Database, tmp_path: Path) -> None:
    with_key = replace(roll(*CLASS, brin=None), header=Header(school_key="vliet", school_year="2026-2027"))
    take_in(database.engine, with_key, tmp_path, school="vliet")

    assert rows(database.engine, "SELECT brin, school_key FROM school") == [(None, "vliet")]
    with pytest.raises(WrongSchool, match="van school vliet, niet van duin"):
        take_in(database.engine, with_key, tmp_path, school="duin")


def test_only_its_own_roll_brings_in_a_second_school(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(*CLASS), tmp_path)
    with pytest.raises(UnknownSchool, match="leerlingadministratie"):
        take_in(database.engine, results(result("r-1", "ll-1")), tmp_path, school="99YY")
    take_in(database.engine, roll(*CLASS, brin="99YY"), tmp_path, school="99yy00")

    assert rows(database.engine, "SELECT brin FROM school ORDER BY brin") == [("99YY",), ("99ZZ",)]
    assert count(database.engine, "pupil") == 20


def test_who_is_missing_from_a_new_snapshot_is_marked_not_deleted(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(*CLASS), tmp_path)
    outcome = take_in(database.engine, roll(*CLASS[:-1]), tmp_path)

    assert outcome.vanished == 1
    assert count(database.engine, "pupil") == 10
    gone = rows(database.engine, "SELECT source_key FROM source_person WHERE vanished_at IS NOT NULL")
    assert gone == [("ll-9",)]
    assert count(database.engine, "ledger", "status = 'vanished'") == 1
    again = take_in(database.engine, roll(*CLASS), tmp_path)
    assert (again.created, again.updated, again.unchanged) == (0, 1, 10)
    assert count(database.engine, "source_person", "vanished_at IS NOT NULL") == 0
    assert count(database.engine, "ledger", "status = 'active'") == 11


def test_a_nearly_empty_file_asks_first(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(*CLASS), tmp_path)
    before = contents(database.engine)
    with pytest.raises(NeedsConfirmation, match="7 van de 10 kinderen"):
        take_in(database.engine, roll(*CLASS[:4]), tmp_path)
    assert contents(database.engine) == before

    assert take_in(database.engine, roll(*CLASS[:4]), tmp_path, confirm=True).vanished == 7


def test_an_older_snapshot_asks_first(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(*CLASS), tmp_path)
    older = roll(*CLASS[:-1], day=DAY - timedelta(days=30))
    with pytest.raises(NeedsConfirmation, match=r"van 1-9-2026.*nieuwer van 1-10-2026"):
        take_in(database.engine, older, tmp_path)

    assert take_in(database.engine, older, tmp_path, confirm=True).vanished == 1


def test_two_records_under_one_key_do_not_overwrite_each_other(database: Database, tmp_path: Path) -> None:
    twice = roll(*CLASS, replace(CHILDREN[0], sex=Sex.FEMALE), CLASS[2])
    outcome = take_in(database.engine, twice, tmp_path)

    assert (outcome.created, outcome.rejected) == (11, 1)
    assert [issue.code for issue in outcome.issues] == ["sleutel_dubbel"]
    assert rows(database.engine, "SELECT sex FROM pupil WHERE given_name = 'Kind0'") == [("unknown",)]


def test_what_the_connector_objects_to_stands_in_quarantine_once(database: Database, tmp_path: Path) -> None:
    objection = Issue("sleutel_dummy", "De sleutel begint met #.", "regel 1", Severity.ERROR, "pupil", "")
    remark = Issue("jaar", "Schooljaar niet in de lijst.", "schooljaar", Severity.WARNING)
    first = roll(*CLASS, objection)
    first.header.issues.append(remark)
    outcome = take_in(database.engine, first, tmp_path)
    take_in(database.engine, replace(first, records=[*CLASS, objection]), tmp_path)

    assert outcome.rejected == 1
    assert rows(database.engine, "SELECT code, severity, status FROM issue ORDER BY code") == [
        ("jaar", "warning", "open"),
        ("sleutel_dummy", "error", "open"),
    ]
    take_in(database.engine, roll(*CLASS), tmp_path)
    assert count(database.engine, "issue", "code = 'jaar' AND status = 'resolved'") == 1


def test_the_source_is_named_after_the_connector_unless_told_otherwise(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(*CLASS), tmp_path)
    take_in(database.engine, results(result("r-1", "ll-1")), tmp_path)
    take_in(database.engine, results(result("r-1", "ll-2")), tmp_path, source="toetsen-2", label="Toetsen bovenbouw")

    assert rows(database.engine, "SELECT code, label, leads_roll FROM source ORDER BY code") == [
        ("las", "LAS", True),
        ("toetsen", "Toetsen", False),
        ("toetsen-2", "Toetsen bovenbouw", False),
    ]
    assert count(database.engine, "assessment") == 2


def test_the_example_of_the_standard_comes_in(database: Database, shared: Path) -> None:
    connector = registry.find("edexml")
    assert connector is not None
    example = shared / "standards/edexml-2.1/EDEXML.Voorbeeld.2.1.xml"
    outcome = runner.run(database.engine, connector, example, school="99ZZ")

    assert (outcome.created, outcome.rejected) == (14, 0)
    assert count(database.engine, "pupil") == 3
    assert count(database.engine, "class_group") == 8
    assert outcome.dropped_sensitive == 2


CHILD = """
import sys
from pathlib import Path
from api.db import make_engine
from tests.connectors.tiny import Tiny, group, placed, roll, take_in

class Slow(Tiny):
    def read(self, file, settings):
        for number, raw in enumerate(super().read(file, settings)):
            if number % 500 == 0:
                print("ready", flush=True)
            yield raw

slow = roll(group("6A"), *(placed(f"ll-{n}", given=f"Kind{n}", family=f"Naam{n}") for n in range(8000)))
slow.__class__ = Slow
take_in(make_engine(sys.argv[1]), slow, Path(sys.argv[2]))
print("done", flush=True)
"""


@pytest.mark.slow
def test_kill_9_leaves_before_or_after(database: Database, tmp_path: Path) -> None:
    empty = contents(database.engine)
    states = set()
    for moment in (1, 12, 17):
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", CHILD, database.url, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:  # noqa: S603
            assert child.stdout
            for _ in range(moment):
                child.stdout.readline()
            time.sleep(0.05)
            child.send_signal(signal.SIGKILL)
        database.engine.dispose()
        pupils = count(database.engine, "pupil")
        states.add(pupils)
        if not pupils:
            assert contents(database.engine) == empty
    assert states <= {0, 8000}
    assert 0 in states

    whole = roll(group("6A"), *(placed(f"ll-{n}", given=f"Kind{n}", family=f"Naam{n}") for n in range(8000)))
    take_in(database.engine, whole, tmp_path)
    assert count(database.engine, "pupil") == 8000
    assert count(database.engine, "group_membership") == 8000


def test_a_row_cannot_cross_schools(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(*CLASS), tmp_path)
    take_in(database.engine, roll(*CLASS, brin="99YY"), tmp_path, school="99YY")
    take_in(database.engine, results(result("r-1", "ll-1")), tmp_path)
    other = rows(
        database.engine, "SELECT min(p.id) FROM pupil p JOIN school s ON s.id = p.school_id WHERE s.brin = '99YY'"
    )

    link = sa.text("UPDATE source_person SET pupil_id = :pupil WHERE link_method = 'las_key'")
    with database.engine.connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.execute(link, {"pupil": other[0][0]})


def test_keys_of_one_school_mean_nothing_at_another(database: Database, tmp_path: Path) -> None:
    take_in(database.engine, roll(group("6A"), pupil("ll-1", "Ada")), tmp_path)
    take_in(
        database.engine,
        roll(group("6A"), pupil("ll-1", "Bo", born=date(2017, 1, 2)), brin="99YY"),
        tmp_path,
        school="99YY",
    )
    take_in(database.engine, results(result("r-1", "ll-1"), note("n-1", "ll-1")), tmp_path, school="99YY")

    linked = rows(
        database.engine,
        "SELECT p.given_name FROM assessment a JOIN source_person s ON s.id = a.source_person_id "
        "JOIN pupil p ON p.id = s.pupil_id",
    )
    assert linked == [("Bo",)]
    assert rows(database.engine, "SELECT p.given_name FROM note n JOIN pupil p ON p.id = n.pupil_id") == [("Bo",)]
