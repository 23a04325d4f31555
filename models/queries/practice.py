"""Practice of a child, or of each child of a group, per day and objective; and on which days a group practised."""

from datetime import date

import sqlalchemy as sa

from models.group import GroupMembership
from models.person import SourcePerson
from models.practice import LearningObjective, PracticeCell
from models.queries.prepared import Prepared, Rows
from models.queries.scope import Grant, GroupGrant
from models.queries.sheet import IS_MINE, IS_OF_GROUP, child, children


def _cells(whose: sa.ColumnElement[bool]) -> Prepared:
    return Prepared(
        sa.select(
            SourcePerson.pupil_id,
            PracticeCell.day,
            PracticeCell.answers,
            PracticeCell.first_answers,
            PracticeCell.first_correct,
            PracticeCell.home_answers,
            PracticeCell.objective_id,
        )
        .select_from(SourcePerson)
        .join(PracticeCell, PracticeCell.source_person_id == SourcePerson.id)
        .where(whose, PracticeCell.day >= sa.bindparam("since", type_=PracticeCell.day.type))
        .order_by(PracticeCell.day)
    )


_OF_ONE, _OF_GROUP = _cells(IS_MINE), _cells(IS_OF_GROUP)


def practice_of(connection: sa.Connection, grant: Grant, since: date) -> Rows:
    """Practice cells from `since` (inclusive), oldest first."""
    return _OF_ONE.rows(connection, **child(grant), since=since)


def practice_in(connection: sa.Connection, grant: GroupGrant, since: date, today: date) -> Rows:
    """Practice cells of all children of a group, as `practice_of` has them."""
    return _OF_GROUP.rows(connection, **children(grant, today), since=since)


def objectives_of(connection: sa.Connection, school_id: int) -> Rows:
    """Every objective that the platforms of a school named: (id, subject, name, source_id). Speaks of no child."""
    objective = LearningObjective
    return connection.execute(
        sa.select(objective.id, objective.subject, objective.name, objective.source_id).where(
            objective.school_id == school_id
        )
    ).all()


def group_practice_days(connection: sa.Connection, school_id: int, group_id: int, since: date) -> Rows:
    """Per day: how many of a group practised in school hours. Speaks of no child."""
    children = (
        sa.select(SourcePerson.pupil_id)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .where(GroupMembership.school_id == school_id, GroupMembership.group_id == group_id)
    )
    theirs = sa.select(SourcePerson.id).where(SourcePerson.school_id == school_id, SourcePerson.pupil_id.in_(children))
    return connection.execute(
        sa.select(PracticeCell.day, sa.func.count(PracticeCell.source_person_id.distinct()).label("pupils"))
        .where(
            PracticeCell.source_person_id.in_(theirs),
            PracticeCell.day >= since,
            PracticeCell.home_answers < PracticeCell.answers,
        )
        .group_by(PracticeCell.day)
    ).all()


def group_objectives(
    connection: sa.Connection, school_id: int, group_id: int, since: date, enough: int, share: float
) -> Rows:
    """Per objective: how many of a group made so many first attempts since, and how many had such a share right.

    Counts only; speaks of no child.
    """
    children = (
        sa.select(SourcePerson.pupil_id)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .where(GroupMembership.school_id == school_id, GroupMembership.group_id == group_id)
    )
    tried, right = sa.func.sum(PracticeCell.first_answers), sa.func.sum(PracticeCell.first_correct)
    theirs = (
        sa.select(LearningObjective.subject, LearningObjective.name, tried.label("tried"), right.label("right"))
        .select_from(SourcePerson)
        .join(PracticeCell, PracticeCell.source_person_id == SourcePerson.id)
        .join(LearningObjective, LearningObjective.id == PracticeCell.objective_id)
        .where(SourcePerson.school_id == school_id, SourcePerson.pupil_id.in_(children), PracticeCell.day >= since)
        .group_by(SourcePerson.pupil_id, LearningObjective.subject, LearningObjective.name)
        .having(tried >= enough)
        .subquery()
    )
    can = sa.case((theirs.c.right >= share * theirs.c.tried, 1), else_=0)
    return connection.execute(
        sa.select(
            theirs.c.subject, theirs.c.name, sa.func.count().label("worked"), sa.func.sum(can).label("can")
        ).group_by(theirs.c.subject, theirs.c.name)
    ).all()
