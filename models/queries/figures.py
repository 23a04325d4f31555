"""What the figures of a school are counted from: facts of children without their names, for counting only.

These rows go to `api/services/figures.py` and no further; what leaves it rests on more than five children.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.attendance import Absence
from models.group import ClassGroup, GroupMembership
from models.person import SourcePerson
from models.practice import PracticeCell
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL
from models.result import Assessment, AssessmentScore, Instrument, Scale
from models.vocabulary import GroupKind, InstrumentKind, Measure

Rows = Sequence[Any]


def children(connection: sa.Connection, school_id: int, today: date) -> Rows:
    """Each child in a home group today: `pupil_id`, `group` and the child's own `grade` (or the group's)."""
    return connection.execute(
        sa.select(
            SourcePerson.pupil_id,
            ClassGroup.name.label("group"),
            sa.func.coalesce(GroupMembership.grade, ClassGroup.grade).label("grade"),
        )
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
        .where(
            SourcePerson.school_id == school_id,
            SourcePerson.pupil_id.is_not(None),
            GroupMembership.kind == GroupKind.HOME,
            ON_THE_ROLL,
            IN_GROUP_TODAY,
        )
        .distinct(),
        {"today": today},
    ).all()


def absent_since(connection: sa.Connection, school_id: int, since: date, today: date) -> frozenset[int]:
    """The children who were absent or late at least once from `since` up to and including `today`."""
    return _ids(
        connection,
        sa.select(Absence.pupil_id).where(Absence.school_id == school_id, Absence.day >= since, Absence.day <= today),
    )


def practised_since(connection: sa.Connection, school_id: int, since: date, today: date) -> frozenset[int]:
    """The children who practised at least once from `since` up to and including `today`."""
    return _ids(
        connection,
        sa.select(SourcePerson.pupil_id)
        .join(PracticeCell, PracticeCell.source_person_id == SourcePerson.id)
        .where(
            SourcePerson.school_id == school_id,
            SourcePerson.pupil_id.is_not(None),
            PracticeCell.day >= since,
            PracticeCell.day <= today,
        ),
    )


def levels_since(connection: sa.Connection, school_id: int, since: date, today: date) -> Rows:
    """Each level that a child reached on a test in this period, oldest first; the last of a scale is the latest."""
    return connection.execute(
        sa.select(
            SourcePerson.pupil_id,
            Instrument.subject,
            Scale.comparable_group.label("scale"),
            Scale.owner,
            AssessmentScore.value_raw.label("level"),
        )
        .join(Assessment, Assessment.source_person_id == SourcePerson.id)
        .join(AssessmentScore, AssessmentScore.assessment_id == Assessment.id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .join(Scale, Scale.id == AssessmentScore.scale_id)
        .where(
            SourcePerson.school_id == school_id,
            SourcePerson.pupil_id.is_not(None),
            Instrument.kind == InstrumentKind.TEST,
            Instrument.subject.is_not(None),
            Scale.measure == Measure.LEVEL,
            Assessment.superseded_by_id.is_(None),
            Assessment.taken_on >= since,
            Assessment.taken_on <= today,
        )
        .order_by(Assessment.taken_on, Assessment.id)
    ).all()


def _ids(connection: sa.Connection, select: sa.Select[Any]) -> frozenset[int]:
    return frozenset(connection.scalars(select.distinct()))
