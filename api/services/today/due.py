"""What is due today: talks, goals that wait for an answer, birthdays, and who is not here."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from api.schemas.today import AbsentChild, DueAgreement, DueGoal, DueTalk, DueWish, Kept
from api.services.signals.known import KnownPupil
from api.services.today.names import Names
from frontend.formatting import WEEKDAYS
from models.queries.prepared import Rows
from models.queries.scope import GroupGrant
from models.rules.access import Kind
from models.rules.birthdays import birthday
from models.rules.wording import plural, short_day
from models.vocabulary import AbsencePart, TalkKind


def talks(rows: Rows, names: Names, group: str) -> list[DueTalk]:
    """The talks of today, in order of time; those without a time last."""
    found = [row for row in rows if row.what in {"talk", "meeting"}]
    return [
        DueTalk(
            id=row.uid,
            kind=_kind(row),
            at=f"{row.at:%H:%M}" if row.at else None,
            child=names.find(row.pupil_id),
            text=_about(row, group),
        )
        for row in sorted(found, key=lambda row: (row.at is None, row.at and row.at.isoformat()))
    ]


def _kind(row: Any) -> TalkKind:
    return TalkKind(row.body) if row.what == "meeting" else TalkKind.DISCUSSION


def _about(row: Any, group: str) -> str:
    if row.what == "meeting":
        return _kind(row).label
    return row.body or ("bespreking" if row.pupil_id else f"groepsbespreking {group}")


def wishes(rows: Rows, names: Names) -> list[DueWish]:
    """Parents who want to talk, who waits longest first; they stay until a talk takes the wish up."""
    return [
        DueWish(child=names.find(row.pupil_id), by=row.by, about=row.about, body=row.body)
        for row in rows
        if row.pupil_id in names
    ]


def agreements(rows: Rows, names: Names, grant: GroupGrant, group_id: UUID, today: date) -> list[DueAgreement]:
    """What was agreed and is over time or due within days: over time first, the reader's own before a colleague's."""
    found = [row for row in rows if row.pupil_id is None or row.pupil_id in names]
    return [
        DueAgreement(
            id=row.uid,
            child=names.find(row.pupil_id),
            group_id=None if row.pupil_id else group_id,
            body=row.body,
            owner=row.owner,
            when=_before(row.due_on, today),
            is_overdue=row.due_on < today,
            is_mine=bool(row.is_mine),
            may_answer=Kind.SUPPORT_PLAN in grant.writes,
        )
        for row in sorted(found, key=lambda row: (row.due_on >= today, not row.is_mine))
    ]


def _before(due_on: date, today: date) -> str:
    if due_on < today:
        return f"over tijd, vóór {short_day(due_on)}"
    near = {0: "vandaag", 1: "vóór morgen"}.get((due_on - today).days)
    return near or f"vóór {WEEKDAYS[due_on.weekday()]}"


def goals(rows: Rows, names: Names, grant: GroupGrant, today: date) -> list[DueGoal]:
    """The goals of children that nobody answered yet, the oldest first and of one day by name."""
    found = [row for row in rows if row.what == "goal" and row.pupil_id in names]
    return [
        DueGoal(
            id=row.uid,
            child=names[row.pupil_id],
            body=row.body,
            waits=_waits((today - row.on).days),
            may_answer=Kind.GOALS in grant.writes,
        )
        for row in sorted(found, key=lambda row: (row.on, names[row.pupil_id].name))
    ]


def _waits(days: int) -> str:
    if days <= 0:
        return "vandaag gezegd"
    if days < 14:
        return f"wacht {plural(days, 'dag', 'dagen')}"
    return f"wacht {plural(days // 7, 'week', 'weken')}"


def birthdays(known: Iterable[KnownPupil], names: Names, today: date) -> list[Kept]:
    """Who has a birthday today, or in the weekend where today is Friday or Monday."""
    found = []
    for pupil in known:
        kept = birthday(pupil.known.birth_date, today) if pupil.known.birth_date else None
        if kept:
            when = "vandaag" if kept.on == today else WEEKDAYS[kept.on.weekday()]
            text = f"{'werd' if kept.on < today else 'wordt'} {when} {kept.age}"
            found.append((kept.on, Kept(child=names[pupil.row.id], text=text)))
    return [kept for _, kept in sorted(found, key=lambda each: (each[0], each[1].child.name))]


def absent(known: Sequence[KnownPupil], names: Names, today: date) -> list[AbsentChild]:
    """Who is not here today, with why and which part of the day."""
    return [
        AbsentChild(child=names[pupil.row.id], text=", ".join(_part(row) for row in rows))
        for pupil in known
        if (rows := [row for row in pupil.known.about.absences if row.day == today])
    ]


def _part(row: Any) -> str:
    return str(row.reason.label) if row.part is AbsencePart.DAY else f"{row.reason.label} ({row.part.label})"
