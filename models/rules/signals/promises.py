"""What was agreed and is over time, and a child's own goal that got no answer."""

from collections.abc import Sequence
from datetime import date, timedelta

from models.rules.access import Kind
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import day, number

OVERDUE = Rule(
    "agreement_overdue", "Afspraak over tijd", "open afspraken waarvan de dag voorbij is",
    frozenset({Kind.SUPPORT_PLAN}), 85, ("agreement_days",), piles_up=True,
)  # fmt: skip
UNANSWERED = Rule(
    "goal_unanswered", "Eigen doel zonder antwoord", "het nieuwste doel van het kind zelf, als school nog niets zei",
    frozenset({Kind.GOALS}), 64, ("goal_days",),
)  # fmt: skip
RULES = (OVERDUE, UNANSWERED)


def overdue_signal(about: About, overdue: Sequence[tuple[str, str | None, date]]) -> Signal | None:
    """Say which agreement is over time: (what, who, due on); None when there is none."""
    grace = timedelta(days=about.settings.agreement_days)
    late = sorted((due_on, body, owner or "") for body, owner, due_on in overdue if due_on + grace < about.today)
    if not late:
        return None
    due_on, body, owner = late[0]
    who = f" ({owner})" if owner else ""
    others = len(late) - 1
    more = f" Nog {number(others) if others > 1 else 'één'} andere ook." if others else ""
    return OVERDUE.says(
        "attention",
        "Afspraak over tijd",
        f"Afspraak over tijd: {body.rstrip('.')}{who}, vóór {day(due_on, about.today)}.{more}",
        basis=f"afgesproken voor {day(due_on, about.today)}",
        doubt="Misschien is het gedaan en nog niet afgevinkt.",
        evidence=f"tot {late[-1][0].isoformat()}",
    )


def unanswered_signal(about: About, goal: tuple[str, date] | None) -> Signal | None:
    """Say that the child's goal (words, stated on) waits for the school's answer; None when it does not."""
    if goal is None or about.today - goal[1] < timedelta(days=about.settings.goal_days):
        return None
    return UNANSWERED.says(
        "attention",
        "wacht op antwoord",
        f"{about.child.name} wacht op antwoord op het eigen doel van {day(goal[1], about.today)}.",
        basis="geen antwoord van school vastgelegd",
        doubt="Misschien is het al gezegd en nog niet opgeschreven.",
        evidence=goal[1].isoformat(),
    )
