"""Carrying out exactly what was agreed: one transaction per child, with its proof in the same transaction.

Killed at any moment it goes on where it was: a child with a receipt of this plan is done, any other is whole. When
anything about a child that is still to come differs from the plan, nothing more is erased and it says so.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa

from api import clock
from api.db import reading, writing
from api.services.retention import plan as plans
from api.services.retention import receipts, sweep
from api.services.retention.erase import Child, erase
from api.services.retention.plan import CELL, FIRST, Line, PlanError
from api.services.retention.wipe import wipe
from api.services.sources import staging
from api.settings import Settings
from models.person import Pupil
from models.queries import retention as read
from models.queries import school as schools
from models.queries.memory import forget
from models.queries.scope import AnyRow
from models.retention import RetentionReceipt
from models.school import School
from models.vocabulary import PlanStatus, Retention

T_PUPIL = cast("sa.Table", Pupil.__table__)
T_RECEIPT = cast("sa.Table", RetentionReceipt.__table__)


@dataclass(slots=True)
class Report:
    """What a run did at one school: rows by table, and the children of the plan that were erased from now."""

    school: str
    children: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    swept: Counter[str] = field(default_factory=Counter)
    waiting: bool = False


def run(
    engine: sa.Engine, settings: Settings, now: datetime, school_ids: list[int], tell: Callable[[str], None] = print
) -> list[Report]:
    """Carry out the agreed plans of these schools, sweep what goes by age, and wipe. Raises `PlanError`."""
    staging.tidy(settings.data_dir, now)
    with reading(engine) as connection:
        receipts.keep_tombstones(connection, settings)
        names = {row.id: row.name for row in schools.all_schools(connection)}
    reports, refusal = [], None
    for school_id in school_ids:
        report = Report(names[school_id])
        try:
            _carry_out(engine, settings, school_id, now, report)
        except PlanError as error:
            tell(f"{report.school}: {error}")
            refusal = error
        _sweep(engine, settings, school_id, now, report)
        reports.append(report)
    touched = Counter[str]()
    for report in reports:
        touched += report.rows + report.swept
    if touched:
        wipe(engine, [*touched, "ledger", "issue", "retention_plan"])
    if refusal:
        raise PlanError("Niet alles is uitgevoerd; zie hierboven.")
    return reports


def _carry_out(engine: sa.Engine, settings: Settings, school_id: int, now: datetime, report: Report) -> None:
    with reading(engine) as connection:
        plan = read.plan(connection, school_id, PlanStatus.APPROVED)
        report.waiting = read.plan(connection, school_id, PlanStatus.OPEN) is not None
        if plan is None:
            return
        today = clock.day_of(now)
        done = _done(connection, plan.id)
        plans.require_fresh(plan, today)
        lines = [line for line in plan.content["children"] if plans.uid_of(line) not in done]
        changed = [line["child"] for line in lines if not _is_as_planned(connection, plan, line, today)]
    if changed:
        raise PlanError(_changed(changed))
    for line in lines:
        with writing(engine) as connection:
            report.rows += _erase_child(connection, settings, plan, line, now)
        report.children += 1
        with reading(engine) as connection:
            receipts.keep_tombstones(connection, settings)
    with writing(engine) as connection:
        if plan.content["practice"] and receipts.PRACTICE not in done:
            report.rows += _erase_practice(connection, settings, plan, now)
        total = {"digest": plan.digest, "children": len(plan.content["children"])}
        receipts.write(connection, settings, school_id, now, receipts.RUN, total, plan_id=plan.id)
        plans.finish(connection, plan.id)


def _erase_child(
    connection: sa.Connection, settings: Settings, plan: AnyRow, line: Line, now: datetime
) -> Counter[str]:
    lock = sa.select(T_PUPIL.c.id).where(T_PUPIL.c.uid == plans.uid_of(line)).with_for_update()
    pupil_id = connection.scalar(lock)
    if pupil_id is None or not _is_as_planned(connection, plan, line, clock.day_of(now)):
        raise PlanError(_changed([line["child"]]))
    child = Child(pupil_id, plans.uid_of(line), plan.school_id)
    return erase_with_proof(connection, settings, child, plans.kinds_of(line), now, plan_id=plan.id)


def erase_with_proof(
    connection: sa.Connection,
    settings: Settings,
    child: Child,
    kinds: frozenset[Retention],
    now: datetime,
    *,
    plan_id: int | None = None,
    stone: str | None = None,
) -> Counter[str]:
    """Erase classes of a child and write the proof beside it; `stone` names the tombstone that is replayed."""
    rows = erase(connection, child, kinds, clock.day_of(now))
    proof: dict[str, Any] = {"classes": sorted(kinds), "rows": rows, "on": clock.day_of(now).isoformat()}
    what = receipts.CHILD
    if stone:
        what, proof["stone"] = receipts.REPLAY, stone
    receipts.write(connection, settings, child.school_id, now, what, proof, subject=child.uid, plan_id=plan_id)
    return Counter(rows)


def _erase_practice(connection: sa.Connection, settings: Settings, plan: AnyRow, now: datetime) -> Counter[str]:
    before = date.fromisoformat(plan.content["practice"]["before"])
    rows: Counter[str] = Counter()
    for table in (CELL, FIRST):
        old = plans.practice_rows(table, plan.school_id, before, clock.day_of(now))
        rows[table.name] = connection.execute(sa.delete(table).where(old)).rowcount
    forget(connection, plan.school_id)
    proof = {"before": before.isoformat(), "rows": dict(rows), "on": clock.day_of(now).isoformat()}
    receipts.write(connection, settings, plan.school_id, now, receipts.PRACTICE, proof, plan_id=plan.id)
    return rows


def _sweep(engine: sa.Engine, settings: Settings, school_id: int, now: datetime, report: Report) -> None:
    with writing(engine) as connection:
        report.swept = sweep.sweep(connection, school_id, now)
        today = clock.day_of(now)
        due = plans.compose(connection, school_id, today)["children"]
        since = [part["since"] for line in due for part in line["classes"].values()]
        proof = {
            "rows": dict(report.swept),
            "on": today.isoformat(),
            "due": {"children": len(due), "since": min(since, default=None)},
        }
        receipts.write(connection, settings, school_id, now, receipts.SWEEP, proof)


def replay(engine: sa.Engine, settings: Settings, now: datetime) -> int:
    """Erase again what the tombstones say and this older copy still holds; returns of how many children."""
    with reading(engine) as connection:
        stones = receipts.missing(connection, settings)
        school_ids = {str(uid): key for key, uid in connection.execute(sa.select(School.id, School.uid))}
    touched: Counter[str] = Counter()
    children = set()
    for stone in stones:
        school_id = school_ids.get(stone["school"])
        if school_id is None:
            continue
        with writing(engine) as connection:
            pupil_id = connection.scalar(sa.select(T_PUPIL.c.id).where(T_PUPIL.c.uid == UUID(stone["child"])))
            child = Child(pupil_id or 0, UUID(stone["child"]), school_id)
            kinds = frozenset(Retention(kind) for kind in stone["classes"])
            touched += erase_with_proof(connection, settings, child, kinds, now, stone=stone["chain"])
        if pupil_id is not None:
            children.add(stone["child"])
    if touched:
        wipe(engine, [*touched, "ledger", "issue"])
    return len(children)


def _done(connection: sa.Connection, plan_id: int) -> set[Any]:
    rows = connection.execute(sa.select(T_RECEIPT.c.subject, T_RECEIPT.c.what).where(T_RECEIPT.c.plan_id == plan_id))
    return {row.subject or row.what for row in rows}


def _is_as_planned(connection: sa.Connection, plan: AnyRow, line: Line, today: date) -> bool:
    return plans.line_now(connection, plan.school_id, line["child"], plan.as_of, today) == line


def _changed(children: list[str]) -> str:
    some = ", ".join(uid[-read.SHORT :] for uid in children[:5])
    return (
        f"Sinds het plan is er iets veranderd aan {len(children)} kind(eren) ({some}): teruggekeerd, een blokkade, of "
        "andere gegevens. Er is van hen niets gewist. Maak een nieuw plan."
    )
