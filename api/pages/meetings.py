"""Talks with parents and the child: the round of a group, one talk at school, and the same talk for a parent."""

from datetime import date, time
from typing import Annotated, Literal
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Form, Query, Response
from pydantic import ValidationError

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.meetings import AtTheTable, NewMeeting, NewOfRound, NewRound, NewVoice, SchoolVoice
from api.security.access import MEETING, MEETINGS_OF_GROUP, OWN_MEETING, Visit, guarded
from api.services.meetings import compose, planning, table, voices
from models.queries.scope import Grant, GroupGrant
from models.vocabulary import Speaker, TalkKind

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=2000)]
Day = Annotated[date, Form()]
Hour = Annotated[str, Form(max_length=8)]
People = Annotated[list[UUID], Form()]
Texts = Annotated[list[str], Form()]
Act = Annotated[Literal["draft", "ready"], Form()]


@router.get("/groep/{uid}/gesprekken")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(MEETINGS_OF_GROUP)
def round_of_group(
    visit: Visit,
    group: GroupGrant,
    *,
    soort: Annotated[TalkKind, Query()] = TalkKind.PARENTS,
    dag: Annotated[date | None, Query()] = None,
    van: Annotated[time, Query()] = time(14, 45),
    tot: Annotated[time, Query()] = time(17, 0),
    duur: Annotated[int, Query(ge=5, le=60)] = 15,
) -> Response:
    try:
        shown = compose.compose_round(visit, group, soort, dag, van, tot, duur)
    except ForPeopleError as problem:
        return _round(visit, group, soort, problem)
    return page(visit, "pages/meeting_round.html", round=shown, kinds=compose.KINDS, problem=None)


@router.post("/groep/{uid}/gesprekken")  # noqa: FAST003 - see above
@guarded(MEETINGS_OF_GROUP)
def plan_round(
    visit: Visit,
    group: GroupGrant,
    *,
    kind: Annotated[TalkKind, Form()],
    child: People = [],  # noqa: B006 - FastAPI copies it
    on: Texts = [],  # noqa: B006 - see above
    at: Texts = [],  # noqa: B006 - see above
    guest: Texts = [],  # noqa: B006 - see above
) -> Response:
    """A row without an hour is not planned; a guest is "child:guardian"."""
    try:
        wanted = [
            NewOfRound(child=one, on=_day(on[row]), at=_hour(at[row]), guests=_guests(one, guest))
            for row, one in enumerate(child)
            if row < min(len(on), len(at)) and on[row] and at[row]
        ]
        planning.plan_round(visit, group, NewRound(kind=kind, meetings=wanted))
    except (ForPeopleError, ValidationError) as wrong:
        problem = wrong if isinstance(wrong, ForPeopleError) else ForPeopleError(TOO_MANY)
        return _round(visit, group, kind, problem)
    return go(f"/groep/{visit.request.path_params['uid']}/gesprekken?soort={kind.value}")


@router.post("/groep/{uid}/gesprekken/voorstel")  # noqa: FAST003 - see above
@guarded(MEETINGS_OF_GROUP)
def propose(
    visit: Visit,
    group: GroupGrant,
    *,
    soort: Annotated[TalkKind, Form()] = TalkKind.PARENTS,
    dag: Annotated[str, Form(max_length=10)] = "",
    van: Hour = "",
    tot: Hour = "",
    duur: Annotated[int, Form(ge=5, le=60)] = 15,
) -> Response:
    """Show the round with hours from another start; nothing is planned yet."""
    try:
        asked: dict[str, object] = {"soort": soort.value, "dag": _day(dag) if dag else "", "duur": duur}
        asked |= {"van": _hour(van) if van else "", "tot": _hour(tot) if tot else ""}
    except ForPeopleError as problem:
        return _round(visit, group, soort, problem)
    path = f"/groep/{visit.request.path_params['uid']}/gesprekken"
    return go(f"{path}?{urlencode({name: value for name, value in asked.items() if value})}")


@router.get("/kind/{uid}/gesprek")  # noqa: FAST003 - see above
@guarded(MEETING)
def of_child(visit: Visit, grant: Grant) -> Response:
    return _child(visit, grant)


@router.post("/kind/{uid}/gesprek")  # noqa: FAST003 - see above
@guarded(MEETING)
def plan(
    visit: Visit,
    grant: Grant,
    *,
    kind: Annotated[TalkKind, Form()],
    on: Day,
    at: Hour = "",
    guests: People = [],  # noqa: B006 - see above
) -> Response:
    try:
        wanted = NewMeeting(kind=kind, on=on, at=_hour(at) if at else None, guests=guests)
        return go(f"{_here(visit)}/{planning.plan(visit, grant, wanted)}")
    except (ForPeopleError, ValidationError) as wrong:
        problem = wrong if isinstance(wrong, ForPeopleError) else ForPeopleError(TOO_MANY)
        return _child(visit, grant, problem)


@router.get("/kind/{uid}/gesprek/{talk_id}")  # noqa: FAST003 - see above
@guarded(MEETING)
def meeting(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    return _meeting(visit, grant, talk_id)


@router.get("/kind/{uid}/gesprek/{talk_id}/a4")  # noqa: FAST003 - see above
@guarded(MEETING)
def on_paper(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    return page(visit, "pages/meeting_a4.html", meeting=compose.compose_meeting(visit, grant, talk_id), back="kind")


@router.post("/kind/{uid}/gesprek/{talk_id}/stem")  # noqa: FAST003 - see above
@guarded(MEETING)
def save_voice(  # noqa: PLR0913 - the fields of the form
    visit: Visit,
    grant: Grant,
    talk_id: UUID,
    *,
    speaker: Annotated[Speaker, Form()],
    goes_well: Text = "",
    is_hard: Text = "",
    wish: Text = "",
    act: Act = "draft",
) -> Response:
    typed = {"goes_well": _line(goes_well), "is_hard": _line(is_hard), "wish": _line(wish)}
    try:
        voice = SchoolVoice(speaker=speaker, is_ready=act == "ready", **typed)
        voices.save_for_school(visit, grant, talk_id, voice)
    except (ForPeopleError, ValidationError) as wrong:
        return _meeting(visit, grant, talk_id, _too_long(wrong), typed={speaker: typed})
    return go(f"{_here(visit)}#stemmen")


@router.post("/kind/{uid}/gesprek/{talk_id}/verzet")  # noqa: FAST003 - see above
@guarded(MEETING)
def move(visit: Visit, grant: Grant, talk_id: UUID, on: Day, at: Hour = "") -> Response:
    try:
        planning.move(visit, grant, talk_id, on, _hour(at) if at else None)
    except ForPeopleError as problem:
        return _meeting(visit, grant, talk_id, problem)
    return go(_here(visit))


@router.post("/kind/{uid}/gesprek/{talk_id}/afzeggen")  # noqa: FAST003 - see above
@guarded(MEETING)
def cancel(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    try:
        planning.cancel(visit, grant, talk_id)
    except ForPeopleError as problem:
        return _meeting(visit, grant, talk_id, problem)
    return go(f"/kind/{visit.request.path_params['uid']}/gesprek")


@router.post("/kind/{uid}/gesprek/{talk_id}/begin")  # noqa: FAST003 - see above
@guarded(MEETING)
def start(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    try:
        planning.start(visit, grant, talk_id)
    except ForPeopleError as problem:
        return _meeting(visit, grant, talk_id, problem)
    return go(_here(visit))


@router.post("/kind/{uid}/gesprek/{talk_id}/tafel")  # noqa: FAST003 - see above
@guarded(MEETING)
def at_the_table(  # noqa: PLR0913 - the fields of the form
    visit: Visit,
    grant: Grant,
    talk_id: UUID,
    *,
    what: Text = "",
    who: Annotated[str, Form(max_length=36)] = "",
    when: Annotated[str, Form(max_length=10)] = "",
    goal: Text = "",
    line: Annotated[str, Form(max_length=36)] = "",
    act: Annotated[Literal["save", "end"], Form()] = "save",
) -> Response:
    """Keep what stands in the form; `line` is an agreement that is taken back."""
    what, goal = _line(what), _line(goal)
    try:
        if line:
            table.take_back(visit, grant, talk_id, _uuid(line))
        if what or goal or (act == "save" and not line):
            said = AtTheTable(what=what, who=who, when=_day(when) if when else None, goal=goal)
            table.add(visit, grant, talk_id, said)
        if act == "end":
            table.end(visit, grant, talk_id)
    except (ForPeopleError, ValidationError) as wrong:
        said_again = {"what": what, "who": who, "when": when, "goal": goal}
        return _meeting(visit, grant, talk_id, _too_long(wrong), said=said_again)
    return go(f"{_here(visit)}#afspraken")


@router.get("/mijn-kind/{uid}/gesprek/{talk_id}")  # noqa: FAST003 - see above
@guarded(OWN_MEETING)
def own_meeting(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    return _own(visit, grant, talk_id)


@router.post("/mijn-kind/{uid}/gesprek/{talk_id}")  # noqa: FAST003 - see above
@guarded(OWN_MEETING)
def save_own_voice(
    visit: Visit,
    grant: Grant,
    talk_id: UUID,
    *,
    goes_well: Text = "",
    is_hard: Text = "",
    wish: Text = "",
    act: Act = "draft",
) -> Response:
    typed = {"goes_well": _line(goes_well), "is_hard": _line(is_hard), "wish": _line(wish)}
    try:
        voices.save_as_parent(visit, grant, talk_id, NewVoice(is_ready=act == "ready", **typed))
    except (ForPeopleError, ValidationError) as wrong:
        return _own(visit, grant, talk_id, _too_long(wrong), typed)
    return go(_here(visit))


@router.get("/mijn-kind/{uid}/gesprek/{talk_id}/a4")  # noqa: FAST003 - see above
@guarded(OWN_MEETING)
def own_on_paper(visit: Visit, grant: Grant, talk_id: UUID) -> Response:
    shown = compose.compose_own(visit, grant, talk_id)
    return page(visit, "pages/meeting_a4.html", meeting=shown, back="mijn-kind")


TOO_MANY = "Vul bij minstens één kind een dag en een tijd in. Nodig per gesprek hooguit twee ouders uit."
TOO_LONG = "Dit is te lang voor het blad. Maak het korter: hooguit 200 tekens in een vak, 140 in een afspraak of doel."


def _round(visit: Visit, group: GroupGrant, kind: TalkKind, problem: ForPeopleError) -> Response:
    shown = compose.compose_round(visit, group, kind)
    return page(visit, "pages/meeting_round.html", 422, round=shown, kinds=compose.KINDS, problem=problem)


def _child(visit: Visit, grant: Grant, problem: ForPeopleError | None = None) -> Response:
    shown = compose.compose_child(visit, grant)
    status = 422 if problem else 200
    return page(visit, "pages/meetings_child.html", status, page=shown, kinds=compose.KINDS, problem=problem)


def _meeting(
    visit: Visit,
    grant: Grant,
    talk_id: UUID,
    problem: ForPeopleError | None = None,
    *,
    typed: dict[Speaker, dict[str, str]] | None = None,
    said: dict[str, str] | None = None,
) -> Response:
    shown = compose.compose_meeting(visit, grant, talk_id)
    more = {"problem": problem, "typed": typed or {}, "said": said or {}}
    return page(visit, "pages/meeting.html", 422 if problem else 200, meeting=shown, **more)


def _own(
    visit: Visit,
    grant: Grant,
    talk_id: UUID,
    problem: ForPeopleError | None = None,
    typed: dict[str, str] | None = None,
) -> Response:
    shown = compose.compose_own(visit, grant, talk_id)
    return page(visit, "pages/meeting_own.html", 422 if problem else 200, meeting=shown, problem=problem, again=typed)


def _here(visit: Visit) -> str:
    """The path of this talk: without what was done with it."""
    path = visit.request.url.path
    return path if path.count("/") <= 4 else path.rpartition("/")[0]


def _line(text: str) -> str:
    return " ".join(text.split())


def _too_long(wrong: ForPeopleError | ValidationError) -> ForPeopleError:
    return wrong if isinstance(wrong, ForPeopleError) else ForPeopleError(TOO_LONG)


def _guests(child: UUID, chosen: list[str]) -> list[UUID]:
    return [_uuid(one.partition(":")[2]) for one in chosen if one.partition(":")[0] == str(child)]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise ForPeopleError("Kies iemand uit de lijst.") from error


def _hour(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError as error:
        raise ForPeopleError("Schrijf een tijd als 14:30.") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ForPeopleError("Schrijf een dag als 2026-11-30.") from error
