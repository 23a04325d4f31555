"""Coming in with a letter: the code is typed in a form, so that it stands in no address, history or log."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.pages.login import passkeys_at
from api.pages.respond import go, page
from api.security import patience, sessions
from api.security.access import PUBLIC, SIGNED_IN, Visit, guarded
from api.security.patience import TooManyAttemptsError
from api.security.sessions import Step
from api.services import invitations, second_factor
from api.services.administration import AccountError
from api.services.login import WrongLoginError
from models.queries.sso import providers_at

router = APIRouter(include_in_schema=False)

CHOOSING = replace(SIGNED_IN, words="wie met een brief binnenkwam", steps=frozenset({Step.CHOOSE}))
WRONG = "Deze inlognaam en code horen niet bij elkaar, of de code is al gebruikt of verlopen."


@router.get("/uitnodiging")
@guarded(PUBLIC)
def form(visit: Visit) -> Response:
    return page(visit, "pages/invitation.html", login="", problem="")


@router.post("/uitnodiging")
@guarded(PUBLIC)
def enter(
    visit: Visit, login: Annotated[str, Form(max_length=254)], code: Annotated[str, Form(max_length=40)]
) -> Response:
    try:
        token = invitations.enter(visit, login, code)
    except WrongLoginError:
        return page(visit, "pages/invitation.html", 401, login=login, problem=WRONG)
    except TooManyAttemptsError as waiting:
        response: Response = page(visit, "pages/invitation.html", 429, login=login, problem=waiting.sentence)
        response.headers["Retry-After"] = str(waiting.seconds)
        return response
    response = go(Step.CHOOSE.value)
    sessions.set_cookie(response, visit.kit.settings, token)
    return response


@router.get("/uitnodiging/kiezen")
@guarded(CHOOSING)
def choices(visit: Visit) -> Response:
    return _choose(visit)


@router.post("/uitnodiging/kiezen")
@guarded(CHOOSING)
def choose_password(visit: Visit, new: Annotated[str, Form(max_length=1024)]) -> Response:
    if visit.signed_in.step is not Step.CHOOSE:
        return go("/account")
    try:
        token = invitations.choose_password(visit, new)
    except AccountError as error:
        return _choose(visit, 422, str(error))
    response = go("/")
    sessions.set_cookie(response, visit.kit.settings, token)
    patience.remember(response, visit, visit.signed_in.login)
    return response


def _choose(visit: Visit, status: int = 200, problem: str = "") -> Response:
    if visit.signed_in.step is not Step.CHOOSE:
        return go("/account")
    has = second_factor.compose(visit)
    return page(
        visit,
        "pages/choose.html",
        status,
        name=visit.signed_in.name,
        login=visit.signed_in.login,
        shortest=second_factor.shortest_password(visit),
        passkeys_at=None if has.has_app or has.passkeys else passkeys_at(visit),
        problem=problem,
        providers=providers_at(visit.connection, {held.school_id for held in visit.scope.held}),
    )
