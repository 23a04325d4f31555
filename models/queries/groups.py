"""Groups and who is in them today, and children by name: only those that the scope reaches."""

from typing import Any

import sqlalchemy as sa

from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.queries.prepared import Prepared, Rows
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, THIS_YEAR, GroupGrant, Scope
from models.school import SchoolYear
from models.vocabulary import GroupKind

NAMES = (Pupil.given_name, Pupil.first_names, Pupil.prefix, Pupil.family_name)

_MEMBERS = Prepared(
    sa.select(Pupil.id, Pupil.uid, *NAMES, sa.func.coalesce(GroupMembership.grade, ClassGroup.grade).label("grade"))
    .join(SourcePerson, SourcePerson.pupil_id == Pupil.id)
    .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
    .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
    .where(GroupMembership.group_id == sa.bindparam("group_id", type_=sa.Integer), ON_THE_ROLL, IN_GROUP_TODAY)
)
_GROUP = Prepared(
    sa.select(ClassGroup.uid, ClassGroup.name, SchoolYear.code.label("school_year"))
    .join(SchoolYear, SchoolYear.id == ClassGroup.school_year_id)
    .where(ClassGroup.id == sa.bindparam("group_id", type_=sa.Integer))
)


def group(connection: sa.Connection, grant: GroupGrant) -> Any:
    """Read the name and the school year of the group."""
    return _GROUP.rows(connection, group_id=grant.group_id)[0]


def members(connection: sa.Connection, grant: GroupGrant, scope: Scope) -> Rows:
    """List the children who are in the group today, in any order."""
    return _MEMBERS.rows(connection, group_id=grant.group_id, today=scope.today)


def visible_groups(connection: sa.Connection, scope: Scope) -> Rows:
    """List this year's groups that the reader may open, with the number of children in them today."""
    counted = (
        sa.select(GroupMembership.group_id, sa.func.count(SourcePerson.pupil_id.distinct()).label("members"))
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(SourcePerson.school_id.in_({held.school_id for held in scope.held}), ON_THE_ROLL, IN_GROUP_TODAY)
        .group_by(GroupMembership.group_id)
        .subquery()
    )
    return connection.execute(
        sa.select(ClassGroup.uid, ClassGroup.name, ClassGroup.kind, counted.c.members)
        .join(counted, counted.c.group_id == ClassGroup.id)
        .where(
            ClassGroup.school_year_id.in_(THIS_YEAR),
            sa.or_(ClassGroup.id.in_(scope.group_ids), ClassGroup.school_id.in_(scope.whole_school_ids)),
        ),
        {"today": scope.today},
    ).all()


def visible_pupils(connection: sa.Connection, scope: Scope) -> Rows:
    """List the children whom the reader may know by name: of the own groups, of the school, or the own children.

    A child in several groups comes several times, with the home group first.
    """
    return connection.execute(
        sa.select(Pupil.id, Pupil.uid, Pupil.school_id, *NAMES, ClassGroup.id.label("group_id"), ClassGroup.name)
        .join(SourcePerson, SourcePerson.pupil_id == Pupil.id)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
        .where(
            ON_THE_ROLL,
            IN_GROUP_TODAY,
            sa.or_(
                GroupMembership.group_id.in_(scope.group_ids),
                Pupil.school_id.in_(scope.whole_school_ids | scope.roster_school_ids),
                Pupil.id.in_(scope.pupil_ids),
            ),
        )
        .order_by(sa.case((GroupMembership.kind == GroupKind.HOME, 0), else_=1)),
        {"today": scope.today},
    ).all()
