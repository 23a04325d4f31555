"""One's own account: roles, open sessions, password."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.security import sessions
from api.security.access import SIGNED_IN, Visit, guarded
from api.services.accounts import change_password, choose_language, compose_account, end_session
from api.services.administration import AccountError

router = APIRouter(include_in_schema=False)

OWN_PATH = re.compile(r"/[\w-][\w/-]*|/")
"""An address of this site without a question or another host: a path that begins with two slashes is none."""


@router.get("/account")
@guarded(SIGNED_IN)
def account(visit: Visit, gewijzigd: str = "") -> Response:
    return page(visit, "pages/account.html", account=compose_account(visit), problem=None, changed=bool(gewijzigd))


@router.post("/account/taal")
@guarded(SIGNED_IN)
def language(
    visit: Visit, language: Annotated[str, Form(max_length=8)], back: Annotated[str, Form(max_length=300)] = "/account"
) -> Response:
    """Go back to the page where the language was chosen, when that is one of ours."""
    try:
        choose_language(visit, language)
    except AccountError as error:
        return page(visit, "pages/account.html", 422, account=compose_account(visit), problem=str(error), changed=False)
    return go(back if OWN_PATH.fullmatch(back) else "/account")


@router.post("/account/sessies")
@guarded(SIGNED_IN)
def end_one(visit: Visit, handle: Annotated[str, Form(max_length=64)]) -> Response:
    end_session(visit, handle)
    return go("/account")


@router.post("/account/wachtwoord")
@guarded(SIGNED_IN)
def password(
    visit: Visit, old: Annotated[str, Form(max_length=1024)], new: Annotated[str, Form(max_length=1024)]
) -> Response:
    try:
        token = change_password(visit, old, new)
    except AccountError as error:
        return page(visit, "pages/account.html", 422, account=compose_account(visit), problem=str(error), changed=False)
    response = go("/account?gewijzigd=ja")
    sessions.set_cookie(response, visit.kit.settings, token)
    return response
