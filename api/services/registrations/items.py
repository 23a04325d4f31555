"""The items of a school as one typed object each: the catalogue, the school's own words, hours, evidence, decision.

All is read for the whole school in a fixed number of queries; nothing of it is about a child.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from api import clock
from api.schemas.evidence import SchoolEvidence
from api.schemas.registrations import Advice, AuditItem, BillRef, DecisionLine, LawRef, LinkRef, WorkLine
from api.services.registrations.evidence import of_facts
from models.catalogue import Item, catalogue
from models.queries import registrations as read
from models.queries.scope import AnyRow
from models.rules.registrations import hours as rule
from models.rules.registrations.facts import FACTS
from models.rules.registrations.proposal import Known, is_asked, propose
from models.vocabulary import Cadence, Certainty, Counted, Doer, Ruling, Standing

OWN = "eigen onderdeel van de school"
PER = {Cadence.DAY: "per schooldag", Cadence.WEEK: "per week", Cadence.MONTH: "per maand", Cadence.YEAR: "per jaar"}
VERIFIED = {Certainty.READ}
SURE = {Certainty.READ, Certainty.READ_OLD}
UNKNOWN = "nog niemand zei hoe lang"


@dataclass
class State:
    """Everything of one school; `evidence` is None for who may not have it.

    `ids` are the items on the list by their key, `left` those that are off it and were decided about.
    """

    school_id: int
    today: date
    rows: Sequence[AnyRow]
    work: dict[int, list[WorkLine]]
    serves: dict[int, list[str]]
    decisions: dict[int, list[DecisionLine]]
    decided: Sequence[AnyRow]
    evidence: SchoolEvidence | None = None
    items: list[AuditItem] = field(default_factory=list)
    ids: dict[int, AuditItem] = field(default_factory=dict)
    left: dict[int, AuditItem] = field(default_factory=dict)


def load(connection: sa.Connection, school_id: int, today: date, evidence: SchoolEvidence | None = None) -> State:
    """Read all of a school and compose its items, in the order of the catalogue, its own behind them."""
    runs: dict[int, list[int]] = defaultdict(list)
    for row in read.runs(connection, school_id):
        runs[row.work_id].append(row.seconds)
    work: dict[int, list[WorkLine]] = defaultdict(list)
    for row in read.work(connection, school_id):
        work[row.registration_id].append(_work(row, runs[row.id]))
    bodies = {row.id: row.body for row in read.purposes(connection, school_id)}
    serves: dict[int, list[str]] = defaultdict(list)
    for row in read.serves(connection, school_id):
        if row.purpose_id in bodies:
            serves[row.registration_id].append(bodies[row.purpose_id])
    decided = read.decisions(connection, school_id)
    lines: dict[int, list[DecisionLine]] = defaultdict(list)
    for row in decided:
        lines[row.registration_id].append(decision_line(row, today))
    every = read.items(connection, school_id, also_removed=True)
    rows = [row for row in every if row.removed_at is None]
    state = State(school_id, today, rows, work, serves, lines, decided, evidence)
    known = catalogue().items
    for row in sorted(rows, key=lambda row: (known[row.code].number if row.code in known else 1000, row.id)):
        state.ids[row.id] = compose_item(known.get(row.code), row, state)
    state.items = list(state.ids.values())
    off = [row for row in every if row.removed_at is not None and row.id in lines]
    state.left = {row.id: compose_item(known.get(row.code), row, state) for row in off}
    return state


def compose_item(item: Item | None, row: AnyRow | None, state: State) -> AuditItem:
    """Compose one item; without a row it is one of the catalogue that the school has not put on its list."""
    key = row.id if row else 0
    standing = item.standing_on(state.today) if item else None
    work = state.work.get(key, [])
    spent = rule.total(_spread(line) for line in work)
    serves = state.serves.get(key, [])
    decided = state.decisions.get(key)
    decision = decided[-1] if decided else None
    facts = item.facts if item else tuple(code for code in (row.facts if row else "").split() if code in FACTS)
    is_weighed = bool(serves) or (row is not None and row.weighed_at is not None)
    proposal = propose(item, _known(standing, facts, serves, state, is_weighed=is_weighed))
    ruling = decision.ruling if decision else Ruling.UNCLEAR
    return AuditItem(
        id=row.uid if row else None,
        code=item.code if item else row.code if row else "",
        number=item.number if item else None,
        name=item.name if item else row.name if row else "",
        what=item.typical if item else row.what if row else "",
        facts=list(facts),
        work=work,
        hours=rule.in_words(spent) if spent else UNKNOWN,
        hours_low=spent.low if spent else None,
        hours_high=spent.high if spent else None,
        serves=serves,
        is_weighed=is_weighed,
        advice=Advice(ruling=proposal.ruling, ruling_text=proposal.ruling.label, reasons=list(proposal.reasons)),
        decision=decision,
        ruling=ruling,
        ruling_text=ruling.label if decision else "nog niet besloten",
        **_law(item, standing),
    )


def cannot_go(item: AuditItem) -> bool:
    """Whether the law asks for it, as far as it was read."""
    return is_asked(item.standing) and item.certainty in SURE


def _law(item: Item | None, standing: Standing | None) -> dict[str, Any]:
    if item is None:
        return {
            "theme": OWN,
            "where": "",
            "standing": None,
            "standing_text": OWN,
            "certainty": None,
            "certainty_text": "",
            "is_verified": False,
            "law": [],
            "requires": "",
            "often": "",
            "keep": "",
            "who": [],
            "sources": [],
            "myth": "",
            "stays": "",
            "kindblad": "",
            "page": None,
            "bills": [],
            "checked_on": None,
        }
    return {
        "theme": item.theme,
        "where": item.where,
        "standing": standing,
        "certainty": item.certainty,
        "standing_text": standing.label if standing else "",
        "certainty_text": item.certainty.label,
        "is_verified": item.certainty in VERIFIED,
        "requires": item.requires,
        "often": item.often,
        "keep": item.keep,
        "who": list(item.who),
        "myth": item.myth,
        "stays": item.what_stays,
        "kindblad": item.kindblad,
        "page": page_of(item.page),
        "checked_on": item.checked_on,
        "law": [
            LawRef(
                law=at.law.name, article=at.article, paragraph=at.paragraph, read=at.law.read, address=at.law.address
            )
            for at in item.basis
        ],
        "sources": [LinkRef(name=link.name, address=link.address) for link in item.sources],
        "bills": [BillRef(name=b.name, number=b.number, state=b.state, effect=b.effect) for b in item.bills],
    }


def page_of(path: str) -> LinkRef | None:
    """Where Kindblad does it, as a link: a page of a group or a child begins where one chooses the group."""
    if "{" not in path:
        return LinkRef(name="Open", address=path) if path else None
    if path.startswith("/mijn-kind"):
        return LinkRef(name="Accounts van ouders", address="/beheer/ouders")
    return LinkRef(
        name="Kies een groep" if path.startswith("/groep") else "Kies een groep en een kind", address="/groepen"
    )


def _known(
    standing: Standing | None, facts: Sequence[str], serves: Sequence[str], state: State, *, is_weighed: bool
) -> Known:
    found = of_facts(state.evidence, facts) if state.evidence else []
    return Known(
        standing=standing,
        unread=all(fact.reading.is_unread for fact in found) if found else None,
        doubles=sum(one.no_double is None for fact in found for one in fact.doubles),
        used=sum(decision.count for fact in found for decision in fact.decisions),
        serves=serves,
        is_weighed=is_weighed,
    )


def _work(row: AnyRow, seconds: list[int]) -> WorkLine:
    each = rule.minutes(row.low, row.high, seconds)
    spent = rule.a_year(each, row.times, Cadence(row.cadence), row.amount)
    counted = Counted(row.counted)
    many = "" if counted is Counted.WHOLE and row.amount == 1 else f", {row.amount} {counted.label}"
    return WorkLine(
        id=row.uid,
        doer=row.doer,
        who=Doer(row.doer).label,
        system=row.system,
        times=row.times,
        cadence=row.cadence,
        amount=row.amount,
        counted=row.counted,
        low=row.low,
        high=row.high,
        runs=len(seconds),
        often=f"{row.times} keer {PER[Cadence(row.cadence)]}{many}",
        each=_each(each, row.low, seconds),
        hours=rule.in_words(spent) if spent else UNKNOWN,
        hours_low=spent.low if spent else None,
        hours_high=spent.high if spent else None,
    )


def _each(each: rule.Spread | None, low: float | None, seconds: list[int]) -> str:
    if each is None:
        return "minuten nog niet bekend"
    words = rule.in_words(each).replace(" uur", " minuten")
    if len(seconds) > 1:
        return f"{words} per keer, {len(seconds)} keer gemeten"
    if low is None:
        return f"{words} per keer, één keer gemeten: nog geen spreiding"
    return f"{words} per keer, eigen schatting"


def _spread(line: WorkLine) -> rule.Spread | None:
    return None if line.hours_low is None or line.hours_high is None else rule.Spread(line.hours_low, line.hours_high)


def decision_line(row: Any, today: date) -> DecisionLine:
    """A decision as a line of the log."""
    ruling = Ruling(row.ruling)
    spent = None if row.hours_low is None else rule.Spread(row.hours_low, row.hours_high)
    return DecisionLine(
        id=row.uid,
        item=row.item,
        name=row.name,
        ruling=ruling,
        ruling_text=ruling.label,
        reason=row.reason,
        stays=row.stays,
        grounds=row.grounds,
        stops_on=row.stops_on,
        review_on=row.review_on,
        is_due=row.review_on <= today,
        by=row.display_name,
        decided_at=row.decided_at,
        decided_on=clock.day_of(row.decided_at),
        hours=rule.in_words(spent) if spent else "",
    )
