"""What a parent says is not right about their child, and the answer of the school (AVG art. 16)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.corrections import NewCorrection
from api.security.access import CORRECTION, CORRECTION_ANSWER, CORRECTIONS, OWN_CORRECTION, Visit, guarded
from api.services import corrections as service
from models.queries.scope import Grant
from models.rules.access import Kind
from models.vocabulary import CorrectionAnswer

router = APIRouter(include_in_schema=False)


@router.get("/mijn-kind/{uid}/klopt-niet")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(OWN_CORRECTION)
def own(visit: Visit, grant: Grant, over: Kind | None = None) -> Response:
    """With `over` the kind of the block where the link stood: the first thing of it is chosen already."""
    return page(visit, "pages/my_corrections.html", mine=service.compose_own(visit, grant, over), problem="", body="")


@router.post("/mijn-kind/{uid}/klopt-niet")  # noqa: FAST003 - see above
@guarded(OWN_CORRECTION)
def ask(
    visit: Visit,
    grant: Grant,
    thing: Annotated[str, Form(max_length=80)] = "",
    body: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    try:
        service.ask(visit, grant, NewCorrection(thing=thing, body=body))
    except ForPeopleError as problem:
        mine = service.compose_own(visit, grant).model_copy(update={"chosen": thing})
        return page(visit, "pages/my_corrections.html", 422, mine=mine, problem=str(problem), body=body)
    return go(f"/mijn-kind/{visit.request.path_params['uid']}/klopt-niet#gezegd")


@router.get("/betwist")
@guarded(CORRECTIONS)
def listed(visit: Visit) -> Response:
    return page(visit, "pages/corrections.html", lines=service.lines(visit))


@router.get("/kind/{uid}/betwist/{correction_id}")  # noqa: FAST003 - see above
@guarded(CORRECTION)
def one(visit: Visit, grant: Grant, correction_id: UUID) -> Response:
    return _one(visit, grant, correction_id)


@router.post("/kind/{uid}/betwist/{correction_id}")  # noqa: FAST003 - see above
@guarded(CORRECTION_ANSWER)
def answer(
    visit: Visit,
    grant: Grant,
    correction_id: UUID,
    given: Annotated[CorrectionAnswer, Form()],
    body: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    try:
        service.answer(visit, grant, correction_id, given, body)
    except ForPeopleError as problem:
        return _one(visit, grant, correction_id, str(problem), 422)
    return go(f"/kind/{visit.request.path_params['uid']}/betwist/{correction_id}")


def _one(visit: Visit, grant: Grant, uid: UUID, problem: str = "", status: int = 200) -> Response:
    shown = service.compose_one(visit, grant, uid)
    return page(visit, "pages/correction.html", status, shown=shown, answers=list(CorrectionAnswer), problem=problem)
