"""What people wrote down about a child, or each child of a group: notes, absences, support, goals and agreements."""

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa

from models.account import Account
from models.attendance import Absence
from models.journal import Note
from models.person import Staff
from models.queries.discussed import IS_DISCUSSION
from models.queries.prepared import Prepared, Rows
from models.queries.scope import Grant, GroupGrant
from models.queries.sheet import CHILDREN, PUPIL, SCHOOL, SINCE, child, children
from models.rules.access import Kind
from models.support import Agreement, Goal, SupportPoint
from models.talk import Talk
from models.vocabulary import NoteKind, Readers

Table = type[Note] | type[Absence] | type[SupportPoint] | type[Goal] | type[Agreement] | type[Talk]


def _about(table: Table, *, of_group: bool = False) -> sa.ColumnElement[bool]:
    if of_group:
        return table.pupil_id.in_(CHILDREN)
    return sa.and_(table.school_id == SCHOOL, table.pupil_id == PUPIL)


def _whose(table: Table, *, of_group: bool) -> list[Any]:
    """The column that says of which child a row is, where there are several."""
    return [table.pupil_id] if of_group else []


KIND_OF_NOTE = {
    NoteKind.OBSERVATION: Kind.OBSERVATIONS,
    NoteKind.PUPIL_TALK: Kind.NOTES,
    NoteKind.PARENT_TALK: Kind.TALKS,
    NoteKind.DISCUSSION: Kind.NOTES,
    NoteKind.NOTE: Kind.NOTES,
    NoteKind.TALENT: Kind.PORTFOLIO,
}
"""What a note for the team is; one for a smaller circle is `Kind.NAMED_NOTES`, whatever it tells of."""


def _open(kinds: frozenset[NoteKind], *, named: bool) -> sa.ColumnElement[bool]:
    """Which notes may be read: of these kinds for the team, and with `named` those for a smaller circle."""
    for_team = sa.and_(Note.readers == Readers.TEAM, Note.kind.in_(sorted(kinds)))
    return sa.or_(for_team, Note.readers != Readers.TEAM) if named else for_team


_TALKS = (
    sa.select(
        Talk.planned_on,
        sa.literal(NoteKind.DISCUSSION, Note.kind.type),
        sa.null().cast(Note.tone.type),
        sa.literal(Readers.TEAM, Note.readers.type),
        sa.case((Talk.question != "", Talk.question), else_=Talk.sees),
        Account.display_name,
        Talk.id,
        Talk.uid,
        sa.null().cast(sa.Uuid),
        sa.null().cast(sa.Integer),
        sa.null().cast(sa.Integer),
    )
    .join(Account, Account.id == Talk.planned_by)
    .where(_about(Talk), IS_DISCUSSION, Talk.ended_at.is_not(None))
)
"""Talks about the child that were held: words about it, like a note; who reads Notities reads them."""


@cache
def _notes(kinds: frozenset[NoteKind], limit: int, *, named: bool) -> Prepared:
    """Make the statement for the notes of these kinds, with or without those for a smaller circle."""
    corrected = sa.select(Note.corrects_id).where(Note.pupil_id == PUPIL, Note.corrects_id.is_not(None))
    notes = (
        sa.select(
            Note.observed_on.label("observed_on"),
            Note.kind,
            Note.tone,
            Note.readers,
            Note.body,
            sa.func.coalesce(Staff.given_name, Account.display_name).label("author"),
            Note.id.label("number"),
            sa.null().cast(sa.Uuid).label("talk_uid"),
            Note.uid.label("note_uid"),
            Note.account_id,
            Note.corrects_id,
        )
        .outerjoin(Staff, Staff.id == Note.author_id)
        .outerjoin(Account, Account.id == Note.account_id)
        .where(_about(Note), _open(kinds, named=named), Note.id.not_in(corrected))
    )
    if NoteKind.DISCUSSION not in kinds:
        return Prepared(notes.order_by(Note.observed_on.desc(), Note.id.desc()).limit(limit))
    both: Any = sa.union_all(notes, _TALKS).order_by(sa.text("observed_on DESC"), sa.text("number DESC")).limit(limit)
    return Prepared(both)


@cache
def _latest(kinds: frozenset[NoteKind], *, named: bool) -> Prepared:
    words: Any = sa.select(Note.pupil_id, Note.observed_on).where(
        _about(Note, of_group=True), _open(kinds, named=named)
    )
    if NoteKind.DISCUSSION in kinds:
        held = (_about(Talk, of_group=True), IS_DISCUSSION, Talk.ended_at.is_not(None))
        talks = sa.select(Talk.pupil_id, Talk.planned_on).where(*held)
        words = sa.union_all(words, talks)
    each = words.subquery()
    return Prepared(
        sa.select(each.c.pupil_id, sa.func.max(each.c.observed_on).label("latest_on")).group_by(each.c.pupil_id)
    )


def open_notes(grant: Grant) -> sa.ColumnElement[bool]:
    """Say which notes this grant opens."""
    return _open(_kinds_of_note(grant), named=Kind.NAMED_NOTES in grant.kinds)


def _kinds_of_note(grant: Grant | GroupGrant) -> frozenset[NoteKind]:
    return frozenset(kind for kind, opens in KIND_OF_NOTE.items() if opens in grant.kinds)


def notes_of(connection: sa.Connection, grant: Grant, limit: int) -> Rows:
    """The newest notes and talks of the kinds that this grant opens, with their author; a corrected one is left out."""
    kinds, named = _kinds_of_note(grant), Kind.NAMED_NOTES in grant.kinds
    return _notes(kinds, limit, named=named).rows(connection, **child(grant)) if kinds or named else []


def latest_notes_in(connection: sa.Connection, grant: GroupGrant, today: date) -> dict[int, date]:
    """The day of the newest note that may be read, by the id of each child of the group that has one."""
    kinds, named = _kinds_of_note(grant), Kind.NAMED_NOTES in grant.kinds
    if not kinds and not named:
        return {}
    rows = _latest(kinds, named=named).rows(connection, **children(grant, today))
    return {row.pupil_id: row.latest_on for row in rows}


def _absences(*, of_group: bool) -> Prepared:
    return Prepared(
        sa.select(Absence.day, Absence.part, Absence.reason, *_whose(Absence, of_group=of_group))
        .where(_about(Absence, of_group=of_group), Absence.day >= SINCE)
        .order_by(Absence.day.desc())
    )


_ABSENCES, _ABSENCES_IN = _absences(of_group=False), _absences(of_group=True)


def absences_of(connection: sa.Connection, grant: Grant, since: date) -> Rows:
    """Absences from `since` (inclusive), newest first."""
    return _ABSENCES.rows(connection, **child(grant), since=since)


def absences_in(connection: sa.Connection, grant: GroupGrant, since: date, today: date) -> Rows:
    """Absences of all children of a group from `since` (inclusive), newest first, each with its `pupil_id`."""
    return _ABSENCES_IN.rows(connection, **children(grant, today), since=since)


_NOTHING, _NO_DAY = sa.null().cast(sa.String), sa.null().cast(sa.Date)


def _support(*, of_group: bool) -> Prepared:
    parts: Any = sa.union_all(
        sa.select(
            sa.literal("point").label("what"),
            sa.cast(SupportPoint.kind, sa.String).label("kind"),
            SupportPoint.body,
            SupportPoint.observed_on.label("on"),
            _NO_DAY.label("due"),
            SupportPoint.ended_on.label("done"),
            _NOTHING.label("note"),
            sa.func.coalesce(Staff.given_name, Account.display_name).label("person"),
            SupportPoint.id.label("number"),
            *_whose(SupportPoint, of_group=of_group),
        )
        .outerjoin(Staff, Staff.id == SupportPoint.author_id)
        .outerjoin(Account, Account.id == SupportPoint.account_id)
        .where(_about(SupportPoint, of_group=of_group), SupportPoint.ended_on.is_(None)),
        sa.select(
            sa.literal("goal"),
            sa.cast(Goal.answer, sa.String),
            Goal.body,
            Goal.stated_on,
            _NO_DAY,
            Goal.answered_on,
            Goal.answer_body,
            _NOTHING,
            Goal.id,
            *_whose(Goal, of_group=of_group),
        ).where(_about(Goal, of_group=of_group)),
        sa.select(
            sa.literal("agreement"),
            sa.cast(Agreement.outcome, sa.String),
            Agreement.body,
            Agreement.agreed_on,
            Agreement.due_on,
            Agreement.done_on,
            Agreement.outcome_body,
            sa.func.coalesce(Staff.given_name, Account.display_name),
            Agreement.id,
            *_whose(Agreement, of_group=of_group),
        )
        .outerjoin(Staff, Staff.id == Agreement.owner_id)
        .outerjoin(Account, Account.id == Agreement.owner_account_id)
        .where(_about(Agreement, of_group=of_group)),
    ).order_by(sa.text('"on" DESC'), sa.text("number"))
    return Prepared(parts)


_SUPPORT, _SUPPORT_IN = _support(of_group=False), _support(of_group=True)


def support_of(connection: sa.Connection, grant: Grant) -> Rows:
    """What helps and hinders, goals and agreements in one read: (what, kind, body, on, due, done, note, person).

    Newest first, and of one day in the order in which they came in: what is proposed rests on the first that helps.
    """
    return _SUPPORT.rows(connection, **child(grant))


def support_in(connection: sa.Connection, grant: GroupGrant, today: date) -> Rows:
    """What `support_of` reads of one child, of all children of a group, each row with its `pupil_id`."""
    return _SUPPORT_IN.rows(connection, **children(grant, today))
