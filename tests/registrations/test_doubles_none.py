"""Where nothing is typed twice nothing is called double: the real class, and the demo school's own dossiers."""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from api.db import reading
from api.services.registrations import doubles
from api.services.registrations.evidence import compose_evidence
from api.services.registrations.use import read_use
from connectors.canonical import AccountLinkRecord, GroupRecord, Names, PupilRecord, PupilRef
from connectors.registry import find
from connectors.runner import run
from models.queries import evidence
from models.queries.school import all_schools
from models.vocabulary import GroupKind
from tests.conftest import Database
from tests.connectors import tiny
from tests.demo_school import TODAY, DemoSchool

CLASS_DAY = date(2015, 3, 24)
CLASS_FILES = ("data/snappet/work-tot-2015-03-24T1130Z.csv", "data/snappet/work-2015-03-24.json")


def test_the_real_class_has_no_double(database: Database, shared: Path, tmp_path: Path) -> None:
    with (shared / CLASS_FILES[0]).open(encoding="utf-8", errors="replace") as file:
        users = sorted({row["UserId"] for row in csv.DictReader(file)})
    children = [
        PupilRecord(f"L{user}", Names(given_name=f"Kind {user}", family_name="Jansen"), home_group="6")
        for user in users
    ]
    group = GroupRecord("6", GroupKind.HOME, "Groep 6")
    roll = tiny.roll(group, *children, year="2014-2015", day=date(2014, 9, 1))
    links = tiny.Tiny([AccountLinkRecord(user, user, PupilRef(f"L{user}", is_las_key=True)) for user in users])
    practice = find("practice")
    assert practice is not None
    tiny.take_in(database.engine, roll, tmp_path)
    for name in CLASS_FILES:
        run(database.engine, practice, shared / name, school=tiny.SCHOOL, source="practice", requested_by="test")
    tiny.take_in(database.engine, links, tmp_path, source="practice")

    with reading(database.engine) as connection:
        [school] = all_schools(connection)
        found = compose_evidence(connection, school.id, CLASS_DAY, tiny.NOW)
        cells = connection.scalar(sa.text("SELECT count(*) FROM practice_cell"))

    assert found.doubles == []
    [practised] = [fact for fact in found.facts if fact.code == "practice"]
    assert practised.periods[0].values == cells > 1000
    assert practised.filled.whole == practised.filled.children == len(users)


def test_the_dossiers_of_the_demo_school_hold_nothing_twice(demo_school: DemoSchool) -> None:
    with reading(demo_school.engine) as connection:
        [school] = all_schools(connection)
        use = read_use(connection, school.id, TODAY, evidence.school(connection, school.id).version)
        found = doubles.detect(connection, school.id, use)

    assert {one.fact for one in found} == {"identity", "group"}, "name and group stand in the lists of SCOL and Cito"
