"""What the pages show about keeping: the published list, and for directie and office what waits."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from api import clock
from api.schemas.retention import (
    ChildLine,
    ClassLine,
    HoldLine,
    Leaver,
    PlanView,
    ProofLine,
    RuleLine,
    SchoolKeeping,
)
from api.security.access import Visit
from api.services.retention import plan as plans
from frontend.formatting import plural
from models.queries import retention as read
from models.queries import school as schools
from models.queries.scope import AnyRow, GroupGrant
from models.rules.names import display_name
from models.rules.retention import RULES, RUN_MISSED, Period, in_words
from models.vocabulary import Destination, PlanStatus, Retention, Role

DECIDE = frozenset({Role.HEAD, Role.OFFICE})
KIND = "retention"
PROOF_SHOWN = 12
ASKED_AT_ONCE = 10


def compose_rules(visit: Visit) -> list[RuleLine]:
    """Compose the list of all periods, from the rules themselves, with what the reader's schools chose instead."""
    chosen = read.chosen(visit.connection, sorted({held.school_id for held in visit.scope.held}))
    newest = {(row.school, row.kind): row for row in chosen}
    return [
        RuleLine(
            label=kind.label,
            what=rule.what,
            period=in_words(rule.period) if rule.period.months or rule.period.days else "",
            start=rule.start.value,
            ground=rule.ground,
            status=rule.status.value,
            own=[
                f"{school}: {in_words(Period(months=row.months))}. {row.reason}".strip()
                for (school, of), row in newest.items()
                if of == kind
            ],
        )
        for kind, rule in RULES.items()
    ]


def compose_keeping(visit: Visit) -> list[SchoolKeeping]:
    """Compose what waits at each school of which the reader is directie or office; every name shown is logged."""
    names = {row.id: row.name for row in schools.all_schools(visit.connection)}
    return [_school(visit, school_id, names[school_id], roles) for school_id, roles in _schools(visit).items()]


def overdue(visit: Visit, school_id: int) -> str | None:
    """Say in Dutch that erasing is behind by thirty days (E26), or nothing: no run, or nobody who agrees to a plan."""
    last = read.last_sweep(visit.connection, school_id)
    missed = visit.today - clock.day_of(last.at if last else read.began(visit.connection, school_id))
    if missed > timedelta(days=RUN_MISSED.days):
        return f"Er is {missed.days} dagen niet gewist wat weg moest. Laat beheer dat doen (kindblad retention run)."
    due = last.content["due"] if last else None
    if due and due["children"] and visit.today - date.fromisoformat(due["since"]) > timedelta(days=RUN_MISSED.days):
        whose = plural(due["children"], "kind had", "kinderen hadden")
        return f"Gegevens van {whose} al {RUN_MISSED.days} dagen weg moeten zijn: maak een plan, of geef akkoord."
    return None


def _school(visit: Visit, school_id: int, name: str, roles: frozenset[Role]) -> SchoolKeeping:
    connection, today = visit.connection, visit.today
    people = read.names(connection, school_id)
    leavers = read.leavers(connection, school_id, today)
    all_doubtful = read.may_have_left(connection, school_id, today)
    doubtful = [_doubtful(row) for row in all_doubtful[:ASKED_AT_ONCE]]
    held = read.holds(connection, school_id, today)
    holds = [
        HoldLine(
            id=row.hold_uid,
            name=display_name(row),
            reason=row.reason.label,
            ends_on=row.ends_on,
            placed_by=row.placed_by,
        )
        for row in held
    ]
    waiting = read.plan(connection, school_id, PlanStatus.OPEN, PlanStatus.APPROVED)
    plan = _plan(visit, waiting, people, Role.HEAD in roles) if waiting is not None else None
    shown = {line.id for line in plan.children} if plan else set()
    shown |= {line.id for line in doubtful} | {row.uid for row in (*leavers, *held)}
    _log(visit, school_id, roles, [row.id for row in people.values() if row.uid in shown])
    return SchoolKeeping(
        id=school_id,
        name=name,
        overdue=overdue(visit, school_id),
        plan=plan,
        doubtful=doubtful,
        doubtful_count=len(all_doubtful),
        returned=[_leaver(row, "staat weer in de leerlingadministratie") for row in leavers if row.is_back],
        away=[_leaver(row, _where(row)) for row in sorted(leavers, key=lambda row: row.last_day, reverse=True)],
        holds=holds,
        proof=[_proof(row) for row in read.receipts(connection, school_id)[::-1] if row.what != "sweep"][:PROOF_SHOWN],
        is_head=Role.HEAD in roles,
    )


def _plan(visit: Visit, row: AnyRow, people: dict[str, AnyRow], is_head: bool) -> PlanView:  # noqa: FBT001 - one fact
    practice = row.content["practice"]
    return PlanView(
        digest=row.digest,
        as_of=row.as_of,
        made_by=row.maker,
        made_at=row.made_at,
        status=row.status.label,
        is_approved=row.status is PlanStatus.APPROVED,
        approved_by=row.approver,
        may_approve=is_head and row.status is PlanStatus.OPEN and row.made_by != visit.scope.account_id,
        children=[_child(line, people.get(line["child"])) for line in row.content["children"]],
        practice_before=date.fromisoformat(practice["before"]) if practice else None,
        practice_rows=sum(practice["rows"].values()) if practice else 0,
    )


def _child(line: plans.Line, row: AnyRow | None) -> ChildLine:
    return ChildLine(
        id=plans.uid_of(line),
        name=display_name(row) if row is not None else "al gewist",
        left_on=date.fromisoformat(line["left"]),
        destination=Destination(line["to"]).label,
        classes=[
            ClassLine(
                label=Retention(kind).label, rows=sum(what["rows"].values()), since=date.fromisoformat(what["since"])
            )
            for kind, what in line["classes"].items()
        ],
    )


def _doubtful(row: AnyRow) -> Leaver:
    remark = "uitgeschreven volgens de leerlingadministratie" if row.ended_on else "niet meer geleverd"
    return Leaver(id=row.uid, name=display_name(row), last_day=last_day_of(row), remark=remark)


def last_day_of(row: AnyRow) -> date | None:
    """Give the last day at school that the roll suggests: as it says, the last day in a group, or when it was gone."""
    vanished = clock.day_of(row.vanished_at) - timedelta(days=1) if row.vanished_at else None
    found: date | None = row.ended_on or row.placed_until or vanished
    return found


def _leaver(row: AnyRow, remark: str) -> Leaver:
    return Leaver(id=row.uid, name=display_name(row), last_day=row.last_day, remark=remark)


def _where(row: AnyRow) -> str:
    return str(row.destination.label)


def _proof(row: Any) -> ProofLine:
    content = row.content
    rows = sum(content.get("rows", {}).values())
    text = {
        "child": f"kind {str(row.subject)[-read.SHORT :]}: {_labels(content.get('classes', ()))}, {rows} regels",
        "replay": f"kind {str(row.subject)[-read.SHORT :]}: opnieuw gewist na het terugzetten van een kopie",
        "practice": f"oefenen van voor {content.get('before')}: {rows} regels",
        "run": f"plan {str(content.get('digest'))[:12]} uitgevoerd: {content.get('children')} kinderen",
    }
    return ProofLine(at=row.at, text=text[row.what])


def _labels(kinds: Iterable[str]) -> str:
    return ", ".join(Retention(kind).label for kind in kinds)


def _schools(visit: Visit) -> dict[int, frozenset[Role]]:
    found: dict[int, frozenset[Role]] = {}
    for held in visit.scope.held:
        if held.role in DECIDE:
            found[held.school_id] = found.get(held.school_id, frozenset()) | {held.role}
    return found


def _log(visit: Visit, school_id: int, roles: frozenset[Role], pupil_ids: list[int]) -> None:
    role = Role.HEAD if Role.HEAD in roles else Role.OFFICE
    visit.log(KIND, pupil_ids, GroupGrant(0, school_id, role, role.label, frozenset()))
