"""A SELECT that is compiled once for each kind of database and then handed to the driver itself.

For the reads of the busiest pages only. SQLAlchemy needs 25 to 45 us to run a statement that it has compiled before,
SQLite 5 to 10 to answer it; a sheet asks nine of them. What SQLAlchemy knows of types is used both ways.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import sqlalchemy as sa

Rows = Sequence[Any]
"""Rows read by column name; mypy cannot know the columns of a SELECT of this width."""

Convert = Callable[[Any], Any]
AnySelect = sa.Select[*tuple[Any, ...]] | sa.CompoundSelect[*tuple[Any, ...]]


class Prepared:
    """Wraps a statement whose values may differ per call, but not how many there are (no expanding IN)."""

    def __init__(self, statement: AnySelect) -> None:
        self._statement = statement
        self._plans: dict[str, _Plan] = {}

    def rows(self, connection: sa.Connection, **values: Any) -> Rows:
        """Return all rows, inside the transaction of this connection."""
        if not connection.in_transaction():
            return connection.execute(self._statement, values).all()  # SQLAlchemy begins the transaction
        plan = self._plans.get(connection.dialect.name)
        if plan is None:
            plan = self._plans[connection.dialect.name] = _plan(self._statement, connection, values)
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(plan.sql, plan.bind(values))
            return plan.read(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class _Plan:
    sql: str
    order: Sequence[str] | None
    """The names of the values in the order of the statement; None where the driver takes them by name."""
    constants: Mapping[str, Any]
    binders: Mapping[str, Convert]
    make: Convert
    readers: Sequence[tuple[int, Convert]]

    def bind(self, values: Mapping[str, Any]) -> Any:
        known = {**self.constants, **values}
        for name, convert in self.binders.items():
            known[name] = convert(known[name])
        return known if self.order is None else [known[name] for name in self.order]

    def read(self, found: Iterable[Any]) -> Rows:
        """Convert column by column: most columns need nothing."""
        if not found:
            return []
        if self.readers:
            columns = list(zip(*found, strict=True))
            for place, convert in self.readers:
                columns[place] = tuple(map(convert, columns[place]))
            found = zip(*columns, strict=True)
        return list(map(self.make, found))


def _plan(statement: AnySelect, connection: sa.Connection, values: Mapping[str, Any]) -> _Plan:
    """Compile for this kind of database; its driver is asked once what it returns, which decides how that is read."""
    dialect = connection.dialect
    compiled: Any = statement.compile(dialect=dialect)
    state = compiled.construct_expanded_state(dict(values))  # a constant list becomes a value for each of its elements
    binders: dict[str, Convert | None] = {
        **{name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in compiled.binds.items()},
        **state.processors,
    }
    columns = list(statement.selected_columns)
    names: Any = namedtuple("Row", [str(column.key) for column in columns])  # type: ignore[misc]  # noqa: PYI024
    plan = _Plan(
        sql=state.statement,
        order=state.positiontup,
        constants={
            name: convert(value) if (convert := binders.get(name)) else value
            for name, value in state.parameters.items()
            if name not in values
        },
        binders={name: convert for name in values if (convert := binders[name])},
        make=partial(tuple.__new__, names),  # what `_make` does, without a call of Python for each row
        readers=(),
    )
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute(plan.sql, plan.bind(values))
        readers = [
            column.type.dialect_impl(dialect).result_processor(dialect, told[1])
            for column, told in zip(columns, cursor.description, strict=True)
        ]
    return replace(plan, readers=[(place, reader) for place, reader in enumerate(readers) if reader])
