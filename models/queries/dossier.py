"""What people wrote down about one child: notes, absences, support, goals and agreements."""

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from models.attendance import Absence
from models.journal import Note
from models.person import Staff
from models.queries.prepared import Prepared, Rows
from models.queries.scope import Grant
from models.queries.sheet import PUPIL, SCHOOL, SINCE, child
from models.rules.access import Kind
from models.support import Agreement, Goal, SupportPoint
from models.vocabulary import NoteKind, Readers


def _about(
    table: type[Note] | type[Absence] | type[SupportPoint] | type[Goal] | type[Agreement],
) -> sa.ColumnElement[bool]:
    return sa.and_(table.school_id == SCHOOL, table.pupil_id == PUPIL)


KIND_OF_NOTE = {
    NoteKind.OBSERVATION: Kind.OBSERVATIONS,
    NoteKind.PUPIL_TALK: Kind.NOTES,
    NoteKind.PARENT_TALK: Kind.TALKS,
    NoteKind.DISCUSSION: Kind.NOTES,
    NoteKind.NOTE: Kind.NOTES,
    NoteKind.TALENT: Kind.PORTFOLIO,
}
"""What a note for the team is; one for a smaller circle is `Kind.NAMED_NOTES`, whatever it tells of."""


@cache
def _notes(kinds: frozenset[NoteKind], limit: int, *, named: bool) -> Prepared:
    """Make the statement for the notes of these kinds, with or without those for a smaller circle."""
    corrected = sa.select(Note.corrects_id).where(Note.pupil_id == PUPIL, Note.corrects_id.is_not(None))
    for_team, for_few = Note.readers == Readers.TEAM, Note.readers != Readers.TEAM
    opened = sa.and_(for_team, Note.kind.in_(sorted(kinds)))
    return Prepared(
        sa.select(Note.observed_on, Note.kind, Note.tone, Note.readers, Note.body, Staff.given_name.label("author"))
        .outerjoin(Staff, Staff.id == Note.author_id)
        .where(_about(Note), sa.or_(opened, for_few) if named else opened, Note.id.not_in(corrected))
        .order_by(Note.observed_on.desc(), Note.id.desc())
        .limit(limit)
    )


def notes_of(connection: sa.Connection, grant: Grant, limit: int) -> Rows:
    """The newest notes of the kinds that this grant opens, with their author; a corrected one is left out."""
    kinds = frozenset(kind for kind, opens in KIND_OF_NOTE.items() if opens in grant.kinds)
    named = Kind.NAMED_NOTES in grant.kinds
    return _notes(kinds, limit, named=named).rows(connection, **child(grant)) if kinds or named else []


_ABSENCES = Prepared(
    sa.select(Absence.day, Absence.part, Absence.reason)
    .where(_about(Absence), Absence.day >= SINCE)
    .order_by(Absence.day.desc())
)


def absences_of(connection: sa.Connection, grant: Grant, since: date) -> Rows:
    """Absences from `since` (inclusive), newest first."""
    return _ABSENCES.rows(connection, **child(grant), since=since)


_NOTHING, _NO_DAY = sa.null().cast(sa.String), sa.null().cast(sa.Date)
_PARTS: Any = sa.union_all(
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
_SUPPORT = Prepared(_PARTS)


def support_of(connection: sa.Connection, grant: Grant) -> Rows:
    """What helps and hinders, goals and agreements in one read: (what, kind, body, on, due, done, note, person)."""
    return _SUPPORT.rows(connection, **child(grant))
