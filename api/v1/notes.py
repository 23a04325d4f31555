"""Notes about children, as JSON: written, and taken back within two minutes."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.schemas.notes import NewNote, SavedNote
from api.security.access import NOTES, Visit, guarded
from api.services import notes as service

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
