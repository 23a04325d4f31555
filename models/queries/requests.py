"""Questions of parents without custody, for directie of the school itself."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from models.custody import InformationRequest
from models.queries.asked import asked, schools_led
from models.queries.scope import AnyRow, Grant, NotFoundError, Scope
from models.school import School

_ABOUT = (
    asked(InformationRequest)
    .add_columns(School.name.label("school"))
    .join(School, School.id == InformationRequest.school_id)
)


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
