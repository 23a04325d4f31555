"""/registraties/rondes and what comes of them: voices side by side, decisions, what went, and the wishes on paper."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request, Response

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.registrations import NewDecision, NewOpinion
from api.security.access import PUBLIC, Visit, guarded
from api.security.patience import TooManyAttemptsError
from api.services.registrations import deciding, guests, rounds, voting
from api.services.registrations.at import DECIDE, READ, VOTE
from api.services.registrations.detail import compose_detail
from api.services.registrations.page import compose_audit
from models.vocabulary import Leftover, Ruling, Voice

router = APIRouter(include_in_schema=False)

ROUNDS = "/registraties/rondes"
ROUND = "/registraties/ronde/{round_id}"
VOICE = "/registraties/stem/{round_id}"
GUEST = "/meepraten"
School = Annotated[UUID | None, Form()]


async def _sent(request: Request) -> list[tuple[str, str]]:
    """The fields of a form whose names are made by the page."""
    form = await request.form()
    return [(name, value) for name, value in form.multi_items() if isinstance(value, str)]


Sent = Annotated[list[tuple[str, str]], Depends(_sent)]


@router.get(ROUNDS)
@guarded(READ)
def overview(visit: Visit, school: UUID | None = None) -> Response:
    chosen, lines = rounds.compose_rounds(visit, school)
    return page(
        visit, "pages/registration_rounds.html", school=chosen, rounds=lines, today=visit.today,
        items=compose_audit(visit, chosen.uid).items, may_decide=bool(visit.scope.roles & DECIDE.roles),
    )  # fmt: skip


@router.post(ROUNDS)
@guarded(DECIDE)
def open_round(
    visit: Visit,
    closes_on: Annotated[date, Form()],
    title: Annotated[str, Form(max_length=120)] = "",
    question: Annotated[str, Form(max_length=500)] = "",
    items: Annotated[list[UUID] | None, Form()] = None,
    school: School = None,
) -> Response:
    made = rounds.open_round(visit, school, title, question, closes_on, items or [])
    return go(f"/registraties/ronde/{made}")


@router.get(ROUND)
@guarded(READ)
def round_page(visit: Visit, round_id: UUID) -> Response:
    return _round(visit, round_id)


@router.post(f"{ROUND}/code")
@guarded(DECIDE)
def make_code(
    visit: Visit,
    round_id: UUID,
    voice: Annotated[Voice, Form()],
    seats: Annotated[int, Form(ge=1, le=200)] = 1,
    count: Annotated[int, Form(ge=1, le=60)] = 1,
) -> Response:
    made = rounds.make_codes(visit, round_id, voice, seats, count)
    return _round(visit, round_id, made=made, made_for=voice.label, made_seats=seats)


@router.post(f"{ROUND}/sluiten")
@guarded(DECIDE)
def close(visit: Visit, round_id: UUID) -> Response:
    rounds.close(visit, round_id)
    return go(f"/registraties/ronde/{round_id}")


@router.get(VOICE)
@guarded(VOTE)
def ballot(visit: Visit, round_id: UUID) -> Response:
    shown = voting.compose_ballot(visit, round_id)
    return page(visit, "pages/registration_ballot.html", ballot=shown, action=f"/registraties/stem/{round_id}")


@router.post(VOICE)
@guarded(VOTE)
def vote(visit: Visit, round_id: UUID, sent: Sent) -> Response:
    voting.vote(visit, round_id, _opinions(sent))
    return go(f"/registraties/ronde/{round_id}")


@router.get(GUEST)
@guarded(PUBLIC)
def door(visit: Visit) -> Response:
    return page(visit, "pages/registration_door.html", problem="", under_way=guests.under_way(visit))


@router.post(GUEST)
@guarded(PUBLIC)
def enter(visit: Visit, code: Annotated[str, Form(max_length=40)] = "") -> Response:
    try:
        token = guests.enter(visit, code)
    except guests.WrongCodeError:
        words = "Deze code kennen we niet, is al gebruikt, of de ronde is gesloten. Vraag de school om een nieuwe."
        return page(visit, "pages/registration_door.html", 401, problem=words, under_way="")
    except TooManyAttemptsError as waiting:
        response: Response = page(visit, "pages/registration_door.html", 429, problem=waiting.sentence, under_way="")
        response.headers["Retry-After"] = str(waiting.seconds)
        return response
    response = go(f"{GUEST}/lijst")
    guests.remember(response, visit, token)
    return response


@router.get(f"{GUEST}/lijst")
@guarded(PUBLIC)
def guest_ballot(visit: Visit) -> Response:
    try:
        shown = guests.compose(visit)
    except guests.NoSeatError:
        return go(GUEST)
    return page(visit, "pages/registration_ballot.html", ballot=shown, action=f"{GUEST}/lijst")


@router.post(f"{GUEST}/lijst")
@guarded(PUBLIC)
def guest_vote(visit: Visit, sent: Sent) -> Response:
    try:
        guests.vote(visit, _opinions(sent))
    except guests.NoSeatError:
        return go(GUEST)
    return go(f"{GUEST}/bedankt")


@router.get(f"{GUEST}/bedankt")
@guarded(PUBLIC)
def thanks(visit: Visit) -> Response:
    try:
        shown = guests.compose(visit)
    except guests.NoSeatError:
        return go(GUEST)
    return page(visit, "pages/registration_thanks.html", ballot=shown)


@router.post("/registraties/onderdeel/{registration_id}/besluit")
@guarded(DECIDE)
def decide(
    visit: Visit,
    registration_id: UUID,
    ruling: Annotated[Ruling, Form()],
    review_on: Annotated[date, Form()],
    reason: Annotated[str, Form(max_length=1000)] = "",
    stops_on: Annotated[date | None, Form()] = None,
    leftover: Annotated[Leftover | None, Form()] = None,
) -> Response:
    try:
        made = NewDecision(
            ruling=ruling, reason=reason or " ", review_on=review_on, stops_on=stops_on, leftover=leftover
        )
        deciding.decide(visit, registration_id, made)
    except ForPeopleError as problem:
        shown = compose_detail(visit, registration_id)
        return page(visit, "pages/registration.html", 422, page=shown, problem=problem)
    return go(f"/registraties/onderdeel/{registration_id}#besluit")


@router.get("/registraties/besluiten")
@guarded(READ)
def log(visit: Visit, school: UUID | None = None) -> Response:
    return page(visit, "pages/registration_log.html", page=deciding.compose_log(visit, school), only_gone=False)


@router.get("/registraties/inspectie")
@guarded(READ)
def for_inspection(visit: Visit, school: UUID | None = None) -> Response:
    shown = deciding.compose_log(visit, school, only_gone=True)
    return page(visit, "pages/registration_log.html", page=shown, only_gone=True)


@router.get("/registraties/vervolg")
@guarded(READ)
def follow(visit: Visit, school: UUID | None = None) -> Response:
    return page(visit, "pages/registration_follow.html", page=deciding.compose_follow(visit, school))


@router.post("/registraties/stap")
@guarded(DECIDE)
def tick(visit: Visit, step: Annotated[UUID, Form()]) -> Response:
    return go(f"/registraties/vervolg?school={deciding.tick(visit, step)}")


@router.post("/registraties/stap/terug")
@guarded(DECIDE)
def untick(visit: Visit, step: Annotated[UUID, Form()]) -> Response:
    return go(f"/registraties/vervolg?school={deciding.untick(visit, step)}")


@router.get("/registraties/wensen")
@guarded(READ)
def wishes(visit: Visit, school: UUID | None = None) -> Response:
    return page(visit, "pages/registration_wishes.html", page=deciding.compose_wishes(visit, school))


def _round(visit: Visit, uid: UUID, **made: Any) -> Response:
    shown = rounds.compose_round(visit, uid).model_copy(update=made)
    return page(visit, "pages/registration_round.html", page=shown, address=visit.kit.settings.public_url)


def _opinions(sent: list[tuple[str, str]]) -> list[NewOpinion]:
    """Read `ruling-<uid>` with its `because-<uid>`; an item without a choice is skipped, a broken field too."""
    fields: dict[str, Any] = dict(sent)
    found = []
    for name, value in fields.items():
        kind, _, uid = name.partition("-")
        if kind == "ruling" and value in set(Ruling):
            because = str(fields.get(f"because-{uid}", ""))[:500]
            try:
                found.append(NewOpinion(item=UUID(uid), ruling=Ruling(value), because=because))
            except ValueError:
                continue
    return found
