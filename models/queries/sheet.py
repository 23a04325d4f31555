"""What the sheet reads of one child: a fixed number of SELECTs, whatever there is to tell.

Every function takes the `Grant` that the authorizer gave for this child first; none can be called without it.
Columns, not entities, and each statement is built once: the sheet is the page that is opened most, and building a
statement takes longer than running it.
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
KIND_OF_NOTE = {
    NoteKind.OBSERVATION: Kind.OBSERVATIONS,
    NoteKind.PUPIL_TALK: Kind.NOTES,
    NoteKind.PARENT_TALK: Kind.TALKS,
    NoteKind.DISCUSSION: Kind.NOTES,
    NoteKind.NOTE: Kind.NOTES,
    NoteKind.TALENT: Kind.PORTFOLIO,
}
"""What a note for the team is; one for a smaller circle is `Kind.NAMED_NOTES`, whatever it tells of."""


PUPIL = sa.bindparam("pupil_id", type_=sa.Integer)
SCHOOL = sa.bindparam("school_id", type_=sa.Integer)
GROUP = sa.bindparam("group_id", type_=sa.Integer)
TODAY = sa.bindparam("today", type_=sa.Date)
SINCE = sa.bindparam("since", type_=sa.Date)

MINE = sa.select(SourcePerson.id).where(SourcePerson.school_id == SCHOOL, SourcePerson.pupil_id == PUPIL)
"""The records of this child at its sources; facts of unlinked records reach nobody."""


def _about(
    table: type[Note] | type[Absence] | type[SupportPoint] | type[Goal] | type[Agreement],
) -> sa.ColumnElement[bool]:
    return sa.and_(table.school_id == SCHOOL, table.pupil_id == PUPIL)


def _child(grant: Grant, **more: Any) -> dict[str, Any]:
    return {"school_id": grant.school_id, "pupil_id": grant.pupil_id, **more}


_CURRENT = (
    sa.select(
        SourcePerson.pupil_id,
        GroupMembership.kind,
        GroupMembership.grade,
        GroupMembership.group_id,
        Enrolment.starts_on.label("at_school_since"),
    )
    .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
    .outerjoin(Enrolment, Enrolment.source_person_id == SourcePerson.id)
    .join(SchoolYear, SchoolYear.id == GroupMembership.school_year_id)
    .where(
        SourcePerson.school_id == SCHOOL,
        SourcePerson.pupil_id == PUPIL,
        GroupMembership.starts_on <= TODAY,
        sa.or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= TODAY),
        SchoolYear.starts_on <= TODAY,
        SchoolYear.ends_on >= TODAY,
    )
    .subquery()
)
_PUPIL = (
    sa.select(
        Pupil.uid,
        Pupil.given_name,
        Pupil.first_names,
        Pupil.prefix,
        Pupil.family_name,
        Pupil.birth_date,
        Pupil.sex,
        _CURRENT.c.kind,
        _CURRENT.c.grade,
        _CURRENT.c.group_id,
        _CURRENT.c.at_school_since,
        ClassGroup.uid.label("group_uid"),
        ClassGroup.name.label("group_name"),
    )
    .outerjoin(_CURRENT, _CURRENT.c.pupil_id == Pupil.id)
    .outerjoin(ClassGroup, ClassGroup.id == _CURRENT.c.group_id)
    .where(Pupil.school_id == SCHOOL, Pupil.id == PUPIL)
    .order_by(_CURRENT.c.kind != GroupKind.HOME, ClassGroup.name)
)


def pupil_and_groups(connection: sa.Connection, grant: Grant, today: date) -> Rows:
    """The child with each group it is in today, home group first; one row without group when it is in none."""
    return connection.execute(_PUPIL, _child(grant, today=today)).all()


_TEACHERS = sa.union(
    sa.select(Staff.given_name, Staff.prefix, Staff.family_name, sa.literal(0).label("rank"))
    .join(RoleGrant, RoleGrant.staff_id == Staff.id)
    .where(
        RoleGrant.school_id == SCHOOL,
        RoleGrant.group_id == GROUP,
        RoleGrant.starts_on <= TODAY,
        sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= TODAY),
    ),
    sa.select(Staff.given_name, Staff.prefix, Staff.family_name, sa.literal(1).label("rank"))
    .join(SourcePerson, SourcePerson.staff_id == Staff.id)
    .join(StaffAssignment, StaffAssignment.source_person_id == SourcePerson.id)
    .where(
        StaffAssignment.school_id == SCHOOL, StaffAssignment.group_id == GROUP, StaffAssignment.role.in_(("LRK", ""))
    ),
).order_by("rank", "given_name")


def teachers_of(connection: sa.Connection, school_id: int, group_id: int, today: date) -> Rows:
    """Who stands before a group: those with a grant for it today (rank 0), and those the roll names (rank 1)."""
    return connection.execute(_TEACHERS, {"school_id": school_id, "group_id": group_id, "today": today}).all()


_LATEST = (
    sa.select(
        Delivery.source_id,
        sa.func.max(Delivery.received_at).label("received_at"),
        sa.func.max(Delivery.id).label("delivery_id"),
    )
    .where(Delivery.school_id == SCHOOL, Delivery.status == DeliveryStatus.APPLIED)
    .group_by(Delivery.source_id)
    .subquery()
)
_SOURCES = (
    sa.select(
        Source.id,
        Source.kind,
        Source.label,
        Source.leads_roll,
        Source.stale_after_days,
        _LATEST.c.received_at,
        _LATEST.c.delivery_id,
        SourcePerson.id.label("source_person_id"),
        SourcePerson.group_label,
    )
    .outerjoin(_LATEST, _LATEST.c.source_id == Source.id)
    .outerjoin(SourcePerson, sa.and_(SourcePerson.source_id == Source.id, SourcePerson.pupil_id == PUPIL))
    .where(Source.school_id == SCHOOL)
    .order_by(Source.leads_roll.desc(), Source.label)
)


def sources_of(connection: sa.Connection, grant: Grant) -> Rows:
    """The sources of the school: latest delivery, whether they know this child, and the group they name if they do."""
    return connection.execute(_SOURCES, _child(grant)).all()


_SCORES = (
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
        AssessmentScore.ci_low,
        AssessmentScore.ci_high,
        SourcePerson.source_id,
    )
    .select_from(SourcePerson)
    .join(Assessment, Assessment.source_person_id == SourcePerson.id)
    .join(AssessmentScore, AssessmentScore.assessment_id == Assessment.id)
    .join(Instrument, Instrument.id == Assessment.instrument_id)
    .join(Scale, Scale.id == AssessmentScore.scale_id)
    .where(
        SourcePerson.school_id == SCHOOL,
        SourcePerson.pupil_id == PUPIL,
        Assessment.superseded_by_id.is_(None),
        Instrument.kind.in_(sa.bindparam("instruments", expanding=True)),
        sa.or_(Scale.measure.in_(LINES), Assessment.taken_on >= SINCE),
    )
    .order_by(Assessment.taken_on, Assessment.id, AssessmentScore.id)
)


def scores_of(connection: sa.Connection, grant: Grant, kinds: Sequence[Kind], since: date) -> Rows:
    """Every score of these kinds that is drawn as a line, and all scores from `since` (inclusive), oldest first."""
    instruments = [kind for kind in InstrumentKind if KIND_OF_INSTRUMENT[kind] in kinds]
    return connection.execute(_SCORES, _child(grant, instruments=instruments, since=since)).all()


_NORMS = (
    sa.select(NormBand.scale_id, NormBand.moment, NormBand.code, NormBand.low, NormBand.high)
    .where(NormBand.school_id == SCHOOL, NormBand.scale_id.in_(sa.bindparam("scale_ids", expanding=True)))
    .order_by(NormBand.scale_id, NormBand.moment, sa.func.coalesce(NormBand.low, -1e9))
)


def norm_bands(connection: sa.Connection, grant: Grant, scale_ids: Sequence[int]) -> Rows:
    """The norm bands the school has of these scales, lowest level first at each moment."""
    return connection.execute(_NORMS, {"school_id": grant.school_id, "scale_ids": scale_ids}).all()


_PRACTICE = (
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
    .where(
        PracticeCell.source_person_id.in_(MINE), PracticeCell.day >= sa.bindparam("since", type_=PracticeCell.day.type)
    )
    .order_by(PracticeCell.day)
)


def practice_of(connection: sa.Connection, grant: Grant, since: date) -> Rows:
    """Practice cells from `since` (inclusive), oldest first."""
    return connection.execute(_PRACTICE, _child(grant, since=since)).all()


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


_NOTES = (
    sa.select(Note.observed_on, Note.kind, Note.tone, Note.readers, Note.body, Staff.given_name.label("author"))
    .outerjoin(Staff, Staff.id == Note.author_id)
    .where(
        _about(Note),
        sa.case(
            (Note.readers == Readers.TEAM, Note.kind.in_(sa.bindparam("kinds", expanding=True))),
            else_=sa.bindparam("named", type_=sa.Boolean),
        ),
        Note.id.not_in(sa.select(Note.corrects_id).where(Note.pupil_id == PUPIL, Note.corrects_id.is_not(None))),
    )
    .order_by(Note.observed_on.desc(), Note.id.desc())
    .limit(sa.bindparam("most"))
)


def notes_of(connection: sa.Connection, grant: Grant, limit: int) -> Rows:
    """The newest notes of the kinds that this grant opens, with their author; a corrected one is left out."""
    kinds = [kind for kind in NoteKind if KIND_OF_NOTE[kind] in grant.kinds]
    named = Kind.NAMED_NOTES in grant.kinds
    if not kinds and not named:
        return []
    return connection.execute(_NOTES, _child(grant, kinds=kinds, named=named, most=limit)).all()


_ABSENCES = (
    sa.select(Absence.day, Absence.part, Absence.reason)
    .where(_about(Absence), Absence.day >= SINCE)
    .order_by(Absence.day.desc())
)


def absences_of(connection: sa.Connection, grant: Grant, since: date) -> Rows:
    """Absences from `since` (inclusive), newest first."""
    return connection.execute(_ABSENCES, _child(grant, since=since)).all()


_NOTHING, _NO_DAY = sa.null().cast(sa.String), sa.null().cast(sa.Date)
_SUPPORT: Any = sa.union_all(
    sa.select(
        sa.literal("point").label("what"),
        sa.cast(SupportPoint.kind, sa.String).label("kind"),
        SupportPoint.body,
        SupportPoint.observed_on.label("on"),
        _NO_DAY.label("due"),
        SupportPoint.ended_on.label("done"),
        _NOTHING.label("note"),
        Staff.given_name.label("person"),
    )
    .outerjoin(Staff, Staff.id == SupportPoint.author_id)
    .where(_about(SupportPoint), SupportPoint.ended_on.is_(None)),
    sa.select(
        sa.literal("goal"),
        sa.cast(Goal.answer, sa.String),
        Goal.body,
        Goal.stated_on,
        _NO_DAY,
        Goal.answered_on,
        Goal.answer_body,
        _NOTHING,
    ).where(_about(Goal)),
    sa.select(
        sa.literal("agreement"),
        _NOTHING,
        Agreement.body,
        Agreement.agreed_on,
        Agreement.due_on,
        Agreement.done_on,
        _NOTHING,
        Staff.given_name,
    )
    .outerjoin(Staff, Staff.id == Agreement.owner_id)
    .where(_about(Agreement)),
).order_by(sa.text('"on" DESC'))


def support_of(connection: sa.Connection, grant: Grant) -> Rows:
    """What helps and hinders, goals and agreements in one read: (what, kind, body, on, due, done, note, person)."""
    return connection.execute(_SUPPORT, _child(grant)).all()
