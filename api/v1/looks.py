"""The same as the pages of api/pages/looks.py, as JSON."""

from fastapi import APIRouter, Response
from pydantic import TypeAdapter

from api.schemas.looks import LogReview, Looks
from api.security.access import LOOKS, SCHOOL_LOG, Visit, guarded
from api.services.log_review import compose_reviews
from api.services.looks import compose_looks
from models.queries.scope import Grant

router = APIRouter(prefix="/api/v1", tags=["v1"])

REVIEWS = TypeAdapter(list[LogReview])


@router.get("/pupils/{uid}/looks", response_model=Looks)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(LOOKS)
def looks(visit: Visit, grant: Grant) -> Response:
    """Who looked at this child in the past year; for the IB'er and directie."""
    return Response(compose_looks(visit, grant).model_dump_json(), media_type="application/json")


@router.get("/access-log", response_model=list[LogReview])
@guarded(SCHOOL_LOG)
def school_log(visit: Visit) -> Response:
    """What stands out in the access log since directie last went through it, per school."""
    return Response(REVIEWS.dump_json(compose_reviews(visit)), media_type="application/json")
