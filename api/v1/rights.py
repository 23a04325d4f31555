"""Rights of parents as JSON: a copy of all that is kept (AVG art. 15), and what is not right (AVG art. 16)."""

from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, TypeAdapter

from api.schemas.copies import CopyContent, CopyLine, CopyPage
from api.schemas.corrections import CorrectionLine, CorrectionPage, GivenAnswer, MyCorrections, NewCorrection
from api.schemas.parents import ParentAccounts
from api.security.access import (
    COPIES,
    CORRECTION,
    CORRECTION_ANSWER,
    CORRECTIONS,
    OWN_COPY,
    OWN_CORRECTION,
    PARENTS_OF_GROUP,
    Visit,
    guarded,
)
from api.services import copies, corrections, parents
from models.queries.scope import Grant, GroupGrant

router = APIRouter(prefix="/api/v1", tags=["v1"])

COPY_LINES, CORRECTION_LINES = TypeAdapter(list[CopyLine]), TypeAdapter(list[CorrectionLine])


@router.get("/pupils/{uid}/copies", response_model=CopyPage)  # noqa: FAST003 - the guard turns the id into a grant
@guarded(OWN_COPY)
def own_copies(visit: Visit, grant: Grant) -> Response:
    """The copies that this parent asked for."""
    return _json(copies.compose_page(visit, grant))


@router.post("/pupils/{uid}/copies", status_code=204)  # noqa: FAST003 - see above
@guarded(OWN_COPY)
def ask_copy(visit: Visit, grant: Grant) -> Response:
    """Ask for a copy; asked again while one is open it is the same."""
    copies.ask(visit, grant)
    return Response(status_code=204)


@router.get("/pupils/{uid}/copies/{copy_id}", response_model=CopyContent)  # noqa: FAST003 - see above
@guarded(OWN_COPY)
def copy(visit: Visit, grant: Grant, copy_id: UUID) -> Response:
    """The whole copy, without the images, once directie let it go."""
    return _json(copies.fetch(visit, grant, copy_id))


@router.get("/copies", response_model=list[CopyLine])
@guarded(COPIES)
def all_copies(visit: Visit) -> Response:
    """All requests for a copy, open ones first; for directie."""
    return Response(COPY_LINES.dump_json(copies.lines(visit)), media_type="application/json")


@router.get("/pupils/{uid}/corrections", response_model=MyCorrections)  # noqa: FAST003 - see above
@guarded(OWN_CORRECTION)
def own_corrections(visit: Visit, grant: Grant) -> Response:
    """What this parent can point at, and what they said was not right."""
    return _json(corrections.compose_own(visit, grant))


@router.post("/pupils/{uid}/corrections", status_code=204)  # noqa: FAST003 - see above
@guarded(OWN_CORRECTION)
def dispute(visit: Visit, grant: Grant, correction: NewCorrection) -> Response:
    """Say that something is not right; sent twice it is there once."""
    corrections.ask(visit, grant, correction)
    return Response(status_code=204)


@router.get("/pupils/{uid}/corrections/{correction_id}", response_model=CorrectionPage)  # noqa: FAST003 - see above
@guarded(CORRECTION)
def correction(visit: Visit, grant: Grant, correction_id: UUID) -> Response:
    """One disputed thing, for colleagues."""
    return _json(corrections.compose_one(visit, grant, correction_id))


@router.post("/pupils/{uid}/corrections/{correction_id}/answer", status_code=204)  # noqa: FAST003 - see above
@guarded(CORRECTION_ANSWER)
def answer(visit: Visit, grant: Grant, correction_id: UUID, given: GivenAnswer) -> Response:
    """Answer it, once."""
    corrections.answer(visit, grant, correction_id, given.answer, given.body)
    return Response(status_code=204)


@router.get("/corrections", response_model=list[CorrectionLine])
@guarded(CORRECTIONS)
def all_corrections(visit: Visit) -> Response:
    """All that parents disputed, open ones first."""
    return Response(CORRECTION_LINES.dump_json(corrections.lines(visit)), media_type="application/json")


@router.get("/groups/{uid}/parents", response_model=ParentAccounts)  # noqa: FAST003 - see above
@guarded(PARENTS_OF_GROUP)
def parents_of_group(visit: Visit, group: GroupGrant) -> Response:
    """How far the parents of a group are with their accounts; codes stand on paper only."""
    return _json(parents.compose_of_group(visit, group))


def _json(shown: BaseModel) -> Response:
    return Response(shown.model_dump_json(), media_type="application/json")
