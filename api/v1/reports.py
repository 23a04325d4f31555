"""Reports as JSON: what the pages show and take, for school, parents and the child."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from api.schemas.meetings import Planned
from api.schemas.reports import FormPage, GroupReports, NewForm, NewRelease, NewReports, OwnReports, Released, Report
from api.security.access import OWN_REPORT, REPORT_CARD, REPORT_FORM, REPORTS_OF_GROUP, Visit, guarded
from api.services.reports import reading, writing
from models.queries.scope import Grant, GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/report-form", response_model=FormPage)
@guarded(REPORT_FORM)
def form(visit: Visit) -> Response:
    """Which blocks the school's report has, and in which order."""
    return _json(writing.form_page(visit))


@router.put("/report-form", status_code=204)
@guarded(REPORT_FORM)
def save_form(visit: Visit, form: NewForm) -> Response:
    """Choose the blocks and their order; reports that were released keep theirs."""
    writing.save_form(visit, form)
    return Response(status_code=204)


@router.get("/groups/{uid}/reports", response_model=GroupReports)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(REPORTS_OF_GROUP)
def of_group(visit: Visit, group: GroupGrant, title: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The reports of a group with one title, and what was written for each child."""
    return _json(reading.compose_group(visit, group, title))


@router.put("/groups/{uid}/reports", response_model=Planned)  # noqa: FAST003 - see above
@guarded(REPORTS_OF_GROUP)
def save(visit: Visit, group: GroupGrant, new: NewReports) -> Response:
    """Keep what was written for these children; says of how many it changed."""
    return _json(Planned(planned=writing.save(visit, group, new)))


@router.post("/groups/{uid}/reports/release", response_model=Released)  # noqa: FAST003 - see above
@guarded(REPORTS_OF_GROUP)
def release(visit: Visit, group: GroupGrant, new: NewRelease) -> Response:
    """Release the reports that have words, as they are now, for parents from that day on."""
    return _json(writing.release(visit, group, new))


@router.get("/pupils/{uid}/reports/{report_id}", response_model=Report)  # noqa: FAST003 - see above
@guarded(REPORT_CARD)
def report(visit: Visit, grant: Grant, report_id: UUID) -> Response:
    """One report, as it was released or else as it would be now."""
    return _json(reading.compose_report(visit, grant, report_id))


@router.get("/my-children/{uid}/reports", response_model=OwnReports)  # noqa: FAST003 - see above
@guarded(OWN_REPORT)
def own_list(visit: Visit, grant: Grant) -> Response:
    """For a parent or the child: the reports that may be read today."""
    return _json(reading.own_reports(visit, grant))


@router.get("/my-children/{uid}/reports/{report_id}", response_model=Report)  # noqa: FAST003 - see above
@guarded(OWN_REPORT)
def own_report(visit: Visit, grant: Grant, report_id: UUID) -> Response:
    """For a parent or the child: one report, as it was on the day of release."""
    return _json(reading.compose_own(visit, grant, report_id))


def _json(content: BaseModel) -> Response:
    return Response(content.model_dump_json(), media_type="application/json")
