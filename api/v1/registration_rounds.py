"""Rounds and what comes of them, as JSON: open, close, codes, one's own voice, and the steps of what stops."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, TypeAdapter

from api.schemas.registration_changes import MadeCodes, NewCodes, NewRound
from api.schemas.registrations import Ballot, Made, NewOpinion, RoundLine, RoundPage
from api.security.access import Visit, guarded
from api.services.registrations import deciding, rounds, voting
from api.services.registrations.at import DECIDE, READ, VOTE

router = APIRouter(prefix="/api/v1/registrations", tags=["v1"])

LINES = TypeAdapter(list[RoundLine])
JSON = "application/json"


@router.get("/rounds", response_model=list[RoundLine])
@guarded(READ)
def overview(visit: Visit, school: UUID | None = None) -> Response:
    """The rounds of a school, the newest first."""
    return Response(LINES.dump_json(rounds.compose_rounds(visit, school)[1]), media_type=JSON)


@router.post("/rounds", status_code=201, response_model=Made)
@guarded(DECIDE)
def open_round(visit: Visit, new: NewRound) -> Response:
    """Lay the list, or some of it, before others until a day."""
    made = rounds.open_round(visit, new.school, new.title, new.question, new.closes_on, new.items)
    return _json(Made(id=made), 201)


@router.get("/rounds/{round_id}", response_model=RoundPage)
@guarded(READ)
def round_page(visit: Visit, round_id: UUID) -> Response:
    """A round with what each group said, side by side and without names."""
    return _json(rounds.compose_round(visit, round_id))


@router.post("/rounds/{round_id}/close", status_code=204)
@guarded(DECIDE)
def close(visit: Visit, round_id: UUID) -> Response:
    """End a round before its last day."""
    rounds.close(visit, round_id)
    return Response(status_code=204)


@router.post("/rounds/{round_id}/codes", status_code=201, response_model=MadeCodes)
@guarded(DECIDE)
def make_codes(visit: Visit, round_id: UUID, new: NewCodes) -> Response:
    """Make codes for people without an account; they are shown in this answer and never again."""
    made = rounds.make_codes(visit, round_id, new.voice, new.seats, new.count)
    shown = MadeCodes(codes=made, seats=new.seats, address=f"{visit.kit.settings.public_url}/meepraten")
    return _json(shown, 201)


@router.get("/rounds/{round_id}/ballot", response_model=Ballot)
@guarded(VOTE)
def ballot(visit: Visit, round_id: UUID) -> Response:
    """The questions of a round with what you said so far."""
    return _json(voting.compose_ballot(visit, round_id))


@router.post("/rounds/{round_id}/opinions", status_code=204)
@guarded(VOTE)
def vote(visit: Visit, round_id: UUID, opinion: NewOpinion) -> Response:
    """Say what you think of one item, for the group you speak for."""
    voting.vote(visit, round_id, [opinion])
    return Response(status_code=204)


@router.post("/steps/{step_id}/done", status_code=204)
@guarded(DECIDE)
def tick(visit: Visit, step_id: UUID) -> Response:
    """Say that a step was done; the first to say so is named."""
    deciding.tick(visit, step_id)
    return Response(status_code=204)


@router.delete("/steps/{step_id}/done", status_code=204)
@guarded(DECIDE)
def untick(visit: Visit, step_id: UUID) -> Response:
    """Say that a step was not done after all."""
    deciding.untick(visit, step_id)
    return Response(status_code=204)


def _json(shown: BaseModel, status: int = 200) -> Response:
    return Response(shown.model_dump_json(), status, media_type=JSON)
