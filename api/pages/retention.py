"""How long everything is kept, for everyone; and for directie and office: who left, what is held, the plan."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from fastapi import APIRouter, Form, Response

from api.db import writing
from api.pages.respond import go, page
from api.problem import ForPeopleError
from api.security.access import SIGNED_IN, Access, Visit, guarded
from api.services.retention import deciding, leaving
from api.services.retention import plan as plans
from api.services.retention.overview import KIND, compose_keeping, compose_rules, last_day_of
from models.queries import retention as read
from models.queries.scope import AnyRow, NotFoundError
from models.vocabulary import Destination, HoldReason, Role

router = APIRouter(include_in_schema=False)

KEEPING = Access("directie en administratie", frozenset({Role.HEAD, Role.OFFICE}))
HEAD = Access("directie", frozenset({Role.HEAD}))

School = Annotated[int, Form(ge=1)]
Child = Annotated[UUID, Form()]


@router.get("/bewaartermijnen")
@guarded(SIGNED_IN)
def periods(visit: Visit) -> Response:
    may_decide = bool(KEEPING.roles & visit.scope.roles)
    return page(visit, "pages/periods.html", rules=compose_rules(visit), may_decide=may_decide)


@router.get("/bewaren")
@guarded(KEEPING)
def keeping(visit: Visit) -> Response:
    return _keeping(visit)


@router.post("/bewaren/plan")
@guarded(KEEPING)
def make_plan(visit: Visit, school: School) -> Response:
    def act(connection: sa.Connection) -> None:
        if plans.make(connection, school, visit.scope.account_id, visit.now) is None:
            raise plans.PlanError("Er is niets dat vandaag weg moet.")

    return _act(visit, school, deciding.MAY_PLAN, act)


@router.post("/bewaren/akkoord")
@guarded(HEAD)
def approve(visit: Visit, school: School, digest: Annotated[str, Form(max_length=64)]) -> Response:
    def act(connection: sa.Connection) -> None:
        plans.approve(connection, school, digest, visit.scope.account_id, visit.now)

    return _act(visit, school, deciding.MAY_APPROVE, act)


@router.post("/bewaren/weg")
@guarded(KEEPING)
def leave(
    visit: Visit,
    school: School,
    child: Child,
    last_day: Annotated[date, Form()],
    destination: Annotated[Destination, Form()],
) -> Response:
    def act(connection: sa.Connection) -> None:
        pupil = _pupil(connection, visit, school, child)
        leaving.leave(connection, pupil.id, school, last_day, destination, visit.signed_in.name, visit.now)

    return _act(visit, school, deciding.MAY_ENROL, act)


@router.post("/bewaren/weg-allen")
@guarded(KEEPING)
def leave_all(visit: Visit, school: School, before: Annotated[date, Form()]) -> Response:
    """Everyone whom the roll lost, on the day that it suggests; `before` is the day of the list that was seen."""

    def act(connection: sa.Connection) -> None:
        for row in read.may_have_left(connection, school, before):
            if last_day := last_day_of(row):
                with suppress(leaving.LeavingError):  # came back after that day: asked about one by one
                    who = visit.signed_in.name
                    leaving.leave(connection, row.id, school, last_day, Destination.UNKNOWN, who, visit.now)
                    _note(visit, school, row.id)

    return _act(visit, school, deciding.MAY_ENROL, act)


@router.post("/bewaren/terug")
@guarded(KEEPING)
def come_back(visit: Visit, school: School, child: Child, first_day: Annotated[date, Form()]) -> Response:
    def act(connection: sa.Connection) -> None:
        pupil = _pupil(connection, visit, school, child)
        leaving.come_back(connection, pupil.id, first_day, visit.signed_in.name)

    return _act(visit, school, deciding.MAY_ENROL, act)


@router.post("/bewaren/blokkade")
@guarded(HEAD)
def hold(
    visit: Visit,
    school: School,
    child: Child,
    reason: Annotated[HoldReason, Form()],
    ends_on: Annotated[date, Form()],
) -> Response:
    def act(connection: sa.Connection) -> None:
        pupil = _pupil(connection, visit, school, child)
        leaving.hold(connection, pupil.id, school, reason, ends_on, visit.signed_in.name, visit.now)

    return _act(visit, school, deciding.MAY_APPROVE, act)


@router.post("/bewaren/vrij")
@guarded(HEAD)
def lift(visit: Visit, school: School, hold: Annotated[UUID, Form()]) -> Response:
    def act(connection: sa.Connection) -> None:
        leaving.lift(connection, school, hold, visit.signed_in.name, visit.now)

    return _act(visit, school, deciding.MAY_APPROVE, act)


def _act(visit: Visit, school: int, roles: frozenset[Role], act: Callable[[sa.Connection], None]) -> Response:
    """Do something at a school where the reader may; what cannot be is said on the page."""
    if not any(held.school_id == school and held.role in roles for held in visit.scope.held):
        raise NotFoundError(school_id=school)
    try:
        with writing(visit.kit.engine) as connection:
            act(connection)
    except ForPeopleError as problem:
        return _keeping(visit, problem)
    return go("/bewaren")


def _pupil(connection: sa.Connection, visit: Visit, school: int, uid: UUID) -> AnyRow:
    """Find a child of this school; one of another school does not exist. What is decided is a line in the log."""
    found = read.pupil_by_uid(connection, [school], str(uid))
    if not found:
        raise NotFoundError(school_id=school)
    _note(visit, school, found[0].id)
    return found[0]


def _note(visit: Visit, school: int, pupil_id: int) -> None:
    role = next(held.role for held in visit.scope.held if held.school_id == school and held.role in KEEPING.roles)
    visit.lines.append({
        "at": visit.now,
        "school_id": school,
        "account_id": visit.scope.account_id,
        "role": role,
        "pupil_id": pupil_id,
        "kind": KIND,
        "action": "wrote",
        "ground": role.label,
    })  # fmt: skip


def _keeping(visit: Visit, problem: ForPeopleError | None = None) -> Response:
    return page(
        visit,
        "pages/keeping.html",
        422 if problem else 200,
        schools=compose_keeping(visit),
        problem=str(problem) if problem else None,
        destinations=list(Destination),
        reasons=list(HoldReason),
        today=visit.today,
    )
