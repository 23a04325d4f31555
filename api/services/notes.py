"""Writing down a few sentences about one child or several, and taking them back while it is fresh.

Every child is asked for apart, and all get their note or none does. What the matrix says of a kind of note is asked of
what its writer may add, not of what they read: a colleague of another group tells what happened at the gate.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import reading, writing
from api.problem import ForPeopleError
from api.schemas.notes import LONGEST, MOST_CHILDREN, NewNote, NoteChild, NoteForm, SavedNote
from api.security.access import Visit
from api.services.signals.answering import read_key, record_answer
from models.attention import SignalAnswer
from models.journal import Note
from models.queries import notes as read
from models.queries.dossier import KIND_OF_NOTE
from models.queries.emergency import name_of
from models.queries.scope import Grant, NotFoundError, authorize, group_name
from models.rules.access import WRITES, Kind, Position
from models.rules.names import display_name
from models.vocabulary import NoteKind, Readers, Role, SignalReply, Tone

WROTE, WITHDREW = "wrote", "withdrew"
UNDO = timedelta(minutes=2)
KINDS = {
    NoteKind.OBSERVATION: "observatie",
    NoteKind.NOTE: "notitie",
    NoteKind.PUPIL_TALK: "kindgesprek",
    NoteKind.TALENT: "talent (lezen de ouders ook)",
}
"""What is written in a hurry; a talk with parents and a talk about a child have a place of their own."""
POSITIONS = {Role.TEACHER: Position.TEACHER, Role.SUBSTITUTE: Position.SUBSTITUTE, Role.IB: Position.IB}


def compose_form(
    visit: Visit, grants: Iterable[Grant] = (), about: UUID | None = None, signal: str | None = None
) -> NoteForm:
    """Compose an empty form about these children (or none yet), with what this reader may write about all of them."""
    grants = list(grants)
    if signal:
        read_key(signal)
    held = [WRITES[POSITIONS[role]] for role in visit.scope.roles if role in POSITIONS]
    writes = frozenset[Kind]().union(*held)
    for grant in grants:
        writes &= grant.writes
    kinds = {kind: words for kind, words in KINDS.items() if KIND_OF_NOTE[kind] in writes}
    if not kinds:
        raise NotFoundError(*((grants[0].pupil_id, grants[0].school_id) if grants else ()))
    children = [_child(visit, grant) for grant in grants]
    readers = {Readers.TEAM: _team(children)}
    if Kind.NAMED_NOTES in writes:
        readers[Readers.IB] = "alleen de IB'ers; directie met een reden"
    return NoteForm(
        id=uuid7(),
        children=children,
        kinds=kinds,
        tones={tone: tone.label for tone in Tone},
        readers=readers,
        today=visit.today,
        about=about,
        signal=signal,
    )


def save(visit: Visit, new: NewNote) -> SavedNote:
    """Keep the note, one for each child; with the `id` of a note of one's own that is there already, that one.

    Raises `NotFoundError` for a child that is not the writer's to write about, `ForPeopleError` for what can be
    repaired; then nothing is kept.
    """
    uid = new.id or uuid7()
    try:
        return saved(visit, uid)
    except NotFoundError:
        pass
    body = new.body.strip()
    on = new.observed_on or visit.today
    if not body or len(body) > LONGEST:
        raise ForPeopleError(f"Schrijf op wat u zag of hoorde, in hoogstens {LONGEST} tekens.")
    if on > visit.today:
        raise ForPeopleError("De dag ligt in de toekomst. Kies vandaag of een dag die is geweest.")
    grants = granted(visit, new.children)
    for grant in grants:
        _require(grant, new.kind, new.readers)
    key = read_key(new.signal) if new.signal else None
    what = {
        "account_id": visit.scope.account_id,
        "together": uid if len(grants) > 1 else None,
        "observed_on": on,
        "written_at": visit.now,
        "kind": new.kind,
        "tone": new.tone,
        "readers": new.readers,
        "body": body,
    }
    try:
        with writing(visit.kit.engine) as connection:
            for at, (child, grant) in enumerate(zip(dict.fromkeys(new.children), grants, strict=True)):
                whose = {"school_id": grant.school_id, "pupil_id": grant.pupil_id}
                made = connection.execute(sa.insert(Note).values(uid=uuid7() if at else uid, **whose, **what))
                if key and child == new.about:
                    (note_id,) = made.inserted_primary_key or (None,)
                    account = visit.scope.account_id
                    record_answer(connection, grant, account, key, SignalReply.NOTE, now=visit.now, note_id=note_id)
    except sa.exc.IntegrityError:
        # Sent twice at the same moment: the other one kept it. With someone else's id there is nothing of one's own.
        return saved(visit, uid)
    for grant in grants:
        visit.log(_kind(new.kind, new.readers).value, [grant.pupil_id], grant, WROTE)
    return saved(visit, uid)


def saved(visit: Visit, uid: UUID) -> SavedNote:
    """Compose what the reader wrote a moment ago, or raise `NotFoundError`."""
    with reading(visit.kit.engine) as connection:
        rows = read.mine(connection, visit.scope, uid)
    grants = granted(visit, [row.pupil_uid for row in rows])
    children = [_child(visit, grant) for grant in grants]
    until = rows[0].written_at + UNDO
    return SavedNote(
        id=uid,
        children=children,
        body=rows[0].body,
        kind_text=rows[0].kind.label,
        readers_text=_team(children) if rows[0].readers is Readers.TEAM else "alleen de IB'ers; directie met een reden",
        undo_until=until if visit.now <= until else None,
    )


def take_back(visit: Visit, uid: UUID) -> None:
    """Delete the reader's own note, with those written together with it and the answer to a signal that it was.

    Raises `ForPeopleError` when it was written too long ago: by then colleagues may have read it.
    """
    rows = read.mine(visit.connection, visit.scope, uid)
    grants = granted(visit, [row.pupil_uid for row in rows])
    if any(visit.now > row.written_at + UNDO for row in rows):
        raise ForPeopleError("Ongedaan maken kan tot twee minuten na het bewaren. De notitie staat nu in het dossier.")
    numbers = [row.id for row in rows]
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.delete(SignalAnswer).where(SignalAnswer.note_id.in_(numbers)))
        connection.execute(sa.delete(Note).where(Note.id.in_(numbers)))
    for row, grant in zip(rows, grants, strict=True):
        visit.log(_kind(row.kind, row.readers).value, [grant.pupil_id], grant, WITHDREW)


def granted(visit: Visit, children: Iterable[UUID]) -> list[Grant]:
    """Say for each of these children, once, why the reader may write about it; `NotFoundError` for any that is not."""
    wanted = list(dict.fromkeys(children))
    if not 0 < len(wanted) <= MOST_CHILDREN:
        raise ForPeopleError(f"Kies over wie het gaat: één tot {MOST_CHILDREN} kinderen.")
    grants = [authorize(visit.connection, visit.scope, child, Kind.NAME) for child in wanted]
    for grant in grants:
        if not any(kind in grant.writes for kind in _OF_ANY):
            raise NotFoundError(grant.pupil_id, grant.school_id)
    return grants


_OF_ANY = frozenset(KIND_OF_NOTE[kind] for kind in KINDS)


def _require(grant: Grant, kind: NoteKind, readers: Readers) -> None:
    """Both what it tells of and, for a small circle, that circle must be this writer's to add to."""
    needed = {KIND_OF_NOTE[kind], _kind(kind, readers)}
    if kind not in KINDS or not needed <= grant.writes:
        raise ForPeopleError("Dit soort notitie kunt u niet over elk van deze kinderen schrijven. Kies observatie.")


def _kind(kind: NoteKind, readers: Readers) -> Kind:
    return KIND_OF_NOTE[kind] if readers is Readers.TEAM else Kind.NAMED_NOTES


def _child(visit: Visit, grant: Grant) -> NoteChild:
    row = name_of(visit.connection, grant, visit.scope)
    return NoteChild(id=row.uid, name=display_name(row), group=group_name(row.group_name) if row.group_name else None)


def _team(children: Iterable[NoteChild]) -> str:
    groups = sorted({child.group for child in children if child.group})
    if not groups:
        return "de leraren van de groep en de IB'ers"
    return f"de leraren van groep {' en '.join(groups)} en de IB'ers"
