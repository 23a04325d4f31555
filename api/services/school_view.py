"""The whole school for the IB'er: where children grow along their own line, which talks there were, what is overdue.

No league table: groups stand in their own order, no teacher is named, no group is compared with another.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from api import clock
from api.schemas.school_view import GroupRow, SchoolView, SubjectCell
from api.services.sheet.learning import growth_lines
from frontend.formatting import plural
from models.queries import school as schools
from models.queries import school_view as read
from models.queries.group_facts import version
from models.queries.handover import year_starts_on
from models.queries.scope import GroupGrant, Scope, group_name
from models.rules.access import Kind
from models.rules.aggregates import too_small
from models.rules.growth import State
from models.rules.names import natural_order
from models.rules.stalling import Grew, grew
from models.rules.wording import capital
from models.vocabulary import SUBJECTS, Role

Cells = Mapping[tuple[int, str], Grew]
EMPTY = SubjectCell(along=None, below=None, known=None, text="", stalls=False)
HIDDEN = EMPTY.model_copy(update={"text": "niet getoond"})


def compose_schools(connection: sa.Connection, scope: Scope) -> list[SchoolView]:
    """Compose the view of each school where the reader is IB'er or directie; a fixed number of reads per school."""
    seen = read.seen_at(scope)
    return [
        _school(connection, scope, school, seen[school.id])
        for school in schools.all_schools(connection)
        if school.id in seen
    ]


def _school(connection: sa.Connection, scope: Scope, school: Any, kinds: frozenset[Kind]) -> SchoolView:
    children = read.children(connection, scope, school.id)
    groups = {row.group_id: row for row in children.values()}
    cells = _growth(connection, scope, school.id, children) if Kind.RESULTS in kinds else {}
    subjects = [name for name in SUBJECTS.values() if any(subject == name for _, subject in cells)]
    subjects += sorted({subject for _, subject in cells} - set(subjects))
    sizes = {group_id: sum(row.group_id == group_id for row in children.values()) for group_id in groups}
    hidden = frozenset() if Kind.RESULTS in kinds else too_small(sizes)
    planned, done = _talks(connection, scope, school.id, children) if Kind.NOTES in kinds else (None, None)
    running, late = _agreements(connection, scope, school.id, children) if Kind.SUPPORT_PLAN in kinds else (None, None)
    order = sorted(groups, key=lambda group_id: natural_order(group_name(groups[group_id].name)))
    return SchoolView(
        school=school.name,
        subjects=subjects,
        groups=[
            GroupRow(
                id=groups[group_id].group_uid,
                group=group_name(groups[group_id].name),
                children=sizes[group_id],
                subjects=[
                    HIDDEN if group_id in hidden else _cell(cells.get((group_id, subject))) for subject in subjects
                ],
                talks_planned=_of(planned, group_id),
                talks_done=_of(done, group_id),
                agreements_open=_of(running, group_id),
                agreements_overdue=_of(late, group_id),
            )
            for group_id in order
        ],
        stalls=[
            _stall(subject, group_name(groups[group_id].name), cells[group_id, subject])
            for group_id in order
            for subject in subjects
            if group_id not in hidden and (group_id, subject) in cells and cells[group_id, subject].stalls
        ],
        totals=_totals(planned, done, running, late),
        is_hidden=bool(hidden),
    )


def _growth(connection: sa.Connection, scope: Scope, school_id: int, children: Mapping[int, Any]) -> dict[Any, Grew]:
    """Count per group and subject how the children grow, by the same lines as on their sheets."""
    whole = GroupGrant(0, school_id, Role.IB, "", frozenset({Kind.RESULTS}))
    taken = read.tests_taken(connection, scope, school_id)
    states: dict[tuple[int, str], list[State]] = defaultdict(list)
    for pupil_id, lines in growth_lines(connection, whole, taken, {}, version(connection, whole)).items():
        if pupil_id in children:
            for line in lines:
                states[children[pupil_id].group_id, line.name].append(line.growth.state)
    return {place: counted for place, found in states.items() if (counted := grew(found)).known}


def _talks(
    connection: sa.Connection, scope: Scope, school_id: int, children: Mapping[int, Any]
) -> tuple[dict[int, int], dict[int, int]]:
    first = year_starts_on(connection, scope.today)
    rows = read.talks(connection, scope, school_id, first, clock.days(first, first)[0])
    return (
        _per_group([row for row in rows if row.ended_at is None], children),
        _per_group([row for row in rows if row.ended_at is not None], children),
    )


def _agreements(
    connection: sa.Connection, scope: Scope, school_id: int, children: Mapping[int, Any]
) -> tuple[dict[int, int], dict[int, int]]:
    rows = read.open_agreements(connection, scope, school_id)
    late = [row for row in rows if row.due_on is not None and row.due_on < scope.today]
    return _per_group(rows, children), _per_group(late, children)


def _per_group(rows: Sequence[Any], children: Mapping[int, Any]) -> dict[int, int]:
    """Count by the group of today: of the child, or the group itself; who left and last year's groups are out."""
    here = {row.group_id for row in children.values()}
    found: dict[int, int] = defaultdict(int)
    for row in rows:
        group_id = children[row.pupil_id].group_id if row.pupil_id in children else row.group_id
        if group_id in here:
            found[group_id] += 1
    return found


def _of(counts: Mapping[int, int] | None, group_id: int) -> int | None:
    return None if counts is None else counts.get(group_id, 0)


def _cell(counted: Grew | None) -> SubjectCell:
    if counted is None:
        return EMPTY
    return SubjectCell(
        along=counted.along,
        below=counted.below,
        known=counted.known,
        text=f"{counted.along} van {counted.known}",
        stalls=counted.stalls,
    )


def _stall(subject: str, group: str, counted: Grew) -> str:
    children = plural(counted.below, "kind ligt", "kinderen liggen")
    return f"{subject} in groep {group}: {children} onder de eigen lijn, van {counted.known} van wie er een is."


def _totals(*counts: Mapping[int, int] | None) -> list[str]:
    words = (
        ("gesprek gepland", "gesprekken gepland"),
        ("gesprek gehouden dit schooljaar", "gesprekken gehouden dit schooljaar"),
        ("afspraak loopt", "afspraken lopen"),
        ("afspraak over tijd", "afspraken over tijd"),
    )
    return [
        capital(plural(sum(count.values()), *several))
        for count, several in zip(counts, words, strict=True)
        if count is not None
    ]
