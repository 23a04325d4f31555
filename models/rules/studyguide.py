"""The studiewijzer of a week: which week it is, and what is proposed to the teacher. Pure; it speaks of no child.

An objective is proposed when several children worked at it: what one child does alone is not the group's week.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.at_home import suggestion

RECENT = timedelta(days=14)
"""How far before the week objectives count as worked at now."""
LOOK_BACK = timedelta(days=56)
"""How far back an objective counts as seen before: what was not, is new."""
NEW = timedelta(days=9)
AT_LEAST = 3
"""Children who worked at an objective before it is the group's."""
PER_SUBJECT, LINES = 2, 7
MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Worked:
    """What a group did at one objective: children and answers since the first recent day, and its very first day."""

    subject: str
    name: str
    children: int
    answers: int
    first_on: date


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a week, kept or proposed; `why` says where a proposal comes from."""

    subject: str
    goal: str
    approach: str = ""
    words: str = ""
    at_home: str = ""
    link: str = ""
    objective: str = ""
    why: str = ""


def monday_of(day: date) -> date:
    """Return the Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def week_code(monday: date) -> str:
    """Write a week as "2026-W48" (ISO 8601)."""
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}"


def week_number(monday: date) -> int:
    """Return the number of the week as people call it: 48."""
    return monday.isocalendar().week


def parse_week(code: str) -> date:
    """Return the Monday of "2026-W48"; a `ValueError` when it is no week."""
    year, mark, week = code.partition("-W")
    if not (mark and len(year) == 4 and len(week) == 2 and (year + week).isdecimal() and code.isascii()):
        raise ValueError("dit is geen week")
    return date.fromisocalendar(int(year), int(week), 1)


def same_week_last_year(monday: date) -> date:
    """Return the Monday of the week with the same number a year earlier; week 53 becomes 52 where there is none."""
    year, week, _ = monday.isocalendar()
    last = date(year - 1, 12, 28).isocalendar().week
    return date.fromisocalendar(year - 1, min(week, last), 1)


def propose(worked: Iterable[Worked], last_year: Sequence[Line], monday: date) -> list[Line]:
    """Propose the lines of a week: objectives of the group, new ones first, then what last year had in this week.

    What last year said of the same objective (how, words, at home) comes along with it.
    """
    chosen = _chosen([each for each in worked if each.children >= AT_LEAST], monday)
    before = {_same(line.subject, line.objective or line.goal): line for line in last_year}
    found: list[Line] = []
    for each in chosen:
        earlier = before.pop(_same(each.subject, each.name), None)
        why = f"{'nieuw, ' if _is_new(each, monday) else ''}{each.children} kinderen werkten eraan"
        line = Line(each.subject, each.name, objective=each.name)
        found.append(replace(earlier or line, objective=each.name, why=why))
    subjects = {line.subject.lower() for line in found}
    older = sorted(before.values(), key=lambda line: line.subject.lower() in subjects)
    found += [replace(line, why="vorig jaar in deze week") for line in older]
    return with_ideas(found[:LINES], week_number(monday))


def with_ideas(lines: Sequence[Line], week: int) -> list[Line]:
    """Give each line without one an idea for at home, never the same twice in a week."""
    taken = {line.at_home for line in lines if line.at_home}
    found = []
    for line in lines:
        idea = line.at_home or suggestion(line.subject, f"{line.objective} {line.goal}", week, taken)
        taken.add(idea)
        found.append(replace(line, at_home=idea))
    return found


def _chosen(worked: Sequence[Worked], monday: date) -> list[Worked]:
    """At most so many per subject, subjects in the order of most work."""
    by_subject: dict[str, list[Worked]] = {}
    for each in worked:
        by_subject.setdefault(each.subject, []).append(each)
    ranked = sorted(by_subject.values(), key=lambda them: (-sum(each.answers for each in them), them[0].subject))
    return [each for them in ranked for each in sorted(them, key=lambda w: _order(w, monday))[:PER_SUBJECT]]


def _order(each: Worked, monday: date) -> tuple[bool, int, str]:
    return not _is_new(each, monday), -each.answers, each.name


def _is_new(each: Worked, monday: date) -> bool:
    return each.first_on >= monday - NEW


def _same(subject: str, goal: str) -> tuple[str, str]:
    return subject.lower().strip(), " ".join(goal.lower().split())
