"""A short extra instruction for a few children: made in one click, undone in one, and kept when it was held.

Making one answers what was signalled of these children at this objective; undoing brings that back.
"""

from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.today import InstructionRequest, InstructionTable
from api.security.access import Visit
from api.services.signals import PupilSignal, signals_in
from api.services.signals.answering import record_answer
from api.services.today.names import Names
from api.services.today.work import day_text, may_plan
from models.attention import Instruction, InstructionPupil, SignalAnswer
from models.queries import instructions as read
from models.queries.group_facts import pupils_in
from models.queries.prepared import Rows
from models.queries.scope import Grant, GroupGrant, NotFoundError
from models.queries.whose import take_turns
from models.rules.signals.objectives import BEHIND
from models.vocabulary import SignalReply

SHOWN_FOR = timedelta(days=7)
"""An instruction that was not held stays in sight for a week."""
PAGE = "instruction"


def tables(rows: Rows, names: Names, grant: GroupGrant, group: tuple[UUID, str], today: date) -> list[InstructionTable]:
    """Bring the rows of instructions together, one table each; a child that left the group is not on it."""
    found = []
    for first, *others in (list(lines) for _, lines in groupby(rows, key=lambda row: row.uid)):
        children = [names[row.pupil_id] for row in (first, *others) if row.pupil_id in names]
        found.append(
            InstructionTable(
                id=first.uid,
                group_id=group[0],
                group=group[1],
                title=first.title,
                planned_on=first.planned_on,
                when=day_text(first.planned_on, today),
                is_held=first.held_on is not None,
                children=children,
                may_change=may_plan(grant),
            )
        )
    return found


def compose_one(visit: Visit, grant: GroupGrant, group: tuple[UUID, str], uid: UUID) -> InstructionTable:
    """Compose the list of one instruction, to print; each child on it is a line in the access log."""
    rows = read.one(visit.connection, grant, uid)
    names = Names(pupils_in(visit.connection, grant, visit.today))
    visit.log(PAGE, [row.pupil_id for row in rows if row.pupil_id in names], grant)
    return tables(rows, names, grant, group, visit.today)[0]


def make(visit: Visit, grant: GroupGrant, wanted: InstructionRequest) -> UUID:
    """Plan an instruction for today; raises `NotFoundError` for who may not, or for a child not in the group.

    The very same table that is set for today is not set again: a hand presses twice.
    """
    if not may_plan(grant):
        raise NotFoundError(school_id=grant.school_id)
    known = {row.uid: row.id for row in pupils_in(visit.connection, grant, visit.today)}
    asked = list(dict.fromkeys(wanted.children))
    if not asked:
        raise ForPeopleError("Kies wie er aan de instructietafel komt.")
    if strangers := [uid for uid in asked if uid not in known]:
        raise NotFoundError(known.get(strangers[0]), grant.school_id)
    objective_id = read.objective(visit.connection, grant, wanted.subject, wanted.objective, visit.today)
    if objective_id is None:
        raise ForPeopleError("Dit leerdoel kennen we niet. Ververs Vandaag en kies het daar.")
    pupil_ids = [known[uid] for uid in asked]
    signals = signals_in(visit.connection, grant, visit.today, visit.now)
    mine = {"school_id": grant.school_id, "account_id": visit.scope.account_id}
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        if (there := _same(connection, visit, grant, objective_id, pupil_ids)) is not None:
            return there
        made = connection.execute(
            sa.insert(Instruction)
            .values(
                **mine,
                group_id=grant.group_id,
                objective_id=objective_id,
                title=wanted.objective[:200],
                planned_on=visit.today,
            )
            .returning(Instruction.id, Instruction.uid)
        ).one()
        connection.execute(
            sa.insert(InstructionPupil),
            [{"school_id": grant.school_id, "instruction_id": made.id, "pupil_id": pupil_id} for pupil_id in pupil_ids],
        )
        answered = [one for one in signals if one.pupil_id in pupil_ids and _is_about(one, wanted.objective)]
        for one in answered:
            record_answer(
                connection,
                _grant(grant, one.pupil_id),
                visit.scope.account_id,
                one.signal.key,
                SignalReply.INSTRUCTION,
                now=visit.now,
                instruction_id=made.id,
            )
    visit.log(PAGE, pupil_ids, grant, "wrote")
    uid: UUID = made.uid
    return uid


def hold(visit: Visit, grant: GroupGrant, uid: UUID) -> None:
    """Mark an instruction as held today."""
    rows = _mine_to_change(visit, grant, uid)
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(Instruction)
            .where(Instruction.id == rows[0].id, Instruction.held_on.is_(None))
            .values(held_on=visit.today)
        )
    visit.log(PAGE, [row.pupil_id for row in rows], grant, "wrote")


def cancel(visit: Visit, grant: GroupGrant, uid: UUID) -> None:
    """Undo an instruction, and with it that the signals were answered."""
    rows = _mine_to_change(visit, grant, uid)
    with writing(visit.kit.engine) as connection:
        for table in (SignalAnswer, InstructionPupil):
            connection.execute(sa.delete(table).where(table.instruction_id == rows[0].id))
        connection.execute(sa.delete(Instruction).where(Instruction.id == rows[0].id))
    visit.log(PAGE, [row.pupil_id for row in rows], grant, "wrote")


def _same(
    connection: sa.Connection, visit: Visit, grant: GroupGrant, objective_id: int, pupil_ids: list[int]
) -> UUID | None:
    """Find the instruction of today that is still to be held, at this objective and for just these children."""
    asked: dict[UUID, set[int]] = {}
    for row in read.planned(connection, grant, visit.today):
        if (row.objective_id, row.planned_on, row.held_on) == (objective_id, visit.today, None):
            asked.setdefault(row.uid, set()).add(row.pupil_id)
    return next((uid for uid, children in asked.items() if children == set(pupil_ids)), None)


def _mine_to_change(visit: Visit, grant: GroupGrant, uid: UUID) -> Rows:
    if not may_plan(grant):
        raise NotFoundError(school_id=grant.school_id)
    return read.one(visit.connection, grant, uid)


def _is_about(one: PupilSignal, objective: str) -> bool:
    return one.signal.rule == BEHIND.name and one.signal.topic == objective


def _grant(grant: GroupGrant, pupil_id: int) -> Grant:
    """Why this reader may write about a child of the group: because of the group."""
    return Grant(pupil_id, grant.school_id, grant.role, grant.ground, grant.kinds, grant.writes)
