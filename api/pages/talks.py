"""/bespreking: talks about a child or a group, planned, prepared, held and reported."""

from datetime import date, time
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import HTMLResponse

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.talks import NewTalk, NewView, Outcome, Said, TableText
from api.security.access import TALK, TALK_ABOUT_CHILD, TALK_ABOUT_GROUP, TALKS, Visit, guarded
from api.services.talks import compose, listing, planning, table, views
from api.services.talks.rights import ChangedMeanwhileError
from models.queries.scope import Grant, GroupGrant
from models.queries.talks import FoundTalk
from models.vocabulary import AgreementOutcome

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=4000)]
Line = Annotated[str, Form(max_length=300)]
Day = Annotated[date, Form()]
Hour = Annotated[str, Form(max_length=5)]
People = Annotated[list[UUID], Form()]
Chosen = Annotated[str, Form(max_length=36)]
"""An id, or nothing."""


@router.get("/bespreking")
@guarded(TALKS)
def talks(visit: Visit) -> Response:
    return page(visit, "pages/talks.html", page=listing.compose_list(visit))


@router.get("/groep/{uid}/bespreken")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(TALK_ABOUT_GROUP)
def group_agenda(visit: Visit, group: GroupGrant) -> Response:
    return _group_agenda(visit, group)


@router.post("/groep/{uid}/bespreken")  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_GROUP)
def plan_for_group(
    visit: Visit,
    group: GroupGrant,
    *,
    on: Day,
    at: Hour = "",
    question: Line = "",
    participants: People = [],  # noqa: B006 - FastAPI copies it
    children: People = [],  # noqa: B006 - see above
) -> Response:
    wanted = NewTalk(on=on, at=_hour(at), question=question, participants=participants, children=children)
    try:
        return go(f"/bespreking/{planning.plan(visit, group, wanted)}")
    except ForPeopleError as problem:
        return _group_agenda(visit, group, problem)


@router.get("/kind/{uid}/bespreken")  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_CHILD)
def child_agenda(visit: Visit, grant: Grant, signaal: Annotated[str, Query(max_length=500)] = "") -> Response:
    return _child_agenda(visit, grant, signal=signaal)


@router.post("/kind/{uid}/bespreken")  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_CHILD)
def plan_for_child(
    visit: Visit,
    grant: Grant,
    *,
    on: Day,
    at: Hour = "",
    question: Line = "",
    participants: People = [],  # noqa: B006 - see above
) -> Response:
    wanted = NewTalk(on=on, at=_hour(at), question=question, participants=participants)
    try:
        return go(f"/bespreking/{planning.plan(visit, grant, wanted)}")
    except ForPeopleError as problem:
        return _child_agenda(visit, grant, problem)


@router.post("/kind/{uid}/wens")  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_CHILD)
def wish(visit: Visit, grant: Grant, body: Line, signal: Annotated[str, Form(max_length=500)] = "") -> Response:
    try:
        planning.wish(visit, grant, body, signal)
    except ForPeopleError as problem:
        return _child_agenda(visit, grant, problem, signal, body)
    return go(f"/kind/{visit.request.path_params['uid']}/bespreken")


@router.post("/kind/{uid}/wens/terug")  # noqa: FAST003 - see above
@guarded(TALK_ABOUT_CHILD)
def withdraw(visit: Visit, grant: Grant, wish: Annotated[UUID, Form()]) -> Response:
    planning.withdraw(visit, grant, wish)
    return go(f"/kind/{visit.request.path_params['uid']}/bespreken")


@router.get("/bespreking/{talk_id}")  # noqa: FAST003 - the guard turns the id into a talk
@guarded(TALK)
def talk(visit: Visit, talk: FoundTalk, kind: Annotated[str, Query(max_length=36)] = "") -> Response:
    if talk.row.ended_at is not None:
        return go(f"/bespreking/{talk.row.uid}/verslag")
    return _talk(visit, talk, child=_uuid(kind))


@router.get("/bespreking/{talk_id}/verslag")  # noqa: FAST003 - see above
@guarded(TALK)
def report(visit: Visit, talk: FoundTalk) -> Response:
    if talk.row.ended_at is None:
        return go(f"/bespreking/{talk.row.uid}")
    return page(visit, "pages/talk_report.html", talk=compose.compose_talk(visit, talk))


@router.post("/bespreking/{talk_id}/blik")  # noqa: FAST003 - see above
@guarded(TALK)
def save_view(
    visit: Visit,
    talk: FoundTalk,
    *,
    strengths: Text = "",
    concerns: Text = "",
    wish: Text = "",
    act: Annotated[Literal["draft", "ready"], Form()] = "draft",
) -> Response:
    view = NewView(strengths=strengths, concerns=concerns, wish=wish, is_ready=act == "ready")
    try:
        views.save(visit, talk, view)
    except ForPeopleError as problem:
        return _talk(visit, talk, problem, typed=view)
    return go(f"/bespreking/{talk.row.uid}")


@router.post("/bespreking/{talk_id}/verzet")  # noqa: FAST003 - see above
@guarded(TALK)
def move(visit: Visit, talk: FoundTalk, on: Day, at: Hour = "") -> Response:
    try:
        planning.move(visit, talk, on, _hour(at))
    except ForPeopleError as problem:
        return _talk(visit, talk, problem)
    return go(f"/bespreking/{talk.row.uid}")


@router.post("/bespreking/{talk_id}/deelnemers")  # noqa: FAST003 - see above
@guarded(TALK)
def take_part(visit: Visit, talk: FoundTalk, participants: People = []) -> Response:  # noqa: B006 - see above
    try:
        planning.take_part(visit, talk, participants)
    except ForPeopleError as problem:
        return _talk(visit, talk, problem)
    return go(f"/bespreking/{talk.row.uid}")


@router.post("/bespreking/{talk_id}/afzeggen")  # noqa: FAST003 - see above
@guarded(TALK)
def cancel(visit: Visit, talk: FoundTalk) -> Response:
    try:
        planning.cancel(visit, talk)
    except ForPeopleError as problem:
        return _talk(visit, talk, problem)
    return go("/bespreking")


@router.post("/bespreking/{talk_id}/begin")  # noqa: FAST003 - see above
@guarded(TALK)
def begin(visit: Visit, talk: FoundTalk) -> Response:
    try:
        planning.start(visit, talk)
    except ForPeopleError as problem:
        return _talk(visit, talk, problem)
    return go(f"/bespreking/{talk.row.uid}")


@router.post("/bespreking/{talk_id}/tafel")  # noqa: FAST003 - see above
@guarded(TALK)
def save_table(  # noqa: PLR0913 - the fields of the form
    visit: Visit,
    talk: FoundTalk,
    *,
    version: Annotated[int, Form(ge=-1, le=2**31 - 1)] = -1,
    sees: Text = "",
    child_says: Text = "",
    child: Chosen = "",
    helps: Line = "",
    hinders: Line = "",
    what: Line = "",
    who: Chosen = "",
    when: Annotated[str, Form(max_length=10)] = "",
    line: Chosen = "",
    act: Annotated[Literal["save", "end"], Form()] = "save",
) -> Response:
    """Keep all that stands in the form; `line` is one that is taken back."""
    text = TableText(version=version, sees=sees, child_says=child_says) if version >= 0 else None
    said = Said(child=_uuid(child), helps=helps, hinders=hinders, what=what, who=_uuid(who), when=_day(when))
    if act == "end" and talk.row.ended_at is not None:
        return go(f"/bespreking/{talk.row.uid}/verslag")
    try:
        table.save(visit, talk, text, said, end=act == "end", gone=_uuid(line))
    except ForPeopleError as problem:
        return _talk(visit, talk, problem, child=said.child, text=text, said=said)
    if act == "end":
        return go(f"/bespreking/{talk.row.uid}/verslag")
    # The field itself: a browser that goes there gives it the focus, for the next line.
    part = "helpt-veld" if helps else "hindert-veld" if hinders else "wat" if what else "tafel"
    return _back(talk, said.child, part)


@router.post("/bespreking/{talk_id}/vorige")  # noqa: FAST003 - see above
@guarded(TALK)
def close(
    visit: Visit,
    talk: FoundTalk,
    *,
    agreement: Annotated[UUID, Form()],
    outcome: Annotated[AgreementOutcome, Form()],
    body: Line = "",
    child: Chosen = "",
) -> Response:
    try:
        table.close(visit, talk, Outcome(agreement=agreement, outcome=outcome, body=body), _uuid(child))
    except ForPeopleError as problem:
        return _talk(visit, talk, problem, child=_uuid(child))
    return _back(talk, _uuid(child), "vorige")


def _talk(
    visit: Visit,
    talk: FoundTalk,
    problem: ForPeopleError | None = None,
    *,
    child: UUID | None = None,
    typed: NewView | None = None,
    text: TableText | None = None,
    said: Said | None = None,
) -> HTMLResponse:
    """Show the talk as it is now; after a problem with what was typed still in its field."""
    composed = compose.compose_talk(visit, talk)
    return page(
        visit,
        "pages/talk.html",
        _status(problem),
        talk=composed,
        sheet=compose.sheet_beside(visit, talk, child),
        pane=compose.compose_pane(visit, talk, child) if child and not talk.child_uid else None,
        problem=problem,
        typed=typed,
        text=text,
        said=said or Said(),
        outcomes=list(AgreementOutcome),
    )


def _group_agenda(visit: Visit, group: GroupGrant, problem: ForPeopleError | None = None) -> Response:
    shown = listing.compose_group_planning(visit, group)
    return page(visit, "pages/talk_group.html", _status(problem), page=shown, problem=problem, today=visit.today)


def _child_agenda(
    visit: Visit, grant: Grant, problem: ForPeopleError | None = None, signal: str = "", typed: str = ""
) -> Response:
    shown = listing.compose_child_planning(visit, grant)
    more = {"signal": signal, "typed": typed, "today": visit.today}
    return page(visit, "pages/talk_child.html", _status(problem), page=shown, problem=problem, **more)


def _back(talk: FoundTalk, child: UUID | None, part: str) -> Response:
    opened = f"?kind={child}" if child and not talk.child_uid else ""
    return go(f"/bespreking/{talk.row.uid}{opened}#{part}")


def _status(problem: ForPeopleError | None) -> int:
    if problem is None:
        return 200
    return 409 if isinstance(problem, ChangedMeanwhileError) else 422


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise ForPeopleError("Kies iemand uit de lijst.") from error


def _hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if text else None
    except ValueError as error:
        raise ForPeopleError("Schrijf een tijd als 14:30.") from error


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ForPeopleError("Schrijf een dag als 2026-11-30.") from error
