"""What is in here, in numbers; says nothing of any child."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from models.base import Base
from models.group import ClassGroup, GroupMembership
from models.journal import Note
from models.person import Pupil
from models.practice import PracticeCell
from models.provenance import Delivery
from models.result import Assessment, AssessmentScore
from models.school import School
from models.vocabulary import DeliveryStatus


def stats(connection: sa.Connection, schools: Sequence[int]) -> dict[str, Any]:
    """Count what these schools have; a superseded result does not count, practice counts distinct answers."""
    current = Assessment.superseded_by_id.is_(None)
    scores = (
        sa.select(sa.func.count())
        .select_from(AssessmentScore)
        .join(Assessment, Assessment.id == AssessmentScore.assessment_id)
        .where(AssessmentScore.school_id.in_(schools), current)
    )
    return {
        "schools": connection.scalar(sa.select(sa.func.count()).where(School.id.in_(schools))),
        "pupils": _count(connection, Pupil, schools),
        "groups": _count(connection, ClassGroup, schools),
        "memberships": _count(connection, GroupMembership, schools),
        "assessments": _count(connection, Assessment, schools, current),
        "scores": connection.scalar(scores),
        "practice": _practice(connection, schools),
        "notes": _count(connection, Note, schools),
        "deliveries": _count(connection, Delivery, schools, Delivery.status == DeliveryStatus.APPLIED),
    }


def _count(connection: sa.Connection, table: type[Base], schools: Sequence[int], *also: sa.ColumnElement[bool]) -> int:
    of_schools = table.__table__.c.school_id.in_(schools)
    select = sa.select(sa.func.count()).select_from(table).where(of_schools, *also)
    return connection.scalar(select) or 0


def _practice(connection: sa.Connection, schools: Sequence[int]) -> dict[str, int]:
    sums = (PracticeCell.answers, PracticeCell.correct, PracticeCell.first_answers, PracticeCell.first_correct)
    row = (
        connection.execute(
            sa.select(
                *(sa.func.coalesce(sa.func.sum(column), 0).label(column.key) for column in sums),
                sa.func.count(PracticeCell.source_person_id.distinct()).label("pupils"),
                sa.func.count(PracticeCell.day.distinct()).label("days"),
            ).where(PracticeCell.school_id.in_(schools))
        )
        .mappings()
        .one()
    )
    return {name: int(value) for name, value in row.items()}
