"""Vandaag, the teacher's home page, and the instruction tables that are made from it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.schemas.today import InstructionRequest
from api.security.access import GROUP_TEACHING, GROUP_TODAY, TODAY, Visit, guarded
from api.services.today import compose_today, instructions, named
from models.queries.scope import GroupGrant, own_groups

router = APIRouter(include_in_schema=False)


@router.get("/vandaag")
@guarded(TODAY)
def today(visit: Visit) -> Response:
    """All groups of the reader together; one of them is chosen at its own address."""
    groups = own_groups(visit.scope)
    if not groups:
        return go("/groepen")
    return page(visit, "pages/today.html", day=compose_today(visit, groups))


@router.get("/groep/{uid}/vandaag")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(GROUP_TODAY)
def today_of_group(visit: Visit, group: GroupGrant) -> Response:
    return page(visit, "pages/today.html", day=compose_today(visit, named(visit, group)))


@router.post("/groep/{uid}/instructie")  # noqa: FAST003 - see above
@guarded(GROUP_TEACHING)
def plan(
    visit: Visit,
    group: GroupGrant,
    subject: Annotated[str, Form(max_length=100)],
    objective: Annotated[str, Form(max_length=500)],
    child: Annotated[list[UUID], Form()],
) -> Response:
    instructions.make(visit, group, InstructionRequest(subject=subject, objective=objective, children=child))
    return _back(visit, group)


@router.get("/groep/{uid}/instructie/{instruction_id}")  # noqa: FAST003 - see above
@guarded(GROUP_TEACHING)
def table(visit: Visit, group: GroupGrant, instruction_id: UUID) -> Response:
    """The list to lay on the table: a title and a few names."""
    (where,) = named(visit, group).items()
    table = instructions.compose_one(visit, group, (where[0], where[1][0]), instruction_id)
    return page(visit, "pages/instruction.html", table=table)


@router.post("/groep/{uid}/instructie/{instruction_id}/gehouden")  # noqa: FAST003 - see above
@guarded(GROUP_TEACHING)
def held(visit: Visit, group: GroupGrant, instruction_id: UUID) -> Response:
    instructions.hold(visit, group, instruction_id)
    return _back(visit, group)


@router.post("/groep/{uid}/instructie/{instruction_id}/weg")  # noqa: FAST003 - see above
@guarded(GROUP_TEACHING)
def undone(visit: Visit, group: GroupGrant, instruction_id: UUID) -> Response:
    instructions.cancel(visit, group, instruction_id)
    return _back(visit, group)


def _back(visit: Visit, group: GroupGrant) -> Response:
    """To where the reader was: all own groups, or the one of somebody else."""
    is_own = any(grant.group_id == group.group_id for _, grant in own_groups(visit.scope).values())
    return go("/vandaag#werk" if is_own else f"/groep/{visit.request.path_params['uid']}/vandaag#werk")
