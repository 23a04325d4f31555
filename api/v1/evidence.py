"""Evidence from use of what a school registers, and what stands in two places, as JSON."""

from fastapi import APIRouter, Response
from pydantic import TypeAdapter

from api.schemas.evidence import DoubleKey, NotDoubleSaid, SchoolDoubles, SchoolEvidence
from api.security.access import Visit, guarded
from api.services.registrations import ruling

router = APIRouter(prefix="/api/v1/registrations", tags=["v1"])

EVIDENCE = TypeAdapter(list[SchoolEvidence])
DOUBLES = TypeAdapter(list[SchoolDoubles])
JSON = "application/json"


@router.get("/evidence", response_model=list[SchoolEvidence])
@guarded(ruling.EVIDENCE)
def evidence(visit: Visit) -> Response:
    """Per fact: what came in and from where, for whom it is filled, who read it by role, and what followed."""
    return Response(EVIDENCE.dump_json(ruling.compose_all(visit)), media_type=JSON)


@router.get("/doubles", response_model=list[SchoolDoubles])
@guarded(ruling.EVIDENCE)
def doubles(visit: Visit) -> Response:
    """What stands in two places, which one leads, and where typing can stop."""
    return Response(DOUBLES.dump_json(ruling.compose_doubles(visit)), media_type=JSON)


@router.post("/doubles/ruled-out", status_code=204)
@guarded(ruling.RULE)
def rule_out(visit: Visit, said: NotDoubleSaid) -> Response:
    """Say that a finding is no double, and why."""
    ruling.rule_out(visit, DoubleKey(**said.model_dump(exclude={"because"})), said.because)
    return Response(status_code=204)


@router.post("/doubles/ruled-out/undo", status_code=204)
@guarded(ruling.RULE)
def take_back(visit: Visit, key: DoubleKey) -> Response:
    """Say that it is a double after all."""
    ruling.take_back(visit, key)
    return Response(status_code=204)
