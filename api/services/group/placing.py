"""The instruction groups of one subject: where each child works, what is proposed with its reason, and moving children.

A proposal is shown and never carried out by itself. Nothing is overwritten: a move closes what was and begins anew, a
move on the same day replaces. A teacher who sends what a colleague changed in the meantime loses nothing and neither
does the colleague: that child is not moved, and both choices are shown.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.group import (
    Change,
    Instruction,
    InstructionGroup,
    Move,
    Moved,
    Overtaken,
    PlacedPupil,
    Step,
    SubjectLink,
)
from api.security.access import Visit
from api.services.group.cells import code_of, stuck_at
from api.services.groups import plain
from api.services.sheet import YOUNGEST
from api.services.sheet.learning import STATES, SubjectLine
from api.services.signals.known import KnownPupil, known_in
from models.group import InstructionPlacement
from models.queries import groups as read
from models.queries.placements import placements_of
from models.queries.prepared import Rows
from models.queries.scope import GroupGrant, NotFoundError, group_name
from models.queries.settings import settings_of
from models.queries.whose import take_turns
from models.rules.access import Kind
from models.rules.names import display_name, sort_name
from models.rules.placing import Proposal, Seen, proposal, shared
from models.rules.purposes import Purpose, picked
from models.rules.settings import Settings
from models.vocabulary import SUBJECTS, InstructionLevel, SupportKind

NEEDS = Kind.SUPPORT_PLAN
"""In which group a child gets its instruction is part of what was agreed for it: who may read and write that, may this.

It is not `PLACEMENT`, the roll, which the office keeps too.
"""
RESTS_ON = {Kind.RESULTS: "toetsen", Kind.PRACTICE: "oefenen", Kind.SUPPORT_PLAN: "wat helpt"}
NOTHING = "Geen voorstel: er is nog niets gemeten."
YOUNG = "Geen voorstel: in groep 1 en 2 kijken en luisteren we."
LONGEST_SUBJECT = 64


def compose_instruction(
    visit: Visit, grant: GroupGrant, subject: str, connection: sa.Connection | None = None
) -> Instruction:
    """Compose the instruction groups of this subject today; each child on it is a line in the access log.

    Raises `NotFoundError` for who may not read what was agreed, and for a subject that this group has not.
    `connection` is for after a change: the visit's own still sees the moment before.
    """
    connection = connection or visit.connection
    if NEEDS not in grant.kinds:
        raise NotFoundError(school_id=grant.school_id)
    known = known_in(connection, grant, visit.today, visit.now)
    subjects = _subjects(known)
    if subject not in subjects:
        raise NotFoundError(school_id=grant.school_id)
    visit.log("instruction_groups", [pupil.row.id for pupil in known], grant)
    settings = settings_of(connection, grant.school_id)
    placed: dict[int, list[Any]] = defaultdict(list)
    for row in placements_of(connection, grant, subject, visit.today):
        placed[row.pupil_id].append(row)
    stuck = {pupil.row.uid: (pupil.known.about.child.name, stuck_at(pupil.known, subject)) for pupil in known}
    pupils = [_pupil(pupil, subject, placed[pupil.row.id], settings) for pupil in known]
    pupils.sort(key=lambda pupil: plain(pupil.sort_name))
    group = read.group(connection, grant)
    by_level = {level: [pupil for pupil in pupils if pupil.level is level] for level in InstructionLevel}
    return Instruction(
        group_id=group.uid,
        group=group_name(group.name),
        school_year=group.school_year,
        subject=SubjectLink(code=subject, name=subjects[subject]),
        subjects=[SubjectLink(code=code, name=name) for code, name in subjects.items()],
        today=visit.today,
        ground=grant.ground,
        may_place=NEEDS in grant.writes,
        rests_on=[words for kind, words in RESTS_ON.items() if kind in grant.kinds],
        groups=[
            InstructionGroup(
                level=level,
                name=settings.level_name(level),
                shared=shared([stuck[pupil.id] for pupil in theirs]),
                pupils=theirs,
            )
            for level, theirs in by_level.items()
        ],
        unplaced=[pupil for pupil in pupils if pupil.level is None],
        names={level: settings.level_name(level) for level in InstructionLevel},
        changes=_changes(pupils),
    )


def place(visit: Visit, grant: GroupGrant, subject: str, moves: Sequence[Move], *, proposed: bool = False) -> Moved:
    """Keep these moves, all in one transaction, and note each child in the access log.

    A child that someone else moved since `seen` comes back as overtaken. With `proposed` each move must be what is
    proposed at this moment; else a proposal that changed while someone looked would be taken over unseen.
    Raises `NotFoundError` for who may not write what was agreed, and for a child that is not in this group.
    """
    if NEEDS not in grant.writes:
        raise NotFoundError(school_id=grant.school_id)
    page = compose_instruction(visit, grant, subject)
    shown = {pupil.id: pupil for pupil in page.pupils}
    if {move.pupil for move in moves} - shown.keys():
        raise NotFoundError(school_id=grant.school_id)
    if len({move.pupil for move in moves}) < len(moves):
        raise ForPeopleError("Een kind staat er twee keer in. Er is niets bewaard; laad de bladzijde opnieuw.")
    if proposed and any(move.level is not shown[move.pupil].proposed for move in moves):
        raise ForPeopleError("De voorstellen zijn intussen veranderd. Er is niets bewaard; kijk ze nog eens na.")
    ids = {row.uid: row.id for row in read.members(visit.connection, grant, visit.scope)}
    kept, overtaken = [], []
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        now = {
            row.pupil_id: row for row in placements_of(connection, grant, subject, visit.today) if row.ends_on is None
        }
        for move in moves:
            current, pupil = now.get(ids[move.pupil]), shown[move.pupil]
            own = " ".join(move.reason.split())
            if current is not None and current.level is move.level and not own:
                continue
            if version_of(current) != move.seen:
                overtaken.append(_overtaken(pupil, current, move, page.names))
                continue
            is_proposal = not own and move.level is pupil.proposed
            values = {
                "level": move.level,
                "reason": own or (pupil.because if is_proposal else ""),
                "is_own_choice": not is_proposal,
                "account_id": visit.scope.account_id,
            }
            _keep(connection, grant, ids[move.pupil], subject, current, values, visit.today)
            kept.append(ids[move.pupil])
    visit.log("instruction_groups", kept, grant, "wrote")
    return Moved(kept=len(kept), overtaken=overtaken)


def version_of(row: Any | None) -> str:
    """Name a placement as someone saw it, in a way that changes with every change of it; empty for none."""
    if row is None:
        return ""
    return sha256(f"{row.id} {row.level} {row.starts_on} {row.account_id} {row.reason}".encode()).hexdigest()[:16]


def _keep(
    connection: sa.Connection,
    grant: GroupGrant,
    pupil_id: int,
    subject: str,
    current: Any | None,
    values: Mapping[str, Any],
    today: date,
) -> None:
    if current is not None:
        that = sa.update(InstructionPlacement).where(InstructionPlacement.id == current.id)
        if current.starts_on >= today:
            connection.execute(that.values(**values))
            return
        connection.execute(that.values(ends_on=today - timedelta(days=1)))
    whose = {"school_id": grant.school_id, "group_id": grant.group_id, "pupil_id": pupil_id}
    connection.execute(sa.insert(InstructionPlacement).values(**whose, subject=subject, starts_on=today, **values))


def _overtaken(pupil: PlacedPupil, current: Any | None, move: Move, names: Mapping[InstructionLevel, str]) -> Overtaken:
    return Overtaken(
        id=pupil.id,
        name=pupil.name,
        level=current.level if current else None,
        level_name=names[current.level] if current else "nog niet ingedeeld",
        author=current.author if current else "",
        wanted=move.level,
        reason=move.reason,
    )


def _subjects(known: Sequence[KnownPupil]) -> dict[str, str]:
    """The subjects of a group by code: those we know, and what else its children were tested in."""
    others = {code_of(line) for pupil in known for line in pupil.known.lines} - SUBJECTS.keys()
    return SUBJECTS | {code: code for code in sorted(others) if len(code) <= LONGEST_SUBJECT and "/" not in code}


def propose(pupil: KnownPupil, subject: str) -> Proposal | None:
    """Say which instruction group is proposed for this child and why; of a young child nothing is."""
    known = pupil.known
    if pupil.row.grade in YOUNGEST:
        return None
    line, helps = _line(pupil, subject), _helps(pupil)
    seen = Seen(
        level=line.level if line else None,
        growth=line.growth.state if line else "unknown",
        times=line.growth.times if line else 0,
        stuck=stuck_at(known, subject),
        helps=helps[0] if helps else None,
    )
    return proposal(known.about.child, seen)


def _line(pupil: KnownPupil, subject: str) -> SubjectLine | None:
    return next((line for line in pupil.known.lines if code_of(line) == subject), None)


def _helps(pupil: KnownPupil) -> list[str]:
    points = picked(pupil.known.promises.points, Purpose.GROUP, pupil.known.kinds)
    return [point.body for point in points if SupportKind(point.kind) is SupportKind.HELPS]


def _pupil(pupil: KnownPupil, subject: str, rows: Rows, settings: Settings) -> PlacedPupil:
    is_young = pupil.row.grade in YOUNGEST
    line = None if is_young else _line(pupil, subject)
    found = propose(pupil, subject)
    history = _steps(rows, settings)
    current = next((row for row in rows if row.ends_on is None), None)
    return PlacedPupil(
        id=pupil.row.uid,
        name=display_name(pupil.row),
        sort_name=sort_name(pupil.row),
        seen=version_of(current),
        level=current.level if current else None,
        since=history[-1].since if current else None,
        was=history[-2].name if current and len(history) > 1 else None,
        reason=current.reason if current else "",
        is_own_choice=bool(current and current.is_own_choice),
        proposed=found.level if found else None,
        proposed_name=settings.level_name(found.level) if found else "",
        because=found.reason if found else YOUNG if is_young else NOTHING,
        measured=line.level if line else None,
        sign=STATES[line.growth.state][0] if line else "unknown",
        helps=_helps(pupil),
        history=history,
    )


def _changes(pupils: Sequence[PlacedPupil]) -> list[Change]:
    """Tell every move of every child, newest first and by name within a day."""
    found = [
        Change(
            on=step.since,
            name=pupil.name,
            before=before.name if before else None,
            after=step.name,
            reason=step.reason,
            author=step.author,
        )
        for pupil in pupils
        for before, step in zip([None, *pupil.history], pupil.history, strict=False)
    ]
    return sorted(found, key=lambda change: change.on, reverse=True)


def _steps(rows: Rows, settings: Settings) -> list[Step]:
    """One step for each stay in a group: two rows in a row in the same one are one stay with the newest reason."""
    steps: list[Step] = []
    for row in rows:
        goes_on = steps and steps[-1].level is row.level and steps[-1].until == row.starts_on - timedelta(days=1)
        steps.append(
            Step(
                level=row.level,
                name=settings.level_name(row.level),
                since=steps.pop().since if goes_on else row.starts_on,
                until=row.ends_on,
                reason=row.reason,
                is_own_choice=row.is_own_choice,
                author=row.author,
            )
        )
    return steps
