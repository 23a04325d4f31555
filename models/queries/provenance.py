"""Sources, deliveries and quarantine, for who keeps the machine: whole schools, no data of one child.

These take a school instead of a Scope: they serve the command line, which is already inside the machine, and the
pages of Bronnen, which give only the schools where the reader keeps the sources.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from models.person import MatchProposal, SourcePerson
from models.provenance import Delivery, Issue, Source
from models.queries.scope import AnyRow
from models.school import School
from models.vocabulary import DeliveryStatus, IssueStatus, PersonRole, ProposalStatus, Severity

SCHOOL_CODE = sa.func.coalesce(School.brin + School.dependance, School.school_key)
"""How a person names a school: BRIN with dependance, or its own key."""
# As a literal: there is an index on applied deliveries only, and SQLite plans anew for each value that may match it.
_APPLIED = sa.literal(DeliveryStatus.APPLIED, Delivery.status.type, literal_execute=True)
LAST_RECEIVED = (
    sa.select(Delivery.received_at)
    .where(Delivery.source_id == Source.id, Delivery.status == _APPLIED)
    .order_by(Delivery.received_at.desc())
    .limit(1)
    .scalar_subquery()
    .label("received_at")
)
"""In a select of sources: when each last delivered."""


def sources(connection: sa.Connection, schools: Sequence[int]) -> Sequence[AnyRow]:
    """Every source with its last delivery, the children it knows, how many of those are not linked, open issues."""
    last = (
        sa.select(Delivery.source_id, sa.func.max(Delivery.received_at).label("at"), sa.func.count().label("n"))
        .where(Delivery.status == DeliveryStatus.APPLIED)
        .group_by(Delivery.source_id)
        .subquery()
    )
    people = (
        sa.select(
            SourcePerson.source_id,
            sa.func.count().label("n"),
            sa.func.sum(sa.case((SourcePerson.pupil_id.is_(None), 1), else_=0)).label("unlinked"),
        )
        .where(SourcePerson.role == PersonRole.PUPIL)
        .group_by(SourcePerson.source_id)
        .subquery()
    )
    issues = (
        sa.select(Issue.source_id, sa.func.count().label("n"))
        .where(Issue.status == IssueStatus.OPEN, Issue.severity == Severity.ERROR)
        .group_by(Issue.source_id)
        .subquery()
    )
    return connection.execute(
        sa.select(
            SCHOOL_CODE.label("school"),
            Source.code,
            Source.label,
            Source.connector,
            Source.kind,
            Source.leads_roll,
            Source.stale_after_days,
            last.c.at.label("last_delivery"),
            sa.func.coalesce(last.c.n, 0).label("deliveries"),
            sa.func.coalesce(people.c.n, 0).label("pupils"),
            sa.func.coalesce(people.c.unlinked, 0).label("unlinked"),
            sa.func.coalesce(issues.c.n, 0).label("open_issues"),
        )
        .join(School, School.id == Source.school_id)
        .outerjoin(last, last.c.source_id == Source.id)
        .outerjoin(people, people.c.source_id == Source.id)
        .outerjoin(issues, issues.c.source_id == Source.id)
        .where(Source.school_id.in_(schools))
        .order_by(Source.school_id, Source.leads_roll.desc(), Source.code)
    ).all()


def open_issues(connection: sa.Connection, schools: Sequence[int]) -> Sequence[AnyRow]:
    """What stands in quarantine or was remarked upon, with the file it came in, newest first; without content."""
    return connection.execute(
        sa.select(
            *(Issue.id, Issue.uid, Issue.severity, Issue.code, Issue.stream, Issue.locator, Issue.message),
            SCHOOL_CODE.label("school"),
            Source.code.label("source"),
            Source.label.label("source_label"),
            Delivery.file_name,
            Delivery.received_at,
        )
        .join(Source, Source.id == Issue.source_id)
        .join(School, School.id == Issue.school_id)
        .join(Delivery, Delivery.id == Issue.delivery_id)
        .where(Issue.school_id.in_(schools), Issue.status == IssueStatus.OPEN)
        .order_by(Issue.id.desc())
    ).all()


def deliveries(connection: sa.Connection, schools: Sequence[int], most: int) -> Sequence[AnyRow]:
    """The files that were taken in last, newest first, with what they changed."""
    return connection.execute(
        sa.select(
            *(Delivery.uid, Delivery.file_name, Delivery.received_at, Delivery.requested_by),
            *(Delivery.created, Delivery.updated, Delivery.unchanged, Delivery.vanished, Delivery.rejected),
            Source.label.label("source"),
        )
        .join(Source, Source.id == Delivery.source_id)
        .where(Delivery.school_id.in_(schools), Delivery.status == DeliveryStatus.APPLIED)
        .order_by(Delivery.received_at.desc(), Delivery.id.desc())
        .limit(most)
    ).all()


def count_waiting(connection: sa.Connection, schools: Sequence[int]) -> tuple[int, int]:
    """Count what waits for a person: records in quarantine, and questions who is who."""
    issues = sa.select(sa.func.count()).select_from(Issue)
    issues = issues.where(Issue.school_id.in_(schools), Issue.status == IssueStatus.OPEN)
    proposals = sa.select(sa.func.count()).select_from(MatchProposal)
    proposals = proposals.where(MatchProposal.school_id.in_(schools), MatchProposal.status == ProposalStatus.OPEN)
    in_quarantine = connection.scalar(issues.where(Issue.severity == Severity.ERROR))
    return in_quarantine or 0, connection.scalar(proposals) or 0


def schools_of(connection: sa.Connection, schools: Sequence[int]) -> Sequence[AnyRow]:
    """These schools with their public id, name and the code by which a delivery names them."""
    chosen = sa.select(School.id, School.uid, School.name, SCHOOL_CODE.label("code")).where(School.id.in_(schools))
    return connection.execute(chosen.order_by(School.name)).all()
