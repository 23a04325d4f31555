"""Who looked at a child, an extract of that for its parents, and the log that directie goes through every month."""

from typing import Annotated

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.security.access import LOOKS, LOOKS_EXTRACT, SCHOOL_LOG, Visit, guarded
from api.services.log_review import compose_reviews, mark
from api.services.looks import compose_extract, compose_looks, may_extract
from models.queries.scope import Grant

router = APIRouter(include_in_schema=False)


@router.get("/kind/{uid}/inzage")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(LOOKS)
def looks(visit: Visit, grant: Grant) -> Response:
    looks = compose_looks(visit, grant)
    return page(visit, "pages/looks.html", looks=looks, may_extract=may_extract(visit, grant))


@router.get("/kind/{uid}/inzage/uittreksel")  # noqa: FAST003 - see above
@guarded(LOOKS_EXTRACT)
def extract(visit: Visit, grant: Grant) -> Response:
    return page(visit, "pages/looks_extract.html", looks=compose_extract(visit, grant))


@router.get("/inzage")
@guarded(SCHOOL_LOG)
def school_log(visit: Visit) -> Response:
    return page(visit, "pages/log_review.html", reviews=compose_reviews(visit))


@router.post("/inzage")
@guarded(SCHOOL_LOG)
def seen(
    visit: Visit,
    school: Annotated[int, Form(ge=1)],
    through: Annotated[int, Form(ge=0)],
    remark: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    mark(visit, school, through, remark)
    return go("/inzage")
