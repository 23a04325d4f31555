"""Mijn kind as JSON: what the pages of api/pages/my_child.py show and take, for a parent."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.schemas.my_child import MyChild, MyChildren, MyLooks, WishAbout
from api.security.access import MY_CHILD, MY_CHILDREN, Visit, guarded
from api.services.my_child import compose_my_child, compose_my_children
from api.services.my_child.asking import compose_my_looks, wish_to_talk
from models.queries.scope import Grant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/my-children", response_model=MyChildren)
@guarded(MY_CHILDREN)
def children(visit: Visit) -> Response:
    """The children of whom the reader is a parent with custody, with what their school shares of each."""
    return Response(compose_my_children(visit).model_dump_json(), media_type="application/json")


@router.get("/my-children/{uid}", response_model=MyChild)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(MY_CHILD)
def child(visit: Visit, grant: Grant) -> Response:
    """One child: effort, released results with their sentence, goals, agreements, absence and talks."""
    return Response(compose_my_child(visit, grant).model_dump_json(), media_type="application/json")


@router.put("/my-children/{uid}/releases/{release_id}/wish", status_code=204)  # noqa: FAST003 - see above
@guarded(MY_CHILD)
def wish(visit: Visit, grant: Grant, release_id: UUID, wanted: WishAbout) -> Response:
    """Ask school to talk about a released result; asked again it is the same wish."""
    wish_to_talk(visit, grant, release_id, wanted.body)
    return Response(status_code=204)


@router.post("/my-children/{uid}/looks", response_model=MyLooks)  # noqa: FAST003 - see above
@guarded(MY_CHILD)
def looks(visit: Visit, grant: Grant) -> Response:
    """Ask who looked at this child in the past year; the answer is in the same reply, and asking is logged."""
    return Response(compose_my_looks(visit, grant).model_dump_json(), media_type="application/json")
