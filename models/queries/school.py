"""Schools and their groups, staff and guardians by the keys that an administrator types."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from models.group import ClassGroup
from models.person import SourcePerson
from models.provenance import Source
from models.queries.scope import THIS_YEAR, AnyRow, Scope
from models.school import School
from models.vocabulary import PersonRole


def all_schools(connection: sa.Connection) -> Sequence[AnyRow]:
    """List the schools in this database."""
    return connection.execute(
        sa.select(School.id, School.name, School.brin, School.dependance, School.school_key).order_by(School.name)
    ).all()


def by_key(connection: sa.Connection, key: str) -> AnyRow | None:
    """Find a school by its BRIN ("12AB", "12AB01" or "12AB-01") or its own key."""
    brin, dependance = key[:4].upper(), key[4:].lstrip("-") or "00"
    return connection.execute(
        sa.select(School.id, School.name)
        .where(sa.or_(School.school_key == key, sa.and_(School.brin == brin, School.dependance == dependance)))
        .order_by(School.id)
    ).first()


def name_of(connection: sa.Connection, school_id: int) -> str:
    """Give the name of a school."""
    return connection.execute(sa.select(School.name).where(School.id == school_id)).scalar_one()


def names(connection: sa.Connection, scope: Scope) -> list[str]:
    """The names of the schools where the reader holds a role."""
    ids = {held.school_id for held in scope.held}
    return list(connection.scalars(sa.select(School.name).where(School.id.in_(ids))))


def group_names(connection: sa.Connection, scope: Scope) -> dict[int, str]:
    """The names of the groups that the reader teaches, by id."""
    rows = connection.execute(sa.select(ClassGroup.id, ClassGroup.name).where(ClassGroup.id.in_(scope.group_ids)))
    return {row.id: row.name for row in rows}


def groups_called(connection: sa.Connection, school_id: int, name: str, today: date) -> Sequence[AnyRow]:
    """Find this year's groups of a school by name or by the key in the roll."""
    return connection.execute(
        sa.select(ClassGroup.id, ClassGroup.name).where(
            ClassGroup.school_id == school_id,
            ClassGroup.school_year_id.in_(THIS_YEAR),
            sa.or_(sa.func.lower(ClassGroup.name) == name.lower(), ClassGroup.source_key == name),
        ),
        {"today": today},
    ).all()


def linked_person(connection: sa.Connection, school_id: int, role: PersonRole, key: str) -> int | None:
    """Find the person in this role whom the school's files call by this key; None when nobody or not linked."""
    column = {
        PersonRole.PUPIL: SourcePerson.pupil_id,
        PersonRole.STAFF: SourcePerson.staff_id,
        PersonRole.GUARDIAN: SourcePerson.guardian_id,
    }[role]
    return connection.scalars(
        sa.select(column)
        .join(Source, Source.id == SourcePerson.source_id)
        .where(
            SourcePerson.school_id == school_id,
            SourcePerson.role == role,
            SourcePerson.source_key == key,
            column.is_not(None),
        )
        .order_by(Source.leads_roll.desc(), SourcePerson.generation.desc())
    ).first()
