"""Instruction groups as JSON; the grid of a group stands with the groups in people.py."""

from fastapi import APIRouter, Response

from api.schemas.group import Instruction, Moved, Moves
from api.security.access import GROUP_LIST, Visit, guarded
from api.services.group import placing
from models.queries.scope import GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/groups/{uid}/instruction/{subject}", response_model=Instruction)  # noqa: FAST003 - the guard takes the id
@guarded(GROUP_LIST)
def instruction(visit: Visit, group: GroupGrant, subject: str) -> Response:
    """In which instruction group each child works for a subject, since when, and what is proposed and why."""
    return _json(placing.compose_instruction(visit, group, subject).model_dump_json())


@router.post("/groups/{uid}/instruction/{subject}", response_model=Moved)  # noqa: FAST003 - see above
@guarded(GROUP_LIST)
def place(visit: Visit, group: GroupGrant, subject: str, wanted: Moves) -> Response:
    """Move children; one whom someone else moved since `seen` is not moved and comes back as overtaken."""
    return _json(placing.place(visit, group, subject, wanted.moves).model_dump_json())


def _json(content: str) -> Response:
    return Response(content, media_type="application/json")
