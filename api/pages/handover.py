"""/kind/{uid}/overdracht and /groep/{uid}/overdracht: a page per child for who gets them next year."""

from fastapi import APIRouter, Response

from api.pages.respond import page
from api.security.access import HANDOVER, HANDOVER_GROUP, Visit, guarded
from api.services.handover import compose_group, compose_page
from models.queries.scope import Grant, GroupGrant

router = APIRouter(include_in_schema=False)


@router.get("/kind/{uid}/overdracht")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(HANDOVER)
def child(visit: Visit, grant: Grant) -> Response:
    return page(visit, "pages/handover.html", pages=[compose_page(visit, grant)], group=None)


@router.get("/groep/{uid}/overdracht")  # noqa: FAST003 - see above
@guarded(HANDOVER_GROUP)
def overview(visit: Visit, group: GroupGrant) -> Response:
    return page(visit, "pages/handover_group.html", page=compose_group(visit, group))


@router.post("/groep/{uid}/overdracht")  # noqa: FAST003 - see above
@guarded(HANDOVER_GROUP)
def printed(visit: Visit, group: GroupGrant) -> Response:
    """All pages in one run, ready for the printer; each child's log says so."""
    shown = compose_group(visit, group, "printed")
    return page(visit, "pages/handover.html", pages=shown.children, group=shown)
