"""The page of a group and the sheet of a child."""

from fastapi import APIRouter, Response

from api.pages.respond import page
from api.security.access import CHILD_SHEET, GROUP_LIST, Visit, guarded
from api.services.groups import compose_group
from api.services.sheet import compose_sheet
from models.queries.scope import Grant, GroupGrant

router = APIRouter(include_in_schema=False)


@router.get("/groep/{uid}")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(GROUP_LIST)
def group(visit: Visit, group: GroupGrant) -> Response:
    return page(visit, "pages/group.html", group=compose_group(visit, group))


@router.get("/kind/{uid}")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(CHILD_SHEET)
def sheet(visit: Visit, grant: Grant) -> Response:
    return page(visit, "pages/sheet.html", sheet=compose_sheet(visit.connection, grant, visit.today, visit.now))
