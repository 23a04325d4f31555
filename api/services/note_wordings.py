"""How a note reads now and read before, and correcting one's own: nothing that colleagues may have read is lost.

A text about several children is one text: it is corrected for all of them that the writer may still write about.
"""

from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import reading, writing
from api.problem import ForPeopleError
from api.schemas.notes import LONGEST, NewWording, NoteWordings, Wording
from api.security.access import SIGNAL, Visit
from api.services.notes import UNDO, WROTE
from models.journal import Note
from models.queries import notes as read
from models.queries.dossier import KIND_OF_NOTE
from models.queries.emergency import name_of
from models.queries.scope import AnyRow, Grant, NotFoundError, authorize
from models.queries.whose import take_turns
from models.rules.access import Kind
from models.rules.names import display_name
from models.vocabulary import NoteKind, Readers, Tone

TOGETHER = (NoteKind.DISCUSSION, NoteKind.PARENT_TALK)
"""What was said in a talk is not one person's to reword afterwards."""
OVERTAKEN = "Deze notitie is intussen al verbeterd. Kijk eerst wat er nu staat."


def writer(visit: Visit) -> int | None:
    """Return the account that may correct its own notes, or None for who writes none."""
    return visit.scope.account_id if visit.scope.roles & SIGNAL.roles else None


def compose_wordings(visit: Visit, grant: Grant, uid: UUID) -> NoteWordings:
    """Compose a note with what it said before; `NotFoundError` when the reader may not read it and did not write it."""
    with reading(visit.kit.engine) as connection:
        newest, *older = read.wordings(connection, grant, visit.scope, uid)
    name = name_of(visit.connection, grant, visit.scope)
    return NoteWordings(
        id=newest.uid,
        child_id=name.uid,
        child=display_name(name),
        kind_text=newest.kind.label,
        readers_text=newest.readers.label,
        observed_on=newest.observed_on,
        now=_wording(newest),
        earlier=[_wording(row) for row in older],
        tones={tone: tone.label for tone in Tone},
        may_correct=_may_correct(newest, grant),
        undo_until=newest.written_at + UNDO if newest.is_mine and visit.now <= newest.written_at + UNDO else None,
    )


def correct(visit: Visit, grant: Grant, uid: UUID, new: NewWording) -> UUID:
    """Keep a new wording of the reader's own note, and return its number; the old one stays to be read.

    Raises `NotFoundError` for someone else's note, `ForPeopleError` when it was corrected in the meantime, says
    nothing, or says the same.
    """
    body = new.body.strip()
    if not body or len(body) > LONGEST:
        raise ForPeopleError(f"Schrijf op wat er moet staan, in hoogstens {LONGEST} tekens.")
    newest = read.wordings(visit.connection, grant, visit.scope, uid)[0]
    if not _may_correct(newest, grant):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    tone = new.tone or newest.tone
    if (body, tone) == (newest.body, newest.tone):
        return UUID(str(newest.uid))
    if newest.uid != uid:
        raise ForPeopleError(OVERTAKEN)
    grants = _still_mine(visit, grant, newest)
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grants[0][1])
        known = {row.id for row in read.written_together(connection, visit.scope, newest)}
        if newest.id not in known:
            raise ForPeopleError(OVERTAKEN)
        words = {"body": body, "tone": tone, "written_at": visit.now, "account_id": visit.scope.account_id}
        words |= {"kind": newest.kind, "readers": newest.readers, "observed_on": newest.observed_on}
        words |= {"together": uuid7() if newest.together else None}
        rows = {
            note_id: words
            | {"uid": uuid7(), "school_id": each.school_id, "pupil_id": each.pupil_id, "corrects_id": note_id}
            for note_id, each in grants
            if note_id in known
        }
        connection.execute(sa.insert(Note), list(rows.values()))
    for note_id, each in grants:
        if note_id in rows:
            visit.log(_kind(newest).value, [each.pupil_id], each, WROTE)
    return UUID(str(rows[newest.id]["uid"]))


def _still_mine(visit: Visit, grant: Grant, note: AnyRow) -> list[tuple[int, Grant]]:
    """The note itself and those written together with it, each with why the writer may still write about that child."""
    found = [(note.id, grant)]
    for row in read.written_together(visit.connection, visit.scope, note):
        if row.id != note.id:
            try:
                other = authorize(visit.connection, visit.scope, row.pupil_uid, Kind.NAME)
            except NotFoundError:
                continue
            if _kind(note) in other.writes:
                found.append((row.id, other))
    return sorted(found, key=lambda one: one[1].pupil_id)


def _may_correct(note: AnyRow, grant: Grant) -> bool:
    return note.is_mine and note.kind not in TOGETHER and _kind(note) in grant.writes


def _kind(note: AnyRow) -> Kind:
    return KIND_OF_NOTE[note.kind] if note.readers == Readers.TEAM else Kind.NAMED_NOTES


def _wording(row: AnyRow) -> Wording:
    return Wording(body=row.body, tone=row.tone, written_at=row.written_at, author=row.author)
