"""Who is asking, and the one authorizer that says why they may see a child or a group, or raises `NotFoundError`.

A child that is none of your business and a child that does not exist give the same answer, after the same query.
Rights come from `role_grant` only, on the day itself; groups count when the roll puts the child there today. What
someone opened for a stated reason counts while their role lasts and the time is not over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.custody import EmergencyAccess
from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.provenance import Source
from models.queries.prepared import Prepared
from models.rules.access import COUNTS, OPENS, READS, WRITES, Kind, Position
from models.school import SchoolYear
from models.types import UtcDateTime
from models.vocabulary import Role

AnyRow = sa.Row[*tuple[Any, ...]]
"""A row whose columns are read by name."""

GROUNDS = {
    Position.IB: "IB",
    Position.HEAD: "directie",
    Position.OFFICE: "administratie",
    Position.PARENT: "ouder met gezag",
    Position.PUPIL: "het kind zelf",
}
OF_A_GROUP = {Position.TEACHER: "groep", Position.SUBSTITUTE: "invaller groep"}
BEFORE_A_GROUP = (Role.TEACHER, Role.SUBSTITUTE)
WHOLE_SCHOOL = (Role.IB, Role.HEAD, Role.OFFICE)
FAMILY = frozenset({Role.PARENT, Role.PUPIL})
COUNTING = (Role.IB, Role.HEAD, Role.BOARD)
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Held:
    """A role that someone holds today: a teacher's for one group, a parent's for the children in their custody.

    `group_uid` and `group_name` are empty for a group of another school year.
    """

    role: Role
    school_id: int
    group_id: int | None = None
    pupil_ids: frozenset[int] = frozenset()
    group_uid: UUID | None = None
    group_name: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, when, and what they hold; built once per request, never kept longer.

    Without `now` nothing counts that was opened for a reason.
    """

    account_id: int
    today: date
    held: tuple[Held, ...] = ()
    now: datetime = LONG_AGO

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(held.role for held in self.held)

    @property
    def group_ids(self) -> frozenset[int]:
        return frozenset(held.group_id for held in self.held if held.role in BEFORE_A_GROUP and held.group_id)

    @property
    def whole_school_ids(self) -> frozenset[int]:
        return frozenset(held.school_id for held in self.held if held.role in WHOLE_SCHOOL)

    @property
    def roster_school_ids(self) -> frozenset[int]:
        """Schools of which the reader may know every child by name and group, and no more."""
        return frozenset(held.school_id for held in self.held if held.role in BEFORE_A_GROUP)

    @property
    def pupil_ids(self) -> frozenset[int]:
        return frozenset().union(*(held.pupil_ids for held in self.held))

    @property
    def counted_kinds(self) -> dict[int, frozenset[Kind]]:
        """Per school the kinds of data of which the reader may see figures about all children together."""
        found: dict[int, frozenset[Kind]] = {}
        for held in self.held:
            if held.role in COUNTING:
                found[held.school_id] = found.get(held.school_id, frozenset()) | COUNTS[Position(held.role.value)]
        return found


@dataclass(frozen=True, slots=True)
class Grant:
    """Why this reader may see this child, and which kinds of data; every query about the child asks for it.

    `role` and `ground` are those that give most; `ground_for` says it per kind. What is in `writes` and not in `kinds`
    comes back only to who wrote it; what is in `opens` can be opened for a stated reason.
    """

    pupil_id: int
    school_id: int
    role: Role
    ground: str
    kinds: frozenset[Kind]
    writes: frozenset[Kind] = frozenset()
    opens: frozenset[Kind] = frozenset()
    grounds: tuple[tuple[str, frozenset[Kind]], ...] = ()

    def ground_for(self, kind: Kind) -> str:
        """Say why this kind of data may be seen, or raise `NotFoundError`; a kind that is none is a `ValueError`."""
        if Kind(kind) not in self.kinds:
            raise NotFoundError(self.pupil_id, self.school_id)
        return next((ground for ground, kinds in self.grounds if kind in kinds), self.ground)


@dataclass(frozen=True, slots=True)
class GroupGrant:
    """Why this reader may see this group, and which kinds of data of its children they read and add to."""

    group_id: int
    school_id: int
    role: Role
    ground: str
    kinds: frozenset[Kind]
    writes: frozenset[Kind] = frozenset()


class NotFoundError(Exception):
    """There is no such child or group for this reader; `pupil_id` and `school_id` are for the access log only."""

    def __init__(self, pupil_id: int | None = None, school_id: int | None = None) -> None:
        super().__init__("niet gevonden")
        self.pupil_id = pupil_id
        self.school_id = school_id


TODAY = sa.bindparam("today", type_=sa.Date)
NOW = sa.bindparam("now", type_=UtcDateTime())
THIS_YEAR = sa.select(SchoolYear.id).where(SchoolYear.starts_on <= TODAY, SchoolYear.ends_on >= TODAY)

IN_GROUP_TODAY: sa.ColumnElement[bool] = sa.and_(
    GroupMembership.starts_on <= TODAY,
    sa.or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= TODAY),
    GroupMembership.school_year_id.in_(THIS_YEAR),
)
"""When a membership counts on :today."""

ON_THE_ROLL: sa.ColumnElement[bool] = SourcePerson.source_id.in_(sa.select(Source.id).where(Source.leads_roll))
"""When a source's record speaks for the roll: a practice platform never opens a dossier."""

OPEN_FOR_A_REASON: sa.ColumnElement[bool] = sa.and_(
    EmergencyAccess.account_id == sa.bindparam("account_id", type_=sa.Integer),
    EmergencyAccess.opened_at <= NOW,
    EmergencyAccess.ends_at > NOW,
)
"""What :account_id opened for a stated reason and is still open at :now."""


def as_family(scope: Scope) -> Scope:
    """Ask as parent or as the child itself only, whatever else someone is at school: for the pages of families."""
    return replace(scope, held=tuple(held for held in scope.held if held.role in FAMILY))


_PUPIL = Prepared(
    sa.select(
        Pupil.id,
        Pupil.school_id,
        ClassGroup.id.label("group_id"),
        ClassGroup.name,
        EmergencyAccess.id.label("reason_number"),
        EmergencyAccess.kind.label("opened"),
    )
    .select_from(Pupil)
    .outerjoin(SourcePerson, sa.and_(SourcePerson.pupil_id == Pupil.id, ON_THE_ROLL))
    .outerjoin(GroupMembership, sa.and_(GroupMembership.source_person_id == SourcePerson.id, IN_GROUP_TODAY))
    .outerjoin(ClassGroup, ClassGroup.id == GroupMembership.group_id)
    .outerjoin(EmergencyAccess, sa.and_(EmergencyAccess.pupil_id == Pupil.id, OPEN_FOR_A_REASON))
    .where(Pupil.uid == sa.bindparam("uid", type_=sa.Uuid))
)
_GROUP = sa.select(ClassGroup.id, ClassGroup.school_id, ClassGroup.name).where(
    ClassGroup.uid == sa.bindparam("uid", type_=sa.Uuid), ClassGroup.school_year_id.in_(THIS_YEAR)
)


def authorize(connection: sa.Connection, scope: Scope, pupil_uid: UUID, needs: Kind = Kind.PLACEMENT) -> Grant:
    """Say why this reader may see this child, or raise `NotFoundError`; one query in either case.

    `needs` is the kind of data without which there is nothing to show: the sheet is for who knows the child's groups,
    not for who may know its name only.
    """
    parameters = {"uid": pupil_uid, "today": scope.today, "now": scope.now, "account_id": scope.account_id}
    rows = _PUPIL.rows(connection, **parameters)
    if not rows:
        raise NotFoundError
    groups = {row.group_id: row.name for row in rows}
    reasons = {row.opened: row.reason_number for row in rows if row.opened}
    grant = grant_for(scope, rows[0].id, rows[0].school_id, groups, reasons)
    if needs not in grant.kinds:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return grant


def grant_for(
    scope: Scope,
    pupil_id: int,
    school_id: int,
    groups: Mapping[int | None, str | None],
    reasons: Mapping[str, int] | None = None,
) -> Grant:
    """Say why this reader may see a child of this school who is in these groups today, or raise `NotFoundError`.

    `reasons` are the kinds of data that this reader opened for this child and that are still open, with their number.
    """
    found = _reasons(scope, pupil_id, school_id, groups)
    if not found:
        raise NotFoundError(pupil_id, school_id)
    role, ground, strongest = found[0]
    if len(found) == 1 and not reasons:
        return Grant(pupil_id, school_id, role, ground, READS[strongest], WRITES[strongest], OPENS[strongest])
    opens = frozenset().union(*(OPENS[position] for _, _, position in found))
    opened = {Kind(kind): number for kind, number in (reasons or {}).items() if kind in opens}
    grounds = [(ground, READS[position]) for _, ground, position in found]
    grounds += [(f"reden {number}", frozenset({kind})) for kind, number in opened.items()]
    kinds = frozenset().union(*(kinds for _, kinds in grounds))
    writes = frozenset().union(*(WRITES[position] for _, _, position in found))
    return Grant(pupil_id, school_id, role, ground, kinds, writes, opens - kinds, tuple(grounds))


def authorize_group(connection: sa.Connection, scope: Scope, group_uid: UUID) -> GroupGrant:
    """Say why this reader may see the list of this group of the current year, or raise `NotFoundError`."""
    row = connection.execute(_GROUP, {"uid": group_uid, "today": scope.today}).one_or_none()
    if row is None:
        raise NotFoundError
    return grant_for_group(scope, row.id, row.school_id, row.name)


def grant_for_group(scope: Scope, group_id: int, school_id: int, name: str, *, of_this_year: bool = True) -> GroupGrant:
    """Say why this reader may see this group, or raise `NotFoundError`; of another year only for the whole school."""
    groups: dict[int | None, str | None] = {group_id: name} if of_this_year else {}
    reasons = [reason for reason in _reasons(scope, None, school_id, groups) if Kind.PLACEMENT in READS[reason[-1]]]
    if not reasons:
        raise NotFoundError(school_id=school_id)
    role, ground, _ = reasons[0]
    kinds = frozenset().union(*(READS[position] for _, _, position in reasons))
    writes = frozenset().union(*(WRITES[position] for _, _, position in reasons))
    return GroupGrant(group_id, school_id, role, ground, kinds, writes)


def own_groups(scope: Scope) -> dict[UUID, tuple[str, GroupGrant]]:
    """Say of which groups of this year the reader is the teacher, with their names, and why and what they may see."""
    found: dict[UUID, tuple[str, GroupGrant]] = {}
    for held in scope.held:
        if held.role in BEFORE_A_GROUP and held.group_uid and held.group_id and held.group_name:
            grant = grant_for_group(scope, held.group_id, held.school_id, held.group_name)
            found[held.group_uid] = group_name(held.group_name), grant
    return found


def group_name(name: str) -> str:
    """Return "6B", whether the roll says "6B" or "Groep 6B"."""
    return name[6:] if name.lower().startswith("groep ") else name


def _reasons(
    scope: Scope, pupil_id: int | None, school_id: int, groups: Mapping[int | None, str | None]
) -> list[tuple[Role, str, Position]]:
    """List in which positions this reader sees something of the child, the one that gives most first."""
    found = []
    for held in scope.held:
        position = _position(held, pupil_id, groups) if held.school_id == school_id else None
        if position is not None and READS[position]:
            found.append((held.role, _ground(position, held.role, groups.get(held.group_id)), position))
    return sorted(found, key=lambda reason: len(READS[reason[-1]]), reverse=True)


def _position(held: Held, pupil_id: int | None, groups: Mapping[int | None, str | None]) -> Position | None:
    """How a role at the child's school makes someone stand to this child; None when it does not."""
    if held.role in BEFORE_A_GROUP:
        if held.group_id is not None and held.group_id in groups:
            return Position(held.role.value)
        return Position.ELSEWHERE if any(group_id is not None for group_id in groups) else None
    if held.role in (Role.PARENT, Role.PUPIL):
        return Position(held.role.value) if pupil_id in held.pupil_ids else None
    return Position(held.role.value)


def _ground(position: Position, role: Role, group: str | None) -> str:
    if position in OF_A_GROUP:
        return f"{OF_A_GROUP[position]} {group_name(group or '')}"
    if position is Position.ELSEWHERE:
        return f"{role.label} van deze school"
    return GROUNDS[position]
