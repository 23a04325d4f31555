"""Write the mass of the practice import with the driver's own fast way, inside the transaction that is open.

SQLite: many rows per INSERT, in the order of the primary key. PostgreSQL: binary COPY; changed rows by way of a
temporary table. The text of a statement holds names from the models and our own ids only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import sqlalchemy as sa

from connectors.contract import DeliveryContext
from connectors.practice.packing import Ints
from connectors.practice.tables import CELL_COLUMNS
from models.practice import PracticeCell
from models.wall import copy_target

TABLE = PracticeCell.__tablename__
COLUMNS = ("school_id", *CELL_COLUMNS, "delivery_id")
KEY = CELL_COLUMNS[:3]
VALUES = tuple(column for column in COLUMNS if column not in KEY)
AT_ONCE = 16_384
ROWS_AT_ONCE = 200
"""Rows in one INSERT of SQLite: a quarter faster than executemany, and other threads run while it does."""
STAGING = "practice_cell_changed"
MASS = 1_000_000
ANSWERS_PER_CELL = 17
"""Measured on a real class."""
COPY_HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
COPY_END = b"\xff\xff"
FOUR_BYTES = 4


@contextmanager
def mass_load(connection: sa.Connection, answers: int) -> Iterator[None]:
    """Let PostgreSQL check the references of very many new cells at once at the end instead of one by one.

    Three references cost ten times the COPY itself when they are checked per row. So when the table at least doubles
    its foreign keys are dropped and made again, which checks every row; nothing is committed in between. Until the
    commit others wait for this table; that is why a day's delivery, or one beside much that is there, does not do so.
    """
    keys = _droppable_keys(connection, answers) if connection.dialect.name == "postgresql" else []
    for name, _ in keys:
        connection.exec_driver_sql(f'ALTER TABLE {TABLE} DROP CONSTRAINT "{name}"')
    yield
    for name, definition in keys:
        connection.exec_driver_sql(f'ALTER TABLE {TABLE} ADD CONSTRAINT "{name}" {definition}')


def _droppable_keys(connection: sa.Connection, answers: int) -> list[tuple[str, str]]:
    if answers < MASS:
        return []
    table = connection.exec_driver_sql(
        f"SELECT greatest(reltuples, 0), pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = '{TABLE}'::regclass"  # noqa: S608
    )
    cells, is_ours = table.one()
    if not is_ours or cells > answers / ANSWERS_PER_CELL:
        return []
    keys = (
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid = '{}'::regclass"
    )
    return [(name, definition) for name, definition in connection.exec_driver_sql(keys.format(TABLE))]


def add_cells(connection: sa.Connection, delivery: DeliveryContext, matrix: Ints) -> None:
    """Store cells that are not there yet; columns as `CELL_COLUMNS`, sorted by key."""
    if connection.dialect.name == "postgresql":
        _copy(connection, TABLE, _complete(delivery, matrix))
        return
    for start in range(0, len(matrix), ROWS_AT_ONCE):
        some = matrix[start : start + ROWS_AT_ONCE]
        row = f"({delivery.school_id}, {', '.join('?' * matrix.shape[1])}, {delivery.delivery_id})"
        rows = ", ".join([row] * len(some))
        insert = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES {rows}"  # noqa: S608 - see above
        connection.exec_driver_sql(insert, tuple(some.ravel().tolist()))


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
    import psycopg

    raw: Any = connection.connection.driver_connection
    target, move = copy_target(connection, table, ", ".join(COLUMNS))
    command = f"COPY {target} ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)"
    try:
        with raw.cursor() as cursor, cursor.copy(command) as copy:
            copy.write(COPY_HEAD)
            for some in _binary(rows):
                copy.write(some)
            copy.write(COPY_END)
    except psycopg.Error as error:  # SQLAlchemy did not see it, and who calls knows SQLAlchemy's errors
        raise sa.exc.OperationalError(command, None, error) from error
    if move:
        connection.exec_driver_sql(move)


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
