"""/klas, where a child logs in with pictures, and what its teacher does for that: the door and the pictures.

Every step of /klas is one form with large buttons, so that it works without a script; what was chosen so far travels
along, and is looked at only in the end, all at once.
"""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.security import sessions
from api.security.access import CLASS_DOOR, PICTURES, PUBLIC, Visit, guarded
from api.security.patience import TooManyAttemptsError
from api.services import class_door as service
from api.services import door
from api.services.login import WrongLoginError
from models.queries.scope import Grant, GroupGrant
from models.rules import pictures as rules

router = APIRouter(include_in_schema=False)

WRONG = "Dat klopte niet. Probeer het nog eens."


@router.get("/klas")
@guarded(PUBLIC)
def front(visit: Visit) -> Response:
    return _code(visit)


@router.post("/klas")
@guarded(PUBLIC)
def enter(
    visit: Visit,
    code: Annotated[str, Form(max_length=20)] = "",
    who: Annotated[str, Form(max_length=36)] = "",
    before: Annotated[str, Form(max_length=60)] = "",
    pick: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """A code, then a name, then three pictures one by one; what is wrong anywhere looks the same."""
    chosen = [one for one in (*before.split(), pick) if one][: rules.LENGTH]
    try:
        if not who:
            names = door.names_behind(visit, code)
            return page(visit, "pages/class_names.html", code=code, names=names)
        if len(chosen) < rules.LENGTH:
            kept: dict[str, Any] = {"code": code, "who": who, "before": " ".join(chosen), "step": len(chosen)}
            return page(visit, "pages/class_pictures.html", pictures=rules.PICTURES, steps=rules.LENGTH, **kept)
        token = door.enter(visit, code, _uuid(who), chosen)
    except WrongLoginError:
        return _code(visit, 401, WRONG)
    except TooManyAttemptsError as waiting:
        response = _code(visit, 429, waiting.sentence)
        response.headers["Retry-After"] = str(waiting.seconds)
        return response
    response = go("/ik")
    sessions.set_cookie(response, visit.kit.settings, token)
    return response


@router.get("/groep/{uid}/klas-open")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(CLASS_DOOR)
def door_of_group(visit: Visit, group: GroupGrant) -> Response:
    return _door(visit, group)


@router.post("/groep/{uid}/klas-open")  # noqa: FAST003 - see above
@guarded(CLASS_DOOR)
def change_door(visit: Visit, group: GroupGrant, do: Annotated[str, Form(max_length=10)] = "") -> Response:
    """Which button was pressed stands in `do`; a code and pictures are shown once, on the answer itself."""
    try:
        if do == "open":
            return _door(visit, group, code=service.open_door(visit, group))
        if do == "make":
            return _door(visit, group, made=service.make_for_group(visit, group))
    except ForPeopleError as problem:
        return _door(visit, group, problem=problem)
    service.close_door(visit, group)
    return go(visit.request.url.path)


@router.get("/kind/{uid}/plaatjes")  # noqa: FAST003 - see above
@guarded(PICTURES)
def pictures(visit: Visit, grant: Grant) -> Response:
    return _pictures(visit, grant)


@router.post("/kind/{uid}/plaatjes")  # noqa: FAST003 - see above
@guarded(PICTURES)
def choose(
    visit: Visit,
    grant: Grant,
    first: Annotated[str, Form(max_length=20)] = "",
    second: Annotated[str, Form(max_length=20)] = "",
    third: Annotated[str, Form(max_length=20)] = "",
    do: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """The child's own choice, or drawn by lot when that button was pressed."""
    chosen = service.draw() if do == "draw" else [first, second, third]
    try:
        service.choose(visit, grant, chosen)
    except ForPeopleError as problem:
        return _pictures(visit, grant, problem=problem)
    return _pictures(visit, grant, made=chosen)


def _code(visit: Visit, status: int = 200, problem: str = "") -> Response:
    return page(visit, "pages/class_code.html", status, problem=problem)


def _door(
    visit: Visit,
    group: GroupGrant,
    code: str = "",
    made: dict[int, list[str]] | None = None,
    problem: ForPeopleError | None = None,
) -> Response:
    shown = service.compose(visit, group, code, made)
    address = (visit.kit.settings.public_url or str(visit.request.base_url)).split("://")[-1].rstrip("/")
    more = {"pictures": rules.PICTURES, "address": f"{address}/klas", "problem": problem}
    return page(visit, "pages/class_door.html", 422 if problem else 200, page=shown, **more)


def _pictures(
    visit: Visit, grant: Grant, made: list[str] | None = None, problem: ForPeopleError | None = None
) -> Response:
    shown = service.compose_pictures(visit, grant, made or ())
    status = 422 if problem else 200
    return page(visit, "pages/pictures.html", status, page=shown, pictures=rules.PICTURES, problem=problem)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
