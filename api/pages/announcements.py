"""/berichten: news of school for parents, and the form for who writes it."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Response
from pydantic import ValidationError

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.announcements import NewAnnouncement
from api.security.access import ANNOUNCE, ANNOUNCEMENTS, Visit, guarded
from api.services import announcements as service

router = APIRouter(include_in_schema=False)

INCOMPLETE = "Een bericht heeft een kop van hooguit 200 tekens en een tekst van hooguit 4000, en dagen als 24-11-2026."


@router.get("/berichten")
@guarded(ANNOUNCEMENTS)
def announcements(visit: Visit) -> Response:
    return _page(visit)


@router.post("/berichten")
@guarded(ANNOUNCE)
def announce(
    visit: Visit,
    title: Annotated[str, Form(max_length=1000)] = "",
    body: Annotated[str, Form(max_length=20_000)] = "",
    to: Annotated[str, Form(max_length=40, alias="group")] = "",
    shown_from: Annotated[str, Form(max_length=20)] = "",
    shown_until: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    typed = {"title": title, "body": body, "group": to, "shown_from": shown_from, "shown_until": shown_until}
    try:
        service.announce(visit, _wanted(typed))
    except ForPeopleError as problem:
        return _page(visit, problem, typed)
    return go("/berichten")


@router.post("/berichten/weg")
@guarded(ANNOUNCE)
def take_back(visit: Visit, announcement: Annotated[UUID, Form()]) -> Response:
    service.take_back(visit, announcement)
    return go("/berichten")


def _wanted(typed: dict[str, str]) -> NewAnnouncement:
    try:
        return NewAnnouncement.model_validate(
            {name: value for name, value in typed.items() if value.strip()} | {"title": typed["title"]}
        )
    except ValidationError:
        raise ForPeopleError(INCOMPLETE) from None


def _page(visit: Visit, problem: ForPeopleError | None = None, typed: dict[str, Any] | None = None) -> Response:
    shown = service.compose_announcements(visit)
    start: dict[str, Any] = {
        "title": "",
        "body": "",
        "group": "",
        "shown_from": visit.today,
        "shown_until": shown.until,
    }
    kept = {name: value if isinstance(value, date | str) else "" for name, value in (start | (typed or {})).items()}
    return page(visit, "pages/announcements.html", 422 if problem else 200, page=shown, problem=problem, form=kept)
