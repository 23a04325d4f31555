"""/ik: the child's own pages; which child it is follows from who is logged in."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response, UploadFile

from api.pages.portfolio import content_of, wanted
from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.own import Judged
from api.security.access import OWN_PAGE, Visit, guarded
from api.services import goals, own
from api.services.portfolio import pieces
from models.queries.scope import Grant
from models.rules.access import Kind
from models.vocabulary import GoalJudgement, PieceKind

router = APIRouter(include_in_schema=False)


@router.get("/ik")
@guarded(OWN_PAGE)
def me(visit: Visit) -> Response:
    return _me(visit)


@router.post("/ik/doel")
@guarded(OWN_PAGE)
def state(visit: Visit, body: Annotated[str, Form(max_length=2000)] = "") -> Response:
    try:
        goals.state(visit, own.own_grant(visit, Kind.GOALS), body)
    except ForPeopleError as problem:
        return _me(visit, problem, body)
    return go("/ik")


@router.post("/ik/doel/{goal_id}")
@guarded(OWN_PAGE)
def judge(
    visit: Visit,
    goal_id: UUID,
    judgement: Annotated[GoalJudgement, Form()],
    body: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    try:
        goals.judge(
            visit, own.own_grant(visit, Kind.GOALS), goal_id, Judged.model_construct(judgement=judgement, body=body)
        )
    except ForPeopleError as problem:
        return _me(visit, problem)
    return go("/ik")


@router.get("/ik/portfolio")
@guarded(OWN_PAGE)
def portfolio(visit: Visit) -> Response:
    return _portfolio(visit, own.own_grant(visit, Kind.PORTFOLIO))


@router.post("/ik/portfolio")
@guarded(OWN_PAGE)
def add(  # noqa: PLR0913 - the fields of the form
    visit: Visit,
    *,
    kind: Annotated[PieceKind, Form()],
    title: Annotated[str, Form(max_length=400)] = "",
    body: Annotated[str, Form(max_length=4000)] = "",
    link: Annotated[str, Form(max_length=400)] = "",
    outside: Annotated[bool, Form()] = False,
    goal: Annotated[str, Form(max_length=36)] = "",
    file: UploadFile | None = None,
) -> Response:
    grant = own.own_grant(visit, Kind.PORTFOLIO)
    try:
        pieces.add(visit, grant, wanted(kind, title, body, link, goal, outside=outside), content_of(file))
    except ForPeopleError as problem:
        return _portfolio(visit, grant, problem, {"title": title, "body": body, "link": link})
    return go("/ik/portfolio")


@router.post("/ik/portfolio/{piece_id}/weg")
@guarded(OWN_PAGE)
def remove(visit: Visit, piece_id: UUID) -> Response:
    pieces.remove(visit, own.own_grant(visit, Kind.PORTFOLIO), piece_id)
    return go("/ik/portfolio")


def _me(visit: Visit, problem: ForPeopleError | None = None, typed: str = "") -> Response:
    shown, status = own.compose(visit), 422 if problem else 200
    return page(
        visit, "pages/own.html", status, page=shown, problem=problem, typed=typed, judgements=list(GoalJudgement)
    )


def _portfolio(
    visit: Visit, grant: Grant, problem: ForPeopleError | None = None, typed: dict[str, str] | None = None
) -> Response:
    shown, status = pieces.compose(visit, grant), 422 if problem else 200
    more = {"problem": problem, "typed": typed or {}, "kinds": list(PieceKind)}
    return page(visit, "pages/own_portfolio.html", status, page=shown, **more)
