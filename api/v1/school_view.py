"""The whole school for the IB'er, as JSON."""

from fastapi import APIRouter, Response
from pydantic import TypeAdapter

from api.schemas.school_view import SchoolView
from api.security.access import SCHOOL_VIEW, Visit, guarded
from api.services.school_view import compose_schools

router = APIRouter(prefix="/api/v1", tags=["v1"])

SCHOOLS = TypeAdapter(list[SchoolView])


@router.get("/school-view", response_model=list[SchoolView])
@guarded(SCHOOL_VIEW)
def school(visit: Visit) -> Response:
    """Groups and subjects in numbers of children who grow along their own line; talks and agreements per group."""
    return Response(SCHOOLS.dump_json(compose_schools(visit.connection, visit.scope)), media_type="application/json")
