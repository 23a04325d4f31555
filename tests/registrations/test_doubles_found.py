"""Doubles that were planted through real imports are found, and what only looks alike is left alone."""

from collections import Counter
from pathlib import Path

import sqlalchemy as sa

from api.db import reading
from api.services.registrations import doubles
from api.services.registrations.use import read_use
from models.person import SourcePerson
from models.queries import evidence
from models.school import School
from tests.conftest import Database
from tests.demo_school import TODAY
from tests.registrations.planted import Fact, Planted, plant

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
