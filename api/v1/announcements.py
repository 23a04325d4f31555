"""News of school as JSON."""

from fastapi import APIRouter, Response

from api.schemas.announcements import AnnouncementId, AnnouncementsPage, NewAnnouncement
from api.security.access import ANNOUNCE, ANNOUNCEMENTS, Visit, guarded
from api.services import announcements as service

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/announcements", response_model=AnnouncementsPage)
@guarded(ANNOUNCEMENTS)
def announcements(visit: Visit) -> Response:
    """The news that stands there for the reader; for who writes also what will."""
    return Response(service.compose_announcements(visit).model_dump_json(), media_type="application/json")


@router.post("/announcements", status_code=201, response_model=AnnouncementId)
@guarded(ANNOUNCE)
def announce(visit: Visit, wanted: NewAnnouncement) -> Response:
    """Write news for the parents of a group, or of the whole school without one."""
    made = AnnouncementId(id=service.announce(visit, wanted))
    return Response(made.model_dump_json(), 201, media_type="application/json")


@router.post("/announcements/withdraw", status_code=204)
@guarded(ANNOUNCE)
def take_back(visit: Visit, wanted: AnnouncementId) -> Response:
    """Let news stand there no longer."""
    service.take_back(visit, wanted.id)
    return Response(status_code=204)
