"""Write the mass of the practice import with the driver's own fast way, inside the transaction that is open.

SQLite: many rows per INSERT, in the order of the primary key. PostgreSQL: binary COPY; changed rows by way of a
temporary table. The text of a statement holds names from the models and our own ids only.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import sqlalchemy as sa

from connectors.contract import DeliveryContext
from connectors.practice.packing import Ints
from connectors.practice.tables import CELL_COLUMNS
from models.practice import PracticeCell

TABLE = PracticeCell.__tablename__
COLUMNS = ("school_id", *CELL_COLUMNS, "delivery_id")
KEY = CELL_COLUMNS[:3]
VALUES = tuple(column for column in COLUMNS if column not in KEY)
AT_ONCE = 16_384
ROWS_AT_ONCE = 200
"""Rows in one INSERT of SQLite: a quarter faster than executemany, and other threads run while it does."""
STAGING = "practice_cell_changed"
COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_END = b"\xff\xff"
FOUR_BYTES = 4


def add_cells(connection: sa.Connection, delivery: DeliveryContext, matrix: Ints) -> None:
    """Store cells that are not there yet; columns as `CELL_COLUMNS`, sorted by key."""
    if connection.dialect.name == "postgresql":
        _copy(connection, TABLE, _complete(delivery, matrix))
        return
    raw: Any = connection.connection.driver_connection
    cursor = raw.cursor()
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        some = matrix[start : start + ROWS_AT_ONCE]
        row = f"({delivery.school_id}, {', '.join('?' * matrix.shape[1])}, {delivery.delivery_id})"
        rows = ", ".join([row] * len(some))
        insert = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES {rows}"  # noqa: S608 - see above
        cursor.execute(insert, some.ravel().tolist())


def change_cells(connection: sa.Connection, delivery: DeliveryContext, matrix: Ints) -> None:
    """Give stored cells their new values."""
    if not matrix.size:
        return
    rows = _complete(delivery, matrix)
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {STAGING} (LIKE {TABLE}) ON COMMIT DROP")
        _copy(connection, STAGING, rows)
        to = ", ".join(f"{column} = s.{column}" for column in VALUES)
        same = " AND ".join(f"c.{column} = s.{column}" for column in KEY)
        connection.exec_driver_sql(f"UPDATE {TABLE} c SET {to} FROM {STAGING} s WHERE {same}")  # noqa: S608
        connection.exec_driver_sql(f"TRUNCATE {STAGING}")
        return
    to = ", ".join(f"{column} = ?{COLUMNS.index(column) + 1}" for column in VALUES)
    same = " AND ".join(f"{column} = ?{COLUMNS.index(column) + 1}" for column in KEY)
    update = f"UPDATE {TABLE} SET {to} WHERE {same}"  # noqa: S608
    connection.exec_driver_sql(update, [tuple(row) for row in rows.tolist()])


def _complete(delivery: DeliveryContext, matrix: Ints) -> Ints:
    rows = np.empty((len(matrix), len(COLUMNS)), np.int64)
    rows[:, 0] = delivery.school_id
    rows[:, 1:-1] = matrix
    rows[:, -1] = delivery.delivery_id
    return rows


def _copy(connection: sa.Connection, table: str, rows: Ints) -> None:
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.write(COPY_HEAD)
        for some in _binary(rows):
            copy.write(some)
        copy.write(COPY_END)


def _binary(rows: Ints) -> Iterator[bytes]:
    """Lay out rows as PostgreSQL's binary COPY wants them: number of fields, then length and value of each."""
    width = rows.shape[1]
    layout = np.dtype([("fields", ">i2"), ("field", ">i4", (width, 2))])
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        laid = np.empty(len(some), layout)
        laid["fields"] = width
        laid["field"][:, :, 0] = FOUR_BYTES
        laid["field"][:, :, 1] = some
        yield laid.tobytes()
