"""The OpenAPI description, for staff who build on the API, and for everyone in development."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from api.security.access import PUBLIC, STAFF, ForbiddenError, NotSignedInError, Visit, guarded

router = APIRouter(prefix="/api/v1", include_in_schema=False)


@router.get("/openapi.json")
@guarded(PUBLIC)
def openapi(visit: Visit) -> Response:
    """Public only to a developer; elsewhere it needs a member of staff."""
    if not visit.kit.settings.development:
        if visit.who is None:
            raise NotSignedInError
        if not STAFF.roles & visit.scope.roles:
            raise ForbiddenError
    return JSONResponse(visit.request.app.openapi())
