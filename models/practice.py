"""Practice per pupil, local day and learning objective; raw answers are not kept.

So that totals stay exact under overlap, repeats and any order of delivery, two small memories are kept beside the
cells: which answer ids were counted (`PracticeSeen`, compressed bitmaps), and which answer of a pupil to an exercise
was the first (`PracticeFirst`, packed columns). See docs/decisions.
"""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import Base, SchoolRow, column, within_school
from models.types import DayNumber
from models.vocabulary import DataClass, Retention


class LearningObjective(SchoolRow):
    """A learning objective in the words of one platform."""

    __tablename__ = "learning_objective"
    __retention__ = Retention.REFERENCE
    __table_args__ = (*within_school("source"), sa.UniqueConstraint("source_id", "subject", "domain", "name"))

    source_id: Mapped[int] = column(DataClass.TECHNICAL)
    subject: Mapped[str] = column(DataClass.REFERENCE, sa.String(100))
    domain: Mapped[str] = column(DataClass.REFERENCE, sa.String(100), default="")
    name: Mapped[str] = column(DataClass.REFERENCE, sa.String(500))


class PracticeCell(Base):
    """What one pupil did on one local day (Europe/Amsterdam) at one objective.

    `first_*` count first attempts at an exercise; `progress_sum` runs over the `progress_n` answers that moved the
    platform's estimate; `home_answers` fell outside school hours by the clock; seconds are of the local day.
    """

    __tablename__ = "practice_cell"
    __retention__ = Retention.PRACTICE
    __table_args__ = (
        *within_school("source_person", "objective:learning_objective", "delivery", unique_id=False),
        sa.PrimaryKeyConstraint("source_person_id", "day", "objective_id"),
        sa.CheckConstraint("correct BETWEEN 0 AND answers", name="correct"),
        sa.CheckConstraint(
            "first_answers BETWEEN 0 AND answers AND first_correct BETWEEN 0 AND first_answers", name="first"
        ),
        {"sqlite_with_rowid": False},
    )

    school_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("school.id"))
    source_person_id: Mapped[int] = column(DataClass.TECHNICAL)
    day: Mapped[date] = column(DataClass.PRACTICE, DayNumber)
    objective_id: Mapped[int] = column(DataClass.PRACTICE)
    answers: Mapped[int] = column(DataClass.PRACTICE)
    correct: Mapped[int] = column(DataClass.PRACTICE)
    first_answers: Mapped[int] = column(DataClass.PRACTICE)
    first_correct: Mapped[int] = column(DataClass.PRACTICE)
    progress_sum: Mapped[int] = column(DataClass.PRACTICE)
    progress_n: Mapped[int] = column(DataClass.PRACTICE)
    no_difficulty: Mapped[int] = column(DataClass.PRACTICE)
    uncalibrated: Mapped[int] = column(DataClass.PRACTICE)
    home_answers: Mapped[int] = column(DataClass.PRACTICE)
    first_second: Mapped[int] = column(DataClass.PRACTICE)
    last_second: Mapped[int] = column(DataClass.PRACTICE)
    delivery_id: Mapped[int] = column(DataClass.TECHNICAL)


class PracticeSeen(Base):
    """The answer ids of one source that were counted already, as a compressed bitmap per block of ids."""

    __tablename__ = "practice_seen"
    __retention__ = Retention.IMPORT
    __table_args__ = (*within_school("source", unique_id=False), sa.PrimaryKeyConstraint("source_id", "block"))

    school_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("school.id"))
    source_id: Mapped[int] = column(DataClass.TECHNICAL)
    block: Mapped[int] = column(DataClass.TECHNICAL, sa.BigInteger)
    ids: Mapped[bytes] = column(DataClass.PRACTICE)


class PracticeFirst(Base):
    """A pupil's first answers at exercises, packed per period (2^31 milliseconds, 24.9 days) of that first answer.

    `exercises` is a sorted array that is looked into at every delivery; `details` is opened only where an earlier
    answer than the known first one may turn up. See connectors/practice/firsts.py.
    """

    __tablename__ = "practice_first"
    __retention__ = Retention.PRACTICE
    __table_args__ = (
        *within_school("source_person", unique_id=False),
        sa.PrimaryKeyConstraint("source_person_id", "period"),
    )

    school_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("school.id"))
    source_person_id: Mapped[int] = column(DataClass.TECHNICAL)
    period: Mapped[int] = column(DataClass.PRACTICE)
    exercises: Mapped[bytes] = column(DataClass.PRACTICE)
    details: Mapped[bytes] = column(DataClass.PRACTICE)
