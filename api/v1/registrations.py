"""What a school registers as JSON: the list, work, decisions, what stops and the wishes."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, TypeAdapter

from api.schemas.registrations import (
    AuditItem,
    AuditPage,
    DecisionPage,
    FollowPage,
    Made,
    NewDecision,
    NewItems,
    NewWork,
    WishPage,
)
from api.security.access import Visit, guarded
from api.services.registrations import changing, deciding
from api.services.registrations.at import DECIDE, READ, WORK
from api.services.registrations.detail import ItemDetail, compose_detail
from api.services.registrations.page import compose_audit, compose_rest

router = APIRouter(prefix="/api/v1/registrations", tags=["v1"])

ITEMS = TypeAdapter(list[AuditItem])
JSON = "application/json"


@router.get("", response_model=AuditPage)
@guarded(READ)
def audit(visit: Visit, school: UUID | None = None) -> Response:
    """What the school registers, with the law, the hours and where it stands."""
    return _json(compose_audit(visit, school))


@router.get("/catalogue", response_model=list[AuditItem])
@guarded(READ)
def rest(visit: Visit, school: UUID | None = None) -> Response:
    """The items of the catalogue that are not on the list of the school."""
    return Response(ITEMS.dump_json(compose_rest(visit, school)[1]), media_type=JSON)


@router.post("/items", status_code=204)
@guarded(WORK)
def turn_on(visit: Visit, items: NewItems) -> Response:
    """Put items of the catalogue on the list."""
    changing.turn_on(visit, items.school, items.codes)
    return Response(status_code=204)


@router.get("/items/{registration_id}", response_model=ItemDetail)
@guarded(READ)
def item(visit: Visit, registration_id: UUID) -> Response:
    """One item with the evidence of its use, voices and decisions."""
    return _json(compose_detail(visit, registration_id))


@router.post("/items/{registration_id}/work", status_code=201, response_model=Made)
@guarded(WORK)
def add_work(visit: Visit, registration_id: UUID, work: NewWork) -> Response:
    """Say who does it, how often, and how many minutes it takes."""
    return _json(Made(id=changing.add_work(visit, registration_id, work)), 201)


@router.post("/items/{registration_id}/decisions", status_code=201, response_model=Made)
@guarded(DECIDE)
def decide(visit: Visit, registration_id: UUID, made: NewDecision) -> Response:
    """Add a decision; none is ever changed."""
    return _json(Made(id=deciding.decide(visit, registration_id, made)), 201)


@router.get("/decisions", response_model=DecisionPage)
@guarded(READ)
def log(visit: Visit, school: UUID | None = None) -> Response:
    """All decisions, the newest first."""
    return _json(deciding.compose_log(visit, school))


@router.get("/follow-up", response_model=FollowPage)
@guarded(READ)
def follow(visit: Visit, school: UUID | None = None) -> Response:
    """What stops: the steps, whether it still comes in, hours given back."""
    return _json(deciding.compose_follow(visit, school))


@router.get("/wishes", response_model=WishPage)
@guarded(READ)
def wishes(visit: Visit, school: UUID | None = None) -> Response:
    """What a system has to do for the school, and what Kindblad does already."""
    return _json(deciding.compose_wishes(visit, school))


def _json(shown: BaseModel, status: int = 200) -> Response:
    return Response(shown.model_dump_json(), status, media_type=JSON)
