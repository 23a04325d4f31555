"""What the sheet reads of one child: a fixed number of SELECTs, whatever there is to tell.

Every function takes the `Grant` that the authorizer gave for this child first; none can be called without it.
Columns, not entities: the sheet is the page that is opened most.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.account import RoleGrant
from models.attendance import Absence
from models.group import ClassGroup, Enrolment, GroupMembership, StaffAssignment
from models.journal import Note
from models.person import Pupil, SourcePerson, Staff
from models.practice import LearningObjective, PracticeCell
from models.provenance import Delivery, Source
from models.queries.scope import Grant
from models.result import Assessment, AssessmentScore, Instrument, NormBand, Scale
from models.rules.access import Kind
from models.school import SchoolYear
from models.support import Agreement, Goal, SupportPoint
from models.vocabulary import DeliveryStatus, GroupKind, InstrumentKind, Measure, NoteKind, Readers

Rows = Sequence[Any]
"""Rows read by column name; mypy cannot know the columns of a SELECT of this width."""

LINES = (Measure.SKILL, Measure.LEVEL, Measure.DIMENSION, Measure.AGE_PHASE)
"""Scales of which the whole history is drawn; of the others only the last year is read."""


KIND_OF_INSTRUMENT = {
    InstrumentKind.TEST: Kind.RESULTS,
    InstrumentKind.WELLBEING: Kind.WELLBEING,
    InstrumentKind.OBSERVATION: Kind.WELLBEING,
}


def _mine(grant: Grant) -> sa.Select[int]:
    """The records of this child at its sources; facts of unlinked records reach nobody."""
    return sa.select(SourcePerson.id).where(
        SourcePerson.school_id == grant.school_id, SourcePerson.pupil_id == grant.pupil_id
    )


def pupil_and_groups(connection: sa.Connection, grant: Grant, today: date) -> Rows:
    """The child with each group it is in today, home group first; one row without group when it is in none."""
    current = (
        sa.select(
            SourcePerson.pupil_id,
            GroupMembership.kind,
            GroupMembership.grade,
            GroupMembership.group_id,
            GroupMembership.starts_on,
            Enrolment.starts_on.label("at_school_since"),
        )
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .outerjoin(Enrolment, Enrolment.source_person_id == SourcePerson.id)
        .join(SchoolYear, SchoolYear.id == GroupMembership.school_year_id)
        .where(
            SourcePerson.school_id == grant.school_id,
            SourcePerson.pupil_id == grant.pupil_id,
            GroupMembership.starts_on <= today,
            sa.or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= today),
            SchoolYear.starts_on <= today,
            SchoolYear.ends_on >= today,
        )
        .subquery()
    )
    return connection.execute(
        sa.select(
            Pupil.uid,
            Pupil.given_name,
            Pupil.first_names,
            Pupil.prefix,
            Pupil.family_name,
            Pupil.birth_date,
            Pupil.sex,
            current.c.kind,
            current.c.grade,
            current.c.group_id,
            current.c.at_school_since,
            ClassGroup.uid.label("group_uid"),
            ClassGroup.name.label("group_name"),
        )
        .outerjoin(current, current.c.pupil_id == Pupil.id)
        .outerjoin(ClassGroup, ClassGroup.id == current.c.group_id)
        .where(Pupil.school_id == grant.school_id, Pupil.id == grant.pupil_id)
        .order_by(current.c.kind != GroupKind.HOME, ClassGroup.name)
    ).all()


def teachers_of(connection: sa.Connection, school_id: int, group_id: int, today: date) -> Rows:
    """Who stands before a group: those with a grant for it today, else those the roll names."""
    granted = (
        sa.select(Staff.given_name, Staff.prefix, Staff.family_name, sa.literal(0).label("rank"))
        .join(RoleGrant, RoleGrant.staff_id == Staff.id)
        .where(
            RoleGrant.school_id == school_id,
            RoleGrant.group_id == group_id,
            RoleGrant.starts_on <= today,
            sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today),
        )
    )
    named = (
        sa.select(Staff.given_name, Staff.prefix, Staff.family_name, sa.literal(1).label("rank"))
        .join(SourcePerson, SourcePerson.staff_id == Staff.id)
        .join(StaffAssignment, StaffAssignment.source_person_id == SourcePerson.id)
        .where(StaffAssignment.school_id == school_id, StaffAssignment.group_id == group_id)
        .where(StaffAssignment.role.in_(("LRK", "")))
    )
    return connection.execute(sa.union(granted, named).order_by("rank", "given_name")).all()


def sources_of(connection: sa.Connection, grant: Grant) -> Rows:
    """The sources that know this child, with the latest delivery of each and the group it names, when it names one."""
    latest = (
        sa.select(
            Delivery.source_id,
            sa.func.max(Delivery.received_at).label("received_at"),
            sa.func.max(Delivery.id).label("delivery_id"),
        )
        .where(Delivery.school_id == grant.school_id, Delivery.status == DeliveryStatus.APPLIED)
        .group_by(Delivery.source_id)
        .subquery()
    )
    return connection.execute(
        sa.select(
            Source.id,
            Source.code,
            Source.kind,
            Source.label,
            Source.leads_roll,
            Source.stale_after_days,
            latest.c.received_at,
            latest.c.delivery_id,
            SourcePerson.id.label("source_person_id"),
            SourcePerson.group_label,
        )
        .outerjoin(latest, latest.c.source_id == Source.id)
        .outerjoin(
            SourcePerson,
            sa.and_(SourcePerson.source_id == Source.id, SourcePerson.pupil_id == grant.pupil_id),
        )
        .where(Source.school_id == grant.school_id)
        .order_by(Source.leads_roll.desc(), Source.label)
    ).all()


def scores_of(connection: sa.Connection, grant: Grant, kinds: Sequence[Kind], since: date) -> Rows:
    """Every score of these kinds that is drawn as a line, and all scores from `since` (inclusive), oldest first."""
    instruments = [kind for kind in InstrumentKind if KIND_OF_INSTRUMENT[kind] in kinds]
    return connection.execute(
        sa.select(
            Assessment.id,
            Assessment.taken_on,
            Assessment.moment,
            Assessment.test_level,
            Assessment.respondent,
            Instrument.kind,
            Instrument.provider,
            Instrument.name.label("instrument"),
            Instrument.subject,
            Scale.id.label("scale_id"),
            Scale.code,
            Scale.owner,
            Scale.measure,
            Scale.comparable_group,
            Scale.low,
            Scale.high,
            AssessmentScore.part,
            AssessmentScore.value_raw,
            AssessmentScore.value_num,
            AssessmentScore.band,
            AssessmentScore.ci_low,
            AssessmentScore.ci_high,
            Delivery.source_id,
        )
        .join(AssessmentScore, AssessmentScore.assessment_id == Assessment.id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .join(Scale, Scale.id == AssessmentScore.scale_id)
        .join(Delivery, Delivery.id == Assessment.delivery_id)
        .where(
            Assessment.school_id == grant.school_id,
            Assessment.source_person_id.in_(_mine(grant)),
            Assessment.superseded_by_id.is_(None),
            Instrument.kind.in_(instruments),
            sa.or_(Scale.measure.in_(LINES), Assessment.taken_on >= since),
        )
        .order_by(Assessment.taken_on, Assessment.id, AssessmentScore.id)
    ).all()


def norm_bands(connection: sa.Connection, grant: Grant, scale_ids: Sequence[int]) -> Rows:
    """The norm bands the school has of these scales, lowest level first at each moment."""
    return connection.execute(
        sa.select(NormBand.scale_id, NormBand.moment, NormBand.code, NormBand.low, NormBand.high)
        .where(NormBand.school_id == grant.school_id, NormBand.scale_id.in_(scale_ids))
        .order_by(NormBand.scale_id, NormBand.moment, sa.func.coalesce(NormBand.low, -1e9))
    ).all()


def practice_of(connection: sa.Connection, grant: Grant, since: date) -> Rows:
    """Practice cells from `since` (inclusive), oldest first."""
    return connection.execute(
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
        .join(LearningObjective, LearningObjective.id == PracticeCell.objective_id)
        .where(PracticeCell.source_person_id.in_(_mine(grant)), PracticeCell.day >= since)
        .order_by(PracticeCell.day)
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


def notes_of(
    connection: sa.Connection, grant: Grant, readers: Sequence[Readers], kinds: Sequence[NoteKind], limit: int
) -> Rows:
    """The newest notes of these kinds that these readers may see, with their author."""
    return connection.execute(
        sa.select(Note.observed_on, Note.kind, Note.tone, Note.readers, Note.body, Staff.given_name.label("author"))
        .outerjoin(Staff, Staff.id == Note.author_id)
        .where(
            Note.school_id == grant.school_id,
            Note.pupil_id == grant.pupil_id,
            Note.readers.in_(readers),
            Note.kind.in_(kinds),
            Note.id.not_in(
                sa.select(Note.corrects_id).where(Note.pupil_id == grant.pupil_id, Note.corrects_id.is_not(None))
            ),
        )
        .order_by(Note.observed_on.desc(), Note.id.desc())
        .limit(limit)
    ).all()


def absences_of(connection: sa.Connection, grant: Grant, since: date) -> Rows:
    """Absences from `since` (inclusive), newest first."""
    return connection.execute(
        sa.select(Absence.day, Absence.part, Absence.reason)
        .where(Absence.school_id == grant.school_id, Absence.pupil_id == grant.pupil_id, Absence.day >= since)
        .order_by(Absence.day.desc())
    ).all()


def support_of(connection: sa.Connection, grant: Grant) -> Rows:
    """What helps and hinders, goals and agreements in one read: (what, kind, body, on, until, done, note, person)."""
    nothing, no_day = sa.null().cast(sa.String), sa.null().cast(sa.Date)

    def about(table: type[SupportPoint] | type[Goal] | type[Agreement]) -> tuple[sa.ColumnElement[bool], ...]:
        return (table.school_id == grant.school_id, table.pupil_id == grant.pupil_id)

    points = (
        sa.select(
            sa.literal("point").label("what"),
            sa.cast(SupportPoint.kind, sa.String).label("kind"),
            SupportPoint.body,
            SupportPoint.observed_on.label("on"),
            no_day.label("due"),
            SupportPoint.ended_on.label("done"),
            nothing.label("note"),
            Staff.given_name.label("person"),
        )
        .outerjoin(Staff, Staff.id == SupportPoint.author_id)
        .where(*about(SupportPoint), SupportPoint.ended_on.is_(None))
    )
    goals = sa.select(
        sa.literal("goal"),
        sa.cast(Goal.answer, sa.String),
        Goal.body,
        Goal.stated_on,
        no_day,
        Goal.answered_on,
        Goal.answer_body,
        nothing,
    ).where(*about(Goal))
    agreements = (
        sa.select(
            sa.literal("agreement"),
            nothing,
            Agreement.body,
            Agreement.agreed_on,
            Agreement.due_on,
            Agreement.done_on,
            nothing,
            Staff.given_name,
        )
        .outerjoin(Staff, Staff.id == Agreement.owner_id)
        .where(*about(Agreement))
    )
    return connection.execute(sa.union_all(points, goals, agreements).order_by(sa.text('"on" DESC'))).all()
