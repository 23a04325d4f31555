"""An objective at which a child is stuck while its group moves on, and one at which it persevered."""

from collections.abc import Mapping, Sequence

from models.rules.access import Kind
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.signals.practising import CAN_SHARE, Objective
from models.rules.wording import capital, listing, number

NEEDS = frozenset({Kind.PRACTICE})
LOOKS_AT = "de eerste pogingen per leerdoel op het oefenplatform"
BEHIND = Rule(
    "objective_stuck", "Loopt vast waar de groep verder gaat", f"{LOOKS_AT}, en of de meeste kinderen het doel kunnen",
    NEEDS, 72, ("stuck_days", "class_can"), rests=True,
)  # fmt: skip
HARD = Rule("objective_hard", "Loopt vast, net als de groep", LOOKS_AT, NEEDS, 50, ("stuck_days",), True, rests=True)
PERSEVERED = Rule("effort_rewarded", "Zette door en kan het", LOOKS_AT, NEEDS, 57, ("effort_days",), rests=True)
RULES = (BEHIND, HARD, PERSEVERED)

ENOUGH_HALF = 5
"""First attempts in each half of the period before they are compared."""
HARD_SHARE = 2 / 3
"""An objective was hard at first when fewer than two of three first attempts were right."""
A_GROUP = 5
"""From so many children who worked at an objective it is said of the group; of fewer it would tell of each."""
STARTED = "De uitleg kan net begonnen zijn; kijk even mee voor u iets besluit."
EASIER = "De opgaven kunnen gaandeweg makkelijker zijn geworden, of er hielp iemand mee."

Standing = Mapping[tuple[str, str], tuple[int, int]]
"""Of each objective (subject, name): how many children of the group worked at it enough, and how many can it."""


def stuck_signals(about: About, objectives: Sequence[Objective], group: Standing, period: str) -> list[Signal]:
    """Name the two objectives at which most first attempts go wrong, the group's standing beside it; empty without.

    One signal for each objective at which the group moved on, one for the others together.
    """
    stuck = [o for o in objectives if o.state == "stuck" and o.days >= about.settings.stuck_days]
    stuck = [o for o in stuck if not _persevered(o)]
    stuck = sorted(stuck, key=lambda o: (o.first_correct / o.first_answers, o.name))[:2]
    behind = [o for o in stuck if _moved_on(group.get((o.subject, o.name)), about.settings.class_can)]
    found = [_behind(about, o, group[o.subject, o.name], period) for o in behind]
    hard = [o for o in stuck if o not in behind]
    if hard:
        names = listing([f"“{o.name}”" for o in hard])
        text = f"{capital(about.child.they)} loopt vast bij {names}."
        basis = f"eerste pogingen {period}: {listing([_count(o) for o in hard])}"
        topic = "; ".join(o.name for o in hard)
        found.append(
            HARD.says("attention", "loopt vast", text, basis=basis, doubt=STARTED, topic=topic, evidence="vast")
        )
    return found


def effort_signal(about: About, objectives: Sequence[Objective], period: str) -> Signal | None:
    """Say that a child kept at an objective that went wrong at first and can do it now; None when there is none."""
    won = [o for o in objectives if o.days >= about.settings.effort_days and _persevered(o)]
    if not won:
        return None
    best = max(won, key=lambda o: (o.days, o.name))
    later, right = best.first_answers - best.earlier_answers, best.first_correct - best.earlier_correct
    return PERSEVERED.says(
        "up",
        "zette door",
        f"{capital(about.child.they)} zette door bij “{best.name}”: eerst {best.earlier_correct} van de "
        f"{best.earlier_answers} goed, nu {right} van de {later}.",
        basis=f"eerste pogingen {period}, op {number(best.days)} dagen",
        doubt=EASIER,
        topic=best.name,
        evidence="kan het",
    )


def _behind(about: About, objective: Objective, standing: tuple[int, int], period: str) -> Signal:
    worked, can = standing
    return BEHIND.says(
        "attention",
        "loopt vast",
        f"{capital(about.child.they)} loopt vast bij “{objective.name}”, terwijl de groep verder gaat.",
        basis=f"eerste pogingen {period}: {_count(objective)}, op {number(objective.days)} dagen; van de {worked} "
        f"kinderen die eraan werkten kunnen {can} het",
        doubt=about.doubt(STARTED, about.weeks_ago(4), about.today),
        topic=objective.name,
        evidence="vast",
    )


def _count(objective: Objective) -> str:
    return f"{objective.first_correct} van {objective.first_answers} goed bij “{objective.name}”"


def _moved_on(standing: tuple[int, int] | None, tenths: int) -> bool:
    return standing is not None and standing[0] >= A_GROUP and standing[1] * 10 >= tenths * standing[0]


def _persevered(objective: Objective) -> bool:
    later = objective.first_answers - objective.earlier_answers
    if min(later, objective.earlier_answers) < ENOUGH_HALF:
        return False
    right = objective.first_correct - objective.earlier_correct
    return objective.earlier_correct / objective.earlier_answers < HARD_SHARE and right / later >= CAN_SHARE
