"""The wall between schools, tried on every reference of every table: the database itself refuses to cross it."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models import Base
from models.types import DayNumber, UtcDateTime
from models.vocabulary import Speaker
from tests.conftest import Database

KEYS = [
    key
    for table in Base.metadata.sorted_tables
    for key in table.foreign_key_constraints
    if "school_id" in key.referred_table.c
]
ONLY_ADDED = {"registration_decision"}
"""Tables in which no row can be changed at all."""
# What Python calls a value of these types, which they do not say themselves.
PYTHON_TYPES = {DayNumber: date, UtcDateTime: datetime, sa.JSON: dict}


class Town:
    """Schools 1 and 2 in one database, with a row of each in every table that is asked for."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.rows: dict[tuple[str, int], dict[str, Any]] = {}
        self.numbers = count(1)

    def row(self, table: sa.Table, school: int) -> dict[str, Any]:
        """Find or make the row of this school in this table."""
        if (table.name, school) not in self.rows:
            self.rows[table.name, school] = self.values(table, school)
            self.connection.execute(table.insert().values(self.rows[table.name, school]))
        return self.rows[table.name, school]

    def values(self, table: sa.Table, school: int) -> dict[str, Any]:
        """Fill a row of this school, with references to other rows of this school."""
        values = {column.name: self.value(column) for column in table.columns if needed(column)}
        for key in table.foreign_key_constraints:
            if all(needed(element.parent) for element in key.elements):
                target = self.row(key.referred_table, school)
                values |= {element.parent.name: target[element.column.name] for element in key.elements}
        return values

    def value(self, column: sa.Column[Any]) -> Any:
        """Make a value, another one each time where the type has room for it."""
        number = next(self.numbers)
        kind = column.type
        if str(column) == "talk_voice.speaker":
            return Speaker.PARENT
        if isinstance(kind, sa.Enum):
            return next(iter(kind.enum_class or kind.enums))
        if str(column) == "school_year.code":
            return f"20{number % 99:02}-20{number % 99 + 1:02}"
        values: dict[type, Any] = {
            int: number if column.primary_key else 0,
            float: 0.0,
            bool: False,
            str: f"k{number}"[: getattr(kind, "length", None)],
            bytes: number.to_bytes(32),
            date: date(2026, 11, 1),
            datetime: datetime(2026, 11, 1, tzinfo=UTC),
            UUID: UUID(int=number),
            dict: {},
        }
        return values[PYTHON_TYPES.get(type(kind)) or kind.python_type]


def needed(column: sa.Column[Any]) -> bool:
    """Tell whether a row cannot do without; some CHECKs want one of several empty columns filled."""
    return (
        not column.nullable
        or column.name in {"brin", "delivery_id", "pupil_id", "link_method", "linked_by"}
        or (str(column) == "talk_voice.guardian_id")
    )


def test_no_row_can_point_into_another_school(database: Database) -> None:
    answers = dict.fromkeys((str(key.name) for key in KEYS), "let through")

    with database.engine.connect() as connection:
        town = Town(connection)
        for key in KEYS:
            here, there = town.row(key.table, 1), town.row(key.referred_table, 2)
            crossing = {e.parent.name: there[e.column.name] for e in key.elements if e.parent.name != "school_id"}
            this_row = [column == here[column.name] for column in key.table.primary_key.columns]
            statement: sa.Update | sa.Insert = key.table.update().where(*this_row).values(crossing)
            if key.table.name in ONLY_ADDED:
                statement = key.table.insert().values(town.values(key.table, 1) | crossing)
            try:
                with connection.begin_nested():
                    connection.execute(statement)
            except sa.exc.IntegrityError as refusal:
                answers[str(key.name)] = str(refusal.orig)

    assert answers
    assert {name: answer for name, answer in answers.items() if "foreign key" not in answer.lower()} == {}
