"""/kind/{uid}/helpt: what helps, hinders and means something in class; each sentence is written once."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.security.access import POINTS, Visit, guarded
from api.services import points as service
from api.services.named import NamedError, ask_about_names
from models.queries.scope import Grant
from models.rules.purposes import USED, Purpose
from models.vocabulary import SupportKind

router = APIRouter(include_in_schema=False)


@router.get("/kind/{uid}/helpt")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(POINTS)
def points(visit: Visit, grant: Grant) -> Response:
    return _page(visit, grant)


@router.post("/kind/{uid}/helpt")  # noqa: FAST003 - see above
@guarded(POINTS)
def add(
    visit: Visit,
    grant: Grant,
    kind: Annotated[SupportKind, Form()],
    body: Annotated[str, Form(max_length=2000)] = "",
    named: Annotated[bool, Form()] = False,  # noqa: FBT002 - a tick of the form
) -> Response:
    try:
        if kind in USED[Purpose.HOME] and kind.value in service.may_add(grant) and not named:
            ask_about_names(visit, grant, body)
        service.add(visit, grant, kind, body)
    except ForPeopleError as problem:
        return _page(visit, grant, problem, {"body": body, "kind": kind})
    return go(f"/kind/{visit.request.path_params['uid']}#ondersteuning")


@router.post("/kind/{uid}/helpt/af")  # noqa: FAST003 - see above
@guarded(POINTS)
def end(visit: Visit, grant: Grant, point: Annotated[UUID, Form()]) -> Response:
    service.end(visit, grant, point)
    return go(f"/kind/{visit.request.path_params['uid']}/helpt")


def _page(
    visit: Visit, grant: Grant, problem: ForPeopleError | None = None, typed: dict[str, str] | None = None
) -> Response:
    shown = service.compose_points(visit, grant)
    more = {"problem": problem, "asks_names": isinstance(problem, NamedError), "typed": typed or {}}
    return page(visit, "pages/points.html", 422 if problem else 200, page=shown, **more)
