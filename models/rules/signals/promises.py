"""What was agreed and is over time, and a child's own goal that got no answer."""

from datetime import date, timedelta

from models.rules.signals import Signal
from models.rules.wording import day, number

ANSWER_WITHIN = timedelta(days=14)


def overdue_signal(overdue: list[tuple[str, str | None, date]], today: date) -> Signal | None:
    """Say which agreement is over time: (what, who, due on); None when there is none."""
    if not overdue:
        return None
    body, owner, due_on = min(overdue, key=lambda row: row[2])
    who = f" ({owner})" if owner else ""
    others = len(overdue) - 1
    more = f" Nog {number(others) if others > 1 else 'één'} andere ook." if others else ""
    text = f"Afspraak over tijd: {body.rstrip('.')}{who}, vóór {day(due_on, today)}.{more}"
    basis = f"afgesproken voor {day(due_on, today)}"
    return Signal("agreement_overdue", "attention", "Afspraak over tijd", text, basis,
                  "Misschien is het gedaan en nog niet afgevinkt.", 85)  # fmt: skip


def unanswered_signal(goal: tuple[str, date] | None, name: str, today: date) -> Signal | None:
    """Say that the child's goal has waited two weeks for the school's answer; None when it has not."""
    if goal is None or today - goal[1] < ANSWER_WITHIN:
        return None
    text = f"{name} wacht op antwoord op het eigen doel van {day(goal[1], today)}."
    return Signal("goal_unanswered", "attention", "wacht op antwoord", text, "geen antwoord van school vastgelegd",
                  "Misschien is het al gezegd en nog niet opgeschreven.", 64)  # fmt: skip
