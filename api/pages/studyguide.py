"""/studiewijzer/{uid} for parents and children of a group, and /groep/{uid}/studiewijzer where the teacher makes it."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Response
from pydantic import ValidationError

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.studyguide import EditorPage, NewWeek, StudyLineView, WeekForm
from api.security.access import STUDY_WEEKS, STUDYGUIDE, Visit, guarded
from api.services.studyguide import writing_week
from api.services.studyguide.reading_week import compose_study_page
from api.services.studyguide.whole import NamedError
from models.queries.scope import GroupGrant
from models.rules.studyguide import MOST_LINES

router = APIRouter(include_in_schema=False)

EMPTY_LINES = 2
TOO_LONG = "Een regel is te lang of mist een vak. Kort hem in en bewaar nog eens; er is nog niets bewaard."
EMPTY = StudyLineView(subject="", goal="", approach="", words="", at_home="", link="", host="")


@router.get("/studiewijzer/{uid}")
@guarded(STUDYGUIDE)
def study_page(visit: Visit, uid: UUID, week: str = "") -> Response:
    return page(visit, "pages/study_week.html", page=compose_study_page(visit, uid, week))


@router.get("/groep/{uid}/studiewijzer")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(STUDY_WEEKS)
def editor(visit: Visit, group: GroupGrant, week: str = "", begin: str = "", gedeeld: str = "") -> Response:
    return _editor(visit, writing_week.compose_editor(visit, group, week, begin), shared=gedeeld)


@router.post("/groep/{uid}/studiewijzer")  # noqa: FAST003 - see above
@guarded(STUDY_WEEKS)
def save(visit: Visit, group: GroupGrant, form: Annotated[WeekForm, Form()]) -> Response:
    """Keep, publish or take back: which button was pressed stands in `do`."""
    here = f"{visit.request.url.path}?week={form.week}"
    if form.do == "back":
        writing_week.take_back(visit, group, form.week)
        return go(here)
    try:
        saved = writing_week.save(visit, group, _wanted(form))
    except ForPeopleError as problem:
        return _again(visit, group, form, problem)
    return go(f"{here}&gedeeld=ja" if saved.state == "published" else here)


def _wanted(form: WeekForm) -> NewWeek:
    rows = [row | {"subject": row["subject"] or "algemeen"} for row in form.rows()]
    kept = form.model_dump(include={"week", "intro", "film", "shows_practice", "names_are_fine", "seen"})
    try:
        return NewWeek.model_validate(kept | {"publish": form.publishes, "lines": rows})
    except ValidationError:
        raise ForPeopleError(TOO_LONG) from None


def _again(visit: Visit, group: GroupGrant, form: WeekForm, problem: ForPeopleError) -> Response:
    """Show what was typed again, with what is wrong; a second press then replaces what a colleague wrote."""
    shown = writing_week.compose_editor(visit, group, form.week)
    typed: dict[str, Any] = form.model_dump(include={"intro", "film", "shows_practice"})
    typed["lines"] = [StudyLineView(host="", **row) for row in form.rows()]
    typed |= {"seen": writing_week.seen_now(visit, group, form.week), "from_text": ""}
    return _editor(visit, shown.model_copy(update=typed), problem, 422)


def _editor(
    visit: Visit, shown: EditorPage, problem: ForPeopleError | None = None, status: int = 200, *, shared: str = ""
) -> Response:
    free = min(EMPTY_LINES, MOST_LINES - len(shown.lines)) if shown.may_write else 0
    lines = [*shown.lines, *[EMPTY] * max(free, 0)]
    more = {"problem": problem, "asks_names": isinstance(problem, NamedError), "shared": bool(shared)}
    return page(visit, "pages/study_editor.html", status, page=shown, lines=lines, **more)
