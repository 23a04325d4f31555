"""Doubles that were planted through real imports are found, and what only looks alike is left alone."""

import csv
from collections import Counter
from pathlib import Path

import sqlalchemy as sa

import demo
from api.db import reading, writing
from api.services.registrations import doubles
from api.services.registrations.use import read_use
from models.account import Account
from models.attendance import Absence
from models.person import SourcePerson
from models.queries import evidence
from models.school import School
from models.vocabulary import AbsencePart, AbsenceReason
from tests.conftest import Database
from tests.demo_school import NOW, TODAY
from tests.registrations.planted import SINCE, Fact, Planted, day_of, plant, take_in

TARGET = 0.95
STANDING = {"identity", "group", "guardian"}


def found_in(planted: Planted) -> set[Fact]:
    """What the detector finds, told as the planter tells it."""
    with reading(planted.engine) as connection:
        school_id = connection.scalars(sa.select(School.id)).one()
        use = read_use(connection, school_id, TODAY, evidence.school(connection, school_id).version)
        found = doubles.detect(connection, school_id, use)
        keys = sa.select(SourcePerson.pupil_id, SourcePerson.source_key).where(SourcePerson.pupil_id.is_not(None))
        key_of = {row.pupil_id: row.source_key for row in connection.execute(keys.order_by(SourcePerson.id.desc()))}
    return {
        (
            one.fact if one.fact.startswith("assessment") else one.fact.partition(":")[0],
            key_of[one.pupil],
            frozenset(map(use.code, one.places)),
            None if one.fact in STANDING else one.day,
        )
        for one in found
    }


def test_what_was_planted_is_found_and_what_looks_alike_is_not(database: Database, tmp_path: Path) -> None:
    planted = plant(database.engine, tmp_path)
    found = found_in(planted)
    right = Counter(fact for fact, *_ in found & planted.truth)
    told, true = Counter(fact for fact, *_ in found), Counter(fact for fact, *_ in planted.truth)
    figures = {fact: (right[fact] / (told[fact] or 1), right[fact] / true[fact], true[fact]) for fact in true}

    assert len(planted.truth) > 500
    assert planted.alike > 300
    assert set(told) == set(true)
    assert right.total() / told.total() >= TARGET, sorted(found - planted.truth, key=str)[:5]
    assert right.total() / true.total() >= TARGET, sorted(planted.truth - found, key=str)[:5]
    for fact, (precision, recall, _) in figures.items():
        assert precision >= TARGET, (fact, sorted((x for x in found - planted.truth if x[0] == fact), key=str)[:5])
        assert recall >= TARGET, (fact, sorted((x for x in planted.truth - found if x[0] == fact), key=str)[:5])


def test_what_was_typed_here_and_came_in_later_is_told_as_typed_twice(sqlite: Database, tmp_path: Path) -> None:
    """The file takes the place of what was typed; that it was typed stays known."""
    files = demo.write(tmp_path, TODAY, pupils=80)
    absences = next(file for file in files if file.profile == "absences")
    for file in files[:3]:
        take_in(sqlite.engine, file)
    with absences.path.open(encoding="cp1252", newline="") as text:
        rows = [row for row in csv.DictReader(text, delimiter=";") if day_of(row["Datum"]) > SINCE][:30]
    with writing(sqlite.engine) as connection:
        school_id = connection.scalars(sa.select(School.id)).one()
        account = connection.execute(sa.insert(Account).values(login="kim", display_name="Juf Kim", created_at=NOW))
        assert account.inserted_primary_key
        pupil_of = {
            row.source_key: row.pupil_id
            for row in connection.execute(sa.select(SourcePerson.source_key, SourcePerson.pupil_id))
        }
        for number, row in enumerate(rows):
            # Every third was typed for the other part of the day, and so is not the same fact.
            part = {"dag": "day", "ochtend": "morning", "middag": "afternoon"}[row["Dagdeel"]]
            other = {"morning": "afternoon", "afternoon": "morning"}.get(part, part)
            connection.execute(
                sa.insert(Absence).values(
                    school_id=school_id,
                    pupil_id=pupil_of[row["Leerlingnummer"]],
                    day=day_of(row["Datum"]),
                    part=AbsencePart(part if number % 3 else other),
                    reason=AbsenceReason.ILL,
                    account_id=account.inserted_primary_key[0],
                    recorded_at=NOW,
                )
            )
    same = sum(number % 3 > 0 or row["Dagdeel"] == "dag" for number, row in enumerate(rows))
    take_in(sqlite.engine, absences)
    found = found_in(Planted(sqlite.engine))

    assert {places for fact, _, places, _ in found if fact == "absence"} == {frozenset({"kindblad", "table:absences"})}
    assert sum(fact == "absence" for fact, *_ in found) == same
