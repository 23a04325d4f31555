"""Changing the list of a school as JSON: begin, own items, the timer, and what the school is for."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import TypeAdapter

from api.schemas.registration_changes import (
    AboutFacts,
    NewList,
    NewOwnItem,
    NewPurpose,
    NewRun,
    OtherWords,
    Serves,
)
from api.schemas.registrations import Made, PurposeGroup
from api.security.access import Visit, guarded
from api.services.registrations import changing, purposes
from api.services.registrations.at import DECIDE, READ, WORK

router = APIRouter(prefix="/api/v1/registrations", tags=["v1"])

GROUPS = TypeAdapter(list[PurposeGroup])
JSON = "application/json"
ITEM = "/items/{registration_id}"


@router.post("/begin", status_code=204)
@guarded(DECIDE)
def begin(visit: Visit, new: NewList) -> Response:
    """Put on the list what the sources of the school deliver, with our words for what the school is for."""
    changing.start(visit, new.school)
    return Response(status_code=204)


@router.post("/items/own", status_code=201, response_model=Made)
@guarded(WORK)
def add_own(visit: Visit, new: NewOwnItem) -> Response:
    """Put an item of the school's own on the list."""
    return _made(changing.add_own(visit, new.school, new.name, new.what, new.facts))


@router.put(f"{ITEM}/facts", status_code=204)
@guarded(WORK)
def tie(visit: Visit, registration_id: UUID, about: AboutFacts) -> Response:
    """Say what an item of the school's own is about, so that the use of it is counted."""
    changing.tie(visit, registration_id, about.facts)
    return Response(status_code=204)


@router.delete(ITEM, status_code=204)
@guarded(DECIDE)
def take_off(visit: Visit, registration_id: UUID) -> Response:
    """Take an item off the list; its decisions stay in the log."""
    changing.take_off(visit, registration_id)
    return Response(status_code=204)


@router.delete(f"{ITEM}/work/{{work_id}}", status_code=204)
@guarded(WORK)
def drop_work(visit: Visit, registration_id: UUID, work_id: UUID) -> Response:
    """Take back who does it, with what was measured."""
    changing.drop_work(visit, registration_id, work_id)
    return Response(status_code=204)


@router.post(f"{ITEM}/work/{{work_id}}/runs", status_code=204)
@guarded(WORK)
def measured(visit: Visit, registration_id: UUID, work_id: UUID, run: NewRun) -> Response:
    """Keep one run of the timer; the clock itself runs with who measures."""
    changing.measured(visit, registration_id, work_id, run.took)
    return Response(status_code=204)


@router.put(f"{ITEM}/purposes", status_code=204)
@guarded(WORK)
def serve(visit: Visit, registration_id: UUID, serves: Serves) -> Response:
    """Say which purposes an item serves."""
    changing.serve(visit, registration_id, serves.purposes)
    return Response(status_code=204)


@router.get("/purposes", response_model=list[PurposeGroup])
@guarded(READ)
def overview(visit: Visit, school: UUID | None = None) -> Response:
    """What the school is for, per group of people."""
    return Response(GROUPS.dump_json(purposes.compose_purposes(visit, school)[1]), media_type=JSON)


@router.post("/purposes", status_code=201, response_model=Made)
@guarded(DECIDE)
def add_purpose(visit: Visit, new: NewPurpose) -> Response:
    """Add what the school is for."""
    return _made(purposes.add(visit, new.school, new.stakeholder, new.body))


@router.put("/purposes/{purpose_id}", status_code=204)
@guarded(DECIDE)
def reword(visit: Visit, purpose_id: UUID, words: OtherWords) -> Response:
    """Say a purpose in other words."""
    purposes.reword(visit, purpose_id, words.body)
    return Response(status_code=204)


@router.delete("/purposes/{purpose_id}", status_code=204)
@guarded(DECIDE)
def drop_purpose(visit: Visit, purpose_id: UUID) -> Response:
    """Take a purpose away."""
    purposes.drop(visit, purpose_id)
    return Response(status_code=204)


def _made(uid: UUID) -> Response:
    return Response(Made(id=uid).model_dump_json(), 201, media_type=JSON)
