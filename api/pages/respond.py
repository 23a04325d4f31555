"""From a visit to a page or back to another page."""

from typing import Any

from fastapi.responses import HTMLResponse, RedirectResponse

from api.security.access import Visit
from frontend.render import render


def page(visit: Visit, template: str, status: int = 200, **shown: Any) -> HTMLResponse:
    """Render a template; each gets `me`, the name of who is signed in, or None."""
    return HTMLResponse(render(template, me=visit.who.name if visit.who else None, **shown), status)


def go(path: str) -> RedirectResponse:
    """Send the browser to another page with GET."""
    return RedirectResponse(path, 303)
