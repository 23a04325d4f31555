"""Reports: the school's form, the words of a group one child after another, release, and one to read or print."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Response
from pydantic import ValidationError

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.reports import NewForm, NewRelease, NewReports, NewWords, Released
from api.security.access import OWN_REPORT, REPORT_CARD, REPORT_FORM, REPORTS_OF_GROUP, Visit, guarded
from api.services.reports import reading, writing
from models.queries.scope import Grant, GroupGrant
from models.rules.report_blocks import Block, chosen

router = APIRouter(include_in_schema=False)

Title = Annotated[str, Form(max_length=100)]
Texts = Annotated[list[str], Form()]
People = Annotated[list[UUID], Form()]


@router.get("/beheer/rapport")
@guarded(REPORT_FORM)
def form(visit: Visit) -> Response:
    return page(visit, "pages/report_form.html", page=writing.form_page(visit), problem=None)


@router.post("/beheer/rapport")
@guarded(REPORT_FORM)
def save_form(
    visit: Visit,
    block: Annotated[list[Block], Form()] = [],  # noqa: B006 - FastAPI copies it
    place: Annotated[list[int], Form()] = [],  # noqa: B006 - see above
) -> Response:
    try:
        writing.save_form(visit, NewForm(blocks=chosen(dict(zip(block, place, strict=False)))))
    except ValueError:
        problem = ForPeopleError("Kies minstens één onderdeel: geef het een plaats van 1 of hoger.")
        return page(visit, "pages/report_form.html", 422, page=writing.form_page(visit), problem=problem)
    return go("/beheer/rapport")


@router.get("/groep/{uid}/rapporten")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(REPORTS_OF_GROUP)
def of_group(visit: Visit, group: GroupGrant, titel: Annotated[str, Query(max_length=100)] = "") -> Response:
    return _group(visit, group, titel)


@router.post("/groep/{uid}/rapporten")  # noqa: FAST003 - see above
@guarded(REPORTS_OF_GROUP)
def save(  # noqa: PLR0913 - the fields of the form
    visit: Visit,
    group: GroupGrant,
    *,
    title: Title,
    child: People = [],  # noqa: B006 - FastAPI copies it
    effort: Texts = [],  # noqa: B006 - see above
    words: Texts = [],  # noqa: B006 - see above
    child_words: Texts = [],  # noqa: B006 - see above
    piece: Texts = [],  # noqa: B006 - see above
) -> Response:
    """Keep what was written; a `piece` is "child:piece"."""
    rows = zip(child, effort, words, child_words, strict=False)
    try:
        pieces = {UUID(one.partition(":")[0]): UUID(one.partition(":")[2]) for one in piece if one}
        written = [
            NewWords(child=who, effort=_text(how), words=_text(told), child_words=_text(own), piece=pieces.get(who))
            for who, how, told, own in rows
        ]
        writing.save(visit, group, NewReports(title=title.strip(), words=written))
    except ForPeopleError as problem:
        return _group(visit, group, title, problem)
    except ValueError:
        return _group(visit, group, title, ForPeopleError(TOO_LONG))
    return _group(visit, group, title, done="Bewaard.")


@router.post("/groep/{uid}/rapporten/vrijgeven")  # noqa: FAST003 - see above
@guarded(REPORTS_OF_GROUP)
def release(visit: Visit, group: GroupGrant, title: Title, on: Annotated[date, Form()]) -> Response:
    try:
        released = writing.release(visit, group, NewRelease(title=title.strip(), parents_from=on))
    except ForPeopleError as problem:
        return _group(visit, group, title, problem)
    except ValidationError:
        return _group(visit, group, title, ForPeopleError("Geef het rapport een naam."))
    return _group(visit, group, title, done=_said(released))


@router.get("/kind/{uid}/rapport/{report_id}")  # noqa: FAST003 - see above
@guarded(REPORT_CARD)
def report(visit: Visit, grant: Grant, report_id: UUID) -> Response:
    return page(visit, "pages/report_card.html", report=reading.compose_report(visit, grant, report_id))


@router.get("/mijn-kind/{uid}/rapport")  # noqa: FAST003 - see above
@guarded(OWN_REPORT)
def own_list(visit: Visit, grant: Grant) -> Response:
    reports = reading.own_reports(visit, grant).reports
    return page(visit, "pages/my_reports.html", child=visit.request.path_params["uid"], reports=reports)


@router.get("/mijn-kind/{uid}/rapport/{report_id}")  # noqa: FAST003 - see above
@guarded(OWN_REPORT)
def own_report(visit: Visit, grant: Grant, report_id: UUID) -> Response:
    return page(visit, "pages/report_card_own.html", report=reading.compose_own(visit, grant, report_id))


TOO_LONG = "Een stukje is te lang: inzet en eigen woorden hooguit 300 tekens, de woorden van de leraar hooguit 700."


def _group(
    visit: Visit, group: GroupGrant, title: str = "", problem: ForPeopleError | None = None, done: str = ""
) -> Response:
    with_news = reading.compose_group(visit, group, title)
    return page(visit, "pages/reports.html", 422 if problem else 200, page=with_news, problem=problem, done=done)


def _said(released: Released) -> str:
    said = f"{released.released} {'rapport' if released.released == 1 else 'rapporten'} vrijgegeven."
    return f"{said} Nog niet: {', '.join(released.waiting)}." if released.waiting else said


def _text(text: str) -> str:
    """A browser sends a line end as two characters, and counts it as one."""
    return text.replace("\r\n", "\n").strip()
