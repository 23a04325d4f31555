"""Setting up and changing the second step: app, passkeys, recovery codes. The passkeys themselves: passkeys.py."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.security import sessions
from api.security.access import SIGNED_IN, Visit, guarded
from api.security.sessions import Step
from api.services import passkeys, second_factor
from api.services.administration import AccountError

router = APIRouter(include_in_schema=False)

SETTING_UP = replace(SIGNED_IN, words="wie is ingelogd, ook halverwege", steps=frozenset({Step.SETUP}))
HERE = Step.SETUP.value
CONFIRM = f"{Step.CODE.value}?naar={HERE}"
"""Who changes how they log in shows their second step first, when they have one."""


@router.get("/account/tweede-stap")
@guarded(SETTING_UP)
def overview(visit: Visit) -> Response:
    return page(visit, "pages/second_factor.html", has=second_factor.compose(visit))


@router.post("/account/tweede-stap/app")
@guarded(SETTING_UP)
def begin_app(visit: Visit) -> Response:
    if second_factor.must_confirm(visit):
        return go(CONFIRM)
    try:
        second_factor.begin_app(visit)
    except AccountError:
        return go(HERE)
    return go(f"{HERE}/app")


@router.get("/account/tweede-stap/app")
@guarded(SETTING_UP)
def connect_app(visit: Visit) -> Response:
    return _connect(visit)


@router.post("/account/tweede-stap/app/code")
@guarded(SETTING_UP)
def confirm_app(visit: Visit, code: Annotated[str, Form(max_length=20)]) -> Response:
    if second_factor.must_confirm(visit):
        return go(CONFIRM)
    try:
        token = second_factor.confirm_app(visit, code)
    except AccountError as error:
        return _connect(visit, 422, str(error))
    response = go(HERE)
    sessions.set_cookie(response, visit.kit.settings, token)
    return response


@router.post("/account/tweede-stap/app/weg")
@guarded(SETTING_UP)
def remove_app(visit: Visit) -> Response:
    if second_factor.must_confirm(visit):
        return go(CONFIRM)
    second_factor.remove_app(visit)
    return go(HERE)


@router.post("/account/tweede-stap/herstelcodes")
@guarded(SETTING_UP)
def recovery_codes(visit: Visit) -> Response:
    if second_factor.must_confirm(visit):
        return go(CONFIRM)
    try:
        made = second_factor.make_recovery_codes(visit)
    except AccountError:
        return go(HERE)
    return page(visit, "pages/recovery_codes.html", codes=made)


@router.post("/account/tweede-stap/passkey/weg")
@guarded(SETTING_UP)
def remove_passkey(visit: Visit, handle: Annotated[str, Form(max_length=64)]) -> Response:
    if second_factor.must_confirm(visit):
        return go(CONFIRM)
    passkeys.remove(visit, handle)
    return go(HERE)


def _connect(visit: Visit, status: int = 200, problem: str = "") -> Response:
    app = second_factor.app_to_connect(visit)
    return page(visit, "pages/connect_app.html", status, app=app, problem=problem) if app else go(HERE)
