"""What a group worked on, on its newest day of practice: who can it, who is busy, who is stuck."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from api.schemas.today import ClassWork, InstructionTable, ObjectiveDay
from api.services.sheet.practice import A_SCHOOL_DAY
from api.services.signals.known import KnownPupil
from api.services.today.names import Names
from frontend.formatting import weekday
from models.queries.answers import READERS
from models.queries.scope import GroupGrant
from models.queries.today import practice_on
from models.rules.classwork import ObjectiveWork, class_day, class_work
from models.rules.wording import day as in_words


def compose_work(
    connection: sa.Connection,
    grant: GroupGrant,
    group: tuple[UUID, str],
    known: Sequence[KnownPupil],
    names: Names,
    tables: Sequence[InstructionTable],
    today: date,
) -> ClassWork | None:
    """Compose the work of the newest day on which the group practised together; None when it did not for weeks."""
    newest = class_day((pupil.known.cells.answers for pupil in known), A_SCHOOL_DAY)
    if newest is None:
        return None
    standings = {
        (pupil.row.id, objective.subject, objective.name): objective
        for pupil in known
        for objective in pupil.known.cells.objectives
    }
    rows = practice_on(connection, grant, newest, today)
    planned = {(table.title, child.id) for table in tables for child in table.children}
    return ClassWork(
        group_id=group[0],
        group=group[1],
        day=newest,
        day_text=day_text(newest, today),
        source=" en ".join(sorted({row.source for row in rows})),
        children=len({row.pupil_id for row in rows}),
        answers=sum(row.answers for row in rows),
        objectives=[_objective(work, names, planned) for work in _pressing_first(class_work(rows, standings))],
        may_plan=may_plan(grant),
    )


class Together(NamedTuple):
    """Who of a group are stuck at one objective."""

    subject: str
    pupil_ids: list[int]


def stuck_together(known: Sequence[KnownPupil]) -> dict[str, Together]:
    """Bring together who is stuck at the same objective over the last weeks."""
    found: dict[str, Together] = {}
    for pupil in known:
        for objective in pupil.known.cells.objectives:
            if objective.state == "stuck":
                found.setdefault(objective.name, Together(objective.subject, [])).pupil_ids.append(pupil.row.id)
    return found


def may_plan(grant: GroupGrant) -> bool:
    """Tell whether this reader may ask children of the group to an instruction: who writes about them may."""
    return bool(grant.writes & grant.kinds & READERS)


def day_text(on: date, today: date) -> str:
    """Return "vandaag", "gisteren" or "vrijdag 20 november"."""
    near = {0: "vandaag", 1: "gisteren"}.get((today - on).days)
    return near or f"{weekday(on)} {in_words(on, today)}"


def _pressing_first(found: Sequence[ObjectiveWork]) -> list[ObjectiveWork]:
    """Where someone is stuck comes first, then where the start was hard; else in the order of most work."""
    return sorted(found, key=lambda work: (-len(work.stuck), -len(work.hard_start)))


def _objective(work: ObjectiveWork, names: Names, planned: set[tuple[str, UUID]]) -> ObjectiveDay:
    asked = [(work.name, names[pupil_id].id) in planned for pupil_id in work.need_help]
    return ObjectiveDay(
        subject=work.subject,
        name=work.name,
        answers=work.answers,
        children=len(set(work.children)),
        first_answers=work.first_answers,
        first_correct=work.first_correct,
        can=names.of(work.can),
        busy=names.of(work.busy),
        stuck=names.of(work.stuck),
        hard_start=names.of(work.hard_start),
        instruction_planned=bool(asked) and all(asked),
    )
