"""Absence of the day as JSON."""

from datetime import date

from fastapi import APIRouter, Response

from api.schemas.absence import AbsencePage, Changes, Kept
from api.security.access import ABSENCE, Visit, guarded
from api.services import absence
from models.queries.scope import GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/groups/{uid}/absences", response_model=AbsencePage)  # noqa: FAST003 - the guard makes it a grant
@guarded(ABSENCE)
def of_day(visit: Visit, group: GroupGrant, day: date | None = None) -> Response:
    """Who of the group is not here on a day: today, or at most a week back."""
    return Response(absence.compose(visit, group, day).model_dump_json(), media_type="application/json")


@router.post("/groups/{uid}/absences", response_model=Kept)  # noqa: FAST003 - see above
@guarded(ABSENCE)
def keep(visit: Visit, group: GroupGrant, wanted: Changes) -> Response:
    """Say who is not here; a child of whom someone else wrote since `seen` is not changed and comes back as overtaken.

    The marks of a child replace all that was typed of that day; what a source delivered stays.
    """
    kept = absence.keep(visit, group, wanted.day, wanted.changes)
    return Response(kept.model_dump_json(), media_type="application/json")
