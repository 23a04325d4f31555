"""The floor under the pages: the same HTML from its template, on the same server, without a query, a rule or a log."""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from api.schemas.group import GroupPage
from api.schemas.sheet import Sheet
from api.services.group import arranging
from frontend.render import render

FOLDER = Path(os.environ["KINDBLAD_BENCH_EXAMPLES"])
SHEET = Sheet.model_validate_json((FOLDER / "sheet.json").read_text())
GROUP = GroupPage.model_validate_json((FOLDER / "group.json").read_text())
WHOLE = {"wish": arranging.asked(GROUP, "", ""), "choices": arranging.choices(GROUP)}


async def sheet(_: Request) -> HTMLResponse:
    return HTMLResponse(render("pages/sheet.html", me="Floor", sheet=SHEET))


async def group(_: Request) -> HTMLResponse:
    return HTMLResponse(render("pages/group.html", me="Floor", group=GROUP, rows=GROUP.members, **WHOLE))


app = Starlette(routes=[Route("/sheet", sheet), Route("/group", group)])
