"""Notes about children, as JSON: written, taken back within two minutes, and corrected."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.schemas.notes import NewNote, NewWording, NoteWordings, SavedNote
from api.security.access import NOTE, NOTES, Visit, guarded
from api.services import note_wordings
from api.services import notes as service
from models.queries.scope import Grant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.post("/notes", status_code=201, response_model=SavedNote)
@guarded(NOTES)
def save(visit: Visit, note: NewNote) -> Response:
    """Write one text about one child or several: all get it or none does. Sent twice with one `id`, it is kept once."""
    return Response(service.save(visit, note).model_dump_json(), 201, media_type="application/json")


@router.delete("/notes/{note_id}", status_code=204)
@guarded(NOTES)
def take_back(visit: Visit, note_id: UUID) -> Response:
    """Take back your own note, with those that were written together with it; until two minutes after writing."""
    service.take_back(visit, note_id)
    return Response(status_code=204)


@router.get("/pupils/{uid}/notes/{note_id}", response_model=NoteWordings)  # noqa: FAST003 - the guard turns it into a grant
@guarded(NOTE)
def wordings(visit: Visit, grant: Grant, note_id: UUID) -> Response:
    """One note about a child, with what it said before it was corrected."""
    note = note_wordings.compose_wordings(visit, grant, note_id)
    return Response(note.model_dump_json(), media_type="application/json")


@router.put("/pupils/{uid}/notes/{note_id}", response_model=NoteWordings)  # noqa: FAST003 - see above
@guarded(NOTE)
def correct(visit: Visit, grant: Grant, note_id: UUID, wording: NewWording) -> Response:
    """Correct your own note; what it said before stays to be read."""
    made = note_wordings.correct(visit, grant, note_id, wording)
    return Response(note_wordings.compose_wordings(visit, grant, made).model_dump_json(), media_type="application/json")
