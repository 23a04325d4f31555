"""What stands in two places and where typing can stop, and the evidence from use of every fact."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.schemas.evidence import DoubleKey
from api.security.access import Visit, guarded
from api.services.registrations import ruling

router = APIRouter(include_in_schema=False)

PATH = "/registraties/dubbel"
School = Annotated[UUID, Form()]
Fact = Annotated[str, Form(max_length=40)]
Place = Annotated[str, Form(max_length=64)]


@router.get("/registraties/gebruik")
@guarded(ruling.EVIDENCE)
def evidence(visit: Visit) -> Response:
    return page(visit, "pages/evidence.html", schools=ruling.compose_all(visit))


@router.get(PATH)
@guarded(ruling.EVIDENCE)
def doubles(visit: Visit) -> Response:
    return page(visit, "pages/doubles.html", schools=ruling.compose_doubles(visit), problem=None)


@router.post(PATH)
@guarded(ruling.RULE)
def rule_out(
    visit: Visit,
    school: School,
    fact: Fact,
    lead: Place,
    other: Place,
    because: Annotated[str, Form(max_length=300)] = "",
) -> Response:
    key = DoubleKey(school=school, fact=fact, lead=lead, other=other)
    try:
        ruling.rule_out(visit, key, because)
    except ruling.NoReasonError as problem:
        return page(visit, "pages/doubles.html", 422, schools=ruling.compose_doubles(visit), problem=problem)
    return go(PATH)


@router.post(f"{PATH}/toch")
@guarded(ruling.RULE)
def take_back(visit: Visit, school: School, fact: Fact, lead: Place, other: Place) -> Response:
    ruling.take_back(visit, DoubleKey(school=school, fact=fact, lead=lead, other=other))
    return go(PATH)
