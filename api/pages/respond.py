"""From a visit to a page or back to another page."""

from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse

from api.pages.places import places_for, top_for
from api.security import csrf
from api.security.access import GROUPS, NOTES, Visit
from api.security.sessions import Step
from frontend.render import render


def page(visit: Visit, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """Render a template; each gets `me`, the name of who is wholly signed in (or None), bar and foot, a form token,
    `writes`: whether they write notes, `searches`: whether they look for a child, the `language` they read and the
    `path` of this page.
    """
    settings = visit.kit.settings
    token, fresh = csrf.for_page(visit.request, settings)
    is_in = visit.who is not None and visit.who.step is Step.NONE
    reader: dict[str, Any] = {"path": visit.request.url.path}
    if is_in:
        reader |= {"me": visit.signed_in.name, "places": places_for(visit), "top": top_for(visit)}
        reader["language"] = visit.signed_in.language
        reader["searches"] = bool(GROUPS.roles & visit.scope.roles)
        reader["writes"] = bool(NOTES.roles & visit.scope.roles)
    response = HTMLResponse(render(template, form_token=token, **reader, **shown), status)
    if fresh:
        csrf.set_cookie(response, settings, fresh)
    return response


def go(path: str) -> RedirectResponse:
    """Send the browser to another page with GET."""
    return RedirectResponse(path, 303)
