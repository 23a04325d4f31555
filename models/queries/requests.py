"""Questions of parents without custody, for directie of the school itself."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from models.custody import InformationRequest
from models.person import Guardian, Pupil
from models.queries.scope import AnyRow, Grant, NotFoundError, Scope
from models.school import School
from models.vocabulary import Role

_ABOUT = (
    sa.select(
        InformationRequest.__table__,
        Pupil.uid.label("pupil_uid"),
        Pupil.given_name.label("pupil_given_name"),
        Pupil.first_names.label("pupil_first_names"),
        Pupil.prefix.label("pupil_prefix"),
        Pupil.family_name.label("pupil_family_name"),
        Guardian.given_name,
        Guardian.first_names,
        Guardian.prefix,
        Guardian.family_name,
        School.name.label("school"),
    )
    .select_from(InformationRequest)
    .join(Pupil, Pupil.id == InformationRequest.pupil_id)
    .join(Guardian, Guardian.id == InformationRequest.guardian_id)
    .join(School, School.id == InformationRequest.school_id)
)


def schools_led(scope: Scope) -> frozenset[int]:
    """Return the schools of which the reader is directie today."""
    return frozenset(held.school_id for held in scope.held if held.role is Role.HEAD)


def requests(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """List the questions to the schools that the reader leads: open ones first, then the latest that were decided."""
    return connection.execute(
        _ABOUT.where(InformationRequest.school_id.in_(schools_led(scope))).order_by(
            InformationRequest.decided_at.is_not(None), InformationRequest.due_on, InformationRequest.id
        )
    ).all()


def request(connection: sa.Connection, scope: Scope, uid: UUID) -> AnyRow:
    """Read one question to a school that the reader leads, or raise `NotFoundError`."""
    row = connection.execute(
        _ABOUT.where(InformationRequest.uid == uid, InformationRequest.school_id.in_(schools_led(scope)))
    ).one_or_none()
    if row is None:
        raise NotFoundError
    return row


def requests_about(connection: sa.Connection, grant: Grant) -> Sequence[AnyRow]:
    """List the questions about one child, newest first."""
    return connection.execute(
        _ABOUT.where(
            InformationRequest.school_id == grant.school_id, InformationRequest.pupil_id == grant.pupil_id
        ).order_by(InformationRequest.id.desc())
    ).all()


def count_open(connection: sa.Connection, scope: Scope) -> tuple[int, date]:
    """Count the questions that wait for a decision of the reader, with the day the first is due (today if none)."""
    first: sa.ColumnElement[date | None] = sa.func.min(InformationRequest.due_on)
    count, due = connection.execute(
        sa.select(sa.func.count(), first).where(
            InformationRequest.school_id.in_(schools_led(scope)), InformationRequest.decided_at.is_(None)
        )
    ).one()
    return count, due or scope.today
