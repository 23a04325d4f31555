"""The dry list: which children, which classes, how many rows, why and since when; kept, and agreed by another.

A line is only ever about what is due on the day of the plan, is not held, and is not contradicted by the roll.
"""

from datetime import date, datetime
from typing import Any, cast
from uuid import UUID, uuid4

import sqlalchemy as sa

from api import clock
from api.problem import ForPeopleError
from api.services.retention.erase import Child, count
from models.person import Pupil, SourcePerson
from models.practice import PracticeCell, PracticeFirst
from models.queries import retention as read
from models.queries.scope import AnyRow
from models.retention import RetentionHold, RetentionPlan
from models.rules.retention import PLAN_VALID, Choices, digest, due_dates, practice_before
from models.vocabulary import PlanStatus, Retention

PERIOD_MS = 1 << 31
"""See connectors/practice/firsts.py: the unit of `practice_first.period`."""
T_PLAN = cast("sa.Table", RetentionPlan.__table__)
CELL = cast("sa.Table", PracticeCell.__table__)
FIRST = cast("sa.Table", PracticeFirst.__table__)

Line = dict[str, Any]


class PlanError(ForPeopleError):
    """A plan cannot be made, agreed to or carried out; the message says why, in Dutch."""


def compose(connection: sa.Connection, school_id: int, as_of: date) -> dict[str, Any]:
    """Compose what is due at a school on a day, as plain data without names."""
    choices = read.choices(connection, school_id)
    lines = [line_of(connection, row, choices, as_of) for row in read.leavers(connection, school_id, as_of)]
    return {
        "as_of": as_of.isoformat(),
        "children": [line for line in lines if line],
        "practice": practice_line(connection, school_id, choices, as_of),
    }


def line_of(connection: sa.Connection, row: AnyRow, choices: Choices, as_of: date) -> Line | None:
    """Compose the line of one child who left; None when nothing is due, or nothing may be erased."""
    if row.is_held or row.is_back:
        return None
    dates = due_dates(row.last_day, row.destination, choices)
    kinds = [kind for kind, day in dates.items() if day <= as_of]
    if not kinds:
        return None
    rows = count(connection, Child(row.id, row.uid, row.school_id), kinds)
    classes = {kind: {"since": dates[Retention(kind)].isoformat(), "rows": found} for kind, found in rows.items()}
    if not classes:
        return None
    return {
        "child": str(row.uid),
        "left": row.last_day.isoformat(),
        "to": str(row.destination.value),
        "classes": classes,
    }


def line_now(connection: sa.Connection, school_id: int, uid: str, as_of: date, today: date) -> Line | None:
    """Compose the line of a child as it would be now, on the terms of the day of the plan."""
    pupil_id = connection.scalar(sa.select(Pupil.id).where(Pupil.uid == UUID(uid), Pupil.school_id == school_id))
    rows = read.leavers(connection, school_id, today, pupil_id) if pupil_id is not None else ()
    return line_of(connection, rows[0], read.choices(connection, school_id), as_of) if rows else None


def practice_line(connection: sa.Connection, school_id: int, choices: Choices, as_of: date) -> Line | None:
    """Compose the line about practice of school years that are over, of all children who are not held."""
    before = practice_before(as_of, choices)
    rows = {}
    for table in (CELL, FIRST):
        old = sa.select(sa.func.count()).select_from(table).where(practice_rows(table, school_id, before, as_of))
        if number := connection.scalar(old):
            rows[table.name] = number
    return {"before": before.isoformat(), "rows": rows} if rows else None


def practice_rows(table: sa.Table, school_id: int, before: date, today: date) -> sa.ColumnElement[bool]:
    """Say which rows of practice are older than a day, leaving out those of children who are held."""
    hold, person = cast("sa.Table", RetentionHold.__table__), cast("sa.Table", SourcePerson.__table__)
    held = sa.select(person.c.id).where(
        person.c.pupil_id.in_(sa.select(hold.c.pupil_id).where(hold.c.lifted_at.is_(None), hold.c.ends_on >= today))
    )
    first_moment = datetime.combine(before, datetime.min.time(), clock.HERE)
    period = int(first_moment.timestamp() * 1000) // PERIOD_MS
    old = table.c.day < before if "day" in table.c else table.c.period < period
    return sa.and_(table.c.school_id == school_id, old, table.c.source_person_id.not_in(held))


def make(connection: sa.Connection, school_id: int, account_id: int, now: datetime) -> AnyRow | None:
    """Keep a new plan of what is due today, instead of one that was not carried out; None when nothing is due."""
    content = compose(connection, school_id, clock.day_of(now))
    waiting = (PlanStatus.OPEN, PlanStatus.APPROVED)
    drop = sa.update(T_PLAN).where(T_PLAN.c.school_id == school_id, T_PLAN.c.status.in_(waiting))
    connection.execute(drop.values(status=PlanStatus.DROPPED))
    if not content["children"] and not content["practice"]:
        return None
    row = {"uid": uuid4(), "school_id": school_id, "as_of": clock.day_of(now), "content": content}
    values = {"digest": digest(content), "status": PlanStatus.OPEN, "made_by": account_id, "made_at": now}
    connection.execute(sa.insert(T_PLAN).values(**row, **values))
    return read.plan(connection, school_id, PlanStatus.OPEN)


def approve(connection: sa.Connection, school_id: int, seen: str, account_id: int, now: datetime) -> AnyRow:
    """Agree with the plan whose digest one has seen, as another person than who made it. Raises `PlanError`."""
    plan = read.plan(connection, school_id, PlanStatus.OPEN)
    if plan is None:
        raise PlanError("Er is geen plan dat op akkoord wacht; maak er een met `kindblad retention plan`.")
    if plan.digest != seen:
        raise PlanError(_REPLACED)
    if plan.made_by == account_id:
        raise PlanError("Wie het plan maakt, geeft niet zelf akkoord: vraag een tweede persoon.")
    require_fresh(plan, clock.day_of(now))
    values = {"status": PlanStatus.APPROVED, "approved_by": account_id, "approved_at": now}
    still_open = (T_PLAN.c.id == plan.id, T_PLAN.c.status == PlanStatus.OPEN)
    if not connection.execute(sa.update(T_PLAN).where(*still_open).values(values)).rowcount:
        raise PlanError(_REPLACED)
    return plan


_REPLACED = "Er is intussen een ander plan gemaakt; bekijk dat eerst."


def require_fresh(plan: AnyRow, today: date) -> None:
    """Refuse a plan that has lain too long."""
    if today > PLAN_VALID.after(plan.as_of):
        raise PlanError(f"Het plan van {plan.as_of:%d-%m-%Y} is ouder dan {PLAN_VALID.days} dagen; maak een nieuw.")


def finish(connection: sa.Connection, plan_id: int) -> None:
    """Note that a plan was carried out."""
    connection.execute(sa.update(T_PLAN).where(T_PLAN.c.id == plan_id).values(status=PlanStatus.DONE))


def kinds_of(line: Line) -> frozenset[Retention]:
    """Give the classes that a line names."""
    return frozenset(Retention(kind) for kind in line["classes"])


def uid_of(line: Line) -> UUID:
    """Give the child that a line is about."""
    return UUID(line["child"])
