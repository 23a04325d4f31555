"""What goes wrong, in words for people: a Dutch page, or problem+json (RFC 9457) under /api.

No names, no traces, no values that were sent. "Not yours" and "not there" are one and the same answer.
"""

from typing import Any

import sqlalchemy as sa
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.exceptions import HTTPException

from api.problem import ForPeopleError
from api.security import csrf, sessions
from api.security.access import ForbiddenError, NotSignedInError
from api.security.access_log import LogUnavailableError
from api.security.keys import SealError
from api.security.patience import TooManyAttemptsError
from api.security.sessions import StepLeftError
from frontend.render import render
from models.queries.scope import NotFoundError

TITLES = {
    400: ("Dat verzoek klopt niet", "Ga terug en probeer het opnieuw."),
    401: ("Log eerst in", "Er is geen sessie, of die is verlopen."),
    403: ("Dit mag u niet", "Uw rol geeft hier geen toegang toe. Vraag het de beheerder van uw school."),
    404: ("Niet gevonden", "Deze bladzijde is er niet, of is niet voor u bedoeld."),
    405: ("Niet gevonden", "Deze bladzijde is er niet, of is niet voor u bedoeld."),
    413: ("Te groot", "Wat u verstuurde is te groot."),
    422: ("Er klopt iets niet", "Een van de velden is niet goed ingevuld. Ga terug en kijk het na."),
    429: ("Even wachten", "Er zijn te veel pogingen gedaan. Probeer het over tien minuten opnieuw."),
    500: ("Er ging iets mis", "Dat ligt aan ons, niet aan u. Probeer het opnieuw of meld het bij de beheerder."),
    503: ("Nu even niet", "Inzage kan niet worden vastgelegd, dus tonen we niets. Meld het bij de beheerder."),
}


KEY_LOST = (
    "De sleutel van deze server (secret.key of KINDBLAD_SECRET_KEY) is niet die waarmee uw tweede stap is bewaard. "
    "Wie de server beheert zet die terug uit de back-up; anders kan de directie u opnieuw toelaten."
)
SECRETS_TYPED = ("/login", "/account", "/uitnodiging", "/sso")
WORTH_KEEPING = 40
"""Characters: shorter is chosen from a list or typed again."""


def answer(request: Request, status: int, message: str = "", *, reference: str = "", **more: Any) -> Response:
    """Make the answer for a failure; `reference` is the number under which the program logged it."""
    title, usual = TITLES.get(status, TITLES[400])
    message = message or usual
    if request.url.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": message, **more}
        if reference:
            problem["reference"] = reference
        return JSONResponse(problem, status, media_type="application/problem+json")
    page = render("errors/error.html", status=status, title=title, message=message, reference=reference)
    return HTMLResponse(page, status)


def handle(app: FastAPI) -> None:
    """Tell the application what to answer to each kind of exception."""
    app.exception_handler(NotFoundError)(_not_found)
    app.exception_handler(NotSignedInError)(_not_signed_in)
    app.exception_handler(ForPeopleError)(lambda request, error: answer(request, 422, str(error)))
    app.exception_handler(StepLeftError)(_step_left)
    app.exception_handler(TooManyAttemptsError)(_too_many)
    app.exception_handler(SealError)(lambda request, _: answer(request, 500, KEY_LOST))
    # A zero byte in a text, which PostgreSQL cannot hold: nobody types that.
    app.exception_handler(sa.exc.DataError)(lambda request, _: answer(request, 422))
    app.exception_handler(ForbiddenError)(lambda request, _: answer(request, 403))
    app.exception_handler(LogUnavailableError)(lambda request, _: answer(request, 503))
    app.exception_handler(RequestValidationError)(_not_valid)
    app.exception_handler(HTTPException)(_http)


def _not_found(request: Request, _: Exception) -> Response:
    return answer(request, 404)


def _not_signed_in(request: Request, _: Exception) -> Response:
    if request.url.path.startswith("/api/"):
        return answer(request, 401)
    typed = _typed(request)
    if typed:
        return HTMLResponse(render("errors/typed.html", typed=typed), 401)
    back = f"?naar={request.url.path}" if request.method == "GET" and request.url.path != "/" else ""
    return RedirectResponse(f"/login{back}", 303)


def _typed(request: Request) -> list[str]:
    """What someone wrote in a form whose session had ended: given back, not lost. Never what may be a secret."""
    if request.url.path.startswith(SECRETS_TYPED):
        return []
    return [value for _, value in request.scope.get(csrf.KEPT, []) if len(value) >= WORTH_KEEPING]


def _step_left(request: Request, left: StepLeftError) -> Response:
    if request.url.path.startswith("/api/"):
        return answer(request, 401)
    back = f"?naar={request.url.path}" if request.method == "GET" and request.url.path != "/" else ""
    return RedirectResponse(f"{left.step.value}{back}", 303)


def _too_many(request: Request, waiting: TooManyAttemptsError) -> Response:
    response = answer(request, 429, waiting.sentence)
    response.headers["Retry-After"] = str(waiting.seconds)
    return response


def _not_valid(request: Request, error: RequestValidationError) -> Response:
    route = request.scope.get("route")
    access = getattr(getattr(route, "endpoint", None), "access", None)
    if access and not access.without_login and not sessions.token_of(request, request.app.state.kit.settings):
        return _not_signed_in(request, error)  # who is not in does not hear what was wrong with it
    faults = error.errors()
    if all(fault["loc"][0] == "path" for fault in faults):
        return answer(request, 404)  # an id that cannot be one is an id that is not there
    fields = [{"field": ".".join(map(str, fault["loc"])), "type": fault["type"]} for fault in faults]
    return answer(request, 422, errors=fields)


def _http(request: Request, error: HTTPException) -> Response:
    response = answer(request, error.status_code)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response
