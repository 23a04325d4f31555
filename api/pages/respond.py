"""From a visit to a page or back to another page."""

from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse

from api.security import csrf
from api.security.access import Visit
from api.security.sessions import Step
from frontend.render import render


def page(visit: Visit, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """Render a template; each gets `me`, the name of who is wholly signed in, or None, and the token for its forms."""
    settings = visit.kit.settings
    token, fresh = csrf.for_page(visit.request, settings)
    me = visit.who.name if visit.who is not None and visit.who.step is Step.NONE else None
    response = HTMLResponse(render(template, me=me, form_token=token, **shown), status)
    if fresh:
        csrf.set_cookie(response, settings, fresh)
    return response


def go(path: str) -> RedirectResponse:
    """Send the browser to another page with GET."""
    return RedirectResponse(path, 303)
