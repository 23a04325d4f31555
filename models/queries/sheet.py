"""Who the sheet is about: the child, its groups, who stands before them, and which sources know it.

Every function takes the `Grant` that the authorizer gave for this child first; none can be called without it. What is
known of the child stands beside this file: results, practice, dossier. Together a fixed number of SELECTs, of columns
and not of entities, each compiled once: the sheet is the page that is opened most.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from models.account import RoleGrant
from models.correction import CorrectionRequest
from models.group import ClassGroup, Enrolment, GroupMembership, StaffAssignment
from models.person import Pupil, SourcePerson, Staff
from models.portfolio import PortfolioPiece
from models.provenance import Delivery, Source
from models.queries.prepared import Prepared, Rows
from models.queries.provenance import LAST_RECEIVED
from models.queries.scope import THIS_YEAR, Grant, GroupGrant
from models.school import School, SchoolYear
from models.vocabulary import GroupKind, SourceKind

PUPIL = sa.bindparam("pupil_id", type_=sa.Integer)
SCHOOL = sa.bindparam("school_id", type_=sa.Integer)
GROUP = sa.bindparam("group_id", type_=sa.Integer)
TODAY = sa.bindparam("today", type_=sa.Date)
SINCE = sa.bindparam("since", type_=sa.Date)

IS_MINE = sa.and_(SourcePerson.school_id == SCHOOL, SourcePerson.pupil_id == PUPIL)
"""When a source's record is of this child; facts of unlinked records reach nobody."""

_ROLL = sa.orm.aliased(SourcePerson)
CHILDREN = (
    sa.select(_ROLL.pupil_id)
    .join(GroupMembership, GroupMembership.source_person_id == _ROLL.id)
    .where(
        GroupMembership.school_id == SCHOOL,
        GroupMembership.group_id == GROUP,
        GroupMembership.starts_on <= TODAY,
        sa.or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= TODAY),
        GroupMembership.school_year_id.in_(THIS_YEAR),
        _ROLL.source_id.in_(sa.select(Source.id).where(Source.leads_roll)),
    )
)
"""The children of this school who are in this group today, by the roll.

What hangs on one of them is of the same school: the keys of the schema see to that. A query that asks for the school
once more is read by SQLite through all rows of that school.
"""
IS_OF_GROUP = SourcePerson.pupil_id.in_(CHILDREN)
"""When a source's record is of a child of this group: `IS_MINE` for many at once."""

_NEWEST = sa.select(sa.func.max(Delivery.id)).where(Delivery.school_id == SCHOOL).scalar_subquery()
_REVISION = sa.select(School.revision).where(School.id == SCHOOL).scalar_subquery()
_IS_DISPUTED = sa.exists().where(CorrectionRequest.pupil_id == PUPIL, CorrectionRequest.school_id == SCHOOL)
_PIECES = (
    sa.select(sa.func.count())
    .select_from(PortfolioPiece)
    .where(PortfolioPiece.pupil_id == PUPIL, PortfolioPiece.school_id == SCHOOL)
    .scalar_subquery()
)
_CURRENT = (
    sa.select(
        SourcePerson.pupil_id,
        GroupMembership.kind,
        GroupMembership.grade,
        GroupMembership.group_id,
        Enrolment.starts_on.label("at_school_since"),
    )
    .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
    .outerjoin(Enrolment, Enrolment.source_person_id == SourcePerson.id)
    .join(SchoolYear, SchoolYear.id == GroupMembership.school_year_id)
    .where(
        IS_MINE,
        GroupMembership.starts_on <= TODAY,
        sa.or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= TODAY),
        SchoolYear.starts_on <= TODAY,
        SchoolYear.ends_on >= TODAY,
    )
    .subquery()
)
_PUPIL = Prepared(
    sa.select(
        Pupil.uid,
        Pupil.given_name,
        Pupil.first_names,
        Pupil.prefix,
        Pupil.family_name,
        Pupil.birth_date,
        Pupil.sex,
        _CURRENT.c.kind,
        _CURRENT.c.grade,
        _CURRENT.c.group_id,
        _CURRENT.c.at_school_since,
        ClassGroup.uid.label("group_uid"),
        ClassGroup.name.label("group_name"),
        _NEWEST.label("newest_delivery_id"),
        _REVISION.label("revision"),
        _IS_DISPUTED.label("is_disputed"),
        _PIECES.label("pieces"),
    )
    .outerjoin(_CURRENT, _CURRENT.c.pupil_id == Pupil.id)
    .outerjoin(ClassGroup, ClassGroup.id == _CURRENT.c.group_id)
    .where(Pupil.school_id == SCHOOL, Pupil.id == PUPIL)
    .order_by(_CURRENT.c.kind != GroupKind.HOME, ClassGroup.name)
)


def child(grant: Grant) -> dict[str, Any]:
    """Give the values by which every statement about one child asks for it."""
    return {"school_id": grant.school_id, "pupil_id": grant.pupil_id}


def children(grant: GroupGrant, today: date) -> dict[str, Any]:
    """Give the values by which every statement about the children of a group asks for them."""
    return {"school_id": grant.school_id, "group_id": grant.group_id, "today": today}


def pupil_and_groups(connection: sa.Connection, grant: Grant, today: date) -> Rows:
    """The child with each group it is in today, home group first; one row without group when it is in none.

    `newest_delivery_id` and `revision` are of the school: until one changes, its norms and practice days stay the same.
    `is_disputed` is whether a parent ever said that something is not right.
    """
    return _PUPIL.rows(connection, **child(grant), today=today)


_TEACHERS = Prepared(
    sa.union(
        sa.select(Staff.given_name, Staff.prefix, Staff.family_name, sa.literal(0).label("rank"))
        .join(RoleGrant, RoleGrant.staff_id == Staff.id)
        .where(
            RoleGrant.school_id == SCHOOL,
            RoleGrant.group_id == GROUP,
            RoleGrant.starts_on <= TODAY,
            sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= TODAY),
        ),
        sa.select(Staff.given_name, Staff.prefix, Staff.family_name, sa.literal(1).label("rank"))
        .join(SourcePerson, SourcePerson.staff_id == Staff.id)
        .join(StaffAssignment, StaffAssignment.source_person_id == SourcePerson.id)
        .where(
            StaffAssignment.school_id == SCHOOL,
            StaffAssignment.group_id == GROUP,
            StaffAssignment.role.in_(("LRK", "")),
        ),
    ).order_by("rank", "given_name")
)


def teachers_of(connection: sa.Connection, school_id: int, group_id: int, today: date) -> Rows:
    """Who stands before a group: those with a grant for it today (rank 0), and those the roll names (rank 1)."""
    return _TEACHERS.rows(connection, school_id=school_id, group_id=group_id, today=today)


_SOURCE = sa.select(
    Source.id,
    Source.kind,
    Source.label,
    Source.leads_roll,
    Source.stale_after_days,
    LAST_RECEIVED,
)
_SOURCES = Prepared(
    sa.union_all(
        _SOURCE.add_columns(SourcePerson.group_label)
        .join(SourcePerson, SourcePerson.source_id == Source.id)
        .where(IS_MINE, Source.kind != SourceKind.JOURNAL),
        _SOURCE.add_columns(sa.null().cast(sa.String)).where(
            Source.school_id == SCHOOL, Source.kind == SourceKind.JOURNAL
        ),
    )
)


def sources_of(connection: sa.Connection, grant: Grant) -> Rows:
    """The sources that know this child, with their latest delivery and the group they name, and those of the dossier.

    A list of notes speaks for the whole dossier, whether it has anything about this child or not.
    """
    return sorted(_SOURCES.rows(connection, **child(grant)), key=lambda row: (not row.leads_roll, row.label))
