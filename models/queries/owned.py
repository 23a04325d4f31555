"""Which rows speak of one child (or of one guardian), found by following the foreign keys; no list is kept by hand.

A table belongs to whatever its foreign keys lead to; a reference of a table to itself does not count. So a new table
about a child is erased with the child from the day it is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import cast

import sqlalchemy as sa

from models.base import Base
from models.person import PersonIdentifier, Pupil, SourcePerson
from models.provenance import Source
from models.rules.retention import OF_A_LEAVER
from models.vocabulary import IdentifierType, Retention

PUPIL = cast("sa.Table", Pupil.__table__)
PERSON = cast("sa.Table", SourcePerson.__table__)
IDENTIFIER = cast("sa.Table", PersonIdentifier.__table__)
TABLES = tuple(Base.metadata.sorted_tables)
"""Parents before children."""
KEPT_AS = {
    cast("sa.Table", mapper.local_table): cast("Retention", mapper.class_.__retention__)
    for mapper in Base.registry.mappers
}
"""The class of each table."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The rows of one table that fall under one class; `of` says which of them are a child's."""

    table: sa.Table
    kind: Retention
    only: sa.ColumnElement[bool]

    def of(self, pupil_id: int) -> sa.ColumnElement[bool]:
        return sa.and_(rows_of(self.table, PUPIL, pupil_id), self.only)


@cache
def owned(root: sa.Table) -> tuple[sa.Table, ...]:
    """Give the tables that speak of a row of `root`, itself included, parents first."""
    found = [root]
    for table in TABLES:
        if table is not root and any(_parent(key) in found for key in _references(table)):
            found.append(table)
    return tuple(found)


def rows_of(table: sa.Table, root: sa.Table, root_id: int) -> sa.ColumnElement[bool]:
    """Say which rows of an owned table speak of this row of `root`."""
    if table is root:
        return table.c.id == root_id
    reasons: list[sa.ColumnElement[bool]] = []
    for key in _references(table):
        parent = _parent(key)
        if parent is root:
            reasons.append(column_of(key) == root_id)
        elif parent in owned(root):
            reasons.append(column_of(key).in_(sa.select(parent.c.id).where(rows_of(parent, root, root_id))))
    return sa.or_(*reasons)


@cache
def slices() -> tuple[Slice, ...]:
    """Cut all that speaks of a child into classes, parents first; what counts from something else goes last of all."""
    special = {
        PERSON: ((Retention.DOSSIER, ~ON_ROLL), (Retention.ENROLMENT, ON_ROLL)),
        IDENTIFIER: ((Retention.CHAIN, ~ROLLS_OWN_KEY), (Retention.ENROLMENT, ROLLS_OWN_KEY)),
    }
    return tuple(
        Slice(table, kind, only)
        for table in owned(PUPIL)
        for kind, only in special.get(table, ((_class_of(table), sa.true()),))
    )


def due(kinds: Iterable[Retention]) -> list[Slice]:
    """Give the slices of these classes; with the enrolment everything goes."""
    chosen = set(kinds)
    return [part for part in slices() if part.kind in chosen or Retention.ENROLMENT in chosen]


def children(parent: sa.Table) -> list[tuple[sa.Table, sa.ColumnElement[int]]]:
    """Give each reference to a table as (table, column), without those of the table to itself."""
    return [(table, column_of(key)) for table in TABLES for key in _references(table) if _parent(key) is parent]


def self_references(table: sa.Table) -> list[sa.Column[int]]:
    """Give the columns by which rows of a table refer to other rows of it."""
    return [column_of(key) for key in table.foreign_key_constraints if key.referred_table is table]


def column_of(key: sa.ForeignKeyConstraint) -> sa.Column[int]:
    """Give the column that refers, leaving out the school that every such key carries."""
    return next(column for column in key.columns if column.name != "school_id" or len(key.columns) == 1)


def unreferenced(table: sa.Table) -> sa.ColumnElement[bool]:
    """Say that no row anywhere refers to a row of this table."""
    return sa.and_(*(~sa.exists().where(column == table.c.id) for _, column in children(table)))


def _references(table: sa.Table) -> list[sa.ForeignKeyConstraint]:
    keys = sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
    return [key for key in keys if key.referred_table is not table and key.referred_table.name != "school"]


def _parent(key: sa.ForeignKeyConstraint) -> sa.Table:
    return key.referred_table


def _class_of(table: sa.Table) -> Retention:
    kind = KEPT_AS[table]
    return kind if kind in OF_A_LEAVER or kind is Retention.PRACTICE else Retention.ENROLMENT


ON_ROLL: sa.ColumnElement[bool] = PERSON.c.source_id.in_(sa.select(Source.id).where(Source.leads_roll))
ROLLS_OWN_KEY: sa.ColumnElement[bool] = sa.and_(
    IDENTIFIER.c.kind == IdentifierType.LAS_KEY,
    IDENTIFIER.c.source_person_id.in_(sa.select(PERSON.c.id).where(ON_ROLL)),
)
