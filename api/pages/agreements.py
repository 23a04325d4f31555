"""Agreements and goals: making one, ticking it off, answering a goal; each on a small page of its own.

The signal that an agreement answers comes in the body of a POST: it does not stand in an address.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response
from pydantic import ValidationError

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.agreements import Answered, Ended, NewAgreement
from api.security.access import AGREEMENT, AGREEMENT_OF_GROUP, GOAL, Visit, guarded
from api.services import agreements, goals
from api.services.named import NamedError, ask_about_names
from models.queries.scope import Grant, GroupGrant
from models.queries.whose import AnyGrant
from models.vocabulary import AgreementOutcome, GoalAnswer

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=2000)]


@router.get("/kind/{uid}/afspraak")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(AGREEMENT)
def listed(visit: Visit, grant: Grant) -> Response:
    return _list(visit, grant)


@router.post("/kind/{uid}/afspraak")  # noqa: FAST003 - see above
@guarded(AGREEMENT)
def make(  # noqa: PLR0913, PLR0917 - the fields of the form
    visit: Visit,
    grant: Grant,
    agreement: Annotated[UUID | None, Form()] = None,
    body: Text = "",
    who: Annotated[UUID | None, Form()] = None,
    due: Annotated[date | None, Form()] = None,
    signal: Annotated[str | None, Form(max_length=450)] = None,
    named: Annotated[bool, Form()] = False,  # noqa: FBT002 - a tick of the form
) -> Response:
    """Without the id of the form it is the same form, about a signal that the agreement will answer."""
    if agreement is None:
        return _list(visit, grant, signal)
    try:
        new = NewAgreement(body=body.strip(), who=who, due_on=due, id=agreement, signal=signal or None)
        if not named:
            ask_about_names(visit, grant, new.body)
        agreements.make(visit, grant, new)
    except (ForPeopleError, ValidationError) as wrong:
        typed = {"agreement": agreement, "body": body, "who": who, "due": due}
        problem = wrong if isinstance(wrong, ForPeopleError) else "Schrijf in één of twee zinnen wat u afspreekt."
        return _list(visit, grant, signal, problem, typed)
    return go(f"/kind/{visit.request.path_params['uid']}#ondersteuning")


@router.get("/kind/{uid}/afspraak/{agreement_id}")  # noqa: FAST003 - see above
@guarded(AGREEMENT)
def one(visit: Visit, grant: Grant, agreement_id: UUID) -> Response:
    return _one(visit, grant, agreement_id)


@router.post("/kind/{uid}/afspraak/{agreement_id}")  # noqa: FAST003 - see above
@guarded(AGREEMENT)
def close(
    visit: Visit, grant: Grant, agreement_id: UUID, outcome: Annotated[AgreementOutcome, Form()], body: Text = ""
) -> Response:
    return _close(visit, grant, agreement_id, outcome, body)


@router.get("/groep/{uid}/afspraak/{agreement_id}")  # noqa: FAST003 - see above
@guarded(AGREEMENT_OF_GROUP)
def one_of_group(visit: Visit, group: GroupGrant, agreement_id: UUID) -> Response:
    return _one(visit, group, agreement_id)


@router.post("/groep/{uid}/afspraak/{agreement_id}")  # noqa: FAST003 - see above
@guarded(AGREEMENT_OF_GROUP)
def close_of_group(
    visit: Visit, group: GroupGrant, agreement_id: UUID, outcome: Annotated[AgreementOutcome, Form()], body: Text = ""
) -> Response:
    return _close(visit, group, agreement_id, outcome, body)


@router.get("/kind/{uid}/doel/{goal_id}")  # noqa: FAST003 - see above
@guarded(GOAL)
def goal(visit: Visit, grant: Grant, goal_id: UUID) -> Response:
    return _goal(visit, grant, goal_id)


@router.post("/kind/{uid}/doel/{goal_id}")  # noqa: FAST003 - see above
@guarded(GOAL)
def answer(
    visit: Visit, grant: Grant, goal_id: UUID, answer: Annotated[GoalAnswer, Form()], because: Text = ""
) -> Response:
    try:
        goals.answer(visit, grant, goal_id, Answered.model_construct(answer=answer, because=because))
    except ForPeopleError as problem:
        return _goal(visit, grant, goal_id, problem, because)
    return go(_back(visit, "kind"))


def _close(visit: Visit, grant: AnyGrant, uid: UUID, outcome: AgreementOutcome, body: str) -> Response:
    try:
        agreements.close(visit, grant, uid, Ended.model_construct(outcome=outcome, body=body))
    except ForPeopleError as problem:
        return _one(visit, grant, uid, problem, body)
    return go(_back(visit, "kind" if isinstance(grant, Grant) else "groep"))


def _back(visit: Visit, place: str) -> str:
    """Where they most likely came from: who stands before a group from Vandaag, another from the child or group."""
    return "/vandaag" if visit.scope.group_ids else f"/{place}/{visit.request.path_params['uid']}"


def _list(
    visit: Visit,
    grant: Grant,
    signal: str | None = None,
    problem: Exception | str | None = None,
    typed: dict[str, object] | None = None,
) -> Response:
    shown = agreements.compose_list(visit, grant, signal or None)
    status = 422 if problem else 200
    more = {"problem": problem, "asks_names": isinstance(problem, NamedError), "typed": typed or {}}
    return page(visit, "pages/agreements.html", status, page=shown, **more)


def _one(visit: Visit, grant: AnyGrant, uid: UUID, problem: ForPeopleError | None = None, typed: str = "") -> Response:
    shown = agreements.compose_one(visit, grant, uid)
    status = 422 if problem else 200
    return page(visit, "pages/agreement.html", status, page=shown, problem=problem, typed=typed)


def _goal(visit: Visit, grant: Grant, uid: UUID, problem: ForPeopleError | None = None, typed: str = "") -> Response:
    shown = goals.compose_goal(visit, grant, uid)
    return page(visit, "pages/goal.html", 422 if problem else 200, page=shown, problem=problem, typed=typed)
