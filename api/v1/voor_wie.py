"""The same as the pages of api/pages/voor_wie.py, as JSON."""

from fastapi import APIRouter, Response

from api.schemas.access import AccessMatrix, WhoCanSee
from api.security.access import SIGNED_IN, WHO_CAN_SEE, Visit, guarded
from api.services.voor_wie import compose_matrix, compose_who
from models.queries.scope import Grant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/voor-wie", response_model=AccessMatrix)
@guarded(SIGNED_IN)
def matrix(visit: Visit) -> Response:
    """Who may see which kind of data, and why; your own columns first."""
    return _json(compose_matrix(visit.scope.held).model_dump_json())


@router.get("/pupils/{uid}/readers", response_model=WhoCanSee)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(WHO_CAN_SEE)
def who(visit: Visit, grant: Grant) -> Response:
    """Who can see this child, and why."""
    return _json(compose_who(visit, grant).model_dump_json())


def _json(content: str) -> Response:
    return Response(content, media_type="application/json")
