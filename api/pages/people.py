"""The sheet of a child."""

from fastapi import APIRouter, Response

from api.pages.respond import go, page
from api.security.access import CHILD_SHEET, HANDOVER, PORTFOLIO, WITH_CHILDREN, Visit, guarded
from api.services.agreements import may_agree
from api.services.note_wordings import writer
from api.services.points import may_add
from api.services.reason import log_opened
from api.services.sheet import compose_sheet
from models.queries.scope import Grant
from models.rules.access import Kind
from models.vocabulary import Role

router = APIRouter(include_in_schema=False)


@router.get("/kind/{uid}")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(CHILD_SHEET)
def sheet(visit: Visit, grant: Grant) -> Response:
    if grant.role is Role.PARENT:
        return go(f"/mijn-kind/{visit.request.path_params['uid']}")
    if grant.role is Role.PUPIL:
        return go("/ik")
    sheet = compose_sheet(visit.connection, grant, visit.today, visit.now, writer(visit))
    return page(
        visit,
        "pages/sheet.html",
        sheet=sheet,
        links=_links(grant),
        looks=Kind.ACCESS_LOG in grant.kinds,
        opened=log_opened(visit, grant),
        may_add=may_add(grant),
        may_agree=grant.role in WITH_CHILDREN and may_agree(grant),
    )


def _links(grant: Grant) -> list[tuple[str, str]]:
    """What this reader can open of the child beside the sheet, as the end of the path and the words."""
    may = {
        ("bespreken", "Bespreken"): Kind.NOTES in grant.kinds and grant.role in WITH_CHILDREN,
        ("gesprek", "Oudergesprek"): Kind.TALKS in grant.kinds and grant.role in WITH_CHILDREN,
        ("portfolio", "Portfolio"): Kind.PORTFOLIO in grant.kinds and grant.role in PORTFOLIO.roles,
        ("nood", "Noodkaart"): Kind.EMERGENCY_CARD in grant.kinds,
        ("contact", "Contact"): Kind.IDENTITY in grant.kinds,
        ("gezag", "Gezag"): Kind.IDENTITY in grant.writes,
        ("overdracht", "Overdracht"): grant.role in HANDOVER.roles and Kind.SUPPORT_PLAN in grant.kinds,
        ("reden", "Met reden"): bool(grant.opens),
    }
    return [link for link, can in may.items() if can]
