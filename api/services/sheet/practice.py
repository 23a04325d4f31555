"""The tile Werken: practice per day, and per objective what the child can and where it is stuck."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from api.schemas.sheet import ObjectiveState, Practice, PracticeBar
from api.services.sheet.sources import Origin
from models.queries.memory import Version, remembered
from models.queries.practice import group_objectives, group_practice_days, objectives_of, practice_in, practice_of
from models.queries.prepared import Rows
from models.queries.scope import Grant, GroupGrant
from models.rules.signals.objectives import Standing
from models.rules.signals.practising import CAN_SHARE, DOUBT, ENOUGH_ANSWERS, Days, Objective
from models.rules.wording import Child

DAYS = 28
SHOWN = 5
A_SCHOOL_DAY = 3
"""From so many children of the group practising in school hours a day counts as a school day of that group."""


@dataclass(frozen=True, slots=True)
class Period:
    """Four weeks of practice of one child, and on which days its group practised."""

    start: date
    end: date
    school_days: frozenset[date]
    answers: Mapping[date, tuple[int, int]]
    """Of each day on which the child practised: answers, and how many of them outside school hours."""
    objectives: Sequence[Objective]
    """First attempts per objective, most practised first."""
    source_id: int | None
    """The platform that delivered last."""

    @property
    def practised(self) -> frozenset[date]:
        """The days on which the child practised at all."""
        return frozenset(self.answers)

    @property
    def home(self) -> frozenset[date]:
        """The days on which it practised outside school hours."""
        return frozenset(day for day, (_, at_home) in self.answers.items() if at_home)

    def days(self, absent: frozenset[date]) -> Days:
        """Count practice per half of the period, without days on which the child was absent and did not practise."""
        possible = self.school_days - (absent - self.practised)
        practised = self.practised & self.school_days
        middle = _middle(self.start)

        later = sum(on >= middle for on in practised), sum(on >= middle for on in possible)
        return Days(
            earlier=(len(practised) - later[0], len(possible) - later[1]),
            later=later,
            home=len(self.home),
            start=self.start,
            end=self.end,
        )


class Named(NamedTuple):
    """An objective as its platform calls it, by subject and name, and which platform that is."""

    called: tuple[str, str]
    source_id: int


def none() -> Period:
    """Return a period without anything, for a reader who may not see practice."""
    return Period(date.min, date.min, frozenset(), {}, (), None)


def period(connection: sa.Connection, grant: Grant, group_id: int | None, version: Version, today: date) -> Period:
    """Read the last four weeks of one child up to and including `today`."""
    start = today - timedelta(days=DAYS - 1)
    days = frozenset[date]()
    if group_id is not None:
        days = _group_days(connection, grant.school_id, group_id, start, version)
    rows = practice_of(connection, grant, start)
    return _period(rows, _objectives(connection, grant.school_id, version, rows), days, start, today)


def periods(connection: sa.Connection, grant: GroupGrant, version: Version, today: date) -> Callable[[int], Period]:
    """Read the same of all children of a group; ask what is returned for the period of a child by its id."""
    start = today - timedelta(days=DAYS - 1)
    days = _group_days(connection, grant.school_id, grant.group_id, start, version)
    rows: dict[int, list[Any]] = defaultdict(list)
    found = practice_in(connection, grant, start, today)
    for row in found:
        rows[row.pupil_id].append(row)
    objectives = _objectives(connection, grant.school_id, version, found)
    return lambda pupil_id: _period(rows.get(pupil_id, []), objectives, days, start, today)


def _period(rows: Rows, named: Mapping[int, Named], days: frozenset[date], start: date, today: date) -> Period:
    answers: dict[date, tuple[int, int]] = {}
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0, 0])
    middle = _middle(start)
    nothing = (0, 0)
    for _, day, count, first, right, at_home, objective_id in rows:
        total, outside = answers.get(day, nothing)
        answers[day] = total + count, outside + at_home
        tally = sums[named[objective_id].called]
        tally[0] += first
        tally[1] += right
        tally[2] += 1
        tally[3] += count
        if day < middle:
            tally[4] += first
            tally[5] += right
    ranked = sorted(sums.items(), key=lambda item: -item[1][3])
    objectives = [Objective(subject, name, t[0], t[1], t[2], t[4], t[5]) for (subject, name), t in ranked]
    return Period(start, today, days, answers, objectives, named[rows[-1].objective_id].source_id if rows else None)


def tile(child: Child, cells: Period, origins: Mapping[int, Origin]) -> Practice:
    """Return the tile; a child without practice gets the remark only."""
    if not cells.answers:
        return Practice(
            bars=[], objectives=[], days_practised=0, school_days=len(cells.school_days), home_days=0,
            remark="De laatste vier weken is er niets ontvangen van een oefenplatform.",
        )  # fmt: skip
    days = [cells.start + timedelta(days=offset) for offset in range(DAYS)]
    nothing = (0, 0)
    origin = origins.get(cells.source_id or 0)
    return Practice(
        bars=[
            PracticeBar(day=on, answers=answers, home_answers=at_home, is_school_day=on in cells.school_days)
            for on in days
            for answers, at_home in (cells.answers.get(on, nothing),)
        ],
        objectives=[_objective(child, objective) for objective in _telling(cells.objectives)],
        days_practised=len(cells.practised & cells.school_days),
        school_days=len(cells.school_days),
        home_days=len(cells.home),
        remark=DOUBT,
        source=origin.label if origin else None,
        age=origin.age if origin else None,
    )


def _telling(objectives: Sequence[Objective]) -> list[Objective]:
    """Choose the most practised objectives, and always the ones the child is stuck at."""
    stuck = [objective for objective in objectives if objective.state == "stuck"][:2]
    others = [objective for objective in objectives if objective not in stuck][: SHOWN - len(stuck)]
    return sorted(others, key=lambda objective: objective.state != "can") + stuck


def _objective(child: Child, objective: Objective) -> ObjectiveState:
    words = {"can": f"kan {child.they}", "busy": "bezig", "stuck": "loopt vast"}
    return ObjectiveState(
        name=objective.name,
        subject=objective.subject,
        state=objective.state,
        state_text=words[objective.state],
        first_answers=objective.first_answers,
        first_correct=objective.first_correct,
    )


def standing(connection: sa.Connection, school_id: int, group_id: int, version: Version, today: date) -> Standing:
    """How a group stands at each objective of the last four weeks; counts only."""
    start = today - timedelta(days=DAYS - 1)

    def read() -> Standing:
        rows = group_objectives(connection, school_id, group_id, start, ENOUGH_ANSWERS, CAN_SHARE)
        return {(row.subject, row.name): (row.worked, row.can) for row in rows}

    return remembered(connection, ("group objectives", group_id, start, version), read)


def _objectives(connection: sa.Connection, school_id: int, version: Version, rows: Rows) -> Mapping[int, Named]:
    """Return the objectives that the platforms of a school named, by id; two deliveries at once may share a version."""

    def read() -> Mapping[int, Named]:
        return {row.id: Named((row.subject, row.name), row.source_id) for row in objectives_of(connection, school_id)}

    known = remembered(connection, ("objectives", school_id, version), read)
    return known if known.keys() >= {row.objective_id for row in rows} else read()


def _middle(start: date) -> date:
    return start + timedelta(days=DAYS // 2)


def _group_days(
    connection: sa.Connection, school_id: int, group_id: int, start: date, version: Version
) -> frozenset[date]:
    """Return the days on which a group practised."""

    def read() -> frozenset[date]:
        rows = group_practice_days(connection, school_id, group_id, start)
        return frozenset(row.day for row in rows if row.pupils >= A_SCHOOL_DAY)

    return remembered(connection, ("group days", group_id, start, version), read)
