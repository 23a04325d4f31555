"""Evidence from use: per fact how much came in and from where, for whom it is filled, who read it, what followed.

Everything is counted by the system itself, in a fixed number of queries; what cannot be known is said. A figure about a
group of children rests on more than five of them, and readers are counted per role, never per person.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from api.schemas.evidence import (
    FactEvidence,
    Filled,
    GroupShare,
    PeriodCount,
    PlaceCount,
    Reading,
    RoleReads,
    SchoolEvidence,
)
from api.services.registrations import doubles
from api.services.registrations.decisions import count_decisions
from api.services.registrations.use import YEAR, Tally, Use, bounds, is_standing, read_use
from models.queries import doubles as read_doubles
from models.queries import evidence as read
from models.rules.aggregates import SMALLEST, share, too_small
from models.rules.doubles import KINDBLAD
from models.rules.names import natural_order
from models.rules.registrations.facts import FACTS, PAGES, Fact, may_have_read
from models.rules.wording import capital, day, listing
from models.vocabulary import Role


def compose_evidence(connection: sa.Connection, school_id: int, today: date, now: datetime) -> SchoolEvidence:
    """Compose the evidence of one school; the caller has seen to it that the reader may have it."""
    school = read.school(connection, school_id)
    use = read_use(connection, school_id, today, school.version)
    found = doubles.detect(connection, school_id, use)
    findings = doubles.compose(school.uid, found, use, read_doubles.ruled_out(connection, school_id))
    looks = read.looks(connection, school_id, now - YEAR)
    answers = read.answers(connection, school_id, now - YEAR)
    released = read.released(connection, school_id, now - YEAR)
    decisions = count_decisions(use, answers, released, read.reported(connection, school_id, now - YEAR))
    facts = []
    for code, fact in FACTS.items():
        tally = use.tallies[code]
        reading = _reading(fact, looks, school.created_at.date(), today)
        mine = [one for one in findings if one.fact == code]
        facts.append(
            FactEvidence(
                code=code,
                label=fact.label,
                tile=fact.tile,
                summary=_summary(fact, tally, use, sum(one.no_double is None for one in mine)),
                periods=_periods(fact, tally, today),
                places=_places(tally, use),
                filled=_filled(tally, use),
                reading=reading,
                decisions=decisions[code],
                doubles=mine,
            )
        )
    return SchoolEvidence(school=school.uid, name=school.name, as_of=today, facts=facts, doubles=findings)


def of_facts(evidence: SchoolEvidence, codes: Iterable[str]) -> list[FactEvidence]:
    """The evidence of the facts that an item of the catalogue is about; a code that is none is left out."""
    wanted = set(codes)
    return [fact for fact in evidence.facts if fact.code in wanted]


class Came(NamedTuple):
    """What came in of a fact from one place, about a day: `name` is what the school calls the place."""

    fact: str
    name: str
    is_here: bool
    day: date
    times: int


def came_in(connection: sa.Connection, school_id: int, facts: Collection[str], since: date) -> list[Came]:
    """Give the values of these facts about a day from `since` on; of what stands until it changes, what was delivered
    or typed since then. Practice is told per child, with the last day.
    """
    names = {KINDBLAD: "Kindblad"} | {row.id: str(row.label) for row in read.sources(connection, school_id)}
    standing = {code for code in facts if is_standing(FACTS[code])}
    values = read.standing_values(connection, school_id) if standing else []
    values += read.dated_values(
        connection, school_id, since, {code.partition(":")[0] for code in set(facts) - standing}
    )
    times = Counter((row.fact, row.place, row.day) for row in values if row.fact in facts and row.day >= since)
    if "practice" in facts:
        for row in read.practice_counts(connection, school_id, read.school(connection, school_id).version, [since]):
            if row.values[0] and row.last_on:
                times["practice", row.place, row.last_on] += row.values[0]
    return [Came(fact, names[place], place == KINDBLAD, on, count) for (fact, place, on), count in times.items()]


def _summary(fact: Fact, tally: Tally, use: Use, findings: int) -> str:
    places = [use.name(place) for place, _ in tally.places.most_common()]
    if not places:
        return "In twaalf maanden niets binnengekomen." if not is_standing(fact) else "Hier is nog niets van bekend."
    what = f"{tally.places.total()} in twaalf maanden" if not is_standing(fact) else "Bekend"
    doubled = {0: "", 1: "; op één plek te veel"}.get(findings, f"; {findings} keer op twee plekken")
    return f"{what}, uit {listing(places)}{doubled}."


def _periods(fact: Fact, tally: Tally, today: date) -> list[PeriodCount]:
    if is_standing(fact):
        return []
    year, _, before = bounds(today)
    return [
        PeriodCount(label=f"dit schooljaar, sinds {day(year)}", values=tally.this_year),
        PeriodCount(label=f"vorig schooljaar, sinds {day(before)}", values=tally.last_year),
    ]


def _places(tally: Tally, use: Use) -> list[PlaceCount]:
    return [
        PlaceCount(name=use.name(place), is_typed=place == KINDBLAD, values=times, last_on=tally.last_on.get(place))
        for place, times in tally.places.most_common()
    ]


def _filled(tally: Tally, use: Use) -> Filled:
    whole = len(use.children)
    mine = tally.pupils & use.children.keys()
    count = len(mine) if len(mine) >= SMALLEST or not mine else None
    if whole < SMALLEST:
        return Filled(text="Er zijn hier te weinig kinderen om het te zeggen.", children=None, whole=whole, groups=[])
    if not mine:
        return Filled(text=f"Voor geen van de {whole} kinderen gevuld.", children=0, whole=whole, groups=[])
    said = "enkele (vijf of minder)" if count is None else str(count)
    members: dict[str, set[int]] = defaultdict(set)
    for pupil, group in use.children.items():
        members[group].add(pupil)
    hidden = too_small({group: len(pupils) for group, pupils in members.items()})
    groups = [
        GroupShare(
            name=group,
            share=None if group in hidden else share(len(mine & members[group]), len(members[group])),
        )
        for group in sorted(members, key=natural_order)
    ]
    text = f"Gevuld voor {said} van de {whole} kinderen ({share(len(mine), whole)})."
    return Filled(text=text, children=count, whole=whole, groups=groups)


def _reading(fact: Fact, looks: read.Rows, since: date, today: date) -> Reading:
    alone: Counter[Role] = Counter()
    among: Counter[Role] = Counter()
    last: dict[Role, date] = {}
    pages: set[str] = set()
    for row in looks:
        if row.role is None or not may_have_read(row.kind, row.role, fact):
            continue
        (among if row.kind in PAGES else alone)[row.role] += row.times
        pages |= {row.kind} & PAGES.keys()
        last[row.role] = max(row.last_at.date(), last.get(row.role, row.last_at.date()))
    roles = [
        RoleReads(role=role.label, alone=alone[role], among=among[role], last_on=last[role])
        for role in Role
        if role in last
    ]
    is_old = since <= today - YEAR
    text = _read_text(
        alone.total(), among.total(), [PAGES[page].label for page in PAGES if page in pages], since, is_old=is_old
    )
    return Reading(text=text, is_unread=False if roles else is_old or None, since=max(since, today - YEAR), roles=roles)


def _read_text(alone: int, among: int, pages: list[str], since: date, *, is_old: bool) -> str:
    when = "In twaalf maanden" if is_old else f"Sinds {day(since)} (zo oud is het inzagelog)"
    if not alone and not among:
        return f"{when} door niemand gelezen."
    said = [f"{when} {alone} keer apart geopend."] if alone else []
    if among:
        verb = "is" if len(pages) == 1 else "zijn"
        start = f"{capital(listing(pages))} {verb}" if said else f"{when} {verb} {listing(pages)}"
        said.append(f"{start} {among} keer geopend; of dit deel gelezen is, weten we niet.")
    return " ".join(said)
