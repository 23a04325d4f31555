"""/school: the whole school for the IB'er, and for directie what the matrix gives."""

from fastapi import APIRouter, Response

from api.pages.respond import page
from api.security.access import SCHOOL_VIEW, Visit, guarded
from api.services.school_view import compose_schools

router = APIRouter(include_in_schema=False)


@router.get("/school")
@guarded(SCHOOL_VIEW)
def school(visit: Visit) -> Response:
    return page(visit, "pages/school_view.html", schools=compose_schools(visit.connection, visit.scope))
