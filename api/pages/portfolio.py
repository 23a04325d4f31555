"""The portfolio at school and for parents, its images, and consent of parents. The child's own: api/pages/own.py."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response, UploadFile
from pydantic import ValidationError

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.portfolio import NewPiece, PortfolioPage
from api.security.access import PORTFOLIO, PORTFOLIO_CONSENT, PORTFOLIO_IMAGE, PORTFOLIO_OF_PARENT, Visit, guarded
from api.services.portfolio import consent, pieces
from models.queries.scope import Grant
from models.vocabulary import ConsentPurpose, PieceKind

router = APIRouter(include_in_schema=False)

NO_TITLE = "Geef het een naam van hooguit 120 tekens, en schrijf er hooguit 1000 tekens bij."


@router.get("/kind/{uid}/portfolio")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(PORTFOLIO)
def portfolio(visit: Visit, grant: Grant) -> Response:
    return _page(visit, pieces.compose(visit, grant))


@router.post("/kind/{uid}/portfolio")  # noqa: FAST003 - see above
@guarded(PORTFOLIO)
def add(  # noqa: PLR0913 - the fields of the form
    visit: Visit,
    grant: Grant,
    *,
    kind: Annotated[PieceKind, Form()],
    title: Annotated[str, Form(max_length=400)] = "",
    body: Annotated[str, Form(max_length=4000)] = "",
    link: Annotated[str, Form(max_length=400)] = "",
    outside: Annotated[bool, Form()] = False,
    goal: Annotated[str, Form(max_length=36)] = "",
    file: UploadFile | None = None,
) -> Response:
    try:
        pieces.add(visit, grant, wanted(kind, title, body, link, goal, outside=outside), content_of(file))
    except ForPeopleError as problem:
        return _page(visit, pieces.compose(visit, grant), problem, {"title": title, "body": body, "link": link})
    return go(visit.request.url.path)


@router.post("/kind/{uid}/portfolio/{piece_id}/weg")  # noqa: FAST003 - see above
@guarded(PORTFOLIO)
def remove(visit: Visit, grant: Grant, piece_id: UUID) -> Response:
    pieces.remove(visit, grant, piece_id)
    return go(f"/kind/{visit.request.path_params['uid']}/portfolio")


@router.get("/kind/{uid}/portfolio/{piece_id}/beeld")  # noqa: FAST003 - see above
@guarded(PORTFOLIO_IMAGE)
def image(visit: Visit, grant: Grant, piece_id: UUID, *, klein: bool = False) -> Response:
    return picture(pieces.image(visit, grant, piece_id, is_small=klein))


@router.get("/mijn-kind/{uid}/portfolio")  # noqa: FAST003 - see above
@guarded(PORTFOLIO_OF_PARENT)
def of_parent(visit: Visit, grant: Grant) -> Response:
    return page(visit, "pages/portfolio_parent.html", portfolio=pieces.compose(visit, grant))


@router.get("/mijn-kind/{uid}/toestemming")  # noqa: FAST003 - see above
@guarded(PORTFOLIO_CONSENT)
def allows(visit: Visit, grant: Grant, gezegd: str = "") -> Response:
    return page(visit, "pages/consent.html", consent=consent.compose(visit, grant), is_kept=bool(gezegd))


@router.post("/mijn-kind/{uid}/toestemming")  # noqa: FAST003 - see above
@guarded(PORTFOLIO_CONSENT)
def say(
    visit: Visit, grant: Grant, purpose: Annotated[ConsentPurpose, Form()], given: Annotated[bool, Form()]
) -> Response:
    consent.say(visit, grant, purpose, is_given=given)
    return go(f"{visit.request.url.path}?gezegd=ja")


def wanted(kind: PieceKind, title: str, body: str, link: str, goal: str, *, outside: bool) -> NewPiece:
    """Bring the fields of a form together; `ForPeopleError` for what is too long or empty."""
    try:
        return NewPiece.model_validate(
            {"kind": kind, "title": title.strip(), "body": body.strip(), "link": link.strip()}
            | {"is_outside_school": outside, "goal": goal or None}
        )
    except ValidationError:
        raise ForPeopleError(NO_TITLE) from None


def content_of(file: UploadFile | None) -> bytes:
    """Read what was sent along; its name and what it says to be are not looked at."""
    return file.file.read() if file is not None else b""


def picture(content: bytes) -> Response:
    """Answer an image of our own making; kept nowhere on the way."""
    headers = {"Cache-Control": "private, no-store", "Content-Disposition": "inline"}
    return Response(content, media_type="image/jpeg", headers=headers)


def _page(
    visit: Visit, shown: PortfolioPage, problem: ForPeopleError | None = None, typed: dict[str, str] | None = None
) -> Response:
    status = 422 if problem else 200
    kinds = list(PieceKind)
    return page(visit, "pages/portfolio.html", status, page=shown, problem=problem, typed=typed or {}, kinds=kinds)
