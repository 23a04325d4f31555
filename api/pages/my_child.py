"""Mijn kind, where a parent begins: their children side by side, one child, and what they ask of school there."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.security.access import MY_CHILD, MY_CHILDREN, Visit, guarded
from api.services.announcements import announcements_for
from api.services.my_child import compose_my_child, compose_my_children, own_children
from api.services.my_child.asking import compose_my_looks, wish_to_talk
from models.queries.scope import Grant

router = APIRouter(include_in_schema=False)

SHOWN_NEWS = 3
LINKS = ("rapport", "portfolio", "toestemming", "klopt-niet", "kopie", "inzage")
"""The pages of a parent about one child, in order."""


@router.get("/mijn-kind")
@guarded(MY_CHILDREN)
def children(visit: Visit) -> Response:
    """Someone with one child is with that child at once; who has none reads where they begin how to ask school."""
    own = own_children(visit)
    if len(own) < 2:
        return go(f"/mijn-kind/{own[0]}" if own else "/")
    return page(visit, "pages/my_children.html", shown=compose_my_children(visit))


@router.get("/mijn-kind/{uid}")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(MY_CHILD)
def child(visit: Visit, grant: Grant) -> Response:
    shown = compose_my_child(visit, grant)
    return page(
        visit,
        "pages/my_child.html",
        child=shown,
        links=LINKS,
        siblings=len(visit.scope.pupil_ids) > 1,
        news=announcements_for(visit, SHOWN_NEWS),
    )


@router.post("/mijn-kind/{uid}/praten/{release_id}")  # noqa: FAST003 - see above
@guarded(MY_CHILD)
def talk(visit: Visit, grant: Grant, release_id: UUID, body: Annotated[str, Form(max_length=500)] = "") -> Response:
    wish_to_talk(visit, grant, release_id, body)
    return go(f"/mijn-kind/{visit.request.path_params['uid']}#{release_id}")


@router.get("/mijn-kind/{uid}/inzage")  # noqa: FAST003 - see above
@guarded(MY_CHILD)
def looks(visit: Visit, grant: Grant) -> Response:
    """Before it is asked nothing is shown."""
    return page(visit, "pages/my_looks.html", child=compose_my_child(visit, grant), looks=None)


@router.post("/mijn-kind/{uid}/inzage")  # noqa: FAST003 - see above
@guarded(MY_CHILD)
def ask_looks(visit: Visit, grant: Grant) -> Response:
    """Show at once who looked: this is the parent's right, and asking is what the log keeps of it."""
    return page(
        visit, "pages/my_looks.html", child=compose_my_child(visit, grant), looks=compose_my_looks(visit, grant)
    )
