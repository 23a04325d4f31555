"""Logging in and out: the first step with a password, the second with a code. Passkeys: api/pages/passkeys.py."""

import re
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.db import writing
from api.pages.respond import go, page
from api.security import passkeys as security
from api.security import patience, sessions
from api.security.access import PUBLIC, SIGNED_IN, Visit, guarded
from api.security.patience import TooManyAttemptsError
from api.security.sessions import Step
from api.services import second_factor
from api.services.login import WrongLoginError, log_in
from models.account import LoginSession
from models.queries.sso import began_at, providers_for_login

router = APIRouter(include_in_schema=False)

OWN_PATH = re.compile(r"/[\w-][\w/-]{0,198}")
"""Where someone may be sent after logging in: a page of ours, never `//elsewhere`."""

WRONG = "De inlognaam of het wachtwoord klopt niet."
WRONG_CODE = "Die code klopt niet, is al gebruikt of is te oud. Wacht op de volgende en probeer het nog eens."
SECOND_STEP = replace(SIGNED_IN, words="wie is ingelogd, ook halverwege", steps=frozenset({Step.CODE}))
AT_ANY_STEP = replace(SIGNED_IN, words="wie is ingelogd, ook halverwege", steps=frozenset(Step))


@router.get("/login")
@guarded(PUBLIC)
def login_form(visit: Visit, naar: str = "/") -> Response:
    if visit.who is not None:
        return go(own_path(naar))
    return _form(visit, back=own_path(naar), login="", problem=None)


@router.post("/login")
@guarded(PUBLIC)
def login(
    visit: Visit,
    login: Annotated[str, Form(max_length=254)],
    password: Annotated[str, Form(max_length=1024)],
    naar: Annotated[str, Form(max_length=200)] = "/",
) -> Response:
    settings = visit.kit.settings
    try:
        token = log_in(visit, login, password)
    except WrongLoginError:
        return _form(visit, 401, back=own_path(naar), login=login, problem=WRONG)
    except TooManyAttemptsError as waiting:
        return _wait(_form(visit, 429, back=own_path(naar), login=login, problem=waiting.sentence), waiting)
    response = go(own_path(naar))
    sessions.set_cookie(response, settings, token)
    patience.remember(response, visit, login)
    return response


@router.get("/login/tweede-stap")
@guarded(SECOND_STEP)
def second_step(visit: Visit, naar: str = "/") -> Response:
    return _second_step(visit, own_path(naar))


@router.post("/login/tweede-stap")
@guarded(SECOND_STEP)
def take_second_step(
    visit: Visit,
    code: Annotated[str, Form(max_length=40)],
    naar: Annotated[str, Form(max_length=200)] = "/",
) -> Response:
    back = own_path(naar)
    try:
        token = second_factor.show(visit, code)
    except WrongLoginError:
        return _second_step(visit, back, 401, WRONG_CODE)
    except TooManyAttemptsError as waiting:
        return _wait(_second_step(visit, back, 429, waiting.sentence), waiting)
    response = go(back)
    sessions.set_cookie(response, visit.kit.settings, token)
    return response


@router.post("/logout")
@guarded(AT_ANY_STEP)
def logout(visit: Visit) -> Response:
    elsewhere = began_at(visit.connection, visit.signed_in.session_id)
    with writing(visit.kit.engine) as connection:
        sessions.end(connection, visit.now, LoginSession.id == visit.signed_in.session_id)
    response = go(f"/sso/{elsewhere}/uitgelogd" if elsewhere else "/login")
    sessions.drop_cookie(response, visit.kit.settings)
    return response


def _form(visit: Visit, status: int = 200, **shown: object) -> Response:
    providers = providers_for_login(visit.connection)
    return page(visit, "pages/login.html", status, providers=providers, passkeys_at=passkeys_at(visit), **shown)


def _second_step(visit: Visit, back: str, status: int = 200, problem: str = "") -> Response:
    has = second_factor.compose(visit)
    return page(
        visit, "pages/second_step.html", status, has=has, passkeys_at=has.passkeys_at, back=back, problem=problem
    )


def _wait(response: Response, waiting: TooManyAttemptsError) -> Response:
    response.headers["Retry-After"] = str(waiting.seconds)
    return response


def passkeys_at(visit: Visit) -> str | None:
    """The address at which passkeys work; None where there are none."""
    settings = visit.kit.settings
    return settings.public_url if security.offered(settings) else None


def own_path(path: str) -> str:
    """Give the page to go to after logging in, or the first one when it is not ours."""
    return path if OWN_PATH.fullmatch(path) else "/"
