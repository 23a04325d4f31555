"""The figures of a school as JSON."""

from fastapi import APIRouter, Response
from pydantic import TypeAdapter

from api.schemas.figures import SchoolFigures
from api.security.access import FIGURES, Visit, guarded
from api.services.figures import compose_figures

router = APIRouter(prefix="/api/v1", tags=["v1"])

SCHOOLS = TypeAdapter(list[SchoolFigures])


@router.get("/figures", response_model=list[SchoolFigures])
@guarded(FIGURES)
def figures(visit: Visit) -> Response:
    """Counts and shares of your schools; none rests on five children or fewer."""
    return Response(SCHOOLS.dump_json(compose_figures(visit.connection, visit.scope)), media_type="application/json")
