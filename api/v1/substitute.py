"""The substitute card of today, and giving a colleague the group for today, as JSON."""

from fastapi import APIRouter, Response

from api.schemas.substitute import Chosen, StandingIn, SubstituteCard
from api.security.access import STANDING_IN, SUBSTITUTE_CARD, Visit, guarded
from api.services import standing_in
from api.services.substitute import compose_card
from models.queries.scope import GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/groups/{uid}/substitute-card", response_model=SubstituteCard)  # noqa: FAST003 - the guard makes it a grant
@guarded(SUBSTITUTE_CARD)
def card(visit: Visit, group: GroupGrant) -> Response:
    """What a substitute needs today, and nothing else; valid for today only."""
    return Response(compose_card(visit, group).model_dump_json(), media_type="application/json")


@router.get("/groups/{uid}/stand-ins", response_model=StandingIn)  # noqa: FAST003 - see above
@guarded(STANDING_IN)
def colleagues(visit: Visit, group: GroupGrant) -> Response:
    """Which colleagues can be given this group for today."""
    return Response(standing_in.compose(visit, group).model_dump_json(), media_type="application/json")


@router.post("/groups/{uid}/stand-ins", status_code=204)  # noqa: FAST003 - see above
@guarded(STANDING_IN)
def give(visit: Visit, group: GroupGrant, chosen: Chosen) -> Response:
    """Give a colleague this group for today; tomorrow it is gone by itself."""
    standing_in.give(visit, group, chosen.account)
    return Response(status_code=204)


@router.post("/groups/{uid}/stand-ins/take-back", status_code=204)  # noqa: FAST003 - see above
@guarded(STANDING_IN)
def take_back(visit: Visit, group: GroupGrant, chosen: Chosen) -> Response:
    """Take back what was given for today."""
    standing_in.take_back(visit, group, chosen.account)
    return Response(status_code=204)
