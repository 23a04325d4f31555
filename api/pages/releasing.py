"""Vrijgeven: choose a test moment, look at what parents would read, release; and the library of sentences."""

from datetime import date
from typing import Annotated, NamedTuple
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Form, Query, Response
from pydantic import ValidationError

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.releasing import ChosenResult, NewReleases
from api.security.access import RELEASE, REPORT_FORM, Visit, guarded
from api.services.releasing import deciding, library
from api.services.releasing.moments import compose_moment, compose_moments
from models.queries.scope import GroupGrant
from models.rules.explaining import LONGEST

router = APIRouter(include_in_schema=False)

Subject = Annotated[str, Query(max_length=100)]
Results = Annotated[list[int], Form()]
NOTHING = "Zet een vinkje bij wat u wilt vrijgeven."
WRONG = f"Bij elke uitslag hoort een zin van hoogstens {LONGEST} tekens. Er is niets vrijgegeven."


class Typed(NamedTuple):
    """What was filled in, to show again."""

    sentences: dict[int, str]
    chosen: set[int]
    child_from: date
    parents_from: date


@router.get("/groep/{uid}/vrijgeven")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(RELEASE)
def moments(visit: Visit, group: GroupGrant) -> Response:
    return page(visit, "pages/release.html", page=compose_moments(visit, group))


@router.get("/groep/{uid}/vrijgeven/{moment}")  # noqa: FAST003 - see above
@guarded(RELEASE)
def moment(visit: Visit, group: GroupGrant, moment: str, vak: Subject = "") -> Response:
    return _moment(visit, group, moment, vak)


@router.post("/groep/{uid}/vrijgeven/{moment}")  # noqa: FAST003 - see above
@guarded(RELEASE)
def release(  # noqa: PLR0913 - the fields of the form
    visit: Visit,
    group: GroupGrant,
    moment: str,
    *,
    child_from: Annotated[date, Form()],
    parents_from: Annotated[date, Form()],
    vak: Annotated[str, Form(max_length=100)] = "",
    chosen: Results = [],  # noqa: B006 - FastAPI copies it
    result: Results = [],  # noqa: B006 - see above
    sentence: Annotated[list[str], Form()] = [],  # noqa: B006 - see above
) -> Response:
    """Release what has a tick; `result` and `sentence` are of every result on the page, in one order."""
    typed = Typed(dict(zip(result, sentence, strict=False)), set(chosen), child_from, parents_from)
    if not chosen:
        return _moment(visit, group, moment, vak, NOTHING, typed)
    try:
        results = [ChosenResult(result=one, sentence=typed.sentences.get(one, "").strip()) for one in chosen]
        new = NewReleases(child_from=child_from, parents_from=parents_from, results=results)
        deciding.release(visit, group, moment, new)
    except ValidationError:
        return _moment(visit, group, moment, vak, WRONG, typed)
    except ForPeopleError as problem:
        return _moment(visit, group, moment, vak, str(problem), typed)
    return _back(visit, moment, vak)


@router.post("/groep/{uid}/vrijgeven/{moment}/terug")  # noqa: FAST003 - see above
@guarded(RELEASE)
def take_back(
    visit: Visit,
    group: GroupGrant,
    moment: str,
    vak: Annotated[str, Form(max_length=100)] = "",
    result: Results = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    deciding.take_back(visit, group, moment, result)
    return _back(visit, moment, vak)


@router.get("/beheer/uitleg")
@guarded(REPORT_FORM)
def sentences(visit: Visit) -> Response:
    return page(visit, "pages/explanations.html", page=library.compose_library(visit), problem=None, key="")


@router.post("/beheer/uitleg")
@guarded(REPORT_FORM)
def change(
    visit: Visit, key: Annotated[str, Form(max_length=64)], body: Annotated[str, Form(max_length=2000)] = ""
) -> Response:
    try:
        library.change(visit, key, body)
    except ForPeopleError as problem:
        shown = library.compose_library(visit)
        return page(visit, "pages/explanations.html", 422, page=shown, problem=problem, key=key, body=body)
    return go(f"/beheer/uitleg#{key}")


def _moment(
    visit: Visit, group: GroupGrant, code: str, subject: str, problem: str = "", typed: Typed | None = None
) -> Response:
    """With what was typed still there when something is wrong with it."""
    shown = compose_moment(visit, group, code, subject)
    status = 422 if problem else 200
    return page(visit, "pages/release_moment.html", status, page=shown, problem=problem, typed=typed)


def _back(visit: Visit, code: str, subject: str) -> Response:
    of_subject = f"?{urlencode({'vak': subject})}" if subject else ""
    return go(f"/groep/{visit.request.path_params['uid']}/vrijgeven/{quote(code)}{of_subject}")
