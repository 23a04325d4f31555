"""A prepared statement gives what SQLAlchemy gives: the same rows, of the same types, at the same moment."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from models.attendance import Absence
from models.person import Pupil
from models.practice import PracticeCell
from models.provenance import Delivery
from models.queries.prepared import AnySelect, Prepared
from models.vocabulary import DeliveryStatus, Sex
from tests.demo_school import TODAY, DemoSchool

SINCE = sa.bindparam("since", type_=sa.Date)
SNAPSHOT = Delivery.is_full_snapshot
STATEMENTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "words, ids and empty fields": (sa.select(Pupil.uid, Pupil.given_name, Pupil.prefix, Pupil.sex), {}),
    "a constant list": (sa.select(Pupil.id).where(Pupil.sex.in_([Sex.FEMALE, Sex.MALE])), {}),
    "a moment, yes or no": (sa.select(sa.func.max(Delivery.received_at).label("at"), SNAPSHOT).group_by(SNAPSHOT), {}),
    "days, asked for by a value": (
        sa.select(Absence.day, Absence.reason, Absence.part).where(Absence.day >= SINCE),
        {"since": date(TODAY.year, 1, 1)},
    ),
    "days as numbers": (sa.select(PracticeCell.day, PracticeCell.answers).limit(50), {}),
    "nothing": (sa.select(Pupil.id).where(Pupil.id == sa.bindparam("id")), {"id": -1}),
    "several statements in one": (
        sa.union_all(
            sa.select(Pupil.birth_date.label("on"), Pupil.family_name.label("what")),
            sa.select(Delivery.as_of, Delivery.status).where(Delivery.status == DeliveryStatus.APPLIED),
        ),
        {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", STATEMENTS)
def test_rows_are_those_of_sqlalchemy(demo_school: DemoSchool, name: str) -> None:
    statement, values = STATEMENTS[name]
    with demo_school.engine.connect() as connection:
        expected = sorted(map(repr, connection.execute(statement, values)))
        rows = Prepared(statement).rows(connection, **values)
        names = rows[0]._fields if rows else ()

    assert sorted(repr(tuple(row)) for row in rows) == expected
    assert not rows or list(names) == [column.key for column in statement.selected_columns]


def test_a_value_may_differ_from_call_to_call(demo_school: DemoSchool) -> None:
    statement: AnySelect = sa.select(Pupil.id).where(Pupil.sex == sa.bindparam("sex", type_=Pupil.sex.type))
    asked = Prepared(statement)
    with demo_school.engine.connect() as connection:
        girls = asked.rows(connection, sex=Sex.FEMALE)  # begins the transaction
        assert {*girls}.isdisjoint(asked.rows(connection, sex=Sex.MALE))
        assert [tuple(row) for row in girls] == [tuple(row) for row in asked.rows(connection, sex=Sex.FEMALE)]


def test_it_reads_inside_the_transaction(demo_school: DemoSchool) -> None:
    count = Prepared(sa.select(sa.func.count().label("n")).select_from(Absence))
    with demo_school.engine.connect() as connection:
        before = count.rows(connection)[0].n
        connection.execute(sa.delete(Absence))
        assert (before > 0, count.rows(connection)[0].n) == (True, 0)
        connection.rollback()
