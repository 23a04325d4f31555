"""/groep/{uid}/invalkaart: the card of today, and giving a colleague the group for today."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.security.access import READ, STANDING_IN, SUBSTITUTE_CARD, Visit, guarded
from api.services import standing_in
from api.services.substitute import compose_card
from models.queries.scope import GroupGrant

router = APIRouter(include_in_schema=False)

PRINTED = "printed"


@router.get("/groep/{uid}/invalkaart")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(SUBSTITUTE_CARD)
def card(visit: Visit, group: GroupGrant) -> Response:
    return _card(visit, group, READ)


@router.post("/groep/{uid}/invalkaart")  # noqa: FAST003 - see above
@guarded(SUBSTITUTE_CARD)
def printed(visit: Visit, group: GroupGrant) -> Response:
    """The same card, ready for the printer: that it goes on paper is another line in the log of each child."""
    return _card(visit, group, PRINTED)


@router.get("/groep/{uid}/invaller")  # noqa: FAST003 - see above
@guarded(STANDING_IN)
def colleagues(visit: Visit, group: GroupGrant) -> Response:
    return page(visit, "pages/standing_in.html", page=standing_in.compose(visit, group))


@router.post("/groep/{uid}/invaller")  # noqa: FAST003 - see above
@guarded(STANDING_IN)
def give(visit: Visit, group: GroupGrant, account: Annotated[UUID, Form()]) -> Response:
    standing_in.give(visit, group, account)
    return go(f"/groep/{visit.request.path_params['uid']}/invaller")


@router.post("/groep/{uid}/invaller/terug")  # noqa: FAST003 - see above
@guarded(STANDING_IN)
def take_back(visit: Visit, group: GroupGrant, account: Annotated[UUID, Form()]) -> Response:
    standing_in.take_back(visit, group, account)
    return go(f"/groep/{visit.request.path_params['uid']}/invaller")


def _card(visit: Visit, group: GroupGrant, action: str) -> Response:
    may_give = bool(standing_in.GIVERS & visit.scope.roles)
    shown = compose_card(visit, group, action)
    return page(visit, "pages/substitute_card.html", card=shown, may_give=may_give, to_paper=action == PRINTED)
