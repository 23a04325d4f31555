"""What a class worked on: per learning objective who can do it, who is busy and who is stuck; pure, like all rules.

States are those of `models.rules.signals.practising` over some weeks, so that a child that is stuck here is stuck on
its sheet too. New here: at an objective of which the child had one day only, nothing is called stuck yet; where most
went wrong that day it is named as a hard start.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.rules.signals.practising import ENOUGH_ANSWERS, STUCK_SHARE, Objective

Standing = tuple[int, str, str]
"""A child, a subject and an objective."""


@dataclass(slots=True)
class ObjectiveWork:
    """One objective on one day: what was done, and the ids of the children by how they stand over the whole period."""

    subject: str
    name: str
    answers: int = 0
    first_answers: int = 0
    first_correct: int = 0
    can: list[int] = field(default_factory=list)
    busy: list[int] = field(default_factory=list)
    stuck: list[int] = field(default_factory=list)
    hard_start: list[int] = field(default_factory=list)

    @property
    def children(self) -> list[int]:
        """The ids of who worked on it that day."""
        return [*self.can, *self.busy, *self.stuck, *self.hard_start]

    @property
    def need_help(self) -> list[int]:
        """The ids of who would be asked to an instruction."""
        return [*self.stuck, *self.hard_start]


def class_day(practised: Iterable[Mapping[date, tuple[int, int]]], at_least: int) -> date | None:
    """Return the newest day on which at least so many children practised in school hours; None when there is none.

    For each child: of each day how many answers it gave, and how many of them outside school hours.
    """
    counted = Counter(day for days in practised for day, (answers, home) in days.items() if home < answers)
    return max((day for day, children in counted.items() if children >= at_least), default=None)


def class_work(cells: Iterable[Any], standings: Mapping[Standing, Objective]) -> list[ObjectiveWork]:
    """Sum one day per objective, most practised first, with each child where it stands over the whole period.

    `cells` are of that day: pupil_id, subject, name, answers, first_answers and first_correct, one for each child and
    objective; `standings` hold at least those.
    """
    found: dict[tuple[str, str], ObjectiveWork] = {}
    for cell in cells:
        work = found.setdefault((cell.subject, cell.name), ObjectiveWork(cell.subject, cell.name))
        work.answers += cell.answers
        work.first_answers += cell.first_answers
        work.first_correct += cell.first_correct
        getattr(work, state(standings[cell.pupil_id, cell.subject, cell.name])).append(cell.pupil_id)
    return sorted(found.values(), key=lambda work: (-work.answers, work.name))


def state(objective: Objective) -> str:
    """Return "can", "busy", "stuck" or "hard_start"."""
    is_new = objective.state == "busy" and objective.days == 1 and objective.first_answers >= ENOUGH_ANSWERS
    return (
        "hard_start" if is_new and objective.first_correct < STUCK_SHARE * objective.first_answers else objective.state
    )
