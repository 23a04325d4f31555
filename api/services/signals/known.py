"""What is known of each child of a group, read in a fixed number of queries and handed to the rules of the sheet.

The rows go through the same functions as those of one sheet (api/services/sheet): what the sheet says of a child and
what Vandaag says of it cannot differ.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from api.services.sheet import ABSENCE_DAYS, learning, practice, sources, support, wellbeing
from api.services.sheet.sentences import Known
from models.queries import dossier, group_facts
from models.queries.results import taken_in
from models.queries.scope import GroupGrant
from models.queries.settings import settings_of
from models.rules.access import Kind
from models.rules.names import display_name
from models.rules.signals.about import About
from models.rules.signals.objectives import Standing
from models.rules.wording import Child

NO_OTHER_SCALES = date.max
"""No rule looks at a scale that is not drawn as a line."""


@dataclass(frozen=True, slots=True)
class KnownPupil:
    """A child of the group with all that the rules look at; `row` has id, uid, names, birth_date, sex and grade."""

    row: Any
    known: Known

    @property
    def name(self) -> str:
        return display_name(self.row)


def known_in(connection: sa.Connection, grant: GroupGrant, today: date, now: datetime) -> list[KnownPupil]:
    """Read what is known of the children who are in the group on `today`, by family name; kinds not granted stay empty.

    Writes no line in the access log: the caller does, for the page as a whole.
    """
    kinds = grant.kinds
    pupils = group_facts.pupils_in(connection, grant, today)
    if not pupils:
        return []
    version = pupils[0].newest or 0, pupils[0].revision
    origins = sources.by_id(group_facts.sources(connection, grant), now)
    wanted = kinds & {Kind.RESULTS, Kind.WELLBEING}
    taken = taken_in(connection, grant, wanted, NO_OTHER_SCALES, today) if wanted else {}
    lines: Mapping[int, Sequence[learning.SubjectLine]] = {}
    if Kind.RESULTS in kinds:
        lines = learning.growth_lines(connection, grant, taken, origins, version)
    cells = None
    standing: Standing = {}
    if Kind.PRACTICE in kinds:
        cells = practice.periods(connection, grant, version, today)
        standing = practice.standing(connection, grant.school_id, grant.group_id, version, today)
    settings = settings_of(connection, grant.school_id, version)
    sees_lists = Kind.WELLBEING in kinds
    latest = dossier.latest_notes_in(connection, grant, today)
    absences: Mapping[int, list[Any]] = {}
    if Kind.ATTENDANCE in kinds:
        absences = _by_pupil(dossier.absences_in(connection, grant, today - timedelta(days=ABSENCE_DAYS), today))
    promises: Mapping[int, list[Any]] = {}
    if kinds & support.KINDS_OF_DATA:
        rows = dossier.support_in(connection, grant, today)
        promises = _by_pupil([row for row in rows if support.kind_of(row) in kinds])

    def known(row: Any) -> Known:
        return Known(
            about=About(
                Child(row.given_name or display_name(row), row.sex),
                today,
                settings,
                absences.get(row.id, []),
                row.at_school_since,
            ),
            lines=lines.get(row.id, []),
            cells=cells(row.id) if cells else practice.none(),
            standing=standing,
            lists=wellbeing.lists(taken.get(row.id, []), origins, settings.wellbeing_change) if sees_lists else [],
            latest_note_on=latest.get(row.id),
            promises=support.promises(promises.get(row.id, []), today),
            birth_date=row.birth_date if Kind.IDENTITY in kinds else None,
            kinds=kinds,
            origins=origins,
        )

    return [KnownPupil(row, known(row)) for row in pupils]


def _by_pupil(rows: Sequence[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.pupil_id].append(row)
    return found
