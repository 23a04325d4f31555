"""Where someone begins, and children by name."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.schemas.emergency import Notice
from api.schemas.people import Start
from api.security.access import GROUPS, SIGNED_IN, Visit, guarded
from api.services.groups import compose_start, search
from api.services.notices import notices
from models.queries.school import names
from models.queries.scope import own_groups
from models.vocabulary import Role

router = APIRouter(include_in_schema=False)

WITHOUT_CHILDREN = {Role.ADMIN: "/beheer/accounts", Role.BOARD: "/cijfers"}
"""Where begins who has a task that is about no child."""


@router.get("/")
@guarded(SIGNED_IN)
def home(visit: Visit) -> Response:
    """Who stands before a group begins with today; someone with one group, one child or one task is there at once."""
    if visit.scope.roles == {Role.PARENT} and visit.scope.pupil_ids:
        return go("/mijn-kind")
    if visit.scope.roles == {Role.PUPIL}:
        return go("/ik")
    start, waiting = compose_start(visit), notices(visit)
    if own_groups(visit.scope) and not visit.scope.whole_school_ids and not start.children and not waiting:
        return go("/vandaag")
    if len(start.groups) == 1 and not start.children and not waiting:
        return go(f"/groep/{start.groups[0].id}")
    if len(start.children) == 1 and not start.groups:
        return go(f"/kind/{start.children[0].id}")
    if not (start.groups or start.children or waiting):
        for role, path in WITHOUT_CHILDREN.items():
            if role in visit.scope.roles:
                return go(path)
    return _list(visit, start, waiting)


@router.get("/groepen")
@guarded(GROUPS)
def groups(visit: Visit) -> Response:
    """All groups that the reader may open."""
    return _list(visit, compose_start(visit), [])


def _list(visit: Visit, start: Start, waiting: list[Notice]) -> Response:
    without = names(visit.connection, visit.scope) if Role.PARENT in visit.scope.roles and not start.children else []
    return page(
        visit,
        "pages/start.html",
        groups=start.groups,
        children=start.children,
        notices=waiting,
        without_custody=without,
        has_task=bool(WITHOUT_CHILDREN.keys() & visit.scope.roles),
    )


@router.post("/zoek")
@guarded(SIGNED_IN)
def find(visit: Visit, name: Annotated[str, Form(max_length=100)]) -> Response:
    """By POST, so that a child's name stands in no URL, history or log; the only child that is found opens at once."""
    found = search(visit, name)
    if len(found) == 1 and found[0].has_sheet:
        return go(f"/kind/{found[0].id}")
    return page(visit, "pages/search.html", sought=name, found=found)
