"""Logging in and out."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.db import writing
from api.pages.respond import go, page
from api.security import sessions
from api.security.access import PUBLIC, SIGNED_IN, Visit, guarded
from api.services.login import TooManyAttemptsError, WrongLoginError, log_in
from models.account import LoginSession
from models.queries.sso import began_at, providers_for_login

router = APIRouter(include_in_schema=False)

OWN_PATH = re.compile(r"/[\w-][\w/-]*")
"""Where someone may be sent after logging in: a page of ours, never `//elsewhere`."""

WRONG = "De inlognaam of het wachtwoord klopt niet."
WAIT = "Er is te vaak geprobeerd in te loggen. Wacht tien minuten en probeer het opnieuw."


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
    except TooManyAttemptsError:
        return _form(visit, 429, back=own_path(naar), login=login, problem=WAIT)
    response = go(own_path(naar))
    sessions.set_cookie(response, settings, token)
    return response


@router.post("/logout")
@guarded(SIGNED_IN)
def logout(visit: Visit) -> Response:
    elsewhere = began_at(visit.connection, visit.signed_in.session_id)
    with writing(visit.kit.engine) as connection:
        sessions.end(connection, visit.now, LoginSession.id == visit.signed_in.session_id)
    response = go(f"/sso/{elsewhere}/uitgelogd" if elsewhere else "/login")
    sessions.drop_cookie(response, visit.kit.settings)
    return response


def _form(visit: Visit, status: int = 200, **shown: object) -> Response:
    return page(visit, "pages/login.html", status, providers=providers_for_login(visit.connection), **shown)


def own_path(path: str) -> str:
    """Give the page to go to after logging in, or the first one when it is not ours."""
    return path if OWN_PATH.fullmatch(path) else "/"
