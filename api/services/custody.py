"""Custody over a child as the school knows it: shown, changed from a moment on, and proven.

Nothing is overwritten: a change is the next `CustodyRecord`, and its number is the proof that nobody else was first.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa

from api.clock import HERE
from api.db import writing
from api.problem import ForPeopleError
from api.schemas.custody import CustodyLine, CustodyPage, GuardianCustody
from api.security.access import Visit
from api.services.custody_records import append, in_words, recorded, start_of
from api.services.requests import lines_about
from frontend.formatting import clock, long_day
from models.person import Guardian
from models.queries import custody as read
from models.queries.emergency import name_of
from models.queries.scope import AnyRow, Grant, NotFoundError
from models.rules.access import Kind
from models.rules.custody import in_force, is_proven
from models.rules.names import display_name
from models.vocabulary import Custody, CustodyEvidence

WROTE = "wrote"


def compose_custody(visit: Visit, grant: Grant) -> CustodyPage:
    """Compose who has custody over this child, with the history, for who keeps the administration."""
    require_to_write(grant)
    child = name_of(visit.connection, grant, visit.scope)
    records = read.records_of(visit.connection, grant)
    return CustodyPage(
        id=child.uid,
        name=display_name(child),
        version=max((row.version for row in records), default=0),
        guardians=[
            _guardian(row, [each for each in records if each.guardian_id == row.id], visit)
            for row in read.guardians_of(visit.connection, grant, visit.scope)
        ],
        requests=lines_about(visit, grant),
        ground=grant.ground,
    )


def record(  # noqa: PLR0913 - what the form asks
    visit: Visit,
    grant: Grant,
    guardian_uid: UUID,
    custody: Custody,
    evidence: CustodyEvidence,
    *,
    seen: int,
    since: date | None = None,
    remark: str = "",
) -> None:
    """Record custody from the start of the day `since`, or at once; raises `ForPeopleError` when that cannot be.

    `seen` is the version of the page that was looked at.
    """
    guardian, records = _of(visit, grant, guardian_uid)
    starts_at = start_of(since, records, visit.now)
    _add(visit, grant, guardian, seen, custody=custody, evidence=evidence, starts_at=starts_at, remark=remark)


def prove(visit: Visit, grant: Grant, guardian_uid: UUID, evidence: CustodyEvidence, *, seen: int) -> None:
    """Record what was seen of the custody that holds now; what was planned for later stays planned."""
    guardian, records = _of(visit, grant, guardian_uid)
    current = in_force(map(recorded, records), visit.now)
    if current is not None:
        custody, starts_at = current.custody, current.starts_at
    else:
        custody, starts_at = guardian.custody, datetime.combine(guardian.starts_on, time(), HERE)
    if custody is Custody.UNKNOWN:
        raise ForPeopleError("Of er gezag is, is nog onbekend: leg eerst vast wat u zag.")
    _add(visit, grant, guardian, seen, custody=custody, evidence=evidence, starts_at=starts_at, remark="")


def set_secret(visit: Visit, grant: Grant, guardian_uid: UUID, *, is_secret: bool) -> None:
    """Mark address and number of a guardian as secret, or no longer."""
    guardian, _ = _of(visit, grant, guardian_uid)
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(Guardian)
            .where(Guardian.school_id == grant.school_id, Guardian.id == guardian.id)
            .values(secret_contact=is_secret)
        )
    visit.log("secret_contact", [grant.pupil_id], grant, WROTE)


def require_to_write(grant: Grant) -> None:
    """Custody is kept by who writes the personal data of this child: administration and directie."""
    if Kind.IDENTITY not in grant.writes:
        raise NotFoundError(grant.pupil_id, grant.school_id)


def guardian_of(visit: Visit, grant: Grant, guardian_uid: UUID) -> AnyRow:
    """Find a guardian of this child; someone else's is not there."""
    for row in read.guardians_of(visit.connection, grant, visit.scope):
        if row.uid == guardian_uid:
            return row
    raise NotFoundError(grant.pupil_id, grant.school_id)


def _of(visit: Visit, grant: Grant, guardian_uid: UUID) -> tuple[AnyRow, list[AnyRow]]:
    require_to_write(grant)
    guardian = guardian_of(visit, grant, guardian_uid)
    return guardian, [row for row in read.records_of(visit.connection, grant) if row.guardian_id == guardian.id]


def _add(  # noqa: PLR0913 - what a record says
    visit: Visit,
    grant: Grant,
    guardian: AnyRow,
    seen: int,
    *,
    custody: Custody,
    evidence: CustodyEvidence,
    starts_at: datetime,
    remark: str,
) -> None:
    append(
        visit.kit.engine,
        school_id=grant.school_id,
        pupil_id=grant.pupil_id,
        guardian_id=guardian.id,
        seen=seen,
        custody=custody,
        evidence=evidence,
        starts_at=starts_at,
        remark=remark,
        now=visit.now,
        by=visit.signed_in.name,
    )
    visit.log("custody", [grant.pupil_id], grant, WROTE)


def _guardian(row: AnyRow, records: Sequence[AnyRow], visit: Visit) -> GuardianCustody:
    """Describe custody of one guardian; `records` are theirs, newest first."""
    now = visit.now
    claim = row.custody if row.ends_on is None or row.ends_on >= visit.today else Custody.UNKNOWN
    current = in_force(map(recorded, records), now)
    holds = next((each for each in records if current is not None and each.version == current.version), None)
    later = sorted((each for each in records if each.starts_at > now), key=lambda each: (each.starts_at, each.version))
    planned = None
    if later:
        planned = f"Vanaf {in_words(later[-1].starts_at)}: {later[-1].custody.label}."
    contradiction = None
    if holds is not None and claim not in (holds.custody, Custody.UNKNOWN):
        contradiction = f"Het bestand zegt: {claim.label}. Kindblad houdt aan wat op school is vastgelegd."
    return GuardianCustody(
        id=row.uid,
        name=display_name(row),
        relation=row.relation.label,
        custody=(holds.custody if holds else claim).label,
        has_custody=bool(row.has_custody),
        since=f"sinds {in_words(holds.starts_at)}" if holds else f"volgens het bestand van {long_day(row.starts_on)}",
        proof=_proof(holds) if holds else "nog niet vastgesteld",
        is_proven=is_proven(holds.evidence if holds else None),
        planned=planned,
        contradiction=contradiction,
        is_secret=row.secret_contact,
        history=[_line(each) for each in records],
    )


def _proof(holds: AnyRow) -> str:
    return f"{holds.evidence.label}, {holds.recorded_by}, {clock(holds.recorded_at)}"


def _line(row: AnyRow) -> CustodyLine:
    return CustodyLine(
        since=in_words(row.starts_at),
        text=row.custody.label,
        proof=row.evidence.label,
        recorded=f"{row.recorded_by}, {clock(row.recorded_at)}",
        remark=row.remark,
    )
