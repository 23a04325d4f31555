"""How a child practises on a platform, against the days on which its group did."""

from dataclasses import dataclass
from datetime import date

from models.rules.access import Kind
from models.rules.signals import Rule, Signal
from models.rules.signals.about import About
from models.rules.wording import capital, plural

NEEDS = frozenset({Kind.PRACTICE})
LOOKS_AT = "de dagen waarop het kind oefende, tegen de schooldagen waarop de groep oefende en het kind er was"
STOPPED = Rule("practice_stopped", "Oefent niet meer", LOOKS_AT, NEEDS, 75, rests=True)
FALLEN = Rule("practice_fallen", "Oefent opeens minder", LOOKS_AT, NEEDS, 69, ("practice_fall",), rests=True)
SELDOM = Rule("practice_seldom", "Oefent weinig", LOOKS_AT, NEEDS, 65, ("practice_seldom",), rests=True)
FAITHFUL = Rule(
    "practice_faithful", "Oefent trouw", LOOKS_AT, NEEDS, 40, ("practice_faithful",), sheet_only=True, rests=True
)
REGULAR = Rule("practice_regular", "Oefent regelmatig", LOOKS_AT, NEEDS, 20, sheet_only=True, rests=True)
RULES = (STOPPED, FALLEN, SELDOM, FAITHFUL, REGULAR)

ENOUGH_DAYS = 5
CAN_SHARE, STUCK_SHARE = 0.8, 0.55
ENOUGH_ANSWERS = 10

DOUBT = "Oefentijd is geen inzet: werk op papier en hulp aan anderen ziet het platform niet."


@dataclass(frozen=True, slots=True)
class Objective:
    """First attempts at one objective in the period, on how many days; `earlier_*` fell in its first half."""

    subject: str
    name: str
    first_answers: int
    first_correct: int
    days: int
    earlier_answers: int = 0
    earlier_correct: int = 0

    @property
    def state(self) -> str:
        """Return "can", "stuck" or "busy"; with fewer than ten first attempts nothing is said but "busy"."""
        if self.first_answers < ENOUGH_ANSWERS:
            return "busy"
        share = self.first_correct / self.first_answers
        if share >= CAN_SHARE:
            return "can"
        return "stuck" if share < STUCK_SHARE and self.days > 1 else "busy"


@dataclass(frozen=True, slots=True)
class Days:
    """On how many days a child practised, out of how many on which its group did and it was there; per half.

    `earlier` and `later` are (practised, possible); days on which the child was absent are in neither.
    """

    earlier: tuple[int, int]
    later: tuple[int, int]
    home: int
    start: date
    end: date


def practice_signal(about: About, days: Days, period: str) -> Signal | None:
    """Say how faithfully a child practises; None when the group itself practised too little while the child was there.

    `period` is how a sentence names the days: "in de laatste vier weken".
    """
    settings, they = about.settings, capital(about.child.they)
    practised, possible = days.earlier[0] + days.later[0], days.earlier[1] + days.later[1]
    if possible < ENOUGH_DAYS:
        return None
    counted = f"{practised} van de {possible} schooldagen"
    basis = f"op {counted} {period} waarop de groep oefende en {about.child.name} er was"
    doubt = about.doubt(DOUBT, days.start, days.end)
    if practised == 0:
        text = f"{about.child.name} oefende {period} niet op het platform."
        return STOPPED.says("attention", "oefende", text, basis=basis, doubt=doubt, evidence="niet")
    if practised * 10 >= settings.practice_faithful * possible:
        home = f", {plural(days.home, 'keer', 'keer')} ook thuis" if days.home else ""
        text = f"{they} oefent trouw: {counted}{home}."
        return FAITHFUL.says("up", "oefent trouw", text, basis=basis, doubt=DOUBT, evidence="trouw")
    if min(days.earlier[1], days.later[1]) >= ENOUGH_DAYS and days.later[0] == 0:
        text = f"{they} oefent de laatste twee weken niet meer; daarvoor {_of(days.earlier)}."
        return STOPPED.says("attention", "oefent", text, basis=basis, doubt=doubt, evidence="niet meer")
    if _has_fallen(days, settings.practice_fall):
        text = f"{they} oefent minder dan daarvoor: {_of(days.later)}, eerst {_of(days.earlier)}."
        return FALLEN.says("attention", "oefent minder", text, basis=basis, doubt=doubt, evidence="minder")
    home = f", {plural(days.home, 'keer', 'keer')} ook thuis" if days.home else ""
    if practised * 10 < settings.practice_seldom * possible:
        text = f"{they} oefent weinig: {counted}{home}."
        return SELDOM.says("attention", "oefent weinig", text, basis=basis, doubt=doubt, evidence="weinig")
    text = f"{they} oefent regelmatig: {counted}{home}."
    return REGULAR.says("steady", "oefent regelmatig", text, basis=basis, doubt=DOUBT, evidence="regelmatig")


def _has_fallen(days: Days, tenths: int) -> bool:
    """Whether the share of the later half lies so many tenths under that of the earlier half."""
    (before, of_before), (after, of_after) = days.earlier, days.later
    if min(of_before, of_after) < ENOUGH_DAYS:
        return False
    return 10 * (before * of_after - after * of_before) >= tenths * of_before * of_after


def _of(half: tuple[int, int]) -> str:
    return f"{half[0]} van de {half[1]} schooldagen"
