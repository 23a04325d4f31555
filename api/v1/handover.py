"""The handover to the next teacher, as JSON."""

from fastapi import APIRouter, Response

from api.schemas.handover import GroupHandover, HandoverPage
from api.security.access import HANDOVER, HANDOVER_GROUP, Visit, guarded
from api.services.handover import compose_group, compose_page
from models.queries.scope import Grant, GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/pupils/{uid}/handover", response_model=HandoverPage)  # noqa: FAST003 - the guard makes it a grant
@guarded(HANDOVER)
def child(visit: Visit, grant: Grant) -> Response:
    """What is handed over of this child."""
    return Response(compose_page(visit, grant).model_dump_json(), media_type="application/json")


@router.get("/groups/{uid}/handover", response_model=GroupHandover)  # noqa: FAST003 - see above
@guarded(HANDOVER_GROUP)
def group(visit: Visit, group: GroupGrant) -> Response:
    """What is handed over of each child of this group."""
    return Response(compose_group(visit, group).model_dump_json(), media_type="application/json")
