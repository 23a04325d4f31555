"""The emergency card in one click, and access for a stated reason with what directie says of it afterwards."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.schemas.people import PupilLink
from api.security import emergency_journal
from api.security.access import Access, Visit, guarded
from api.security.sessions import Step
from api.services import emergency as service
from api.services import reason as reason_service
from api.services import roster
from models.queries.asked import schools_led
from models.queries.scope import Grant
from models.rules.access import Kind
from models.vocabulary import EmergencyReason, Role, Verdict

router = APIRouter(include_in_schema=False)

WITH_CHILDREN = frozenset({Role.TEACHER, Role.SUBSTITUTE, Role.IB, Role.HEAD})
COLLEAGUE = Access("wie met kinderen werkt", WITH_CHILDREN)
CARD = Access("wie met kinderen werkt", child="name", needs=Kind.NAME, emergency=True)
REASON = Access("wie met kinderen werkt", WITH_CHILDREN, child="name", needs=Kind.NAME)
OVERSEER = Access("directie en IB", frozenset({Role.HEAD, Role.IB}))
HEAD = Access("directie", frozenset({Role.HEAD}))

SHOWS = {
    Kind.EMERGENCY_CARD: "/nood",
    Kind.EMERGENCY_NUMBERS: "/nood",
    Kind.SECRET_CONTACT: "/contact",
}
"""Where a kind of data is shown, when that is not the sheet itself."""


@router.get("/nood")
@guarded(COLLEAGUE)
def emergency(visit: Visit) -> Response:
    return page(visit, "pages/emergency.html", sought="", found=None)


@router.post("/nood")
@guarded(COLLEAGUE)
def find(visit: Visit, name: Annotated[str, Form(max_length=100)]) -> Response:
    """By POST, so that a child's name stands in no URL, history or log."""
    return page(visit, "pages/emergency.html", sought=name, found=roster.find_by_letters(visit, name))


@router.get("/nood/journaal")
@guarded(HEAD)
def journal(visit: Visit) -> Response:
    waiting = emergency_journal.lines(visit.kit.settings.data_dir, schools_led(visit.scope))
    return page(visit, "pages/emergency_journal.html", lines=waiting)


@router.post("/nood/journaal")
@guarded(HEAD)
def merge(visit: Visit) -> Response:
    emergency_journal.merge(visit.kit.settings.data_dir, schools_led(visit.scope), visit.kit.log)
    return go("/nood/journaal")


@router.get("/kind/{uid}/nood")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(CARD)
def card(visit: Visit, grant: Grant) -> Response:
    return page(visit, "pages/emergency_card.html", card=service.compose_card(visit, grant), problem=None)


@router.post("/kind/{uid}/nood")  # noqa: FAST003 - see above
@guarded(CARD)
def open_card(visit: Visit, grant: Grant) -> Response:
    without_log = service.open_card(visit, grant)
    if without_log is not None:
        return page(visit, "pages/emergency_card.html", card=without_log, problem=None)
    return go(f"/kind/{visit.request.path_params['uid']}/nood")


@router.post("/kind/{uid}/nood/kaart")  # noqa: FAST003 - see above
@guarded(REASON)
def write_card(
    visit: Visit, grant: Grant, version: Annotated[int, Form(ge=0)], body: Annotated[str, Form(max_length=600)] = ""
) -> Response:
    try:
        service.write_card(visit, grant, body, version)
    except ForPeopleError as problem:
        shown = service.compose_card(visit, grant)
        return page(visit, "pages/emergency_card.html", 409, card=shown, problem=problem)
    return go(f"/kind/{visit.request.path_params['uid']}/nood")


@router.get("/reden")
@guarded(COLLEAGUE)
def reasons(visit: Visit) -> Response:
    return _reasons(visit)


@router.post("/reden")
@guarded(COLLEAGUE)
def find_exactly(
    visit: Visit, name: Annotated[str, Form(max_length=200)], home: Annotated[str, Form(max_length=64)]
) -> Response:
    return _reasons(visit, name, home, roster.find_exactly(visit, name, home))


@router.get("/kind/{uid}/reden")  # noqa: FAST003 - see above
@guarded(REASON)
def reason_form(visit: Visit, grant: Grant) -> Response:
    return _confirm(visit) if reason_service.must_confirm(visit, grant.opens) else _form(visit, grant)


@router.post("/kind/{uid}/reden")  # noqa: FAST003 - see above
@guarded(REASON)
def open_for_reason(
    visit: Visit,
    grant: Grant,
    kind: Annotated[Kind, Form()],
    reason: Annotated[EmergencyReason, Form()],
    explanation: Annotated[str, Form(max_length=500)] = "",
    password: Annotated[str, Form(max_length=1024)] = "",
) -> Response:
    if reason_service.must_confirm(visit, [kind]):
        return _confirm(visit)
    try:
        reason_service.open_for_reason(visit, grant, kind, reason, explanation, password)
    except ForPeopleError as problem:
        return _form(visit, grant, problem)
    return go(f"/kind/{visit.request.path_params['uid']}{SHOWS.get(kind, '')}")


@router.post("/reden/sluiten")
@guarded(COLLEAGUE)
def close(visit: Visit, use: Annotated[UUID, Form()]) -> Response:
    reason_service.close(visit, use)
    return go("/reden")


@router.get("/reden/gebruikt")
@guarded(OVERSEER)
def uses(visit: Visit) -> Response:
    return page(visit, "pages/reason_uses.html", uses=reason_service.uses(visit), problem=None)


@router.post("/reden/gebruikt")
@guarded(OVERSEER)
def judge(visit: Visit, use: Annotated[UUID, Form()], verdict: Annotated[Verdict, Form()]) -> Response:
    try:
        reason_service.judge(visit, use, verdict)
    except ForPeopleError as problem:
        return page(visit, "pages/reason_uses.html", 422, uses=reason_service.uses(visit), problem=problem)
    return go("/reden/gebruikt")


def _reasons(visit: Visit, name: str = "", home: str = "", found: list[PupilLink] | None = None) -> Response:
    opened = reason_service.open_now(visit)
    return page(visit, "pages/reasons.html", name=name, home=home, found=found, opened=opened)


def _confirm(visit: Visit) -> Response:
    """Show the second step again, and come back to the form."""
    return go(f"{Step.CODE.value}?naar=/kind/{visit.request.path_params['uid']}/reden")


def _form(visit: Visit, grant: Grant, problem: ForPeopleError | None = None) -> Response:
    return page(
        visit,
        "pages/reason.html",
        422 if problem else 200,
        child=reason_service.compose_reason(visit, grant),
        reasons=list(EmergencyReason),
        problem=problem,
    )
