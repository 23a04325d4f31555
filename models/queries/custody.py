"""Custody as it stands at a moment: for the session of a parent (every request anew), and for the page of a child.

The same rule as `models.rules.custody`, in SQL because each request of a parent asks it; a test holds them together.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from models.account import RoleGrant
from models.custody import CustodyRecord
from models.person import Guardian, Guardianship, Pupil
from models.queries.scope import AnyRow, Grant, Scope
from models.rules.custody import adult_since
from models.types import UtcDateTime
from models.vocabulary import Custody, Role

TODAY = sa.bindparam("today", type_=sa.Date)
NOW = sa.bindparam("now", type_=UtcDateTime())
ADULT_SINCE = sa.bindparam("adult_since", type_=sa.Date)


def _recorded(column: InstrumentedAttribute[Any]) -> sa.ScalarSelect[Any]:
    """A column of what school recorded last for the guardian and child of a `guardianship` row, at :now."""
    return (
        sa.select(column)
        .where(
            CustodyRecord.guardian_id == Guardianship.guardian_id,
            CustodyRecord.pupil_id == Guardianship.pupil_id,
            CustodyRecord.starts_at <= NOW,
        )
        .order_by(CustodyRecord.starts_at.desc(), CustodyRecord.version.desc())
        .limit(1)
        .correlate(Guardianship)
        .scalar_subquery()
    )


_CLAIMED = sa.case(
    (
        sa.and_(Guardianship.starts_on <= TODAY, sa.or_(Guardianship.ends_on.is_(None), Guardianship.ends_on >= TODAY)),
        Guardianship.custody,
    )
)
_GROWN_UP = sa.exists().where(Pupil.id == Guardianship.pupil_id, Pupil.birth_date <= ADULT_SINCE)

_HELD = sa.func.coalesce(_recorded(CustodyRecord.custody), _CLAIMED)
HAS_CUSTODY: sa.ColumnElement[bool] = sa.and_(_HELD == Custody.YES, ~_GROWN_UP.correlate(Guardianship))
"""Whether the guardian of a `guardianship` row has custody; asks for :today, :now and :adult_since."""

_GUARDIANS = (
    sa.select(
        Guardian.id,
        Guardian.uid,
        Guardian.given_name,
        Guardian.first_names,
        Guardian.prefix,
        Guardian.family_name,
        Guardian.email,
        Guardian.phone,
        Guardian.secret_contact,
        Guardianship.relation,
        Guardianship.custody,
        Guardianship.starts_on,
        Guardianship.ends_on,
        Pupil.birth_date,
        HAS_CUSTODY.label("has_custody"),
        sa.func.coalesce(_HELD == Custody.UNKNOWN, sa.false()).label("is_unknown"),
    )
    .select_from(Guardian)
    .join(Guardianship, Guardianship.guardian_id == Guardian.id)
    .join(Pupil, Pupil.id == Guardianship.pupil_id)
    .where(
        Guardianship.school_id == sa.bindparam("school_id", type_=sa.Integer),
        Guardianship.pupil_id == sa.bindparam("pupil_id", type_=sa.Integer),
        Guardianship.starts_on <= TODAY,
    )
    .order_by(Guardianship.starts_on.desc(), Guardianship.id.desc())
)


def _child(grant: Grant) -> dict[str, int]:
    return {"school_id": grant.school_id, "pupil_id": grant.pupil_id}


def guardians_of(connection: sa.Connection, grant: Grant, scope: Scope) -> list[AnyRow]:
    """List the guardians of the child, each once with the newest line the files have of them, and custody of now."""
    moments = {"today": scope.today, "now": scope.now, "adult_since": adult_since(scope.today)}
    newest: dict[int, AnyRow] = {}
    for row in connection.execute(_GUARDIANS, _child(grant) | moments):
        newest.setdefault(row.id, row)
    return sorted(newest.values(), key=lambda row: row.id)


def guardian_ids_of(connection: sa.Connection, scope: Scope) -> frozenset[int]:
    """Return who the reader is as a guardian: the guardians of the parent roles held today."""
    rows = connection.scalars(
        sa.select(RoleGrant.guardian_id).where(
            RoleGrant.account_id == scope.account_id,
            RoleGrant.role == Role.PARENT,
            RoleGrant.starts_on <= scope.today,
            sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= scope.today),
        )
    )
    return frozenset(guardian_id for guardian_id in rows if guardian_id is not None)


_RECORDS = (
    sa.select(
        CustodyRecord.guardian_id,
        CustodyRecord.version,
        CustodyRecord.custody,
        CustodyRecord.starts_at,
        CustodyRecord.evidence,
        CustodyRecord.remark,
        CustodyRecord.recorded_at,
        CustodyRecord.recorded_by,
    )
    .where(
        CustodyRecord.school_id == sa.bindparam("school_id", type_=sa.Integer),
        CustodyRecord.pupil_id == sa.bindparam("pupil_id", type_=sa.Integer),
    )
    .order_by(CustodyRecord.version.desc())
)


def records_of(connection: sa.Connection, grant: Grant) -> Sequence[AnyRow]:
    """List all that the school recorded of custody over this child, newest first."""
    return connection.execute(_RECORDS, _child(grant)).all()


def all_records(connection: sa.Connection, pupil_id: int) -> Sequence[AnyRow]:
    """List all records of a child for the command line, newest first."""
    chosen = sa.select(CustodyRecord.__table__).where(CustodyRecord.pupil_id == pupil_id)
    return connection.execute(chosen.order_by(CustodyRecord.version.desc())).all()


def bond(connection: sa.Connection, pupil: UUID, guardian: UUID) -> AnyRow | None:
    """Find whose guardian someone is by their public numbers, for the command line."""
    return connection.execute(
        sa.select(Guardianship.school_id, Guardianship.pupil_id, Guardianship.guardian_id)
        .join(Pupil, Pupil.id == Guardianship.pupil_id)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .where(Pupil.uid == pupil, Guardian.uid == guardian)
    ).first()


def guardianships(connection: sa.Connection, school_id: int, today: date, now: datetime) -> Sequence[AnyRow]:
    """List all lines of the files with the custody of now and the proof seen, for the administrator's command line."""
    lines = (
        sa.select(
            Guardianship.school_id,
            Guardianship.pupil_id,
            Pupil.uid.label("pupil"),
            Guardian.uid.label("guardian"),
            Guardianship.relation,
            Guardianship.custody.label("claim"),
            HAS_CUSTODY.label("has_custody"),
            _recorded(CustodyRecord.evidence).label("evidence"),
        )
        .select_from(Guardianship)
        .join(Pupil, Pupil.id == Guardianship.pupil_id)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .where(Guardianship.school_id == school_id, Guardianship.starts_on <= TODAY, Guardianship.ends_on.is_(None))
        .order_by(Pupil.id, Guardian.id)
    )
    return connection.execute(lines, {"today": today, "now": now, "adult_since": adult_since(today)}).all()
