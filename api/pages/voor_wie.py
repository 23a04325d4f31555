"""Who may see what and why: the matrix for everyone who is signed in, and the people who can see one child."""

from fastapi import APIRouter, Response

from api.pages.respond import page
from api.security.access import SIGNED_IN, WHO_CAN_SEE, Visit, guarded
from api.services.voor_wie import compose_matrix, compose_who
from models.queries.scope import Grant

router = APIRouter(include_in_schema=False)


@router.get("/voor-wie")
@guarded(SIGNED_IN)
def matrix(visit: Visit) -> Response:
    return page(visit, "pages/voor_wie.html", matrix=compose_matrix(visit.scope.held))


@router.get("/kind/{uid}/wie")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(WHO_CAN_SEE)
def who(visit: Visit, grant: Grant) -> Response:
    return page(visit, "pages/wie.html", who=compose_who(visit, grant))
