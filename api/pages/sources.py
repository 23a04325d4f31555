"""/bronnen: sources and their health, files handed over and tried, what is in quarantine, and who is who."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response, UploadFile

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.security.access import SOURCES, Visit, guarded
from api.services.sources import deciding, taking_in
from api.services.sources.overview import compose_sources

router = APIRouter(include_in_schema=False)

Short = Annotated[str, Form(max_length=100)]
Long = Annotated[str, Form(max_length=1000)]


@router.get("/bronnen")
@guarded(SOURCES)
def sources(visit: Visit, ingelezen: UUID | None = None) -> Response:
    return _overview(visit, delivery=ingelezen)


@router.post("/bronnen")
@guarded(SOURCES)
def hand_over(
    visit: Visit, school: Annotated[UUID, Form()], file: UploadFile | None = None, kind: Short = ""
) -> Response:
    try:
        content, name = (file.file, file.filename or "") if file else (None, "")
        uid = taking_in.hand_over(visit, school, content, name, kind)
    except ForPeopleError as problem:
        return _overview(visit, str(problem), status=422)
    return go(f"/bronnen/bestand/{uid}")


@router.get("/bronnen/bestand/{file_id}")
@guarded(SOURCES)
def tried(visit: Visit, file_id: UUID) -> Response:
    found = taking_in.find(visit, file_id)
    choices = found.choices or taking_in.options()
    return page(
        visit,
        "pages/source_file.html",
        tried=found,
        choices=choices,
        may_confirm=taking_in.may_confirm(visit, found),
    )


@router.post("/bronnen/bestand/{file_id}/soort")
@guarded(SOURCES)
def choose(visit: Visit, file_id: UUID, kind: Short) -> Response:
    taking_in.choose(visit, file_id, kind)
    return go(f"/bronnen/bestand/{file_id}")


@router.post("/bronnen/bestand/{file_id}/inlezen")
@guarded(SOURCES)
def take_in(visit: Visit, file_id: UUID, *, confirmed: Annotated[bool, Form()] = False) -> Response:
    delivery = taking_in.take_in(visit, file_id, confirmed=confirmed)
    return go(f"/bronnen?ingelezen={delivery}" if delivery else f"/bronnen/bestand/{file_id}")


@router.post("/bronnen/bestand/{file_id}/weg")
@guarded(SOURCES)
def throw_away(visit: Visit, file_id: UUID) -> Response:
    taking_in.throw_away(visit, file_id)
    return go("/bronnen")


@router.get("/bronnen/quarantaine")
@guarded(SOURCES)
def quarantine(visit: Visit, overgenomen: int | None = None, terzijde: int | None = None) -> Response:
    done = {"overgenomen": overgenomen, "terzijde": terzijde}
    return page(visit, "pages/quarantine.html", waiting=deciding.compose_quarantine(visit), done=done)


@router.post("/bronnen/quarantaine/opnieuw")
@guarded(SOURCES)
def retry(visit: Visit, school: Short, source: Short, code: Short, message: Long) -> Response:
    return go(f"/bronnen/quarantaine?overgenomen={deciding.retry(visit, (school, source, code, message))}")


@router.post("/bronnen/quarantaine/terzijde")
@guarded(SOURCES)
def dismiss(visit: Visit, school: Short, source: Short, code: Short, message: Long) -> Response:
    return go(f"/bronnen/quarantaine?terzijde={deciding.dismiss(visit, (school, source, code, message))}")


@router.get("/bronnen/wie-is-wie")
@guarded(SOURCES)
def who(visit: Visit) -> Response:
    return _who(visit)


@router.post("/bronnen/wie-is-wie")
@guarded(SOURCES)
def decide(visit: Visit, proposal: Annotated[UUID, Form()], same: Annotated[bool, Form()]) -> Response:
    try:
        (deciding.same if same else deciding.other)(visit, proposal)
    except ForPeopleError as problem:
        return _who(visit, str(problem), status=409)
    return go("/bronnen/wie-is-wie")


@router.post("/bronnen/wie-is-wie/hand")
@guarded(SOURCES)
def link_by_hand(visit: Visit, proposal: Annotated[UUID, Form()], number: Short) -> Response:
    try:
        deciding.by_hand(visit, proposal, number)
    except ForPeopleError as problem:
        return _who(visit, str(problem), status=409)
    return go("/bronnen/wie-is-wie")


@router.post("/bronnen/wie-is-wie/gelijk")
@guarded(SOURCES)
def link_complete(visit: Visit) -> Response:
    deciding.all_complete(visit)
    return go("/bronnen/wie-is-wie")


def _overview(visit: Visit, problem: str = "", delivery: UUID | None = None, status: int = 200) -> Response:
    schools = compose_sources(visit)
    newest = next((line for school in schools for line in school.history if line.id == delivery), None)
    return page(
        visit,
        "pages/sources.html",
        status,
        schools=schools,
        kinds=taking_in.options(),
        problem=problem,
        taken=newest,
    )


def _who(visit: Visit, problem: str = "", status: int = 200) -> Response:
    return page(visit, "pages/who.html", status, proposals=deciding.compose_proposals(visit), problem=problem)
