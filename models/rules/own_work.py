"""At what a child worked in a week, in words for its parents: effort first, then how it went, never a figure as a mark.

Practice on a platform is not all the work; the page says so. Nothing here compares a child with another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.rules.wording import number, plural

SHOWN = 5
ENOUGH = 6
"""First tries before anything is said of how it went."""
HOW_IT_WENT = (
    (0.85, "bijna alles ging in één keer goed"),
    (0.65, "de meeste gingen in één keer goed"),
    (0.45, "ongeveer de helft ging in één keer goed"),
    (0.0, "dit is nog lastig en vraagt meer oefening"),
)


@dataclass(slots=True)
class _Done:
    days: set[date] = field(default_factory=set)
    answers: int = 0
    tried: int = 0
    right: int = 0


def in_words(name: str, rows: Iterable[Any], goals: Iterable[str] = ()) -> list[str]:
    """Say at what a child worked; rows have day, answers, first_answers, first_correct, home_answers, subject, name.

    `goals` are the objectives of the week: they come first. Empty when there are no rows.
    """
    rows, of_week = list(rows), set(goals)
    if not rows:
        return []
    done: dict[tuple[str, str], _Done] = defaultdict(_Done)
    for row in rows:
        one = done[row.subject, row.name]
        one.days.add(row.day)
        one.answers += row.answers
        one.tried += row.first_answers
        one.right += row.first_correct
    days, answers = {row.day for row in rows}, sum(row.answers for row in rows)
    home = {row.day for row in rows if row.home_answers}
    at_home = f", op {plural(len(home), 'dag', 'dagen')} ook thuis" if home else ""
    said = [f"{name} oefende op {plural(len(days), 'dag', 'dagen')}{at_home}. Het waren {answers} opgaven."]
    ordered = sorted(done.items(), key=lambda each: (each[0][1] not in of_week, -each[1].answers, each[0]))
    said += [_one(*what, one) for what, one in ordered[:SHOWN]]
    more = len(ordered) - SHOWN
    return [*said, f"En nog {number(more)} {'ander doel' if more == 1 else 'andere doelen'}."] if more > 0 else said


def _one(subject: str, goal: str, one: _Done) -> str:
    effort = f"{subject}: {goal}. {one.answers} opgaven op {plural(len(one.days), 'dag', 'dagen')}"
    if one.tried < ENOUGH:
        return f"{effort}; net begonnen."
    share = one.right / one.tried
    return f"{effort}; {next(words for least, words in HOW_IT_WENT if share >= least)}."
