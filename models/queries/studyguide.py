"""The studiewijzer of a group: who may read it, its weeks and lines, and what the group works at together.

A parent or child reads the weeks of a group that a child of theirs is in today, and only what is published. Every
function takes who asks, or the right that followed from it. What comes back names no child, but for `Reader.children`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.account import Account
from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.practice import LearningObjective, PracticeCell
from models.queries.prepared import Prepared, Rows
from models.queries.scope import (
    IN_GROUP_TODAY,
    ON_THE_ROLL,
    THIS_YEAR,
    AnyRow,
    Grant,
    GroupGrant,
    NotFoundError,
    Scope,
    authorize_group,
)
from models.queries.sheet import IS_MINE, IS_OF_GROUP, SCHOOL, child, children
from models.rules.access import Cell, Kind, Position, cell
from models.rules.studyguide import LOOK_BACK, RECENT, Line, Worked, same_week_last_year
from models.studyguide import StudyLine, StudyWeek

GROUP_ID = sa.bindparam("group_id", type_=sa.Integer)
MONDAY = sa.bindparam("monday", type_=sa.Date)


@dataclass(frozen=True, slots=True)
class Reader:
    """Why someone may read the weeks of a group: `grant` for who works there, `children` are the reader's own in it."""

    group_id: int
    school_id: int
    grant: GroupGrant | None
    children: tuple[UUID, ...] = ()


_OWN = (
    sa.select(ClassGroup.id, ClassGroup.school_id, Pupil.uid)
    .join(GroupMembership, GroupMembership.group_id == ClassGroup.id)
    .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
    .join(Pupil, Pupil.id == SourcePerson.pupil_id)
    .where(
        ClassGroup.uid == sa.bindparam("uid", type_=sa.Uuid),
        ClassGroup.school_year_id.in_(THIS_YEAR),
        ON_THE_ROLL,
        IN_GROUP_TODAY,
    )
    .order_by(Pupil.given_name, Pupil.id)
)


def reader_of(connection: sa.Connection, scope: Scope, group_uid: UUID) -> Reader:
    """Say why this reader may read the studiewijzer of this group, or raise `NotFoundError`."""
    own = connection.execute(_OWN.where(Pupil.id.in_(scope.pupil_ids)), {"uid": group_uid, "today": scope.today}).all()
    mine = tuple(dict.fromkeys(row.uid for row in own))
    try:
        grant = authorize_group(connection, scope, group_uid)
    except NotFoundError:
        if not own:
            raise
        return Reader(own[0].id, own[0].school_id, None, mine)
    return Reader(grant.group_id, grant.school_id, grant, mine)


def staff_reader(grant: GroupGrant) -> Reader:
    """Give the right to the weeks that goes with the right to the group."""
    return Reader(grant.group_id, grant.school_id, grant)


_GROUP = Prepared(
    sa.select(ClassGroup.uid, ClassGroup.name, ClassGroup.grade).where(
        ClassGroup.school_id == SCHOOL, ClassGroup.id == GROUP_ID
    )
)


def group(connection: sa.Connection, reader: Reader) -> Any:
    """Read what the group is called."""
    return _GROUP.rows(connection, **_of(reader))[0]


_WEEKS = (
    sa.select(StudyWeek.starts_on, StudyWeek.published_at)
    .where(StudyWeek.school_id == SCHOOL, StudyWeek.group_id == GROUP_ID)
    .order_by(StudyWeek.starts_on.desc())
    .limit(45)
)
_ALL_WEEKS, _PUBLISHED_WEEKS = Prepared(_WEEKS), Prepared(_WEEKS.where(StudyWeek.published_at.is_not(None)))


def weeks(connection: sa.Connection, reader: Reader, *, drafts: bool = False) -> Rows:
    """List the weeks there are, newest first; drafts only for who works with the group."""
    of = _ALL_WEEKS if drafts and reader.grant else _PUBLISHED_WEEKS
    return of.rows(connection, **_of(reader))


_WEEK = Prepared(
    sa.select(
        StudyWeek.id,
        StudyWeek.uid,
        StudyWeek.starts_on,
        StudyWeek.intro,
        StudyWeek.film,
        StudyWeek.shows_practice,
        StudyWeek.published_at,
        StudyWeek.changed_at,
        Account.display_name.label("author"),
    )
    .join(Account, Account.id == StudyWeek.account_id)
    .where(StudyWeek.school_id == SCHOOL, StudyWeek.group_id == GROUP_ID, StudyWeek.starts_on == MONDAY)
)
_LINE = sa.select(
    StudyLine.subject,
    StudyLine.goal,
    StudyLine.approach,
    StudyLine.words,
    StudyLine.at_home,
    StudyLine.link,
    sa.func.coalesce(LearningObjective.name, "").label("objective"),
).outerjoin(LearningObjective, LearningObjective.id == StudyLine.objective_id)
_LINES = Prepared(
    _LINE.where(
        StudyLine.school_id == SCHOOL, StudyLine.study_week_id == sa.bindparam("week_id", type_=sa.Integer)
    ).order_by(StudyLine.position)
)


def week(
    connection: sa.Connection, reader: Reader, monday: date, *, draft: bool = False
) -> tuple[AnyRow, list[Line]] | None:
    """Read a week with its lines; one that is not published only for who works with the group and asks for it."""
    rows = _WEEK.rows(connection, **_of(reader), monday=monday)
    if not rows or (rows[0].published_at is None and not (draft and reader.grant)):
        return None
    lines = _LINES.rows(connection, school_id=reader.school_id, week_id=rows[0].id)
    return rows[0], [Line(*row) for row in lines]


_FIRST = sa.func.min(PracticeCell.day)
_RECENT_DAY = sa.bindparam("recent", type_=PracticeCell.day.type)
_WORKED = Prepared(
    sa.select(
        LearningObjective.subject,
        LearningObjective.name,
        sa.func.count(sa.case((PracticeCell.day >= _RECENT_DAY, SourcePerson.pupil_id)).distinct()).label("children"),
        sa.func.sum(sa.case((PracticeCell.day >= _RECENT_DAY, PracticeCell.answers), else_=0)).label("answers"),
        _FIRST.label("first_on"),
    )
    .select_from(SourcePerson)
    .join(PracticeCell, PracticeCell.source_person_id == SourcePerson.id)
    .join(LearningObjective, LearningObjective.id == PracticeCell.objective_id)
    .where(
        IS_OF_GROUP,
        PracticeCell.day >= sa.bindparam("since", type_=PracticeCell.day.type),
        PracticeCell.day < sa.bindparam("until", type_=PracticeCell.day.type),
    )
    .group_by(LearningObjective.subject, LearningObjective.name)
    .having(sa.func.max(PracticeCell.day) >= _RECENT_DAY)
)


def worked(connection: sa.Connection, grant: GroupGrant, monday: date, today: date) -> list[Worked]:
    """What the children of the group worked at in the two weeks before, and in the week itself so far; counts only."""
    if Kind.PRACTICE not in grant.kinds:
        return []
    days = {"since": monday - LOOK_BACK, "recent": monday - RECENT, "until": monday + timedelta(days=7)}
    rows = _WORKED.rows(connection, **children(grant, today), **days)
    return [Worked(row.subject, row.name, row.children, row.answers, row.first_on) for row in rows]


_EARLIER = sa.orm.aliased(ClassGroup)
_LAST_YEAR = Prepared(
    _LINE.join(StudyWeek, StudyWeek.id == StudyLine.study_week_id)
    .join(ClassGroup, ClassGroup.id == StudyWeek.group_id)
    .join(
        _EARLIER,
        sa.and_(
            _EARLIER.id == GROUP_ID,
            _EARLIER.school_id == ClassGroup.school_id,
            _EARLIER.id != ClassGroup.id,
            _EARLIER.grade == ClassGroup.grade,
        ),
    )
    .where(StudyWeek.school_id == SCHOOL, StudyWeek.starts_on == MONDAY, StudyWeek.published_at.is_not(None))
    .order_by(_EARLIER.name != ClassGroup.name, StudyWeek.published_at.desc(), StudyWeek.id, StudyLine.position)
    .add_columns(StudyWeek.id.label("week_id"))
)


def last_year(connection: sa.Connection, grant: GroupGrant, monday: date) -> list[Line]:
    """Read what the same grade had in this week a year ago, of the group with the same name when there are several."""
    given = {"school_id": grant.school_id, "group_id": grant.group_id, "monday": same_week_last_year(monday)}
    rows = _LAST_YEAR.rows(connection, **given)
    return [Line(*row[:7]) for row in rows if row.week_id == rows[0].week_id]


_OWN_WORK = Prepared(
    sa.select(
        PracticeCell.day,
        PracticeCell.answers,
        PracticeCell.first_answers,
        PracticeCell.first_correct,
        PracticeCell.home_answers,
        LearningObjective.subject,
        LearningObjective.name,
    )
    .select_from(SourcePerson)
    .join(PracticeCell, PracticeCell.source_person_id == SourcePerson.id)
    .join(LearningObjective, LearningObjective.id == PracticeCell.objective_id)
    .where(
        IS_MINE,
        PracticeCell.day >= sa.bindparam("since", type_=PracticeCell.day.type),
        PracticeCell.day < sa.bindparam("until", type_=PracticeCell.day.type),
        sa.exists().where(
            StudyWeek.school_id == SCHOOL,
            StudyWeek.group_id == GROUP_ID,
            StudyWeek.starts_on == MONDAY,
            StudyWeek.published_at.is_not(None),
            StudyWeek.shows_practice,
        ),
    )
    .order_by(PracticeCell.day)
)


def own_work(connection: sa.Connection, grant: Grant, reader: Reader, monday: date) -> Rows:
    """Read at what the child of this grant worked, day by day; empty unless the week is published with practice."""
    if Kind.PRACTICE not in grant.kinds and cell(Position(grant.role.value), Kind.PRACTICE) is not Cell.RELEASED:
        return []
    days = {"since": monday, "until": monday + timedelta(days=7), "monday": monday, "group_id": reader.group_id}
    return _OWN_WORK.rows(connection, **child(grant), **days)


def objective_ids(connection: sa.Connection, school_id: int, lines: list[Line]) -> dict[tuple[str, str], int]:
    """Find the objectives that lines name, by subject and name; one that is not there is left out."""
    named = {line.objective for line in lines if line.objective}
    if not named:
        return {}
    rows = connection.execute(
        sa.select(LearningObjective.subject, LearningObjective.name, LearningObjective.id)
        .where(LearningObjective.school_id == school_id, LearningObjective.name.in_(named))
        .order_by(LearningObjective.id.desc())
    )
    return {(subject.lower(), name): objective_id for subject, name, objective_id in rows}


def _of(reader: Reader) -> dict[str, int]:
    return {"school_id": reader.school_id, "group_id": reader.group_id}
