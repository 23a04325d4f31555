"""A school in figures, for directie, IB and board: no names, and no figure over five children or fewer."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from api.schemas.figures import FigureRow, FigureTable, SchoolFigures
from models.queries import figures as read
from models.queries import school as schools
from models.queries.scope import Scope, group_name
from models.rules.access import Kind
from models.rules.aggregates import SMALLEST, share, too_small
from models.rules.growth import ORDINAL_LEVELS
from models.rules.names import natural_order
from models.vocabulary import SUBJECTS, Grade

PERIOD = timedelta(weeks=4)
LEVELS_PERIOD = timedelta(days=365)
REMARK = (
    "Van groepen met vijf of minder kinderen staat hier niets, en soms ook niet van een grotere: "
    "anders was de kleine uit te rekenen. Bijna niemand is ≤5%, bijna iedereen ≥95%."
)

Column = tuple[str, Callable[[Collection[int]], str]]
"""A heading, and the figure under it for these children."""


def compose_figures(connection: sa.Connection, scope: Scope) -> list[SchoolFigures]:
    """Compose the figures of each school of which the reader's roles see figures."""
    kinds = scope.counted_kinds
    return [
        _school(_Counter(connection, school.id, scope.today), school.name, kinds[school.id])
        for school in schools.all_schools(connection)
        if kinds.get(school.id)
    ]


@dataclass(frozen=True, slots=True)
class _Counter:
    """Where is counted, and up to which day."""

    connection: sa.Connection
    school_id: int
    today: date

    def rows(self, query: Callable[..., Any], *since: date) -> Any:
        return query(self.connection, self.school_id, *since, self.today)


def _school(count: _Counter, name: str, kinds: frozenset[Kind]) -> SchoolFigures:
    rows = {row.pupil_id: row for row in count.rows(read.children)}
    tables = []
    if len(rows) >= SMALLEST:
        groups = _parts(rows, lambda row: group_name(row.group))
        tables.append(_table("Kinderen per groep", "Groep", groups, _presence(count, kinds), _since(PERIOD)))
        if Kind.RESULTS in kinds:
            tables += _levels(count, {pupil: row.grade for pupil, row in rows.items() if row.grade})
    hidden = any(None in row.values for table in tables for row in table.rows)
    return SchoolFigures(school=name, tables=tables, remark=REMARK if hidden or not tables else None)


def _presence(count: _Counter, kinds: frozenset[Kind]) -> list[Column]:
    since = count.today - PERIOD
    columns: list[Column] = [("Kinderen", lambda children: str(len(children)))]
    if Kind.ATTENDANCE in kinds:
        columns.append(("Afwezig of te laat geweest", _among(count.rows(read.absent_since, since))))
    if Kind.PRACTICE in kinds:
        columns.append(("Geoefend", _among(count.rows(read.practised_since, since))))
    return columns


def _among(those: frozenset[int]) -> Callable[[Collection[int]], str]:
    return lambda children: share(len(those.intersection(children)), len(children))


def _levels(count: _Counter, grades: Mapping[int, Grade]) -> list[FigureTable]:
    """One table per subject, on the scale on which most children have a level; scales are never mixed."""
    latest: dict[str, dict[tuple[str, str], dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for row in count.rows(read.levels_since, count.today - LEVELS_PERIOD):
        if row.pupil_id in grades:
            latest[row.subject][row.scale, row.owner][row.pupil_id] = row.level
    tables = []
    for subject in sorted(latest, key=lambda name: [*SUBJECTS, name].index(name)):
        (_, owner), reached = max(latest[subject].items(), key=lambda item: (len(item[1]), item[0]))
        if len(reached) < SMALLEST:
            continue
        codes = sorted(set(reached.values()), key=lambda code: (-ORDINAL_LEVELS.get(code, 0), code))
        columns = [(code, _reached(code, reached)) for code in codes]
        parts = _parts({pupil: grades[pupil] for pupil in reached}, lambda grade: grade.label)
        basis = f"Niveau bij de laatste toets van {owner}, {_since(LEVELS_PERIOD).lower()}"
        tables.append(_table(SUBJECTS.get(subject, subject.capitalize()), "Jaargroep", parts, columns, basis))
    return tables


def _reached(code: str, reached: Mapping[int, str]) -> Callable[[Collection[int]], str]:
    return lambda children: share(sum(reached[child] == code for child in children), len(children))


def _parts(children: Mapping[int, Any], name_of: Callable[[Any], str]) -> dict[str, list[int]]:
    parts: dict[str, list[int]] = defaultdict(list)
    for child, row in children.items():
        parts[name_of(row)].append(child)
    return dict(sorted(parts.items(), key=lambda item: natural_order(item[0])))


def _table(
    title: str, first: str, parts: Mapping[str, list[int]], columns: Iterable[Column], basis: str
) -> FigureTable:
    columns = list(columns)
    hidden = too_small({name: len(children) for name, children in parts.items()})
    rows = [
        FigureRow(name=name, values=[None if name in hidden else figure(children) for _, figure in columns])
        for name, children in parts.items()
    ]
    everyone = [child for children in parts.values() for child in children]
    total = FigureRow(name="Hele school", values=[figure(everyone) for _, figure in columns])
    return FigureTable(
        title=title, columns=[first, *(name for name, _ in columns)], rows=rows, total=total, basis=basis
    )


def _since(period: timedelta) -> str:
    return f"Laatste {period.days // 7} weken" if period == PERIOD else "Laatste twaalf maanden"
