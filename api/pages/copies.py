"""A copy of all that is kept of a child: a parent asks and fetches it, directie looks through it and lets it go."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.security.access import OWN_COPY, Access, Visit, guarded
from api.services import copies as service
from api.services.copy_zip import FOLDER, pack
from models.queries.scope import Grant
from models.rules.access import Kind
from models.vocabulary import Role

router = APIRouter(include_in_schema=False)

DECIDES = Access("directie", frozenset({Role.HEAD}), child=service.PAGE, needs=Kind.NAME)


@router.get("/mijn-kind/{uid}/kopie")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(OWN_COPY)
def own(visit: Visit, grant: Grant) -> Response:
    return page(visit, "pages/my_copy.html", copies=service.compose_page(visit, grant), problem="")


@router.post("/mijn-kind/{uid}/kopie")  # noqa: FAST003 - see above
@guarded(OWN_COPY)
def ask(visit: Visit, grant: Grant) -> Response:
    service.ask(visit, grant)
    return go(f"/mijn-kind/{visit.request.path_params['uid']}/kopie")


@router.get("/mijn-kind/{uid}/kopie/{copy_id}/kopie.zip")  # noqa: FAST003 - see above
@guarded(OWN_COPY)
def fetch(visit: Visit, grant: Grant, copy_id: UUID) -> Response:
    """Make the zip while it is fetched; it is kept nowhere."""
    try:
        content = service.fetch(visit, grant, copy_id)
    except ForPeopleError as problem:
        shown = service.compose_page(visit, grant)
        return page(visit, "pages/my_copy.html", 409, copies=shown, problem=str(problem))
    name = f"{FOLDER}-{visit.today:%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pack(visit, grant, content), media_type="application/zip", headers=headers)


@router.get("/kind/{uid}/kopie/{copy_id}")  # noqa: FAST003 - see above
@guarded(DECIDES)
def request(visit: Visit, grant: Grant, copy_id: UUID) -> Response:
    return _request(visit, grant, copy_id)


@router.post("/kind/{uid}/kopie/{copy_id}/doorkijken")  # noqa: FAST003 - see above
@guarded(DECIDES)
def look_through(visit: Visit, grant: Grant, copy_id: UUID) -> Response:
    """By POST: it opens what directie reads only for a reason, and is a line of its own in the log."""
    return _review(visit, grant, copy_id)


@router.post("/kind/{uid}/kopie/{copy_id}/besluit")  # noqa: FAST003 - see above
@guarded(DECIDES)
def decide(
    visit: Visit,
    grant: Grant,
    copy_id: UUID,
    *,
    choices: Annotated[list[str] | None, Form()] = None,
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    chosen = [choice for choice in choices or [] if choice]
    try:
        service.decide(visit, grant, copy_id, chosen, reason)
    except ForPeopleError as problem:
        return _review(visit, grant, copy_id, str(problem), chosen, reason)
    return go(f"/kind/{visit.request.path_params['uid']}/kopie/{copy_id}")


def _request(visit: Visit, grant: Grant, copy_id: UUID, problem: str = "") -> Response:
    line = service.compose_request(visit, grant, copy_id)
    return page(visit, "pages/copy_request.html", 409 if problem else 200, request=line, problem=problem)


def _review(
    visit: Visit, grant: Grant, copy_id: UUID, problem: str = "", chosen: list[str] | None = None, reason: str = ""
) -> Response:
    try:
        review = service.look_through(visit, grant, copy_id)
    except ForPeopleError as decided:
        return _request(visit, grant, copy_id, str(decided))
    kept = dict(choice.partition(" ")[::2] for choice in chosen or [])
    status = 422 if problem else 200
    shown = {"review": review, "problem": problem, "kept": kept, "reason": reason}
    return page(visit, "pages/copy_review.html", status, **shown)
