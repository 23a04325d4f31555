"""The school in figures."""

from fastapi import APIRouter, Response

from api.pages.respond import page
from api.security.access import FIGURES, Visit, guarded
from api.services.figures import compose_figures

router = APIRouter(include_in_schema=False)


@router.get("/cijfers")
@guarded(FIGURES)
def figures(visit: Visit) -> Response:
    return page(visit, "pages/figures.html", schools=compose_figures(visit.connection, visit.scope))
