"""/beheer/accounts: who can log in at this school, and letting in, resetting and switching off."""

from collections.abc import Callable
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.security.access import Access, Visit, guarded
from api.services import colleagues
from api.services.administration import AccountError
from api.services.letters import Letter
from models.queries.colleagues import MANAGERS
from models.vocabulary import Role

router = APIRouter(include_in_schema=False)

MANAGING = Access("directie en beheer", MANAGERS)
HERE = "/beheer/accounts"
Chosen = Annotated[UUID, Form()]


@router.get("/beheer/accounts")
@guarded(MANAGING)
def accounts(visit: Visit) -> Response:
    return _list(visit)


@router.post("/beheer/accounts/nieuw")
@guarded(MANAGING)
def open_account(
    visit: Visit,
    name: Annotated[str, Form(max_length=100)],
    login: Annotated[str, Form(max_length=254)],
    role: Annotated[Role, Form()],
    class_group: Annotated[str, Form(max_length=64)] = "",
    until: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    try:
        last_day = date.fromisoformat(until) if until else None
    except ValueError:
        return _list(visit, 422, "Schrijf de laatste dag als jjjj-mm-dd.")
    return _letter(visit, lambda: colleagues.open_account(visit, name, login, role, class_group, last_day))


@router.post("/beheer/accounts/brief")
@guarded(MANAGING)
def invite(visit: Visit, account: Chosen) -> Response:
    return _letter(visit, lambda: colleagues.invite(visit, account))


@router.post("/beheer/accounts/opnieuw")
@guarded(MANAGING)
def reset(visit: Visit, account: Chosen) -> Response:
    return _letter(visit, lambda: colleagues.reset(visit, account))


@router.post("/beheer/accounts/uit")
@guarded(MANAGING)
def switch_off(visit: Visit, account: Chosen) -> Response:
    return _done(visit, lambda: colleagues.switch(visit, account, off=True))


@router.post("/beheer/accounts/aan")
@guarded(MANAGING)
def switch_on(visit: Visit, account: Chosen) -> Response:
    return _done(visit, lambda: colleagues.switch(visit, account, off=False))


@router.post("/beheer/accounts/medewerker")
@guarded(MANAGING)
def tie(visit: Visit, account: Chosen, staff: Annotated[UUID | None, Form()] = None) -> Response:
    return _done(visit, lambda: colleagues.tie(visit, account, staff))


@router.post("/beheer/accounts/uitloggen")
@guarded(MANAGING)
def end_sessions(visit: Visit, account: Chosen) -> Response:
    return _done(visit, lambda: colleagues.end_sessions(visit, account))


def _letter(visit: Visit, write: Callable[[], Letter]) -> Response:
    try:
        return page(visit, "pages/letter.html", letter=write())
    except AccountError as error:
        return _list(visit, 422, str(error))


def _done(visit: Visit, act: Callable[[], None]) -> Response:
    try:
        act()
    except AccountError as error:
        return _list(visit, 422, str(error))
    return go(HERE)


def _list(visit: Visit, status: int = 200, problem: str = "") -> Response:
    return page(visit, "pages/accounts.html", status, accounts=colleagues.compose(visit), problem=problem)
