"""Composing Vandaag, the teacher's home page, for one or more groups; the page and the JSON share it.

For each group a fixed number of reads, whatever the number of children; what several groups have is put together. Each
child of these groups is one line in the access log.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from api.schemas.sheet import SourceLine
from api.schemas.today import Attention, ClassWork, GroupChip, InstructionTable, Today
from api.security.access import Visit
from api.services.sheet.practice import DAYS
from api.services.sheet.sources import age_text
from api.services.signals import PupilSignal, signals_among
from api.services.signals.known import KnownPupil, known_in
from api.services.today import arrived, attention, due, instructions, work
from api.services.today.names import Names
from frontend.formatting import weekday
from models.queries import instructions as read_instructions
from models.queries import today as read
from models.queries.groups import group as read_group
from models.queries.meetings import parent_wishes
from models.queries.prepared import Rows
from models.queries.scope import GroupGrant, group_name, own_groups
from models.rules.access import Kind
from models.rules.names import natural_order
from models.rules.signals.practising import DOUBT
from models.rules.signals.quiet import QUIET
from models.rules.wording import day, plural

Line = TypeVar("Line", bound=BaseModel)

A_WEEK = timedelta(days=7)
"""How far back is told what came in to who was not here before, or has no other session any more."""
DUE_WITHIN = timedelta(days=6)
"""Until the same day of next week an agreement is due by the name of the day."""

Groups = Mapping[UUID, tuple[str, GroupGrant]]
"""Groups by uid: the name, and why the reader may see it."""


@dataclass(frozen=True, slots=True)
class _Group:
    """What was read about one group."""

    uid: UUID
    name: str
    grant: GroupGrant
    known: Sequence[KnownPupil]
    signals: Sequence[PupilSignal]
    due: Rows
    agreed: Rows
    wished: Rows
    planned: Rows
    arrived: Rows
    sources: Sequence[SourceLine]


def compose_today(visit: Visit, groups: Groups) -> Today:
    """Compose the day of these groups, of which there is at least one."""
    last = read.last_visit(visit.connection, visit.scope, visit.signed_in.session_id)
    since = last or visit.now - A_WEEK
    in_order = sorted(groups.items(), key=lambda each: natural_order(each[1][0]))
    found = [_read(visit, uid, name, grant, since) for uid, (name, grant) in in_order]
    names = Names(pupil.row for each in found for pupil in each.known)
    _log(visit, found)
    chosen, smaller = attention.sort_out(_said(found, names))
    tables = [table for each in found for table in _tables(each, names, visit)]
    quiet = {one.pupil_id for each in found for one in each.signals if one.signal.rule == QUIET.name}
    weeks = next((pupil.known.about.settings.quiet_weeks for each in found for pupil in each.known), 0)
    return Today(
        today=visit.today,
        day_text=f"{weekday(visit.today)} {day(visit.today, visit.today)}",
        groups=_chips(visit, groups),
        is_own=groups.keys() == own_groups(visit.scope).keys(),
        children=len({pupil.row.id for each in found for pupil in each.known}),
        ground=" en ".join(dict.fromkeys(each.grant.ground for each in found)),
        attention=chosen,
        smaller=smaller,
        talks=_once(talk for each in found for talk in due.talks(each.due, names, each.name)),
        wishes=_once(wish for each in found for wish in due.wishes(each.wished, names)),
        agreements=_once(
            one for each in found for one in due.agreements(each.agreed, names, each.grant, each.uid, visit.today)
        ),
        goals=_once(goal for each in found for goal in due.goals(each.due, names, each.grant, visit.today)),
        birthdays=_once(kept for each in found for kept in due.birthdays(each.known, names, visit.today)),
        absent=_once(away for each in found for away in due.absent(each.known, names, visit.today)),
        attendance=[
            GroupChip(id=each.uid, name=each.name, is_shown=True)
            for each in found
            if Kind.ATTENDANCE in each.grant.kinds
        ],
        instructions=tables,
        since=f"sinds {age_text(last, visit.now)}" if last else "in de laatste week",
        news=arrived.news([row for each in found for row in each.arrived]),
        work=[done for each in found if (done := _work(each, names, tables, visit))],
        remark=DOUBT,
        quiet=names.of(quiet),
        quiet_text=plural(weeks, "week", "weken"),
        sources=_once(line for each in found for line in each.sources),
    )


def named(visit: Visit, grant: GroupGrant) -> Groups:
    """Give one group that the reader may see the shape that `compose_today` asks for."""
    row = read_group(visit.connection, grant)
    return {row.uid: (group_name(row.name), grant)}


def _read(visit: Visit, uid: UUID, name: str, grant: GroupGrant, since: datetime) -> _Group:
    connection, today = visit.connection, visit.today
    known = known_in(connection, grant, today, visit.now)
    return _Group(
        uid=uid,
        name=name,
        grant=grant,
        known=known,
        signals=signals_among(connection, grant, known, today),
        due=read.due(connection, grant, today),
        wished=parent_wishes(connection, grant, today) if Kind.TALKS in grant.kinds else [],
        agreed=read.agreed(connection, grant, visit.scope, today + DUE_WITHIN),
        planned=read_instructions.planned(connection, grant, today - instructions.SHOWN_FOR),
        arrived=read.arrived(connection, grant, visit.scope, since, today - timedelta(days=DAYS)),
        sources=arrived.lines(read.sources(connection, grant, today), visit.now),
    )


def _log(visit: Visit, groups: Iterable[_Group]) -> None:
    """Note each child once, though it be in two of these groups."""
    seen: set[int] = set()
    for each in groups:
        here = {pupil.row.id for pupil in each.known} - seen
        visit.log("today", sorted(here), each.grant)
        seen |= here


def _said(groups: Iterable[_Group], names: Names) -> list[Attention]:
    """All sentences of these groups, weightiest first; what is said of a child in two groups is said once."""
    all_said = [
        each
        for group in groups
        for each in attention.weighed(group.signals, names, group.grant, group.uid, work.stuck_together(group.known))
    ]
    return _once(said for _, said in sorted(all_said, key=lambda each: -each[0]))


def _tables(group: _Group, names: Names, visit: Visit) -> list[InstructionTable]:
    return instructions.tables(group.planned, names, group.grant, (group.uid, group.name), visit.today)


def _work(group: _Group, names: Names, tables: Sequence[InstructionTable], visit: Visit) -> ClassWork | None:
    where = group.uid, group.name
    return work.compose_work(visit.connection, group.grant, where, group.known, names, tables, visit.today)


def _chips(visit: Visit, shown: Groups) -> list[GroupChip]:
    """The reader's own groups to choose from, or the one that is looked at."""
    chosen = {uid: name for uid, (name, _) in own_groups(visit.scope).items()} | {
        uid: name for uid, (name, _) in shown.items()
    }
    return [
        GroupChip(id=uid, name=name, is_shown=uid in shown)
        for uid, name in sorted(chosen.items(), key=lambda each: natural_order(each[1]))
    ]


def _once(found: Iterable[Line]) -> list[Line]:
    """Leave out what two groups have the same."""
    return list({each.model_dump_json(): each for each in found}.values())
