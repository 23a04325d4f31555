"""How long each class of data is kept, from when, and why, as one table of data; and the arithmetic of days.

Pure. The page /bewaartermijnen, the plan and the run all read `RULES`. What stands as law was read in an older text
(docs/retention.md says which); everything else is a norm of the sector or our proposal, and says so on the screen.
"""

import hashlib
import json
from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from models.vocabulary import Destination, Retention

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole calendar months, then days."""

    months: int = 0
    days: int = 0

    def after(self, day: date) -> date:
        """Give the day this long after another; a day that does not exist becomes the first of the next month."""
        return _months(day, self.months) + timedelta(days=self.days)

    def before(self, day: date) -> date:
        """Give the last day of which `after` is not later than this one."""
        first = _months(day - timedelta(days=self.days), -self.months)
        while self.after(first) > day:
            first -= ONE_DAY
        return first


class Start(StrEnum):
    """From what a period counts."""

    LEAVING = "na uitschrijving"
    SCHOOL_YEAR = "na het einde van het schooljaar"
    ARRIVAL = "na ontvangst"
    END = "na afloop"
    LAST_ROW = "en zolang iets ernaar verwijst"
    DOSSIER = "na het wissen van het dossier"
    NEVER = "zolang de school Kindblad gebruikt"


class Status(StrEnum):
    """How firm a period is."""

    LAW = "wet"
    NORM = "norm van de sector"
    PROPOSAL = "voorstel van Kindblad"


@dataclass(frozen=True, slots=True)
class Rule:
    """One class: what it holds, how long, from when, why. Without `shortest` a school cannot change it (in months)."""

    what: str
    period: Period
    start: Start
    ground: str
    status: Status
    shortest: int | None = None
    longest: int | None = None
    to_special: Period | None = None


WEEKS_8 = Period(days=56)

RULES: dict[Retention, Rule] = {
    Retention.ENROLMENT: Rule(
        "Naam, geboortedatum, in- en uitschrijving en de groepen waarin een kind zat.",
        Period(months=60),
        Start.LEAVING,
        "Besluit bekostiging WPO art. 9 (oude tekst, 2015): ten minste vijf jaar; wat alleen voor de bekostiging is, "
        "binnen acht weken daarna weg.",
        Status.LAW,
    ),
    Retention.ATTENDANCE: Rule(
        "Verzuim: dag, dagdeel en reden.",
        Period(months=60),
        Start.LEAVING,
        "Besluit bekostiging WPO art. 9 (oude tekst, 2015), met art. 6: ten minste vijf jaar.",
        Status.LAW,
    ),
    Retention.DOSSIER: Rule(
        "Toetsen, lijsten, observaties, notities, gesprekken, doelen, ouders en gezag.",
        Period(months=24),
        Start.LEAVING,
        "AVG art. 5 lid 1 onder e: niet langer dan nodig. Twee jaar is de norm van Rijksoverheid en PO-Raad.",
        Status.NORM,
        shortest=12,
        longest=60,
    ),
    Retention.SUPPORT: Rule(
        "Wat helpt en hindert, en wat is afgesproken; bij verwijzing naar speciaal (basis)onderwijs drie jaar.",
        Period(months=24),
        Start.LEAVING,
        "AVG art. 5 lid 1 onder e. De drie jaar na verwijzing noemen Rijksoverheid en PO-Raad; het wetsartikel "
        "waaruit die kwam is vervallen.",
        Status.NORM,
        shortest=12,
        longest=60,
        to_special=Period(months=36),
    ),
    Retention.CHAIN: Rule(
        "ECK iD en de sleutels waarmee leveranciers een kind kennen.",
        WEEKS_8,
        Start.LEAVING,
        "AVG art. 5 lid 1 onder c en e: na het vertrek is er geen levering meer.",
        Status.PROPOSAL,
    ),
    Retention.PRACTICE: Rule(
        "Oefenen per dag en leerdoel; losse antwoorden bewaart Kindblad niet.",
        Period(months=12),
        Start.SCHOOL_YEAR,
        "AVG art. 5 lid 1 onder e: de les is voorbij. Uiterlijk weg met het leerlingdossier.",
        Status.PROPOSAL,
        shortest=0,
        longest=24,
    ),
    Retention.QUARANTINE: Rule(
        "Regels die niet konden worden overgenomen.",
        Period(days=90),
        Start.ARRIVAL,
        "AVG art. 5 lid 1 onder e: wat na drie maanden niet is hersteld, levert de bron opnieuw.",
        Status.PROPOSAL,
    ),
    Retention.SESSION: Rule(
        "Waar en wanneer iemand was ingelogd, en uitnodigingen die niet meer gelden.",
        Period(days=30),
        Start.END,
        "AVG art. 5 lid 1 onder e en art. 32: kort, om misbruik te kunnen nagaan.",
        Status.PROPOSAL,
    ),
    Retention.ACCOUNT: Rule(
        "Accounts: van ouders tot acht weken na de uitschrijving, van medewerkers tot hun laatste rol eindigt.",
        WEEKS_8,
        Start.LEAVING,
        "AVG art. 32: wie niets meer te zien heeft, hoort niet te kunnen inloggen.",
        Status.PROPOSAL,
    ),
    Retention.LOG: Rule(
        "Wie keek naar welk kind, wanneer en waarom; zonder inhoud en zonder namen. Ten minste twee jaar.",
        Period(months=12),
        Start.DOSSIER,
        "AVG art. 5 lid 2 en art. 32; het Normenkader vraagt dat er een termijn is.",
        Status.PROPOSAL,
    ),
    Retention.STAFF: Rule(
        "Namen van medewerkers en voor welke groep zij stonden.",
        Period(months=24),
        Start.LAST_ROW,
        "Wie iets in een dossier schreef, blijft als schrijver herkenbaar zolang dat dossier er is.",
        Status.PROPOSAL,
    ),
    Retention.IMPORT: Rule(
        "Welke bestanden wanneer kwamen. De bestanden zelf bewaart Kindblad niet.",
        Period(months=12),
        Start.LAST_ROW,
        "AVG art. 5 lid 1 onder d: bij elk gegeven hoort waar het vandaan komt.",
        Status.PROPOSAL,
    ),
    Retention.PROOF: Rule(
        "Bewijs van wat is gewist: nummers, aantallen en tijdstippen, en sleutels als hash.",
        Period(),
        Start.NEVER,
        "AVG art. 5 lid 2: de school moet kunnen laten zien dat zij wist.",
        Status.PROPOSAL,
    ),
    Retention.REFERENCE: Rule(
        "Namen van groepen, toetsen, schalen en leerdoelen, en instellingen; dit gaat niet over één kind.",
        Period(),
        Start.NEVER,
        "Geen persoonsgegevens van kinderen.",
        Status.PROPOSAL,
    ),
}
"""In the order of the page."""

BACKUP = Period(days=35)
"""How old a backup may be, so that what was erased is nowhere after that (proposal)."""
LOG_AT_LEAST = Period(months=24)
PLAN_VALID = Period(days=30)
RUN_MISSED = Period(days=30)
HOLD_AT_MOST = Period(months=24)

OF_A_LEAVER = tuple(kind for kind, rule in RULES.items() if rule.start is Start.LEAVING and kind != Retention.ACCOUNT)
"""The classes whose clock starts when a child leaves."""

Choices = Mapping[Retention, int]
"""Periods in months that the school chose itself."""


def period_of(kind: Retention, choices: Choices, destination: Destination | None = None) -> Period:
    """Give the period of a class at this school, for a child that went there."""
    rule = RULES[kind]
    chosen = Period(months=choices[kind]) if kind in choices else rule.period
    if rule.to_special and destination is Destination.SPECIAL:
        return max(chosen, rule.to_special, key=lambda period: period.months)
    return chosen


def due_dates(last_day: date, destination: Destination, choices: Choices) -> dict[Retention, date]:
    """Give per class the first day on which it may go: the full period after the last day at school has passed."""
    first_day_away = last_day + ONE_DAY
    due: dict[Retention, date] = {}
    for kind in OF_A_LEAVER:
        due[kind] = period_of(kind, choices, destination).after(first_day_away)
    due[Retention.PRACTICE] = due[Retention.DOSSIER]
    return due


def practice_before(today: date, choices: Choices) -> date:
    """Give the day before which practice of any child may go: the start of the oldest school year that is kept."""
    return _school_year_of(period_of(Retention.PRACTICE, choices).before(today))


def of_groups_before(today: date) -> date:
    """Give the day before which talks and agreements about a whole group may go: two school years after their own."""
    return _school_year_of(RULES[Retention.SUPPORT].period.before(today))


def refusal(kind: Retention, months: int, reason: str) -> str | None:
    """Say in Dutch why a school may not choose this period, or None."""
    rule = RULES[kind]
    if rule.shortest is None or rule.longest is None:
        return f"De termijn voor {kind.label} staat vast: {rule.ground}"
    if not rule.shortest <= months <= rule.longest:
        return f"Voor {kind.label} kan een school kiezen tussen {rule.shortest} en {rule.longest} maanden."
    if months > rule.period.months and len(reason.strip()) < MIN_REASON:
        return f"Langer bewaren dan {rule.period.months} maanden vraagt een reden van minstens {MIN_REASON} tekens."
    return None


MIN_REASON = 15


def in_words(period: Period) -> str:
    """Write a period as people say it: "vijf jaar", "18 maanden", "acht weken", "90 dagen"."""
    words = {1: "één", 2: "twee", 3: "drie", 4: "vier", 5: "vijf", 8: "acht"}
    if period.months and period.months % 12 == 0:
        years = period.months // 12
        return f"{words.get(years, years)} jaar"
    if period.months:
        return f"{period.months} maanden" if period.months > 1 else "één maand"
    if period.days == WEEKS_8.days:
        return "acht weken"
    return f"{period.days} dagen" if period.days else "meteen"


def hidden(source: UUID, key: str) -> str:
    """Hide a source's key: the same key gives the same text, and the key itself is no longer there."""
    return "~" + hashlib.blake2b(key.encode("utf-8", "surrogatepass"), key=source.bytes, digest_size=16).hexdigest()


def digest(content: Any) -> str:
    """Give the SHA-256 of plain data, the same on every machine."""
    return hashlib.sha256(canonical(content)).hexdigest()


def canonical(content: Any) -> bytes:
    """Write plain data in one way only."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _school_year_of(day: date) -> date:
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


def _months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    length = 29 if month == 2 and isleap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    if day.day <= length:
        return date(year, month, day.day)
    return date(year, month, length) + ONE_DAY
