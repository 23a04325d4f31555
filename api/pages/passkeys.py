"""Logging in with a passkey and making one: what `passkey.js` in the browser asks and sends, as JSON."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Body, Response
from fastapi.responses import JSONResponse

from api.pages.login import own_path
from api.security import patience, sessions
from api.security.access import PUBLIC, SIGNED_IN, Visit, guarded
from api.security.sessions import Step
from api.services import passkeys, second_factor
from api.services.administration import AccountError
from api.services.login import WrongLoginError

router = APIRouter(include_in_schema=False)

MAKING_ONE = replace(SIGNED_IN, words="wie is ingelogd, ook halverwege", steps=frozenset({Step.SETUP, Step.CHOOSE}))
UNKNOWN = "Deze passkey hoort hier niet (meer) bij een account dat aan staat."

Answer = Annotated[dict[str, Any], Body()]
Text = Annotated[str, Body(max_length=200)]


@router.post("/login/passkey/vraag")
@guarded(PUBLIC)
def question_to_log_in(visit: Visit) -> Response:
    return JSONResponse(passkeys.question_to_log_in(visit))


@router.post("/login/passkey")
@guarded(PUBLIC)
def log_in(visit: Visit, answer: Answer, naar: Text = "/") -> Response:
    try:
        token, login = passkeys.log_in(visit, answer)
    except WrongLoginError:
        return JSONResponse({"problem": UNKNOWN}, 401)
    response = JSONResponse({"go": own_path(naar)})
    sessions.set_cookie(response, visit.kit.settings, token)
    patience.remember(response, visit, login)
    return response


@router.post("/account/passkeys/vraag")
@guarded(MAKING_ONE)
def question_to_register(visit: Visit) -> Response:
    if second_factor.must_confirm(visit):
        return JSONResponse({"go": f"{Step.CODE.value}?naar={Step.SETUP.value}"})
    return JSONResponse(passkeys.question_to_register(visit))


@router.post("/account/passkeys")
@guarded(MAKING_ONE)
def register(visit: Visit, answer: Answer, name: Text = "") -> Response:
    if second_factor.must_confirm(visit):
        return JSONResponse({"go": f"{Step.CODE.value}?naar={Step.SETUP.value}"})
    try:
        token = passkeys.register(visit, answer, name)
    except AccountError as error:
        return JSONResponse({"problem": str(error)}, 422)
    response = JSONResponse({"go": Step.SETUP.value})
    sessions.set_cookie(response, visit.kit.settings, token)
    return response
