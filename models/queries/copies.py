"""Requests of parents for a copy: their own, those about one child, and those that directie of the school decides."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from models.copy_request import CopyRequest
from models.person import Guardianship
from models.queries.asked import asked, schools_led
from models.queries.custody import HAS_CUSTODY, guardian_ids_of
from models.queries.scope import AnyRow, Grant, NotFoundError, Scope
from models.rules.custody import adult_since

_ABOUT = asked(CopyRequest)
_NEWEST = (CopyRequest.asked_at.desc(), CopyRequest.id.desc())


def guardian_of(connection: sa.Connection, grant: Grant, scope: Scope) -> int:
    """Say which guardian with custody over this child the reader is, or raise `NotFoundError`."""
    moments = {"today": scope.today, "now": scope.now, "adult_since": adult_since(scope.today)}
    mine = guardian_ids_of(connection, scope)
    chosen = sa.select(Guardianship.guardian_id).where(
        Guardianship.school_id == grant.school_id,
        Guardianship.pupil_id == grant.pupil_id,
        Guardianship.guardian_id.in_(mine),
        HAS_CUSTODY,
    )
    found = connection.scalars(chosen.order_by(Guardianship.guardian_id), moments).first()
    if found is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return found


def asked_by(connection: sa.Connection, grant: Grant, guardian_id: int) -> Sequence[AnyRow]:
    """List what one guardian asked about this child, newest first."""
    return connection.execute(_of(grant).where(CopyRequest.guardian_id == guardian_id).order_by(*_NEWEST)).all()


def own(connection: sa.Connection, grant: Grant, guardian_id: int, uid: UUID) -> AnyRow:
    """Read one request of this guardian about this child, or raise `NotFoundError`."""
    return _one(connection, grant, _of(grant).where(CopyRequest.guardian_id == guardian_id, CopyRequest.uid == uid))


def of_child(connection: sa.Connection, grant: Grant, uid: UUID) -> AnyRow:
    """Read one request about this child, for who decides; or raise `NotFoundError`."""
    return _one(connection, grant, _of(grant).where(CopyRequest.uid == uid))


def to_decide(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """List the requests to the schools that the reader leads: open ones first, the one that is due first on top."""
    return connection.execute(
        _ABOUT.where(CopyRequest.school_id.in_(schools_led(scope))).order_by(
            CopyRequest.decided_at.is_not(None), CopyRequest.due_on, *_NEWEST
        )
    ).all()


def _of(grant: Grant) -> sa.Select[AnyRow]:
    return _ABOUT.where(CopyRequest.school_id == grant.school_id, CopyRequest.pupil_id == grant.pupil_id)


def _one(connection: sa.Connection, grant: Grant, chosen: sa.Select[AnyRow]) -> AnyRow:
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return row
