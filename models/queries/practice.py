"""Practice of one child per day and objective, and on which days its group practised."""

from datetime import date

import sqlalchemy as sa

from models.group import GroupMembership
from models.person import SourcePerson
from models.practice import LearningObjective, PracticeCell
from models.queries.prepared import Prepared, Rows
from models.queries.scope import Grant
from models.queries.sheet import IS_MINE, child

_PRACTICE = Prepared(
    sa.select(
        PracticeCell.day,
        PracticeCell.answers,
        PracticeCell.first_answers,
        PracticeCell.first_correct,
        PracticeCell.home_answers,
        LearningObjective.subject,
        LearningObjective.name,
        LearningObjective.source_id,
    )
    .select_from(SourcePerson)
    .join(PracticeCell, PracticeCell.source_person_id == SourcePerson.id)
    .join(LearningObjective, LearningObjective.id == PracticeCell.objective_id)
    .where(IS_MINE, PracticeCell.day >= sa.bindparam("since", type_=PracticeCell.day.type))
    .order_by(PracticeCell.day)
)


def practice_of(connection: sa.Connection, grant: Grant, since: date) -> Rows:
    """Practice cells from `since` (inclusive), oldest first."""
    return _PRACTICE.rows(connection, **child(grant), since=since)


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
