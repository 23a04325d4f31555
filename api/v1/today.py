"""Vandaag and instruction tables as JSON: what the page shows, no more and no less."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.schemas.today import InstructionRequest, InstructionTable, Made, Today
from api.security.access import GROUP_TEACHING, GROUP_TODAY, TODAY, Visit, guarded
from api.services.today import compose_today, instructions, named
from models.queries.scope import GroupGrant, NotFoundError, own_groups

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/today", response_model=Today)
@guarded(TODAY)
def today(visit: Visit) -> Response:
    """The day of all groups that you teach."""
    groups = own_groups(visit.scope)
    if not groups:
        raise NotFoundError
    return _json(compose_today(visit, groups))


@router.get("/groups/{uid}/today", response_model=Today)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(GROUP_TODAY)
def today_of_group(visit: Visit, group: GroupGrant) -> Response:
    """The day of one group."""
    return _json(compose_today(visit, named(visit, group)))


@router.get("/groups/{uid}/instructions/{instruction_id}", response_model=InstructionTable)  # noqa: FAST003 - see above
@guarded(GROUP_TEACHING)
def table(visit: Visit, group: GroupGrant, instruction_id: UUID) -> Response:
    """One instruction: what it is about and who is asked."""
    ((uid, (name, _)),) = named(visit, group).items()
    return _json(instructions.compose_one(visit, group, (uid, name), instruction_id))


@router.post("/groups/{uid}/instructions", response_model=Made, status_code=201)  # noqa: FAST003 - see above
@guarded(GROUP_TEACHING)
def plan(visit: Visit, group: GroupGrant, wanted: InstructionRequest) -> Response:
    """Ask a few children of the group to a short instruction today."""
    return _json(Made(id=instructions.make(visit, group, wanted)), 201)


@router.post("/groups/{uid}/instructions/{instruction_id}/held", status_code=204)  # noqa: FAST003 - see above
@guarded(GROUP_TEACHING)
def held(visit: Visit, group: GroupGrant, instruction_id: UUID) -> Response:
    """Say that it was held today."""
    instructions.hold(visit, group, instruction_id)
    return Response(status_code=204)


@router.delete("/groups/{uid}/instructions/{instruction_id}", status_code=204)  # noqa: FAST003 - see above
@guarded(GROUP_TEACHING)
def undone(visit: Visit, group: GroupGrant, instruction_id: UUID) -> Response:
    """Undo it, and with it that signals were answered."""
    instructions.cancel(visit, group, instruction_id)
    return Response(status_code=204)


def _json(answer: Today | InstructionTable | Made, status: int = 200) -> Response:
    return Response(answer.model_dump_json(), status, media_type="application/json")
