"""The child that is logged in: who it is, in which group it is today, its talents, and what was released to it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from models.group import ClassGroup, GroupMembership
from models.journal import Note
from models.person import Pupil, SourcePerson
from models.queries.released import is_for, to_child
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow, Grant, NotFoundError, Scope
from models.release import Release
from models.result import Assessment, Instrument
from models.rules.access import Kind
from models.vocabulary import GroupKind, NoteKind, Readers, Role

MOST_TALENTS = 10
MOST_TOLD = 6


def child(connection: sa.Connection, scope: Scope) -> UUID | None:
    """Find the id of the child that the reader is; None when the reader is none."""
    ids = [pupil for held in scope.held if held.role is Role.PUPIL for pupil in held.pupil_ids]
    return connection.scalar(sa.select(Pupil.uid).where(Pupil.id.in_(ids)).order_by(Pupil.id).limit(1))


def about(connection: sa.Connection, grant: Grant, today: date) -> AnyRow:
    """Read the given name, and the home group of today if there is one."""
    group = (
        sa.select(ClassGroup.uid)
        .join(GroupMembership, GroupMembership.group_id == ClassGroup.id)
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(SourcePerson.pupil_id == Pupil.id, ON_THE_ROLL, IN_GROUP_TODAY)
        .order_by(sa.case((GroupMembership.kind == GroupKind.HOME, 0), else_=1), GroupMembership.id)
        .limit(1)
        .correlate(Pupil)
        .scalar_subquery()
    )
    mine = (Pupil.id == grant.pupil_id, Pupil.school_id == grant.school_id)
    return connection.execute(
        sa.select(Pupil.given_name, group.label("group_uid")).where(*mine), {"today": today}
    ).one()


def mates(connection: sa.Connection, grant: Grant, today: date) -> frozenset[str]:
    """The given names of the other children who are in a group with this child today, but for its own name."""
    of_child = (SourcePerson.pupil_id == grant.pupil_id, SourcePerson.school_id == grant.school_id)
    groups = (
        sa.select(GroupMembership.group_id)
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(*of_child, ON_THE_ROLL, IN_GROUP_TODAY)
        .correlate(None)
    )
    rows = connection.execute(
        sa.select(Pupil.id, Pupil.given_name)
        .join(SourcePerson, SourcePerson.pupil_id == Pupil.id)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .where(GroupMembership.group_id.in_(groups), ON_THE_ROLL, IN_GROUP_TODAY, Pupil.given_name.is_not(None)),
        {"today": today},
    ).all()
    own = {row.given_name for row in rows if row.id == grant.pupil_id}
    return frozenset(row.given_name for row in rows) - own


def talents(connection: sa.Connection, grant: Grant) -> Sequence[AnyRow]:
    """List what the team wrote down as a talent of this child, newest first."""
    if Kind.PORTFOLIO not in grant.kinds:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    mine = (Note.school_id == grant.school_id, Note.pupil_id == grant.pupil_id)
    corrected = sa.select(Note.corrects_id).where(*mine, Note.corrects_id.is_not(None))
    chosen = sa.select(Note.observed_on, Note.body).where(
        *mine, Note.kind == NoteKind.TALENT, Note.readers == Readers.TEAM, Note.id.not_in(corrected)
    )
    return connection.execute(chosen.order_by(Note.observed_on.desc(), Note.id.desc()).limit(MOST_TALENTS)).all()


def told(connection: sa.Connection, grant: Grant, today: date) -> Sequence[AnyRow]:
    """List what was released to this child by today, newest first: the name of the test, the day and the sentence."""
    chosen = (
        sa.select(
            Release.uid,
            Release.explanation,
            Assessment.taken_on,
            Assessment.respondent,
            Instrument.kind,
            Instrument.name,
        )
        .join(Assessment, Assessment.id == Release.assessment_id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(Release.school_id == grant.school_id, Release.pupil_id == grant.pupil_id, to_child(today))
        .order_by(Assessment.taken_on.desc(), Release.id)
    )
    return [row for row in connection.execute(chosen) if is_for(grant, row)][:MOST_TOLD]
