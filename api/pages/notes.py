"""/notitie: writing something down in a few seconds, about a child that is chosen already or not yet.

The name that is sought and the signal that is answered come in the body of a POST: neither stands in an address.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response
from pydantic import ValidationError

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.notes import LONGEST, NewNote, NewWording, NoteForm
from api.security.access import NOTE, NOTES, Visit, guarded
from api.services import groups
from api.services import notes as service
from api.services.note_wordings import compose_wordings
from api.services.note_wordings import correct as correct_note
from models.queries.scope import Grant
from models.vocabulary import NoteKind, Readers, Tone

router = APIRouter(include_in_schema=False)

NOTHING = f"Schrijf op wat er moet staan, in hoogstens {LONGEST} tekens."
INCOMPLETE = "Kies over wie het gaat en schrijf op wat u zag of hoorde."


@router.get("/notitie")
@guarded(NOTES)
def blank(visit: Visit) -> Response:
    return _empty(visit, service.compose_form(visit))


@router.get("/kind/{uid}/notitie")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(NOTE)
def about(visit: Visit, grant: Grant) -> Response:
    return _empty(visit, service.compose_form(visit, [grant]))


@router.post("/kind/{uid}/notitie")  # noqa: FAST003 - see above
@guarded(NOTE)
def answer(visit: Visit, grant: Grant, signal: Annotated[str, Form(max_length=450)]) -> Response:
    """The same form, about a signal that the note will answer; nothing is kept yet."""
    form = service.compose_form(visit, [grant], UUID(visit.request.path_params["uid"]), signal)
    return _empty(visit, form)


@router.post("/notitie")
@guarded(NOTES)
def save(  # noqa: PLR0913, PLR0917 - what the form asks
    visit: Visit,
    note: Annotated[UUID, Form()],
    child: Annotated[list[UUID] | None, Form()] = None,
    kind: Annotated[NoteKind, Form()] = NoteKind.OBSERVATION,
    tone: Annotated[Tone, Form()] = Tone.NEUTRAL,
    readers: Annotated[Readers, Form()] = Readers.TEAM,
    body: Annotated[str, Form(max_length=4000)] = "",
    on: Annotated[date | None, Form()] = None,
    about: Annotated[UUID | None, Form()] = None,
    signal: Annotated[str | None, Form(max_length=450)] = None,
    find: Annotated[str, Form(max_length=100)] = "",
    act: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """`act` is "zoek" for the button that looks for a child; what was typed stays on the page."""
    typed = {"note": note, "kind": kind, "tone": tone, "readers": readers, "body": body, "on": on, "find": find}
    problem: Exception | str | None = None
    found = []
    if act == "zoek":
        found = [each for each in groups.search(visit, find) if each.id not in (child or [])]
        problem = None if found else "Geen kind gevonden. Zoek op het begin van een voor- of achternaam."
    else:
        try:
            new = NewNote(
                children=child or [], body=body.strip(), kind=kind, tone=tone, readers=readers,
                observed_on=on, id=note, about=about, signal=signal or None,
            )  # fmt: skip
            return go(f"/notitie/{service.save(visit, new).id}")
        except ForPeopleError as wrong:
            problem = wrong
        except ValidationError:
            problem = INCOMPLETE
    form = service.compose_form(visit, service.granted(visit, child) if child else (), about, signal or None)
    status = 422 if problem else 200
    return page(visit, "pages/note.html", status, form=form, typed=typed, found=found, problem=problem)


@router.get("/notitie/{note_id}")
@guarded(NOTES)
def kept(visit: Visit, note_id: UUID) -> Response:
    return page(visit, "pages/note_saved.html", note=service.saved(visit, note_id), problem=None)


@router.get("/kind/{uid}/notitie/{note_id}")  # noqa: FAST003 - see above
@guarded(NOTE)
def wordings(visit: Visit, grant: Grant, note_id: UUID) -> Response:
    return page(visit, "pages/note_wordings.html", note=compose_wordings(visit, grant, note_id), typed={}, problem=None)


@router.post("/kind/{uid}/notitie/{note_id}")  # noqa: FAST003 - see above
@guarded(NOTE)
def correct(
    visit: Visit,
    grant: Grant,
    note_id: UUID,
    body: Annotated[str, Form(max_length=4000)] = "",
    tone: Annotated[Tone | None, Form()] = None,
) -> Response:
    try:
        made = correct_note(visit, grant, note_id, NewWording(body=body.strip(), tone=tone))
    except (ForPeopleError, ValidationError) as wrong:
        problem = wrong if isinstance(wrong, ForPeopleError) else NOTHING
        note, typed = compose_wordings(visit, grant, note_id), {"body": body, "tone": tone}
        return page(visit, "pages/note_wordings.html", 422, note=note, typed=typed, problem=problem)
    return go(f"/kind/{visit.request.path_params['uid']}/notitie/{made}")


@router.post("/notitie/terug")
@guarded(NOTES)
def take_back(visit: Visit, note: Annotated[UUID, Form()]) -> Response:
    try:
        service.take_back(visit, note)
    except ForPeopleError as problem:
        return page(visit, "pages/note_saved.html", 422, note=service.saved(visit, note), problem=problem)
    return go("/notitie")


def _empty(visit: Visit, form: NoteForm) -> Response:
    return page(visit, "pages/note.html", form=form, typed={}, found=[], problem=None)
