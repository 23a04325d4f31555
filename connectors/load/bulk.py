"""Rows in bulk, past the ORM: plain tuples to the driver's own executemany (SQLite) or COPY (PostgreSQL).

Rows wait here until `flush`, which writes parents before children. Ids are handed out beforehand, so that a parent and
its children can be made in one go.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from connectors.errors import FileRefused
from models import Base
from models.wall import copy_target

Row = tuple[Any, ...]
Changes = dict[tuple[sa.Table, tuple[str, ...]], list[dict[str, Any]]]
IDS_AT_ONCE = 1000


class Insert:
    """The columns in which rows of one table are offered."""

    __slots__ = ("columns", "table")

    def __init__(self, table: type[Base], *columns: str) -> None:
        self.table = cast("sa.Table", table.__table__)
        self.columns = tuple(self.table.c[name] for name in columns)


class Writer:
    """Collects new rows and changes of one delivery, on the runner's connection and inside its transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._ids: dict[sa.Table, Iterator[int]] = {}
        self._rows: dict[Insert, list[Row]] = {}
        self._first_changes: Changes = {}
        self._changes: Changes = {}

    def new_id(self, table: type[Base]) -> int:
        """Give a key that no other row of the table has or will get."""
        key = cast("sa.Table", table.__table__)
        ids = self._ids.get(key)
        if ids is not None and (found := next(ids, None)) is not None:
            return found
        self._ids[key] = ids = iter(self._reserve(key))
        return next(ids)

    def add(self, into: Insert, row: Row) -> None:
        """Keep a row for the next flush."""
        rows = self._rows.get(into)
        if rows is None:
            rows = self._rows[into] = []
        rows.append(row)

    def change(self, table: type[Base], row_id: int, **values: Any) -> None:
        """Keep a change of one row for the next flush, after the new rows."""
        _keep(self._changes, table, row_id, values)

    def change_first(self, table: type[Base], row_id: int, **values: Any) -> None:
        """Keep a change that makes place for a new row (an open membership is closed before the next one opens)."""
        _keep(self._first_changes, table, row_id, values)

    def flush(self) -> None:
        """Write what waits: what makes place, new rows (parents first), and the other changes."""
        first, self._first_changes = self._first_changes, {}
        rows, self._rows = self._rows, {}
        changes, self._changes = self._changes, {}
        self._write_changes(first)
        for into in sorted(rows, key=lambda into: ORDER[into.table]):
            write_rows(self.connection, into, rows[into])
        self._write_changes(changes)

    def _write_changes(self, changes: "Changes") -> None:
        for (table, names), values in changes.items():
            statement = sa.update(table).where(table.c.id == sa.bindparam("row_id"))
            self.connection.execute(statement.values({name: sa.bindparam(f"new_{name}") for name in names}), values)

    def _reserve(self, table: sa.Table) -> Sequence[int]:
        if self.connection.dialect.name == "sqlite":  # nobody else can write during our transaction
            last = self.connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
            if table.dialect_options["sqlite"]["autoincrement"]:
                given = sa.text("SELECT seq FROM sqlite_sequence WHERE name = :name")
                last = max(last, self.connection.scalar(given, {"name": table.name}) or 0)
            return range(last + 1, 2**31)
        sequence = sa.func.nextval(sa.func.pg_get_serial_sequence(table.name, "id"))
        return self.connection.scalars(
            sa.select(sequence).select_from(sa.func.generate_series(1, IDS_AT_ONCE).table_valued("n"))
        ).all()


def write_rows(connection: sa.Connection, into: Insert, rows: Sequence[Row]) -> None:
    """Insert rows that are complete, in the fastest way this database knows."""
    converted = _converted(connection.dialect, into, rows)
    names = ", ".join(column.name for column in into.columns)
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" for _ in into.columns)
        statement = f"INSERT INTO {into.table.name} ({names}) VALUES ({places})"  # noqa: S608 - names of our own columns
        connection.exec_driver_sql(statement, converted)
        return
    driver = cast("Any", connection.connection.driver_connection)
    table, move = copy_target(connection, into.table.name, names)
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in converted:
            copy.write_row(row)
    if move:
        connection.exec_driver_sql(move)


def among(connection: sa.Connection, column: sa.ColumnElement[int], ids: Collection[int]) -> sa.ColumnElement[bool]:
    """Say "column is one of these keys" for any number of keys, in one parameter."""
    if connection.dialect.name == "sqlite":
        values = sa.func.json_each(sa.literal(f"[{','.join(map(str, ids))}]")).table_valued("value")
        return column.in_(sa.select(values.c.value))
    return column == sa.any_(sa.literal(list(ids), sa.ARRAY(sa.Integer)))


def find_or_create(connection: sa.Connection, table: type[Base], known_by: dict[str, Any], **other: Any) -> int:
    """Give the id of a shared row, made when it was not there; another delivery may make it at the same moment."""
    rows = cast("sa.Table", table.__table__)
    select = sa.select(rows.c.id).where(*(rows.c[name] == value for name, value in known_by.items()))
    if (found := connection.scalar(select)) is None:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(rows).values(**known_by, **other).on_conflict_do_nothing())
        found = connection.execute(select).scalar_one()
    return int(found)


def _keep(changes: Changes, table: type[Base], row_id: int, values: dict[str, Any]) -> None:
    waiting = changes.setdefault((cast("sa.Table", table.__table__), tuple(values)), [])
    waiting.append({"row_id": row_id, **{f"new_{name}": value for name, value in values.items()}})


def _converted(dialect: sa.Dialect, into: Insert, rows: Sequence[Row]) -> list[Row]:
    """Turn Python values into what the driver wants, a column at a time because that is quicker than by row."""
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    for place, column in enumerate(into.columns):
        if isinstance(column.type, sa.String):
            _check_length(column, columns[place])
        if convert := _converter(column.type, dialect):
            columns[place] = [None if value is None else convert(value) for value in columns[place]]
    return list(zip(*columns, strict=True))


def _converter(type_: sa.types.TypeEngine[Any], dialect: sa.Dialect) -> Callable[[Any], Any] | None:
    if isinstance(type_, sa.Enum):
        return str.__str__  # a code is its value; sqlite3 takes the slow road for a subclass of str
    if isinstance(type_, sa.LargeBinary):
        return None
    if isinstance(type_, sa.Date) and dialect.name == "sqlite":
        return date.isoformat
    return type_.dialect_impl(dialect).bind_processor(dialect)


def _check_length(column: sa.Column[Any], values: Sequence[Any]) -> None:
    """Refuse what PostgreSQL would refuse, on both databases and in words."""
    if isinstance(column.type, sa.Enum) or (limit := cast("sa.String", column.type).length) is None:
        return
    if max(map(len, filter(None, values)), default=0) > limit:
        raise FileRefused(
            f"Een waarde voor {column.table.name}.{column.name} is langer dan {limit} tekens; "
            "kort die in het bronsysteem in en lever het bestand opnieuw.",
            code="waarde_te_lang",
        )


ORDER = {table: place for place, table in enumerate(Base.metadata.sorted_tables)}
