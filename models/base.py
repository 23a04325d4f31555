"""The declarative base: constraint names, the column helper that carries a personal-data class, and the tenant wall.

Every column is made with `column(...)` and every table states its `__retention__`; a test fails on one that does not.
Every table that speaks of a child inherits `SchoolRow` and refers to its neighbours with `within_school(...)`, so that
the database itself refuses a row that crosses schools.
"""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from uuid_utils.compat import uuid7

from models.types import UtcDateTime
from models.vocabulary import DataClass, Retention

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables; integer keys inside, a random time-ordered `uid` where an id leaves the database."""

    metadata = sa.MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: sa.String(),
        date: sa.Date(),
        datetime: UtcDateTime(),
        UUID: sa.Uuid(),
        dict[str, Any]: sa.JSON(),
    }
    __retention__: ClassVar[Retention]


def column(data: DataClass, type_: Any = None, **options: Any) -> MappedColumn[Any]:
    """Declare a column together with its class of personal data."""
    arguments = () if type_ is None else (type_,)
    return mapped_column(*arguments, info={"data": data}, **options)


def coded(vocabulary: type, data: DataClass = DataClass.TECHNICAL, **options: Any) -> MappedColumn[Any]:
    """Declare a column that holds one value of a code list of `models.vocabulary`, guarded by a named CHECK."""
    kind = sa.Enum(
        vocabulary,
        native_enum=False,
        create_constraint=True,
        length=24,
        name=vocabulary.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
    return column(data, kind, **options)


def primary_key() -> MappedColumn[Any]:
    """Declare the compact integer key that never leaves the database."""
    return column(DataClass.TECHNICAL, sa.Integer, primary_key=True)


def public_id() -> MappedColumn[Any]:
    """Declare the UUIDv7 by which the outside knows this row."""
    return column(DataClass.TECHNICAL, sa.Uuid, default=uuid7, unique=True)


class SchoolRow(Base):
    """A row that belongs to one school and may be referred to only from within that school."""

    __abstract__ = True

    id: Mapped[int] = primary_key()

    @declared_attr
    def school_id(self) -> Mapped[int]:
        return column(DataClass.TECHNICAL, sa.ForeignKey("school.id"))


def within_school(*references: str, unique_id: bool = True) -> tuple[sa.schema.SchemaItem, ...]:
    """Build the foreign keys (school_id, x_id) for references like "pupil" or "candidate:pupil" (column:table).

    With `unique_id` the table itself can be referred to in the same way.
    """
    items: list[sa.schema.SchemaItem] = [sa.UniqueConstraint("school_id", "id")] if unique_id else []
    for reference in references:
        name, _, table = reference.partition(":")
        table = table or name
        items.append(sa.ForeignKeyConstraint(["school_id", f"{name}_id"], [f"{table}.school_id", f"{table}.id"]))
    return tuple(items)
