"""Agreements about a child or a group and the goals of a child, as JSON."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.schemas.agreements import (
    AgreementId,
    AgreementPage,
    AgreementsPage,
    Answered,
    Ended,
    GoalPage,
    NewAgreement,
)
from api.security.access import AGREEMENT, AGREEMENT_OF_GROUP, GOAL, Visit, guarded
from api.services import agreements as service
from api.services import goals
from models.queries.scope import Grant, GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/pupils/{uid}/agreements", response_model=AgreementsPage)  # noqa: FAST003 - the guard makes it a grant
@guarded(AGREEMENT)
def agreements(visit: Visit, grant: Grant) -> Response:
    """What is agreed about this child and still open."""
    return _json(service.compose_list(visit, grant))


@router.post("/pupils/{uid}/agreements", status_code=201, response_model=AgreementId)  # noqa: FAST003 - see above
@guarded(AGREEMENT)
def make(visit: Visit, grant: Grant, agreement: NewAgreement) -> Response:
    """Agree on something; sent twice with the same id it is made once."""
    return _json(AgreementId(id=service.make(visit, grant, agreement)), 201)


@router.get("/pupils/{uid}/agreements/{agreement_id}", response_model=AgreementPage)  # noqa: FAST003 - see above
@guarded(AGREEMENT)
def agreement(visit: Visit, grant: Grant, agreement_id: UUID) -> Response:
    """One agreement about this child, and how it ended."""
    return _json(service.compose_one(visit, grant, agreement_id))


@router.post("/pupils/{uid}/agreements/{agreement_id}/outcome", status_code=204)  # noqa: FAST003 - see above
@guarded(AGREEMENT)
def close(visit: Visit, grant: Grant, agreement_id: UUID, ended: Ended) -> Response:
    """Say how an agreement ended, once."""
    service.close(visit, grant, agreement_id, ended)
    return Response(status_code=204)


@router.get("/groups/{uid}/agreements/{agreement_id}", response_model=AgreementPage)  # noqa: FAST003 - see above
@guarded(AGREEMENT_OF_GROUP)
def agreement_of_group(visit: Visit, group: GroupGrant, agreement_id: UUID) -> Response:
    """One agreement about this group as a whole, and how it ended."""
    return _json(service.compose_one(visit, group, agreement_id))


@router.post("/groups/{uid}/agreements/{agreement_id}/outcome", status_code=204)  # noqa: FAST003 - see above
@guarded(AGREEMENT_OF_GROUP)
def close_of_group(visit: Visit, group: GroupGrant, agreement_id: UUID, ended: Ended) -> Response:
    """Say how an agreement with the group ended, once."""
    service.close(visit, group, agreement_id, ended)
    return Response(status_code=204)


@router.get("/pupils/{uid}/goals/{goal_id}", response_model=GoalPage)  # noqa: FAST003 - see above
@guarded(GOAL)
def goal(visit: Visit, grant: Grant, goal_id: UUID) -> Response:
    """One goal in the child's own words, and what the school answered."""
    return _json(goals.compose_goal(visit, grant, goal_id))


@router.post("/pupils/{uid}/goals/{goal_id}/answer", status_code=204)  # noqa: FAST003 - see above
@guarded(GOAL)
def answer(visit: Visit, grant: Grant, goal_id: UUID, answered: Answered) -> Response:
    """Answer a goal, once; partly and not now want a reason."""
    goals.answer(visit, grant, goal_id, answered)
    return Response(status_code=204)


def _json(shown: BaseModel, status: int = 200) -> Response:
    return Response(shown.model_dump_json(), status, media_type="application/json")
