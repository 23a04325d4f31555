"""Releasing results as JSON: the moments of a group, what parents would read, and the library of sentences."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.schemas.releasing import Counted, GroupMoments, Library, MomentResults, NewExplanation, NewReleases, TakenBack
from api.security.access import RELEASE, REPORT_FORM, Visit, guarded
from api.services.releasing import deciding, library
from api.services.releasing.moments import compose_moment, compose_moments
from models.queries.scope import GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/groups/{uid}/releases", response_model=GroupMoments)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(RELEASE)
def moments(visit: Visit, group: GroupGrant) -> Response:
    """The test moments of a group in the past year, and how much of each was released."""
    return _json(compose_moments(visit, group))


@router.get("/groups/{uid}/releases/{moment}", response_model=MomentResults)  # noqa: FAST003 - see above
@guarded(RELEASE)
def moment(
    visit: Visit, group: GroupGrant, moment: str, subject: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """What the parents of each child read of this moment, or would read."""
    return _json(compose_moment(visit, group, moment, subject))


@router.post("/groups/{uid}/releases/{moment}", response_model=Counted)  # noqa: FAST003 - see above
@guarded(RELEASE)
def release(visit: Visit, group: GroupGrant, moment: str, new: NewReleases) -> Response:
    """Release these results; what was released already stays as it was."""
    return _json(Counted(count=deciding.release(visit, group, moment, new)))


@router.post("/groups/{uid}/releases/{moment}/taken-back", response_model=Counted)  # noqa: FAST003 - see above
@guarded(RELEASE)
def take_back(visit: Visit, group: GroupGrant, moment: str, taken: TakenBack) -> Response:
    """Take back what was released of these results."""
    return _json(Counted(count=deciding.take_back(visit, group, moment, taken.results)))


@router.get("/explanations", response_model=Library)
@guarded(REPORT_FORM)
def sentences(visit: Visit) -> Response:
    """The sentences that go with a result: ours, and the school's own."""
    return _json(library.compose_library(visit))


@router.put("/explanations/{key}", status_code=204)
@guarded(REPORT_FORM)
def change(visit: Visit, key: str, new: NewExplanation) -> Response:
    """Keep the school's own sentence; an empty one goes back to ours."""
    library.change(visit, key, new.body)
    return Response(status_code=204)


def _json(found: BaseModel) -> Response:
    return Response(found.model_dump_json(), media_type="application/json")
