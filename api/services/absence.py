"""Absence of the day: who of the group is not here, typed with a few keys; what a source delivered is not typed over.

A change says what of the child was seen when it was made. When a colleague wrote something else in the meantime it is
not kept and comes back with both, so that nothing is lost silently.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.absence import AbsencePage, Change, DayLink, Delivered, Kept, Mark, Overtaken, PupilDay, seen_of
from api.security.access import Visit
from frontend.formatting import long_day, weekday
from models.attendance import Absence
from models.queries import group_facts
from models.queries import groups as read
from models.queries.absence import absences_on
from models.queries.scope import GroupGrant, NotFoundError, group_name
from models.queries.whose import take_turns_about
from models.rules.access import Kind
from models.rules.names import display_name
from models.rules.schooldays import FRIDAY
from models.rules.wording import listing
from models.vocabulary import AbsencePart, AbsenceReason

NEEDS = Kind.ATTENDANCE
LOGGED = "absence"
BACK = timedelta(days=7)
"""How far back someone may still type; what is older is for the administration's own system."""
DAY, HALVES = AbsencePart.DAY, (AbsencePart.MORNING, AbsencePart.AFTERNOON)
ORDER = list(AbsencePart)


def compose(visit: Visit, grant: GroupGrant, day: date | None, connection: sa.Connection | None = None) -> AbsencePage:
    """Compose the list of the group for this day (today when empty); each child is a line in the access log.

    `connection` is for after a change: the visit's own still sees the moment before.
    """
    connection, day = connection or visit.connection, _allowed(visit, grant, day)
    pupils = group_facts.pupils_in(connection, grant, visit.today)
    visit.log(LOGGED, [row.id for row in pupils], grant)
    group = read.group(connection, grant)
    return AbsencePage(
        id=group.uid,
        group=group_name(group.name),
        day=day,
        words=f"{weekday(day)} {long_day(day)}",
        before=weekday(_school_day_before(day)),
        days=[DayLink(day=each, words=_called(each, visit.today)) for each in _days(visit.today)],
        ground=grant.ground,
        may_write=NEEDS in grant.writes,
        pupils=_pupils(connection, grant, pupils, day, visit.today),
    )


def keep(visit: Visit, grant: GroupGrant, day: date, changes: Sequence[Change]) -> Kept:
    """Keep these changes in one transaction; a child of whom something else was written since comes back as overtaken.

    Raises `NotFoundError` for who may not write absence and for a child that is not in this group, `ForPeopleError`
    for a day that is not open or a part of the day of which a source speaks.
    """
    if NEEDS not in grant.writes:
        raise NotFoundError(school_id=grant.school_id)
    day = _allowed(visit, grant, day)
    rows = group_facts.pupils_in(visit.connection, grant, visit.today)
    known = {row.uid: row for row in rows}
    wanted = {change.pupil: sorted(change.marks, key=lambda mark: ORDER.index(mark.part)) for change in changes}
    if wanted.keys() - known.keys():
        raise NotFoundError(school_id=grant.school_id)
    if len(wanted) < len(changes):
        raise ForPeopleError("Een kind staat er twee keer in. Er is niets bewaard; laad de bladzijde opnieuw.")
    theirs = [row for row in rows if row.uid in wanted]
    written, overtaken = [], []
    with writing(visit.kit.engine) as connection:
        take_turns_about(connection, grant, [row.id for row in theirs])
        now = {pupil.id: pupil for pupil in _pupils(connection, grant, theirs, day, visit.today)}
        for change in changes:
            pupil, marks = now[change.pupil], wanted[change.pupil]
            if pupil.marks == marks:
                continue
            if pupil.seen != change.seen:
                overtaken.append(_overtaken(pupil, marks))
                continue
            _check(pupil, marks)
            _replace(connection, grant, known[change.pupil].id, day, marks, visit)
            written.append(known[change.pupil].id)
        after = _pupils(connection, grant, theirs, day, visit.today)
    visit.log(LOGGED, [row.id for row in theirs if row.id not in written], grant)
    visit.log(LOGGED, written, grant, "wrote")
    return Kept(kept=len(written), overtaken=overtaken, pupils=after)


def in_words(marks: Sequence[Mark | Delivered]) -> str:
    """Say "ziek", or "'s ochtends te laat en 's middags dokter"."""
    halves = {AbsencePart.MORNING: "'s ochtends ", AbsencePart.AFTERNOON: "'s middags ", DAY: ""}
    return listing([f"{halves[mark.part]}{mark.reason.label}" for mark in marks]) or "aanwezig"


def _allowed(visit: Visit, grant: GroupGrant, day: date | None) -> date:
    if NEEDS not in grant.kinds:
        raise NotFoundError(school_id=grant.school_id)
    if day is None:
        return visit.today
    if not visit.today - BACK <= day <= visit.today:
        raise ForPeopleError("Verzuim is hier te zien en door te geven van vandaag tot een week terug. Kies zo'n dag.")
    return day


def _days(today: date) -> list[date]:
    """Today first, then the school days of the week before."""
    back = [today - timedelta(days=each) for each in range(1, BACK.days + 1)]
    return [today, *(each for each in back if each.weekday() <= FRIDAY)]


def _called(day: date, today: date) -> str:
    return "vandaag" if day == today else f"{weekday(day)[:2]} {day.day}"


def _school_day_before(day: date) -> date:
    before = day - timedelta(days=1)
    while before.weekday() > FRIDAY:
        before -= timedelta(days=1)
    return before


def _pupils(
    connection: sa.Connection, grant: GroupGrant, rows: Sequence[Any], day: date, today: date
) -> list[PupilDay]:
    before = _school_day_before(day)
    of_day, was_ill = defaultdict(list), set()
    for row in absences_on(connection, grant, (day, before), today):
        if row.day == day:
            of_day[row.pupil_id].append(row)
        elif row.reason is AbsenceReason.ILL and row.part is not AbsencePart.MORNING:
            was_ill.add(row.pupil_id)
    return [_pupil(row, of_day[row.id], grant, was_ill=row.id in was_ill and day == today) for row in rows]


def _pupil(row: Any, entries: Sequence[Any], grant: GroupGrant, *, was_ill: bool) -> PupilDay:
    entries = sorted(entries, key=lambda entry: ORDER.index(entry.part))
    shows_source = Kind.SOURCES in grant.kinds
    delivered = [
        Delivered(part=entry.part, reason=entry.reason, source=entry.source or "" if shows_source else "")
        for entry in entries
        if entry.delivery_id is not None
    ]
    typed = [entry for entry in entries if entry.delivery_id is None]
    marks = [Mark(part=entry.part, reason=entry.reason) for entry in typed]
    said = {each.part for each in delivered}
    free = [part for part in (DAY, *HALVES) if not said] or [part for part in HALVES if part not in said | {DAY}]
    return PupilDay(
        id=row.uid,
        name=display_name(row),
        marks=marks,
        author=listing(sorted({entry.author for entry in typed if entry.author})),
        delivered=delivered,
        parts=[] if DAY in said else free,
        seen=seen_of(marks),
        was_ill=was_ill and not entries,
    )


def _check(pupil: PupilDay, marks: Sequence[Mark]) -> None:
    parts = [mark.part for mark in marks]
    if len(set(parts)) < len(parts) or (DAY in parts and len(parts) > 1):
        raise ForPeopleError("Een hele dag gaat niet samen met een dagdeel. Er is niets bewaard; kies een van beide.")
    if set(parts) - set(pupil.parts):
        raise ForPeopleError(
            f"Bij {pupil.name} is al iets aangeleverd ({in_words(pupil.delivered)}). Verander dat in het systeem waar "
            "het vandaan komt; er is niets bewaard."
        )


def _replace(
    connection: sa.Connection, grant: GroupGrant, pupil_id: int, day: date, marks: Sequence[Mark], visit: Visit
) -> None:
    """Let these marks take the place of all that was typed of this child on this day."""
    typed = (Absence.school_id == grant.school_id, Absence.pupil_id == pupil_id, Absence.day == day)
    connection.execute(sa.delete(Absence).where(*typed, Absence.delivery_id.is_(None)))
    who = {"school_id": grant.school_id, "account_id": visit.scope.account_id, "recorded_at": visit.now}
    for mark in marks:
        what = {"pupil_id": pupil_id, "day": day, "part": mark.part, "reason": mark.reason}
        connection.execute(sa.insert(Absence).values(**who, **what))


def _overtaken(pupil: PupilDay, wanted: Sequence[Mark]) -> Overtaken:
    return Overtaken(
        id=pupil.id, name=pupil.name, now=in_words(pupil.marks), author=pupil.author, wanted=in_words(wanted)
    )
