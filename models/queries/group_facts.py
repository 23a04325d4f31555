"""All children of a group at once: who they are, which sources the school has, what its groups practise.

Every function takes the `GroupGrant` first; together with the `..._in` functions of results, practice and dossier a
fixed number of SELECTs, however many children there are.
"""

from datetime import date

import sqlalchemy as sa

from models.group import ClassGroup, Enrolment, GroupMembership
from models.person import Pupil, SourcePerson
from models.provenance import Delivery, Source
from models.queries.memory import Version
from models.queries.prepared import Prepared, Rows
from models.queries.provenance import LAST_RECEIVED
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, GroupGrant
from models.queries.sheet import GROUP, SCHOOL, children
from models.school import School

_VERSION = (
    sa.select(sa.func.max(Delivery.id)).where(Delivery.school_id == SCHOOL).scalar_subquery().label("newest"),
    sa.select(School.revision).where(School.id == SCHOOL).scalar_subquery().label("revision"),
)
_PUPILS = Prepared(
    sa.select(
        Pupil.id,
        Pupil.uid,
        Pupil.given_name,
        Pupil.first_names,
        Pupil.prefix,
        Pupil.family_name,
        Pupil.birth_date,
        Pupil.sex,
        sa.func.coalesce(GroupMembership.grade, ClassGroup.grade).label("grade"),
        Enrolment.starts_on.label("at_school_since"),
        *_VERSION,
    )
    .join(SourcePerson, SourcePerson.pupil_id == Pupil.id)
    .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
    .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
    .outerjoin(Enrolment, Enrolment.source_person_id == SourcePerson.id)
    .where(GroupMembership.school_id == SCHOOL, GroupMembership.group_id == GROUP, ON_THE_ROLL, IN_GROUP_TODAY)
)


def pupils_in(connection: sa.Connection, grant: GroupGrant, today: date) -> Rows:
    """The children of the group today, each once, by family name.

    `newest` and `revision` are of the school: until one changes, norms and practice days stay as they are.
    """
    rows = {row.id: row for row in _PUPILS.rows(connection, **children(grant, today))}
    return sorted(rows.values(), key=lambda row: (row.family_name or "", row.given_name or "", row.id))


_OF_SCHOOL = Prepared(sa.select(*_VERSION))


def version(connection: sa.Connection, grant: GroupGrant) -> Version:
    """The newest delivery of the school and its revision, for who does not ask for its children."""
    row = _OF_SCHOOL.rows(connection, school_id=grant.school_id)[0]
    return row.newest or 0, row.revision


_SOURCES = Prepared(
    sa.select(Source.id, Source.label, Source.stale_after_days, LAST_RECEIVED).where(Source.school_id == SCHOOL)
)


def sources(connection: sa.Connection, grant: GroupGrant) -> Rows:
    """The sources of the school with when each last delivered."""
    return _SOURCES.rows(connection, school_id=grant.school_id)
