"""Who looked at the child, as a part of its copy: who, when, what, without what would tell of another household."""

from api.schemas.copies import CopyTable
from api.security.access import Visit
from api.services.looks import as_extract
from frontend.formatting import clock
from models.queries.scope import Grant
from models.rules.access import Kind

COLUMNS = ["wie", "als", "wat", "van", "tot", "keer"]


def looks_of(visit: Visit, grant: Grant) -> CopyTable:
    """Compose the table of who looked in the past year, newest first."""
    decided = Grant(grant.pupil_id, grant.school_id, grant.role, "kopie voor een ouder", frozenset({Kind.ACCESS_LOG}))
    rows = [
        [
            glance.who,
            glance.role or "",
            ", ".join(glance.what),
            clock(glance.first),
            clock(glance.last),
            str(glance.times),
        ]
        for day in as_extract(visit, decided).days
        for glance in day.glances
    ]
    return CopyTable(title="Wie keek in het afgelopen jaar", columns=COLUMNS, rows=rows, left_out=[])
