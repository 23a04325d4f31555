"""Groups, sheets and names as JSON: what the page shows, no more and no less."""

from fastapi import APIRouter, Response
from pydantic import TypeAdapter

from api.schemas.custody import ContactPage
from api.schemas.group import GroupPage
from api.schemas.people import Me, PupilLink, SearchRequest
from api.schemas.sheet import GroupLink, Sheet
from api.security.access import CHILD_CONTACT, CHILD_SHEET, GROUP_LIST, SIGNED_IN, Visit, guarded
from api.services import accounts, groups
from api.services.contact import compose_contact
from api.services.group.grid import compose_group
from api.services.note_wordings import writer
from api.services.reason import log_opened
from api.services.sheet import compose_sheet
from models.queries.scope import Grant, GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])

GROUPS = TypeAdapter(list[GroupLink])
PUPILS = TypeAdapter(list[PupilLink])


@router.get("/me", response_model=Me)
@guarded(SIGNED_IN)
def me(visit: Visit) -> Response:
    """Who is signed in, with which roles."""
    return _json(accounts.me(visit).model_dump_json())


@router.get("/groups", response_model=list[GroupLink])
@guarded(SIGNED_IN)
def list_groups(visit: Visit) -> Response:
    """The groups that you can open."""
    return _json(GROUPS.dump_json(groups.list_groups(visit)))


@router.get("/groups/{uid}", response_model=GroupPage)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(GROUP_LIST)
def group(visit: Visit, group: GroupGrant) -> Response:
    """The children of a group beside what you may see of each: levels as delivered, growth, practice, agreements."""
    return _json(compose_group(visit, group).model_dump_json())


@router.get("/pupils/{uid}/sheet", response_model=Sheet)  # noqa: FAST003 - see above
@guarded(CHILD_SHEET)
def sheet(visit: Visit, grant: Grant) -> Response:
    """How a child is doing: everything that you may see on the sheet."""
    log_opened(visit, grant)
    return _json(compose_sheet(visit.connection, grant, visit.today, visit.now, writer(visit)).model_dump_json())


@router.get("/pupils/{uid}/contact", response_model=ContactPage)  # noqa: FAST003 - see above
@guarded(CHILD_CONTACT)
def contact(visit: Visit, grant: Grant) -> Response:
    """How the guardians can be reached; what you may not know has no key at all."""
    return _json(compose_contact(visit, grant).model_dump_json(exclude_none=True))


@router.post("/pupils/search", response_model=list[PupilLink])
@guarded(SIGNED_IN)
def search(visit: Visit, wanted: SearchRequest) -> Response:
    """Children whom you can open, by the beginning of a name."""
    return _json(PUPILS.dump_json(groups.search(visit, wanted.name)))


def _json(content: str | bytes) -> Response:
    return Response(content, media_type="application/json")
