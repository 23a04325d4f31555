"""Who is asking, and the one authorizer that says why they may see a child or a group, or raises `NotFoundError`.

A child that is none of your business and a child that does not exist give the same answer, after the same query.
Rights come from `role_grant` only, on the day itself; groups count when the roll puts the child there today.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.provenance import Source
from models.rules.access import Kind, kinds_for
from models.school import SchoolYear
from models.vocabulary import Role

AnyRow = sa.Row[*tuple[Any, ...]]
"""A row whose columns are read by name."""

GROUNDS = {Role.IB: "IB", Role.HEAD: "directie", Role.PARENT: "ouder met gezag"}
WHOLE_SCHOOL = (Role.IB, Role.HEAD)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that someone holds today: a teacher's for one group, a parent's for the children in their custody."""

    role: Role
    school_id: int
    group_id: int | None = None
    pupil_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, on which day, and what they hold; built once per request, never kept longer."""

    account_id: int
    today: date
    held: tuple[Held, ...] = ()

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.held)

    @property
    def group_ids(self) -> frozenset[int]:
        return frozenset(held.group_id for held in self.held if held.role is Role.TEACHER and held.group_id)

    @property
    def whole_school_ids(self) -> frozenset[int]:
        return frozenset(held.school_id for held in self.held if held.role in WHOLE_SCHOOL)

    @property
    def pupil_ids(self) -> frozenset[int]:
        return frozenset().union(*(held.pupil_ids for held in self.held if held.role is Role.PARENT))


@dataclass(frozen=True, slots=True)
class Grant:
    """Why this reader may see this child, and which kinds of data; every query about the child asks for it."""

    pupil_id: int
    school_id: int
    role: Role
    ground: str
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True)
class GroupGrant:
    """Why this reader may see this group, and which kinds of data of its children."""

    group_id: int
    school_id: int
    role: Role
    ground: str
    kinds: frozenset[Kind]


class NotFoundError(Exception):
    """There is no such child or group for this reader; `pupil_id` and `school_id` are for the access log only."""

    def __init__(self, pupil_id: int | None = None, school_id: int | None = None) -> None:
        super().__init__("niet gevonden")
        self.pupil_id = pupil_id
        self.school_id = school_id


TODAY = sa.bindparam("today", type_=sa.Date)
THIS_YEAR = sa.select(SchoolYear.id).where(SchoolYear.starts_on <= TODAY, SchoolYear.ends_on >= TODAY)

IN_GROUP_TODAY: sa.ColumnElement[bool] = sa.and_(
    GroupMembership.starts_on <= TODAY,
    sa.or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= TODAY),
    GroupMembership.school_year_id.in_(THIS_YEAR),
)
"""When a membership counts on :today."""

ON_THE_ROLL: sa.ColumnElement[bool] = SourcePerson.source_id.in_(sa.select(Source.id).where(Source.leads_roll))
"""When a source's record speaks for the roll: a practice platform never opens a dossier."""

_PUPIL = (
    sa.select(Pupil.id, Pupil.school_id, ClassGroup.id.label("group_id"), ClassGroup.name)
    .select_from(Pupil)
    .outerjoin(SourcePerson, sa.and_(SourcePerson.pupil_id == Pupil.id, ON_THE_ROLL))
    .outerjoin(GroupMembership, sa.and_(GroupMembership.source_person_id == SourcePerson.id, IN_GROUP_TODAY))
    .outerjoin(ClassGroup, ClassGroup.id == GroupMembership.group_id)
    .where(Pupil.uid == sa.bindparam("uid", type_=sa.Uuid))
)
_GROUP = sa.select(ClassGroup.id, ClassGroup.school_id, ClassGroup.name).where(
    ClassGroup.uid == sa.bindparam("uid", type_=sa.Uuid), ClassGroup.school_year_id.in_(THIS_YEAR)
)


def authorize(connection: sa.Connection, scope: Scope, pupil_uid: UUID) -> Grant:
    """Say why this reader may see this child, or raise `NotFoundError`; one query in either case."""
    rows = connection.execute(_PUPIL, {"uid": pupil_uid, "today": scope.today}).all()
    if not rows:
        raise NotFoundError
    return grant_for(scope, rows[0].id, rows[0].school_id, {row.group_id: row.name for row in rows})


def grant_for(scope: Scope, pupil_id: int, school_id: int, groups: Mapping[int | None, str]) -> Grant:
    """Say why this reader may see a child of this school who is in these groups today, or raise `NotFoundError`."""
    reasons = [
        (held.role, groups.get(held.group_id, ""))
        for held in scope.held
        if held.school_id == school_id
        and (
            held.role in WHOLE_SCHOOL
            or (held.role is Role.TEACHER and held.group_id is not None and held.group_id in groups)
            or (held.role is Role.PARENT and pupil_id in held.pupil_ids)
        )
    ]
    if not reasons:
        raise NotFoundError(pupil_id, school_id)
    role, ground, kinds = _strongest(reasons)
    return Grant(pupil_id, school_id, role, ground, kinds)


def authorize_group(connection: sa.Connection, scope: Scope, group_uid: UUID) -> GroupGrant:
    """Say why this reader may see the list of this group of the current year, or raise `NotFoundError`."""
    row = connection.execute(_GROUP, {"uid": group_uid, "today": scope.today}).one_or_none()
    reasons = [
        (held.role, row.name)
        for held in scope.held
        if row is not None
        and held.school_id == row.school_id
        and (held.role in WHOLE_SCHOOL or (held.role is Role.TEACHER and held.group_id == row.id))
    ]
    if row is None or not reasons:
        raise NotFoundError
    role, ground, kinds = _strongest(reasons)
    return GroupGrant(row.id, row.school_id, role, ground, kinds)


def group_name(name: str) -> str:
    """Return "6B", whether the roll says "6B" or "Groep 6B"."""
    return name[6:] if name.lower().startswith("groep ") else name


def _strongest(reasons: Iterable[tuple[Role, str]]) -> tuple[Role, str, frozenset[Kind]]:
    role, group = max(reasons, key=lambda reason: len(kinds_for([reason[0]])))
    return role, GROUNDS.get(role) or f"groep {group_name(group)}", kinds_for(role for role, _ in reasons)
