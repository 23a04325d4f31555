"""/groep/{uid}/verzuim: who of the group is not here today."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.db import reading
from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.absence import AbsenceForm, AbsencePage, Overtaken
from api.security.access import ABSENCE, Visit, guarded
from api.services import absence
from models.queries.scope import GroupGrant
from models.vocabulary import AbsenceReason

router = APIRouter(include_in_schema=False)

INCOMPLETE = "Er ontbreekt iets in wat u verstuurde. Er is niets bewaard; laad de bladzijde opnieuw."
REASONS = {
    AbsenceReason.ILL: "z",
    AbsenceReason.DOCTOR: "d",
    AbsenceReason.LEAVE: "v",
    AbsenceReason.LATE: "l",
    AbsenceReason.UNAUTHORISED: "o",
}
"""With the key that sets it."""


@router.get("/groep/{uid}/verzuim")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(ABSENCE)
def of_day(visit: Visit, group: GroupGrant, dag: date | None = None) -> Response:
    return _shown(visit, absence.compose(visit, group, dag))


@router.post("/groep/{uid}/verzuim")  # noqa: FAST003 - see above
@guarded(ABSENCE)
def keep(visit: Visit, group: GroupGrant, form: Annotated[AbsenceForm, Form()], dag: date | None = None) -> Response:
    """Keep what was changed on the page, by who has no script or pressed the button."""
    try:
        changes = form.changes()
    except ValueError:
        raise ForPeopleError(INCOMPLETE) from None
    kept = absence.keep(visit, group, dag or visit.today, changes)
    if not kept.overtaken:
        return go(f"{visit.request.url.path}?dag={dag or visit.today}")
    with reading(visit.kit.engine) as connection:
        return _shown(visit, absence.compose(visit, group, dag, connection), kept.overtaken)


def _shown(visit: Visit, shown: AbsencePage, overtaken: list[Overtaken] | None = None) -> Response:
    return page(visit, "pages/absence.html", page=shown, reasons=REASONS, overtaken=overtaken or [])
