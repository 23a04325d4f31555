"""Logging in with a school account: to the provider, back from it, and out.

The way back is a GET that another site sends people to, as OpenID Connect has it; it counts once, and only in the
browser that went. The way there starts on our own pages: another site that sends someone on it lands on the log-in.
"""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.pages.login import own_path
from api.pages.respond import go, page
from api.security import sessions
from api.security.access import PUBLIC, Visit, guarded
from api.security.patience import TooManyAttemptsError
from api.security.sessions import Step
from api.services import sso
from api.services.sso import SsoError
from api.settings import Settings

router = APIRouter(include_in_schema=False)

LATER = "Het inloggen bij {label} lukt nu niet. Probeer het straks nog eens, of log in met uw wachtwoord."
SENTENCES = {
    "provider": "Deze manier van inloggen is er niet (meer).",
    "no_attempt": "Deze inlogpoging is verlopen of al gebruikt, of begon in een andere browser. Begin opnieuw.",
    "stopped": "U bent teruggekomen zonder in te loggen bij {label}.",
    "taken": "Dit account bij {label} hoort hier al bij iemand anders. Kies bij {label} uw eigen account.",
    "letter": "De uitnodiging is al gebruikt of verlopen; vraag de school om een nieuwe.",
    "required_claim": "Met dit account bij {label} kan het niet: de school laat alleen accounts van de school toe.",
    "settings": "Inloggen met {label} is niet goed ingesteld. Meld het aan wie Kindblad beheert.",
    "busy": LATER,
    "timeout": LATER,
    "unreachable": LATER,
}
REFUSED = "Het antwoord van {label} klopte niet, daarom is er niet ingelogd. Begin opnieuw."
"""For everything that only a fault or an attack brings about; the log says what it was."""


@router.get("/sso/{uid}")
@guarded(PUBLIC)
def leave(visit: Visit, uid: UUID, naar: str = "/") -> Response:
    back = own_path(naar)
    if visit.who is not None and visit.who.step is not Step.CHOOSE:
        return go(back)
    if visit.request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return go(f"/login?naar={back}")
    try:
        url, token = sso.depart(visit, uid, back)
    except SsoError as error:
        return _refused(visit, uid, error)
    response = go(url)
    settings = visit.kit.settings
    response.set_cookie(
        _cookie(settings),
        token,
        max_age=int(sso.ON_THE_WAY.total_seconds()),
        secure=settings.cookie_secure,
        httponly=True,
        samesite="lax",
        path="/",
    )
    return response


@router.get("/sso/{uid}/terug")
@guarded(PUBLIC)
def come_back(visit: Visit, uid: UUID) -> Response:
    settings, answer = visit.kit.settings, visit.request.query_params
    # A parameter that comes twice could be read in one way here and in another way elsewhere.
    once = {name: value for name, value in answer.items() if len(answer.getlist(name)) == 1}
    try:
        arrival = sso.arrive(visit, uid, visit.request.cookies.get(_cookie(settings), ""), once)
    except SsoError as error:
        response = _refused(visit, uid, error)
    except TooManyAttemptsError as waiting:
        response = _show(visit, HTTPStatus.TOO_MANY_REQUESTS, provider=None, problem=waiting.sentence)
        response.headers["Retry-After"] = str(waiting.seconds)
    else:
        if arrival.token:
            response = go(arrival.back)
            sessions.set_cookie(response, settings, arrival.token)
        else:
            response = _show(visit, 403, provider=sso.find(visit, uid), code=arrival.code)
    response.delete_cookie(_cookie(settings), secure=settings.cookie_secure, httponly=True, samesite="lax", path="/")
    return response


@router.get("/sso/{uid}/uitgelogd")
@guarded(PUBLIC)
def left(visit: Visit, uid: UUID) -> Response:
    try:
        provider, url = sso.find(visit, uid), sso.logout_url(visit, uid)
    except SsoError:
        return go("/login")
    return _show(visit, provider=provider, offers_logout=True) if url else go("/login")


@router.get("/sso/{uid}/uitloggen")
@guarded(PUBLIC)
def leave_there_too(visit: Visit, uid: UUID) -> Response:
    try:
        return go(sso.logout_url(visit, uid) or "/login")
    except SsoError:
        return go("/login")


def _refused(visit: Visit, uid: UUID, error: SsoError) -> Response:
    try:
        provider = sso.find(visit, uid)
    except SsoError:
        provider = None
    sentence = SENTENCES.get(error.reason, REFUSED).format(label=provider.label if provider else "")
    status = HTTPStatus.NOT_FOUND if provider is None else HTTPStatus.BAD_REQUEST
    if SENTENCES.get(error.reason) is LATER:
        status = HTTPStatus.SERVICE_UNAVAILABLE
    return _show(visit, status, provider=provider, problem=sentence)


def _show(visit: Visit, status: int = 200, **shown: Any) -> Response:
    return page(
        visit, "pages/school_account.html", status, **({"code": "", "problem": "", "offers_logout": False} | shown)
    )


def _cookie(settings: Settings) -> str:
    return f"{sessions.cookie_name(settings)}-sso"
