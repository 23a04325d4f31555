"""The same fact in two places at a school: what the rules find in the last year, told in counts and in what to stop.

No name of a child leaves this file. The leading place is the administration for what an administration keeps, and
elsewhere the place where most of it stands; the other is where typing can stop.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from api.schemas.evidence import DoubleFinding, GroupCount
from api.services.registrations.use import YEAR, Tally, Use
from models.queries import doubles as read
from models.rules.aggregates import SMALLEST, too_small
from models.rules.doubles import KINDBLAD, Double
from models.rules.doubles.days import same_absences
from models.rules.doubles.people import same_children, same_groups, same_guardians
from models.rules.doubles.results import same_results
from models.rules.doubles.texts import RULES, same_texts
from models.rules.names import natural_order
from models.rules.registrations.facts import FACTS
from models.rules.wording import capital
from models.vocabulary import SourceKind

FROM_ONE_ROLL = ("identity", "group")
"""What a child is called is compared with the roll only: two lists that got it from there are one mistake, not two."""


def detect(connection: sa.Connection, school_id: int, use: Use) -> list[Double]:
    """Find what stands in two places; texts and results are read only where two places have them at all."""
    since = use.today - YEAR
    several = {code for code, tally in use.tallies.items() if len(tally.places) > 1}
    families = {family for family in RULES if _places_of(family, use.tallies) > 1}
    found = same_absences(read.absences(connection, school_id, list(use.sources), since))
    if families:
        found += same_texts(read.texts(connection, school_id, since, families))
    if any(code.startswith("assessment:") for code in several):
        found += same_results(read.results(connection, school_id, since))
    if several & {"identity", "group"}:
        named, placed = read.children(connection, school_id, since)
        speaking = {place for place, row in use.sources.items() if row.received_at and row.received_at.date() >= since}
        found += same_children(entry for entry in named if entry.place in speaking)
        found += same_groups(entry for entry in placed if entry.place in speaking)
    if "guardian" in several:
        found += same_guardians(read.guardians(connection, school_id))
    return [double for double in found if double.fact not in FROM_ONE_ROLL or _is_about_roll(double, use)]


def _places_of(family: str, tallies: Mapping[str, Tally]) -> int:
    return len({place for code, tally in tallies.items() if code.partition(":")[0] == family for place in tally.places})


def _is_about_roll(double: Double, use: Use) -> bool:
    return any(place != KINDBLAD and use.sources[place].leads_roll for place in double.places)


def compose(school: UUID, doubles: Sequence[Double], use: Use, ruled_out: Sequence[Any]) -> list[DoubleFinding]:
    """Tell of each fact and pair of places once; what is typed most often first, what was ruled to be none last."""
    together: dict[tuple[str, int, int], list[Double]] = defaultdict(list)
    for double in doubles:
        lead, other = ranked(double.fact, double.places, use)
        together[double.fact, lead, other].append(double)
    reasons = {(row.fact, row.lead, row.other): row.because for row in ruled_out}
    findings = [_finding(school, key, some, use, reasons) for key, some in together.items()]
    return sorted(findings, key=lambda one: (one.no_double is not None, one.last_on is None, -one.values, one.title))


def ranked(fact: str, places: frozenset[int], use: Use) -> tuple[int, int]:
    """Say which of two places leads and which is the other."""

    def weight(place: int) -> tuple[bool, bool, int, int]:
        row = use.sources.get(place)
        if row is None:
            return False, False, use.tallies[fact].places[place], 0
        leads = row.kind in FACTS[fact].leading_kinds
        return leads, leads and bool(row.leads_roll), use.tallies[fact].places[place], -place

    lead, other = sorted(places, key=weight, reverse=True)
    return lead, other


def _finding(
    school: UUID,
    key: tuple[str, int, int],
    doubles: list[Double],
    use: Use,
    reasons: Mapping[tuple[str, str, str], str],
) -> DoubleFinding:
    fact, lead, other = key
    children = {double.pupil for double in doubles}
    differing = sum(double.differs for double in doubles)
    label, first, second = FACTS[fact].label, use.name(lead), use.name(other)
    codes = (fact, use.code(lead), use.code(other))
    days = [double.day for double in doubles if double.day != read.ALWAYS]
    return DoubleFinding(
        school=school,
        fact=fact,
        title=f"{capital(label)}: in {first} en in {second}",
        text=_text(len(children), len(doubles), differing, is_dated=bool(days)),
        advice=_advice(fact, lead, other, use),
        why_leading=_why(fact, lead, use),
        lead=codes[1],
        other=codes[2],
        lead_name=first,
        other_name=second,
        children=len(children) if len(children) >= SMALLEST else None,
        values=len(doubles),
        differing=differing,
        groups=_groups(children, use),
        last_on=max(days, default=None),
        no_double=reasons.get(codes),
    )


def _text(children: int, values: int, differing: int, *, is_dated: bool) -> str:
    whose = f"bij {children} kinderen" if children >= SMALLEST else "bij enkele kinderen (vijf of minder)"
    often = f", {values} keer in twaalf maanden" if is_dated else ""
    text = f"Staat {whose} op twee plekken{often}."
    if differing:
        text += f" {differing} keer zegt de een iets anders dan de ander."
    return text


def _advice(fact: str, lead: int, other: int, use: Use) -> str:
    first, second = use.name(lead), use.name(other)
    if fact in {"identity", "group", "guardian"}:
        return f"Typt iemand dit in {second}? Houd daarmee op en laat {second} het uit {first} halen."
    if other == KINDBLAD:
        return f"Houd op dit in Kindblad te typen; het komt al uit {first}."
    if lead == KINDBLAD:
        return f"Houd op dit in {second} te typen; het staat al in Kindblad."
    return f"Houd op dit in {second} te typen; Kindblad leest het al uit {first}."


def _why(fact: str, lead: int, use: Use) -> str:
    row = use.sources.get(lead)
    if row is not None and row.kind in FACTS[fact].leading_kinds:
        what = {SourceKind.LAS: "de leerlingadministratie", SourceKind.TEST: "het toetssysteem"}
        return f"{use.name(lead)} is leidend: dat is {what.get(row.kind, 'het systeem waar dit voor is')}."
    places = use.tallies[fact].places
    return f"{use.name(lead)} is leidend: daar staan de meeste ({places[lead]} van {places.total()})."


def _groups(children: set[int], use: Use) -> list[GroupCount]:
    """The groups with how many of their children; a group with five or fewer, and what would tell it, is left out."""
    sizes = Counter(use.children[child] for child in children if child in use.children)
    hidden = too_small(sizes)
    return [
        GroupCount(name=name, children=sizes[name]) for name in sorted(sizes, key=natural_order) if name not in hidden
    ]
