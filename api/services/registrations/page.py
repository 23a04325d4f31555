"""The list of a school as a page: filters, the sum per role with its spread, hours given back, published hours."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from api.schemas.registrations import AuditItem, AuditPage, Choice, LinkRef, PublishedLine, RoleSum
from api.security.access import Visit
from api.services.registrations.at import DECIDE, READ, WORK, holds, school_at
from api.services.registrations.evidence import compose_evidence
from api.services.registrations.gone import a_year, find_gone
from api.services.registrations.items import State, compose_item, load
from models.catalogue import catalogue
from models.queries import registrations as read
from models.queries.scope import AnyRow, NotFoundError
from models.registration import Registration
from models.rules.registrations import hours as rule
from models.vocabulary import Doer, Ruling

ALL = "alles"
CODES = {Ruling.MUST: "moet", Ruling.WISH: "wens", Ruling.GO: "weg", Ruling.UNCLEAR: "uitzoeken"}


def compose_audit(visit: Visit, wanted: UUID | None = None, chosen: str = ALL) -> AuditPage:
    """Compose the list of one school; `chosen` shows only what is moet, wens, weg or uitzoeken."""
    school, others = school_at(visit, READ.roles, wanted)
    elsewhere = [row for row in others if row.uid != school.uid]
    return audit_of(visit.connection, school, visit.today, visit.now, chosen).model_copy(
        update={
            "others": [LinkRef(name=row.name, address=f"/registraties?school={row.uid}") for row in elsewhere],
            "may_work": holds(visit, school.id, WORK.roles),
            "may_decide": holds(visit, school.id, DECIDE.roles),
        }
    )


def audit_of(connection: sa.Connection, school: AnyRow, today: date, now: datetime, chosen: str = ALL) -> AuditPage:
    """The list of a school (a row with id, uid and name) for who only reads it."""
    evidence = compose_evidence(connection, school.id, today, now)
    state = load(connection, school.id, today, evidence)
    rounds = [row for row in read.rounds(connection, school.id) if is_open(row, today)]
    chosen = chosen if chosen in CODES.values() else ALL
    shown = [item for item in state.items if chosen in {ALL, CODES[standing_of(item)]}]
    doing = [item for item in shown if not is_gone(item, today)]
    total = rule.total(spread_of(item) for item in doing)
    back = a_year(find_gone(connection, state))
    return AuditPage(
        school=school.uid,
        name=school.name,
        others=[],
        choices=_choices(state.items, chosen),
        chosen=chosen,
        items=shown,
        sums=_sums(doing),
        total=rule.in_words(total) if total else "",
        total_week=_a_week(total),
        unknown=sum(item.hours_low is None for item in doing),
        given_back=rule.in_words(back) if back and back.high else "",
        published=[
            PublishedLine(
                text=f"{line.hours}: {line.what} ({line.source}, {line.year})", certainty=line.certainty.label
            )
            for line in catalogue().published
        ],
        as_of=today,
        may_work=False,
        may_decide=False,
        open_rounds=[LinkRef(name=row.title, address=f"/registraties/stem/{row.uid}") for row in rounds],
        doubles=sum(one.no_double is None for one in evidence.doubles),
        due=sum(item.decision is not None and item.decision.is_due for item in state.items),
    )


def state_of(visit: Visit, school_id: int, *, with_evidence: bool = False) -> State:
    """Read a school; with the evidence where a page tells of use, which takes more queries."""
    evidence = compose_evidence(visit.connection, school_id, visit.today, visit.now) if with_evidence else None
    return load(visit.connection, school_id, visit.today, evidence)


def one(visit: Visit, uid: UUID) -> tuple[State, AuditItem, int]:
    """One item of a school of the reader, with its key, or `NotFoundError`."""
    held = [held.school_id for held in visit.scope.held if held.role in READ.roles]
    row = read.find(visit.connection, Registration, uid, held)
    state = state_of(visit, row.school_id, with_evidence=True)
    if row.id not in state.ids:
        raise NotFoundError
    return state, state.ids[row.id], row.id


def compose_rest(visit: Visit, wanted: UUID | None = None) -> tuple[UUID, list[AuditItem]]:
    """The items of the catalogue that are not on the list of the school."""
    school, _ = school_at(visit, READ.roles, wanted)
    state = state_of(visit, school.id)
    there = {item.code for item in state.items}
    return school.uid, [
        compose_item(item, None, state) for code, item in catalogue().items.items() if code not in there
    ]


def standing_of(item: AuditItem) -> Ruling:
    """What an item counts as in the filter: what was decided, and else what we propose."""
    return item.decision.ruling if item.decision else item.advice.ruling


def is_gone(item: AuditItem, today: date) -> bool:
    """Whether it was decided to go and the day has come."""
    made = item.decision
    return made is not None and made.ruling is Ruling.GO and made.stops_on is not None and made.stops_on <= today


def is_open(row: object, today: date) -> bool:
    """Whether a round still takes opinions."""
    return getattr(row, "closed_at") is None and getattr(row, "closes_on") >= today  # noqa: B009


def spread_of(item: AuditItem) -> rule.Spread | None:
    """The hours a year of an item."""
    if item.hours_low is None or item.hours_high is None:
        return None
    return rule.Spread(item.hours_low, item.hours_high)


def _choices(items: Sequence[AuditItem], chosen: str) -> list[Choice]:
    counts = {code: sum(CODES[standing_of(item)] == code for item in items) for code in CODES.values()}
    every = {ALL: len(items), **counts}
    return [Choice(code=code, label=code, count=count, is_on=code == chosen) for code, count in every.items()]


def _sums(items: Sequence[AuditItem]) -> list[RoleSum]:
    found = []
    for doer in Doer:
        lines = [line for item in items for line in item.work if line.doer is doer and line.hours_low is not None]
        spent = rule.total(rule.Spread(line.hours_low or 0, line.hours_high or 0) for line in lines)
        if spent:
            found.append(RoleSum(who=doer.label, a_year=rule.in_words(spent), a_week=_a_week(spent)))
    return found


def _a_week(spent: rule.Spread | None) -> str:
    return rule.in_words(spent.times(1 / rule.WEEKS)) if spent else ""
