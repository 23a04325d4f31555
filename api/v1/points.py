"""Sentences about what helps, hinders and means something in class, as JSON."""

from fastapi import APIRouter, Response

from api.schemas.points import NewPoint, PointId, PointsPage
from api.security.access import POINTS, Visit, guarded
from api.services import points as service
from models.queries.scope import Grant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/pupils/{uid}/support-points", response_model=PointsPage)  # noqa: FAST003 - the guard makes it a grant
@guarded(POINTS)
def points(visit: Visit, grant: Grant) -> Response:
    """What helps, hinders and means something in class, as it holds now."""
    return Response(service.compose_points(visit, grant).model_dump_json(), media_type="application/json")


@router.post("/pupils/{uid}/support-points", status_code=201, response_model=PointId)  # noqa: FAST003 - see above
@guarded(POINTS)
def add(visit: Visit, grant: Grant, point: NewPoint) -> Response:
    """Add one sentence; it is used wherever its kind is used."""
    made = PointId(id=service.add(visit, grant, point.kind, point.body))
    return Response(made.model_dump_json(), 201, media_type="application/json")


@router.post("/pupils/{uid}/support-points/end", status_code=204)  # noqa: FAST003 - see above
@guarded(POINTS)
def end(visit: Visit, grant: Grant, point: PointId) -> Response:
    """Say that a sentence no longer holds."""
    service.end(visit, grant, point.id)
    return Response(status_code=204)
