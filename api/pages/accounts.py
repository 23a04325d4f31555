"""/beheer/accounts: who can log in at this school, and letting in, resetting and switching off."""

from collections.abc import Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.security.access import Access, Visit, guarded
from api.services import colleagues
from api.services.administration import AccountError
from api.services.letters import Letter
from models.queries.colleagues import MANAGERS

router = APIRouter(include_in_schema=False)

MANAGING = Access("directie en beheer", MANAGERS)
HERE = "/beheer/accounts"
Chosen = Annotated[UUID, Form()]


@router.get("/beheer/accounts")
@guarded(MANAGING)
def accounts(visit: Visit) -> Response:
    return _list(visit)


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
