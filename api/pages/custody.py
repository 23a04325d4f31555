"""Custody over a child, how its guardians can be reached, and questions of parents without custody."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Response

from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.security.access import CHILD_CONTACT, Access, Visit, guarded
from api.services import copies, requests
from api.services import custody as service
from api.services.contact import compose_contact
from api.services.custody_records import ChangedMeanwhileError
from models.queries.scope import Grant
from models.rules.access import Kind
from models.vocabulary import Custody, CustodyEvidence, RefusalGround, RequestDecision, Role

router = APIRouter(include_in_schema=False)

CUSTODY = Access("administratie en directie", frozenset({Role.OFFICE, Role.HEAD}), child="custody", needs=Kind.IDENTITY)
HEAD = Access("directie", frozenset({Role.HEAD}))

Version = Annotated[int, Form(ge=0)]
Guardian = Annotated[UUID, Form()]


@router.get("/kind/{uid}/gezag")  # noqa: FAST003 - the guard turns the id into a grant
@guarded(CUSTODY)
def custody(visit: Visit, grant: Grant) -> Response:
    return _custody(visit, grant)


@router.post("/kind/{uid}/gezag")  # noqa: FAST003 - see above
@guarded(CUSTODY)
def record(  # noqa: PLR0913 - the fields of the form
    visit: Visit,
    grant: Grant,
    *,
    guardian: Guardian,
    version: Version,
    custody: Annotated[Custody, Form()],
    evidence: Annotated[CustodyEvidence, Form()],
    since: Annotated[date | None, Form()] = None,
    remark: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    try:
        service.record(visit, grant, guardian, custody, evidence, seen=version, since=since, remark=remark)
    except ForPeopleError as problem:
        return _custody(visit, grant, problem)
    return go(f"/kind/{visit.request.path_params['uid']}/gezag")


@router.post("/kind/{uid}/gezag/bewijs")  # noqa: FAST003 - see above
@guarded(CUSTODY)
def prove(
    visit: Visit, grant: Grant, guardian: Guardian, version: Version, evidence: Annotated[CustodyEvidence, Form()]
) -> Response:
    try:
        service.prove(visit, grant, guardian, evidence, seen=version)
    except ForPeopleError as problem:
        return _custody(visit, grant, problem)
    return go(f"/kind/{visit.request.path_params['uid']}/gezag")


@router.post("/kind/{uid}/gezag/geheim")  # noqa: FAST003 - see above
@guarded(CUSTODY)
def secret(visit: Visit, grant: Grant, guardian: Guardian, is_secret: Annotated[bool, Form()]) -> Response:
    service.set_secret(visit, grant, guardian, is_secret=is_secret)
    return go(f"/kind/{visit.request.path_params['uid']}/gezag")


@router.post("/kind/{uid}/gezag/verzoek")  # noqa: FAST003 - see above
@guarded(CUSTODY)
def ask(
    visit: Visit,
    grant: Grant,
    guardian: Guardian,
    question: Annotated[str, Form(min_length=1, max_length=500)],
    asked_on: Annotated[date, Form()],
) -> Response:
    service.require_to_write(grant)
    try:
        requests.ask(visit, grant, service.guardian_of(visit, grant, guardian), question, asked_on)
    except ForPeopleError as problem:
        return _custody(visit, grant, problem)
    return go(f"/kind/{visit.request.path_params['uid']}/gezag")


@router.get("/kind/{uid}/contact")  # noqa: FAST003 - see above
@guarded(CHILD_CONTACT)
def contact(visit: Visit, grant: Grant) -> Response:
    return page(visit, "pages/contact.html", contact=compose_contact(visit, grant))


@router.get("/verzoeken")
@guarded(HEAD)
def list_requests(visit: Visit) -> Response:
    return page(visit, "pages/requests.html", requests=requests.lines(visit), copies=copies.lines(visit))


@router.get("/verzoeken/{request_id}")
@guarded(HEAD)
def request(visit: Visit, request_id: UUID) -> Response:
    return _request(visit, request_id)


@router.post("/verzoeken/{request_id}/besluit")
@guarded(HEAD)
def decide(
    visit: Visit,
    request_id: UUID,
    decision: Annotated[RequestDecision, Form()],
    reason: Annotated[str, Form(max_length=1000)],
    kinds: Annotated[list[Kind] | None, Form()] = None,
    ground: Annotated[RefusalGround | None, Form()] = None,
) -> Response:
    try:
        requests.decide(visit, request_id, decision, reason, kinds or [], ground)
    except ForPeopleError as problem:
        return _request(visit, request_id, problem)
    return go(f"/verzoeken/{request_id}")


@router.post("/verzoeken/{request_id}/uittreksel")
@guarded(HEAD)
def extract(visit: Visit, request_id: UUID) -> Response:
    """By POST: looking once changes something, and what is gone does not come back with the Back button."""
    try:
        opened = requests.open_once(visit, request_id)
    except ForPeopleError as problem:
        return _request(visit, request_id, problem)
    return page(visit, "pages/extract.html", extract=opened)


def _custody(visit: Visit, grant: Grant, problem: ForPeopleError | None = None) -> Response:
    return page(
        visit,
        "pages/custody.html",
        _status(problem),
        custody=service.compose_custody(visit, grant),
        choices=list(Custody),
        evidences=list(CustodyEvidence),
        today=visit.today,
        problem=problem,
    )


def _request(visit: Visit, uid: UUID, problem: ForPeopleError | None = None) -> Response:
    return page(
        visit,
        "pages/request.html",
        _status(problem),
        request=requests.one(visit, uid),
        offered=requests.OFFERED,
        grounds=list(RefusalGround),
        problem=problem,
    )


def _status(problem: ForPeopleError | None) -> int:
    if problem is None:
        return 200
    return 409 if isinstance(problem, ChangedMeanwhileError) else 422
