"""How a child practises on a platform, and at which objective it is stuck."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.signals import Signal
from models.rules.wording import Child, capital, listing, number, plural

FAITHFUL = 0.8
SELDOM = 0.4
ENOUGH_DAYS = 5
CAN_SHARE, STUCK_SHARE = 0.8, 0.55
ENOUGH_ANSWERS = 10

DOUBT = "Oefentijd is geen inzet: werk op papier en hulp aan anderen ziet het platform niet."


@dataclass(frozen=True, slots=True)
class Objective:
    """First attempts at one objective in the period, on how many days."""

    subject: str
    name: str
    first_answers: int
    first_correct: int
    days: int

    @property
    def state(self) -> str:
        """Return "can", "stuck" or "busy"; with fewer than ten first attempts nothing is said but "busy"."""
        if self.first_answers < ENOUGH_ANSWERS:
            return "busy"
        share = self.first_correct / self.first_answers
        if share >= CAN_SHARE:
            return "can"
        return "stuck" if share < STUCK_SHARE and self.days > 1 else "busy"


def practice_signal(
    child: Child, practised: int, school_days: int, home_days: int, absent_days: int, period: str
) -> Signal | None:
    """Say how faithfully a child practises: days on which it did, out of the days on which its group did.

    Days on which the child was absent do not count against it. None when the group itself practised too little.
    """
    possible = school_days - absent_days
    if possible < ENOUGH_DAYS:
        return None
    basis = f"op {practised} van de {possible} schooldagen {period} waarop de groep oefende en {child.name} er was"
    days = f"{practised} van de {possible} schooldagen"
    home = f", {plural(home_days, 'keer', 'keer')} ook thuis" if home_days else ""
    they = capital(child.they)
    if practised == 0:
        text = f"{child.name} oefende {period} niet op het platform."
        return Signal("practice_stopped", "attention", "oefende", text, basis, DOUBT, 75)
    if practised / possible >= FAITHFUL:
        return Signal(
            "practice_faithful", "up", "oefent trouw", f"{they} oefent trouw: {days}{home}.", basis, DOUBT, 40
        )
    if practised / possible < SELDOM:
        return Signal(
            "practice_seldom", "attention", "oefent weinig", f"{they} oefent weinig: {days}{home}.", basis, DOUBT, 65
        )
    return Signal(
        "practice_regular", "steady", "oefent regelmatig", f"{they} oefent regelmatig: {days}{home}.", basis, DOUBT, 20
    )


def stuck_signal(child: Child, objectives: Sequence[Objective], period: str) -> Signal | None:
    """Name the objectives at which most first attempts go wrong on more than one day; None when there are none."""
    stuck = sorted((o for o in objectives if o.state == "stuck"), key=lambda o: o.first_correct / o.first_answers)[:2]
    if not stuck:
        return None
    names = listing([f"“{o.name}”" for o in stuck])
    counts = listing([f"{o.first_correct} van {o.first_answers} goed bij “{o.name}”" for o in stuck])
    days = number(max(o.days for o in stuck))
    return Signal(
        "objective_stuck",
        "attention",
        "loopt vast",
        f"{capital(child.they)} loopt vast bij {names}.",
        f"eerste pogingen {period}: {counts}, op {days} dagen",
        "De uitleg kan net begonnen zijn; kijk even mee voor je iets besluit.",
        68,
    )
