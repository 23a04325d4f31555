"""Answering a signal, as JSON."""

from fastapi import APIRouter, Response

from api.schemas.signals import Seen, Unseen
from api.security.access import SIGNAL, Visit, guarded
from api.services.signals.answering import answer_seen, take_back_seen
from models.queries.scope import Grant

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.post("/pupils/{uid}/signals/seen", status_code=204)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(SIGNAL)
def seen(visit: Visit, grant: Grant, answer: Seen) -> Response:
    """Say that a signal was seen and why nothing has to be done now; it stays away until there is new evidence."""
    answer_seen(visit, grant, answer.signal, answer.because)
    return Response(status_code=204)


@router.post("/pupils/{uid}/signals/unseen", status_code=204)  # noqa: FAST003 - see above
@guarded(SIGNAL)
def unseen(visit: Visit, grant: Grant, answer: Unseen) -> Response:
    """Take back that you saw a signal: it asks for attention again."""
    take_back_seen(visit, grant, answer.signal)
    return Response(status_code=204)
