"""/registraties: what the school registers, what it takes and why; one item, the schema on paper, and exports."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Response
from pydantic import BaseModel, Field

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.registrations import NewWork
from api.security.access import Visit, guarded
from api.services.registrations import changing, export
from api.services.registrations import purposes as words
from api.services.registrations.at import DECIDE, READ, WORK
from api.services.registrations.detail import compose_detail, fact_choices
from api.services.registrations.page import compose_audit, compose_rest
from models.rules.registrations.hours import LONGEST
from models.vocabulary import Cadence, Counted, Doer, Stakeholder

router = APIRouter(include_in_schema=False)

LIST = "/registraties"
ITEM = "/registraties/onderdeel/{registration_id}"
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
School = Annotated[UUID | None, Form()]
Minutes = Annotated[str, Form(max_length=8)]
Facts = Annotated[list[str] | None, Form()]


class WorkForm(BaseModel):
    """Who does it and what it takes, as typed; minutes may have a comma."""

    doer: Doer
    cadence: Cadence
    counted: Counted
    system: str = Field(default="", max_length=60)
    times: int = Field(default=1, ge=1, le=200)
    amount: int = Field(default=1, ge=0, le=20000)
    low: str = Field(default="", max_length=8)
    high: str = Field(default="", max_length=8)


@router.get(LIST)
@guarded(READ)
def audit(visit: Visit, school: UUID | None = None, wat: str = "alles") -> Response:
    return page(visit, "pages/registrations.html", page=compose_audit(visit, school, wat), problem=None)


@router.get(f"{LIST}/schema")
@guarded(READ)
def schema(
    visit: Visit, school: UUID | None = None, wat: str = "alles", papier: Literal["a4", "a3"] = "a4"
) -> Response:
    shown = compose_audit(visit, school, wat)
    return page(visit, "pages/registrations_schema.html", page=shown, paper=papier)


@router.get(f"{LIST}/schema.csv")
@guarded(READ)
def as_csv(visit: Visit, school: UUID | None = None, wat: str = "alles") -> Response:
    return _file(export.as_csv(compose_audit(visit, school, wat)), "text/csv; charset=utf-8", "csv")


@router.get(f"{LIST}/schema.xlsx")
@guarded(READ)
def as_workbook(visit: Visit, school: UUID | None = None, wat: str = "alles") -> Response:
    return _file(export.as_workbook(compose_audit(visit, school, wat)), BOOK, "xlsx")


@router.post(f"{LIST}/begin")
@guarded(DECIDE)
def begin(visit: Visit, school: School = None) -> Response:
    changing.start(visit, school)
    return go(_of(LIST, school))


@router.get(f"{LIST}/meer")
@guarded(WORK)
def rest(visit: Visit, school: UUID | None = None) -> Response:
    return _rest(visit, school)


@router.post(f"{LIST}/meer")
@guarded(WORK)
def turn_on(
    visit: Visit,
    school: School = None,
    codes: Annotated[list[str] | None, Form()] = None,
    name: Annotated[str, Form(max_length=120)] = "",
    what: Annotated[str, Form(max_length=500)] = "",
    facts: Facts = None,
) -> Response:
    changing.turn_on(visit, school, codes or [])
    if name.strip():
        return go(f"/registraties/onderdeel/{changing.add_own(visit, school, name, what, facts or [])}")
    return go(_of(LIST, school))


@router.get(ITEM)
@guarded(READ)
def item(visit: Visit, registration_id: UUID) -> Response:
    return _item(visit, registration_id)


@router.post(f"{ITEM}/werk")
@guarded(WORK)
def add_work(visit: Visit, registration_id: UUID, work: Annotated[WorkForm, Form()]) -> Response:
    try:
        typed = work.model_dump() | {"low": _minutes(work.low), "high": _minutes(work.high)}
        changing.add_work(visit, registration_id, NewWork(**typed))
    except ForPeopleError as problem:
        return _item(visit, registration_id, problem)
    return go(f"/registraties/onderdeel/{registration_id}#werk")


@router.post(f"{ITEM}/werk/weg")
@guarded(WORK)
def drop_work(visit: Visit, registration_id: UUID, work: Annotated[UUID, Form()]) -> Response:
    changing.drop_work(visit, registration_id, work)
    return go(f"/registraties/onderdeel/{registration_id}#werk")


@router.post(f"{ITEM}/meting")
@guarded(WORK)
def measured(
    visit: Visit,
    registration_id: UUID,
    work: Annotated[UUID, Form()],
    minutes: Minutes = "",
    seconds: Annotated[int, Form(ge=0, le=59)] = 0,
) -> Response:
    try:
        changing.measured(visit, registration_id, work, round((_minutes(minutes) or 0) * 60) + seconds)
    except ForPeopleError as problem:
        return _item(visit, registration_id, problem)
    return go(f"/registraties/onderdeel/{registration_id}#werk")


@router.post(f"{ITEM}/dient")
@guarded(WORK)
def serve(visit: Visit, registration_id: UUID, purposes: Annotated[list[UUID] | None, Form()] = None) -> Response:
    changing.serve(visit, registration_id, purposes or [])
    return go(f"/registraties/onderdeel/{registration_id}#bedoeling")


@router.post(f"{ITEM}/feiten")
@guarded(WORK)
def tie(visit: Visit, registration_id: UUID, facts: Facts = None) -> Response:
    try:
        changing.tie(visit, registration_id, facts or [])
    except ForPeopleError as problem:
        return _item(visit, registration_id, problem)
    return go(f"/registraties/onderdeel/{registration_id}#gebruik")


@router.post(f"{ITEM}/eraf")
@guarded(DECIDE)
def take_off(visit: Visit, registration_id: UUID) -> Response:
    return go(_of(LIST, changing.take_off(visit, registration_id)))


@router.get(f"{LIST}/bedoeling")
@guarded(READ)
def purposes(visit: Visit, school: UUID | None = None) -> Response:
    chosen, groups = words.compose_purposes(visit, school)
    may = bool(visit.scope.roles & DECIDE.roles)
    return page(visit, "pages/registrations_purposes.html", school=chosen, groups=groups, may_decide=may)


@router.post(f"{LIST}/bedoeling")
@guarded(DECIDE)
def add_purpose(
    visit: Visit,
    stakeholder: Annotated[Stakeholder, Form()],
    body: Annotated[str, Form(max_length=200)] = "",
    school: School = None,
) -> Response:
    words.add(visit, school, stakeholder, body)
    return go(_of(f"{LIST}/bedoeling", school))


@router.post(f"{LIST}/bedoeling/weg")
@guarded(DECIDE)
def drop_purpose(visit: Visit, purpose: Annotated[UUID, Form()]) -> Response:
    return go(_of(f"{LIST}/bedoeling", words.drop(visit, purpose)))


@router.post(f"{LIST}/bedoeling/anders")
@guarded(DECIDE)
def reword_purpose(
    visit: Visit, purpose: Annotated[UUID, Form()], body: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    return go(_of(f"{LIST}/bedoeling", words.reword(visit, purpose, body)))


def _item(visit: Visit, uid: UUID, problem: ForPeopleError | None = None) -> Response:
    shown = compose_detail(visit, uid)
    return page(visit, "pages/registration.html", 422 if problem else 200, page=shown, problem=problem)


def _rest(visit: Visit, wanted: UUID | None) -> Response:
    school, items = compose_rest(visit, wanted)
    return page(visit, "pages/registrations_rest.html", school=school, items=items, facts=fact_choices())


def _of(path: str, school: UUID | None) -> str:
    """Stay at the school that was looked at; without one there is but one."""
    return f"{path}?school={school}" if school else path


def _minutes(typed: str) -> float | None:
    """Read "4", "2,5" or nothing; anything else is said."""
    if not typed.strip():
        return None
    try:
        minutes = float(typed.strip().replace(",", "."))
    except ValueError:
        minutes = -1
    if not 0 <= minutes <= LONGEST / 60:  # also refuses "nan"
        raise ForPeopleError("Schrijf de minuten als een getal van 0 tot 240, bijvoorbeeld 4 of 2,5.")
    return minutes


def _file(content: bytes, kind: str, ending: str) -> Response:
    name = f'attachment; filename="registraties.{ending}"'
    return Response(content, media_type=kind, headers={"Content-Disposition": name})
