"""Requests of parents for a copy: their own, those about one child, and those that directie of the school decides."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from models.copy_request import CopyRequest
from models.person import Guardian, Guardianship, Pupil
from models.queries.custody import HAS_CUSTODY, guardian_ids_of
from models.queries.requests import schools_led
from models.queries.scope import AnyRow, Grant, NotFoundError, Scope
from models.rules.custody import adult_since

_ABOUT = (
    sa.select(
        CopyRequest.__table__,
        Pupil.uid.label("pupil_uid"),
        Pupil.given_name.label("pupil_given_name"),
        Pupil.prefix.label("pupil_prefix"),
        Pupil.family_name.label("pupil_family_name"),
        Guardian.given_name,
        Guardian.first_names,
        Guardian.prefix,
        Guardian.family_name,
    )
    .select_from(CopyRequest)
    .join(Pupil, Pupil.id == CopyRequest.pupil_id)
    .join(Guardian, Guardian.id == CopyRequest.guardian_id)
)
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


def count_open(connection: sa.Connection, scope: Scope) -> tuple[int, date]:
    """Count the requests that wait for the reader, with the day the first is due (today if none)."""
    first: sa.ColumnElement[date | None] = sa.func.min(CopyRequest.due_on)
    count, due = connection.execute(
        sa.select(sa.func.count(), first).where(
            CopyRequest.school_id.in_(schools_led(scope)), CopyRequest.decided_at.is_(None)
        )
    ).one()
    return count, due or scope.today


def _of(grant: Grant) -> sa.Select[AnyRow]:
    return _ABOUT.where(CopyRequest.school_id == grant.school_id, CopyRequest.pupil_id == grant.pupil_id)


def _one(connection: sa.Connection, grant: Grant, chosen: sa.Select[AnyRow]) -> AnyRow:
    row = connection.execute(chosen).one_or_none()
    if row is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return row
