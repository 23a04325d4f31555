"""Portfolio, consent and the child's own page as JSON; an image goes by the address and the form of the page."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.schemas.own import GoalId, Judged, NewGoal, OwnPage
from api.schemas.portfolio import ConsentPage, NewConsent, NewPiece, PieceId, PortfolioPage
from api.security.access import OWN_PAGE, PORTFOLIO, PORTFOLIO_CONSENT, PORTFOLIO_IMAGE, Visit, guarded
from api.services import goals, own
from api.services.portfolio import consent, pieces
from models.queries.scope import Grant
from models.rules.access import Kind

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/pupils/{uid}/portfolio", response_model=PortfolioPage)  # noqa: FAST003 - the guard makes it a grant
@guarded(PORTFOLIO_IMAGE)
def portfolio(visit: Visit, grant: Grant) -> Response:
    """The pieces that this child chose."""
    return _json(pieces.compose(visit, grant))


@router.post("/pupils/{uid}/portfolio", status_code=201, response_model=PieceId)  # noqa: FAST003 - see above
@guarded(PORTFOLIO)
def add(visit: Visit, grant: Grant, piece: NewPiece) -> Response:
    """Add a text or a film, with the child; a photo comes in by the form of the page."""
    return _json(PieceId(id=pieces.add(visit, grant, piece)), 201)


@router.get("/pupils/{uid}/consent", response_model=ConsentPage)  # noqa: FAST003 - see above
@guarded(PORTFOLIO_CONSENT)
def allowed(visit: Visit, grant: Grant) -> Response:
    """What this parent allows; never what another said."""
    return _json(consent.compose(visit, grant))


@router.post("/pupils/{uid}/consent", status_code=204)  # noqa: FAST003 - see above
@guarded(PORTFOLIO_CONSENT)
def say(visit: Visit, grant: Grant, said: NewConsent) -> Response:
    """Say yes or no to one purpose; it counts from now on."""
    consent.say(visit, grant, said.purpose, is_given=said.is_given)
    return Response(status_code=204)


@router.get("/me/page", response_model=OwnPage)
@guarded(OWN_PAGE)
def me(visit: Visit) -> Response:
    """The own page of the child that is logged in."""
    return _json(own.compose(visit))


@router.post("/me/goals", status_code=201, response_model=GoalId)
@guarded(OWN_PAGE)
def state(visit: Visit, goal: NewGoal) -> Response:
    """Say what you want to learn, in your own words."""
    return _json(GoalId(id=goals.state(visit, own.own_grant(visit, Kind.GOALS), goal.body)), 201)


@router.post("/me/goals/{goal_id}/judgement", status_code=204)
@guarded(OWN_PAGE)
def judge(visit: Visit, goal_id: UUID, judged: Judged) -> Response:
    """Say whether your own goal was reached."""
    goals.judge(visit, own.own_grant(visit, Kind.GOALS), goal_id, judged)
    return Response(status_code=204)


@router.post("/me/portfolio", status_code=201, response_model=PieceId)
@guarded(OWN_PAGE)
def add_own(visit: Visit, piece: NewPiece) -> Response:
    """Add a text or a film of your own."""
    return _json(PieceId(id=pieces.add(visit, own.own_grant(visit, Kind.PORTFOLIO), piece)), 201)


@router.delete("/me/portfolio/{piece_id}", status_code=204)
@guarded(OWN_PAGE)
def remove(visit: Visit, piece_id: UUID) -> Response:
    """Take a piece of your own away."""
    pieces.remove(visit, own.own_grant(visit, Kind.PORTFOLIO), piece_id)
    return Response(status_code=204)


def _json(shown: BaseModel, status: int = 200) -> Response:
    return Response(shown.model_dump_json(), status, media_type="application/json")
