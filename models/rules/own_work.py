"""At what a child worked in a week, for its parents: effort first, then how it went, never a figure as a mark.

Practice on a platform is not all the work; the page says so. Nothing here compares a child with another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.vocabulary import Coded

SHOWN = 5
ENOUGH = 6
"""First tries before anything is said of how it went."""


class Went(Coded):
    """How it went at a goal, in one plain word or two."""

    WELL = "well", "bijna alles ging in één keer goed"
    MOSTLY = "mostly", "de meeste gingen in één keer goed"
    HALF = "half", "ongeveer de helft ging in één keer goed"
    HARD = "hard", "dit is nog lastig en vraagt meer oefening"
    BEGUN = "begun", "net begonnen"


FROM = ((0.85, Went.WELL), (0.65, Went.MOSTLY), (0.45, Went.HALF), (0.0, Went.HARD))
"""From which share of first tries that were right."""


@dataclass(frozen=True, slots=True)
class GoalWork:
    """The work of a week at one goal."""

    subject: str
    goal: str
    answers: int
    days: int
    went: Went


@dataclass(frozen=True, slots=True)
class WeekWork:
    """The work of one child in a week; `more` goals are left out of `goals`."""

    days: int
    home_days: int
    answers: int
    goals: list[GoalWork]
    more: int


@dataclass(slots=True)
class _Done:
    days: set[date] = field(default_factory=set)
    answers: int = 0
    tried: int = 0
    right: int = 0


def work_of(rows: Iterable[Any], goals: Iterable[str] = ()) -> WeekWork | None:
    """Sum up what a child did; rows have day, answers, first_answers, first_correct, home_answers, subject, name.

    `goals` are the objectives of the week: they come first. None when there are no rows.
    """
    rows, of_week = list(rows), set(goals)
    if not rows:
        return None
    done: dict[tuple[str, str], _Done] = defaultdict(_Done)
    for row in rows:
        one = done[row.subject, row.name]
        one.days.add(row.day)
        one.answers += row.answers
        one.tried += row.first_answers
        one.right += row.first_correct
    ordered = sorted(done.items(), key=lambda each: (each[0][1] not in of_week, -each[1].answers, each[0]))
    return WeekWork(
        days=len({row.day for row in rows}),
        home_days=len({row.day for row in rows if row.home_answers}),
        answers=sum(row.answers for row in rows),
        goals=[GoalWork(*what, one.answers, len(one.days), _went(one)) for what, one in ordered[:SHOWN]],
        more=max(0, len(ordered) - SHOWN),
    )


def _went(one: _Done) -> Went:
    if one.tried < ENOUGH:
        return Went.BEGUN
    return next(went for share, went in FROM if one.right >= share * one.tried)
