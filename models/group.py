"""Groups of a school year and who is in them, with dates; nothing of the past is overwritten by a new year."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import DataClass, Grade, GroupKind, InstructionLevel, Retention


class ClassGroup(SchoolRow):
    """A group lives one school year: (school year, key) is its identity, the same name next year is another group."""

    __tablename__ = "class_group"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("source", "delivery"),
        sa.UniqueConstraint("source_id", "school_year_id", "kind", "source_key"),
        sa.Index(None, "school_id", "school_year_id"),
    )

    uid: Mapped[UUID] = public_id()
    source_id: Mapped[int] = column(DataClass.TECHNICAL)
    school_year_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("school_year.id"))
    source_key: Mapped[str] = column(DataClass.REFERENCE, sa.String(256))
    kind: Mapped[GroupKind] = coded(GroupKind)
    name: Mapped[str] = column(DataClass.REFERENCE, sa.String(64))
    grade: Mapped[Grade | None] = coded(Grade)
    delivery_id: Mapped[int] = column(DataClass.TECHNICAL)


class GroupMembership(SchoolRow):
    """A child in a group from `starts_on` up to and including `ends_on` (open when empty).

    `grade` is the child's own jaargroep, which wins over the group's; `group_id` is empty for a child that has a grade
    but no group. At most one open home membership per source person and school year.
    """

    __tablename__ = "group_membership"
    __retention__ = Retention.ENROLMENT
    __table_args__ = (
        *within_school("source_person", "group:class_group", "delivery"),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
        sa.Index(
            "uq_group_membership_open_home",
            "source_person_id",
            "school_year_id",
            unique=True,
            sqlite_where=sa.text("kind = 'home' AND ends_on IS NULL"),
            postgresql_where=sa.text("kind = 'home' AND ends_on IS NULL"),
        ),
        sa.Index(None, "group_id"),
        sa.Index(None, "source_person_id"),
    )

    source_person_id: Mapped[int] = column(DataClass.TECHNICAL)
    school_year_id: Mapped[int] = column(DataClass.TECHNICAL, sa.ForeignKey("school_year.id"))
    group_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    kind: Mapped[GroupKind] = coded(GroupKind)
    grade: Mapped[Grade | None] = coded(Grade, DataClass.PLACEMENT)
    starts_on: Mapped[date] = column(DataClass.PLACEMENT)
    ends_on: Mapped[date | None] = column(DataClass.PLACEMENT)
    delivery_id: Mapped[int] = column(DataClass.TECHNICAL)


class Enrolment(SchoolRow):
    """A child at the school from `starts_on` up to and including `ends_on`."""

    __tablename__ = "enrolment"
    __retention__ = Retention.ENROLMENT
    __table_args__ = (*within_school("source_person", "delivery"), sa.UniqueConstraint("source_person_id"))

    source_person_id: Mapped[int] = column(DataClass.TECHNICAL)
    starts_on: Mapped[date | None] = column(DataClass.PLACEMENT)
    ends_on: Mapped[date | None] = column(DataClass.PLACEMENT)
    start_grade3_on: Mapped[date | None] = column(DataClass.PLACEMENT)
    delivery_id: Mapped[int] = column(DataClass.TECHNICAL)


class StaffAssignment(SchoolRow):
    """Who stands before which group according to the roll; describes, never grants a right."""

    __tablename__ = "staff_assignment"
    __retention__ = Retention.STAFF
    __table_args__ = (
        *within_school("source_person", "group:class_group", "delivery"),
        sa.UniqueConstraint("source_person_id", "group_id", "role"),
        sa.Index(None, "group_id"),
    )

    source_person_id: Mapped[int] = column(DataClass.TECHNICAL)
    group_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    role: Mapped[str] = column(DataClass.PLACEMENT, sa.String(64), default="")
    delivery_id: Mapped[int] = column(DataClass.TECHNICAL)


class InstructionPlacement(SchoolRow):
    """In which instruction group of a subject a child works, from `starts_on` up to and including `ends_on`.

    `reason` is the sentence of the proposal, or the teacher's own; nothing is overwritten, so that a group can be asked
    what it was in November.
    """

    __tablename__ = "instruction_placement"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "group:class_group", unique_id=False),
        sa.Index(None, "pupil_id"),
        sa.Index(None, "group_id", "subject"),
        sa.Index(
            "uq_instruction_placement_open",
            "pupil_id",
            "group_id",
            "subject",
            unique=True,
            sqlite_where=sa.text("ends_on IS NULL"),
            postgresql_where=sa.text("ends_on IS NULL"),
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="period"),
    )

    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    group_id: Mapped[int] = column(DataClass.TECHNICAL)
    subject: Mapped[str] = column(DataClass.SUPPORT, sa.String(64))
    level: Mapped[InstructionLevel] = coded(InstructionLevel, DataClass.SUPPORT)
    reason: Mapped[str] = column(DataClass.SUPPORT, sa.String(300), server_default="")
    is_own_choice: Mapped[bool] = column(DataClass.SUPPORT)
    starts_on: Mapped[date] = column(DataClass.SUPPORT)
    ends_on: Mapped[date | None] = column(DataClass.SUPPORT)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
