"""Whatever is kept of a child in whatever table, also one that was made yesterday, goes with the child."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import reading, writing
from models.base import Base
from models.queries.owned import PUPIL, column_of, owned, rows_of
from models.rules.retention import Period
from tests.connectors import tiny
from tests.retention.school import CANARY, LAST_DAY, School, moment

GONE = moment(Period(months=60).after(LAST_DAY) + timedelta(days=1))
NOT_OF_A_CHILD = {"staff_assignment"}
"""Hangs on the source's record of a person, which for a child has none."""


def test_every_table_about_a_child_is_erased(school: School) -> None:
    pupil_id = school.pupil().id
    with writing(school.engine) as connection:
        for table in owned(PUPIL):
            if table.name not in NOT_OF_A_CHILD and not _count(connection, table, pupil_id):
                connection.execute(sa.insert(table).values(_some_row(connection, table, pupil_id)))
    with reading(school.engine) as connection:
        filled = {table.name for table in owned(PUPIL) if _count(connection, table, pupil_id)}
    assert filled == {table.name for table in owned(PUPIL)} - NOT_OF_A_CHILD

    school.leave()
    tiny.rows(school.engine, "SELECT 1")
    with writing(school.engine) as connection:
        connection.execute(sa.text("UPDATE retention_hold SET lifted_at = placed_at, lifted_by = 'directie'"))
    school.erase_what_is_due(GONE)

    assert not school.is_known()
    with reading(school.engine) as connection:
        assert {table.name for table in owned(PUPIL) if _count(connection, table, pupil_id)} == set()


def _count(connection: sa.Connection, table: sa.Table, pupil_id: int) -> int:
    rows = sa.select(sa.func.count()).select_from(table).where(rows_of(table, PUPIL, pupil_id))
    return connection.execute(rows).scalar_one()


def _some_row(connection: sa.Connection, table: sa.Table, pupil_id: int) -> dict[str, Any]:
    """Fill what must be filled, and what says which child it is."""
    row: dict[str, Any] = {}
    for key in table.foreign_key_constraints:
        parent, column = key.referred_table, column_of(key)
        if parent is table or (column.nullable and parent not in owned(PUPIL)):
            continue
        mine = rows_of(parent, PUPIL, pupil_id) if parent in owned(PUPIL) else sa.true()
        chosen = sa.select(parent.c.id).where(mine).order_by(parent.c.id)
        if connection.execute(chosen).first() is None:
            connection.execute(sa.insert(parent).values(_some_row(connection, parent, pupil_id)))
        row[column.name] = connection.execute(chosen).scalar()
    row["school_id"] = connection.execute(sa.text("SELECT id FROM school")).scalar_one()
    for column in table.columns:
        if column.name not in row and not column.nullable and not column.primary_key:
            row[column.name] = _some_value(column)
    return row


def _some_value(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.Enum):
        return column.type.enums[0]
    if isinstance(column.type, sa.String):
        return CANARY[: column.type.length]
    python_type = sa.Uuid if isinstance(column.type, sa.Uuid) else type(column.type)
    if python_type is sa.Uuid:
        return uuid7()
    if isinstance(column.type, sa.LargeBinary):
        return CANARY.encode()
    if isinstance(column.type, sa.JSON):
        return {"tekst": CANARY}
    if isinstance(column.type, sa.Date):
        return date(2026, 10, 1)
    return datetime(2026, 10, 1, tzinfo=tiny.NOW.tzinfo) if "DateTime" in str(type(column.type)) else 1


def test_no_table_about_a_child_is_overlooked() -> None:
    """Every table with a column that names a pupil is found; without a foreign key it holds no more than a number."""
    naming = {table.name for table in Base.metadata.sorted_tables if {"pupil_id", "candidate_id"} & set(table.c.keys())}

    assert naming - {table.name for table in owned(PUPIL)} == {"access_log"}
