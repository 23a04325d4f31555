"""What guardians ask of a school, of whatever kind: who asked, about which child, and how many wait for directie."""

from datetime import date

import sqlalchemy as sa

from models.copy_request import CopyRequest
from models.correction import CorrectionRequest
from models.custody import InformationRequest
from models.person import Guardian, Pupil
from models.queries.scope import AnyRow, Scope
from models.vocabulary import Role

Decided = type[CopyRequest] | type[InformationRequest]


def asked(table: Decided | type[CorrectionRequest]) -> sa.Select[AnyRow]:
    """Select the requests of one kind with the names of the child, as `pupil_…`, and of the guardian."""
    return (
        sa.select(
            table.__table__,
            Pupil.uid.label("pupil_uid"),
            Pupil.given_name.label("pupil_given_name"),
            Pupil.first_names.label("pupil_first_names"),
            Pupil.prefix.label("pupil_prefix"),
            Pupil.family_name.label("pupil_family_name"),
            Guardian.given_name,
            Guardian.first_names,
            Guardian.prefix,
            Guardian.family_name,
        )
        .select_from(table)
        .join(Pupil, Pupil.id == table.pupil_id)
        .join(Guardian, Guardian.id == table.guardian_id)
    )


def schools_led(scope: Scope) -> frozenset[int]:
    """Return the schools of which the reader is directie today."""
    return frozenset(held.school_id for held in scope.held if held.role is Role.HEAD)


def count_open(connection: sa.Connection, scope: Scope, table: Decided) -> tuple[int, date]:
    """Count what waits for a decision of the reader, with the day the first is due (today if none)."""
    first: sa.ColumnElement[date | None] = sa.func.min(table.due_on)
    count, due = connection.execute(
        sa.select(sa.func.count(), first).where(table.school_id.in_(schools_led(scope)), table.decided_at.is_(None))
    ).one()
    return count, due or scope.today
