"""Bronnen at a glance: when each source delivered, what waits for a person, and what came in lately."""

from collections.abc import Collection

from api.schemas.sources import DeliveryLine, SourcesOfSchool, SourceState
from api.security.access import SOURCES, Visit
from api.services.sheet.sources import age_text
from api.services.sources import staging
from api.services.sources.words import COUNTED
from frontend.formatting import thousands
from models.queries import provenance as read
from models.queries.scope import AnyRow
from models.vocabulary import Role

HISTORY = 15


def schools_kept(visit: Visit, roles: Collection[Role] = SOURCES.roles) -> list[int]:
    """List the schools where the reader holds one of these roles today: by itself, those whose sources they keep."""
    return sorted({held.school_id for held in visit.scope.held if held.role in roles})


def compose_sources(visit: Visit) -> list[SourcesOfSchool]:
    """Compose what is known of the sources of each school that this reader keeps."""
    kept = read.schools_of(visit.connection, schools_kept(visit))
    tried = staging.waiting(visit.kit.settings.data_dir, visit.now)
    found = []
    for school in kept:
        issues, proposals = read.count_waiting(visit.connection, [school.id])
        found.append(
            SourcesOfSchool(
                id=school.uid,
                name=school.name,
                sources=[_state(visit, row) for row in read.sources(visit.connection, [school.id])],
                waiting=[each for each in tried if each.school_id == school.id],
                issues=issues,
                proposals=proposals,
                history=[_line(row) for row in read.deliveries(visit.connection, [school.id], HISTORY)],
            )
        )
    return found


def counted(what: object) -> str:
    """Say what a delivery did, "130 nieuw, 4 gewijzigd"; a file that changed nothing says so."""
    parts = [(getattr(what, name), words) for name, words in COUNTED.items()]
    return ", ".join(f"{thousands(count)} {words}" for count, words in parts if count) or "niets"


def _state(visit: Visit, row: AnyRow) -> SourceState:
    last = row.last_delivery
    return SourceState(
        school=row.school,
        code=row.code,
        label=row.label,
        leads_roll=row.leads_roll,
        last_delivery=last,
        age=age_text(last, visit.now),
        is_stale=last is None or (visit.now - last).days > row.stale_after_days,
        deliveries=row.deliveries,
        pupils=row.pupils,
        unlinked=row.unlinked,
        open_issues=row.open_issues,
    )


def _line(row: AnyRow) -> DeliveryLine:
    return DeliveryLine(
        id=row.uid,
        source=row.source,
        file_name=row.file_name,
        received_at=row.received_at,
        by=row.requested_by,
        text=counted(row),
    )
