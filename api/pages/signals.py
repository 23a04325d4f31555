"""Answering a signal with "gezien, omdat": it stays away until there is new evidence."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.pages.respond import go
from api.security.access import SIGNAL, Visit, guarded
from api.services.signals.answering import answer_seen, take_back_seen
from models.queries.scope import Grant

router = APIRouter(include_in_schema=False)

PAGES = re.compile(r"/vandaag|/groep/[0-9a-f-]{36}(/vandaag)?|/bespreking(/[0-9a-f-]{36})?")
"""Where signals stand beside the sheet, and where a form may go back to."""


@router.post("/kind/{uid}/gezien")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(SIGNAL)
def seen(
    visit: Visit,
    grant: Grant,
    signal: Annotated[str, Form(max_length=450)],
    because: Annotated[str, Form(max_length=300)] = "",
    chosen: Annotated[str, Form(max_length=100)] = "",
    back: Annotated[str, Form(max_length=80)] = "",
) -> Response:
    """`chosen` is a button with a usual reason, `because` is typed; the button wins."""
    answer_seen(visit, grant, signal, chosen or because)
    if PAGES.fullmatch(back):
        return go(back)
    sheet = f"/kind/{visit.request.path_params['uid']}"
    return go("/vandaag" if not back and visit.scope.group_ids else sheet)


@router.post("/kind/{uid}/gezien/terug")  # noqa: FAST003 - see above
@guarded(SIGNAL)
def unseen(visit: Visit, grant: Grant, signal: Annotated[str, Form(max_length=450)]) -> Response:
    take_back_seen(visit, grant, signal)
    return go(f"/kind/{visit.request.path_params['uid']}")
