"""The grid of a group, children by subjects: what each sheet says, side by side, for one reader.

The facts of all children are read in a fixed number of queries (api/services/signals/known.py) and go through the
functions of the sheet. A column of a kind of data that the reader may not see does not exist.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from api.schemas.group import GroupMember, GroupPage, SubjectColumn
from api.schemas.sheet import PersonLabel
from api.security.access import Visit
from api.services.group.cells import (
    agreements_cell,
    code_of,
    feeling_cell,
    level_cell,
    phases_of,
    practice_cell,
    scale_of,
)
from api.services.groups import plain
from api.services.sheet import YOUNGEST
from api.services.sheet.learning import SubjectLine
from api.services.signals import signals_among
from api.services.signals.known import KnownPupil, known_in
from models.queries import groups as read
from models.queries.placements import placed_now
from models.queries.prepared import Rows
from models.queries.scope import GroupGrant, group_name
from models.queries.settings import settings_of
from models.queries.sheet import teachers_of
from models.rules.access import Kind
from models.rules.names import display_name, sort_name
from models.vocabulary import SUBJECTS, InstructionLevel

NEEDED = {
    "levels": Kind.RESULTS,
    "phases": Kind.WELLBEING,
    "practice": Kind.PRACTICE,
    "wellbeing": Kind.WELLBEING,
    "agreements": Kind.SUPPORT_PLAN,
    "extra": Kind.SUPPORT_PLAN,
}
"""The kind of data that a column shows."""
LETTERS = "A–E"
ORDER = {code: index for index, code in enumerate(SUBJECTS)}

Place = tuple[str, str]
"""A subject and a scale of levels: a column."""


def compose_group(visit: Visit, grant: GroupGrant) -> GroupPage:
    """Compose the grid of a group as it is today; each child on it is a line in the access log."""
    known = known_in(visit.connection, grant, visit.today, visit.now)
    visit.log("group", [pupil.row.id for pupil in known], grant)
    return grid(visit.connection, grant, known, visit.today)


def grid(connection: sa.Connection, grant: GroupGrant, known: Sequence[KnownPupil], today: date) -> GroupPage:
    """Lay what is known of the children of this group side by side."""
    kinds = grant.kinds
    group = read.group(connection, grant)
    remarks: dict[UUID, str] = {}
    for each in signals_among(connection, grant, known, today):
        remarks.setdefault(each.uid, each.signal.text)
    lines = {pupil.row.id: _tested(pupil) for pupil in known}
    columns = _columns(lines.values())
    phases = {pupil.row.id: phases_of(pupil.known) if _is_young(pupil) else {} for pupil in known}
    names = list(dict.fromkeys(name for each in phases.values() for name in each))
    extra = _extra(placed_now(connection, grant, today))
    rows = [
        _row(pupil, kinds, lines[pupil.row.id], columns, phases[pupil.row.id], names, remarks.get(pupil.row.uid))
        for pupil in known
    ]
    for row, pupil in zip(rows, known, strict=True):
        row.extra = extra.get(pupil.row.id, [])
    filled = {
        "levels": bool(columns),
        "phases": bool(names),
        "practice": any(row.practice for row in rows),
        "wellbeing": any(row.wellbeing for row in rows),
        "extra": bool(extra),
        "agreements": True,
    }
    settings = known[0].known.about.settings if known else settings_of(connection, grant.school_id)
    teachers = teachers_of(connection, grant.school_id, grant.group_id, today)
    return GroupPage(
        id=group.uid,
        name=group_name(group.name),
        school_year=group.school_year,
        teachers=[PersonLabel(name=name) for name in dict.fromkeys(map(display_name, teachers))],
        ground=grant.ground,
        columns=[name for name, kind in NEEDED.items() if kind in kinds and filled[name]],
        subjects=[_column(place) for place in columns],
        phases=names,
        has_letters=any(scale == LETTERS for _, scale in columns),
        extra_name=settings.level_name(InstructionLevel.INTENSIVE),
        members=sorted(rows, key=lambda row: plain(row.sort_name)),
    )


def _is_young(pupil: KnownPupil) -> bool:
    return pupil.row.grade in YOUNGEST


def _tested(pupil: KnownPupil) -> dict[Place, SubjectLine]:
    """The lines of a child by their column; a young child has none, whatever was delivered."""
    if _is_young(pupil):
        return {}
    return {(code_of(line), scale_of(line)): line for line in pupil.known.lines}


def _columns(lines: Iterable[Mapping[Place, SubjectLine]]) -> list[Place]:
    found = {place for each in lines for place in each}
    return sorted(found, key=lambda place: (ORDER.get(place[0], len(ORDER)), place))


def _column(place: Place) -> SubjectColumn:
    code, scale = place
    key = code if not scale else f"{code}-{scale[:1].lower()}"
    return SubjectColumn(key=key, code=code, name=SUBJECTS.get(code, code), scale=scale)


def _row(
    pupil: KnownPupil,
    kinds: frozenset[Kind],
    lines: Mapping[Place, SubjectLine],
    columns: Sequence[Place],
    phases: Mapping[str, str],
    names: Sequence[str],
    remark: str | None,
) -> GroupMember:
    known, is_young = pupil.known, _is_young(pupil)
    return GroupMember(
        id=pupil.row.uid,
        name=pupil.name,
        sort_name=sort_name(pupil.row),
        grade=pupil.row.grade.label if pupil.row.grade else None,
        is_young=is_young,
        levels=[level_cell(lines[place]) if place in lines else None for place in columns],
        phases=[phases.get(name) for name in names],
        practice=practice_cell(known) if Kind.PRACTICE in kinds and not is_young else None,
        wellbeing=feeling_cell(known) if Kind.WELLBEING in kinds else None,
        agreements=agreements_cell(known) if Kind.SUPPORT_PLAN in kinds else None,
        remark=remark,
    )


def _extra(rows: Rows) -> dict[int, list[str]]:
    """The subjects in which each child works in the group with most instruction."""
    found: dict[int, list[str]] = {}
    for row in sorted(rows, key=lambda row: (ORDER.get(row.subject, len(ORDER)), row.subject)):
        if row.level is InstructionLevel.INTENSIVE:
            found.setdefault(row.pupil_id, []).append(SUBJECTS.get(row.subject, row.subject))
    return found
