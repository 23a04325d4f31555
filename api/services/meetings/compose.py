"""The round of a group, the talks of a child, and one talk with its voices: page, A4 and JSON share these."""

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from api import clock
from api.problem import ForPeopleError
from api.schemas import meetings as m
from api.schemas.talks import Colleague, State
from api.security.access import Visit
from api.services.meetings.planning import guests_by_child
from api.services.meetings.rights import PAGE, may_write
from api.services.meetings.table import may_write_goal
from models.queries import meetings as read
from models.queries.group_facts import pupils_in
from models.queries.groups import group as group_of
from models.queries.scope import Grant, GroupGrant, group_name
from models.queries.talk_content import colleagues
from models.queries.whose import AnyGrant
from models.rules.names import display_name
from models.rules.rounds import next_school_day, slots
from models.vocabulary import Speaker, TalkKind

STATES: dict[State, str] = {
    "planned": "gepland",
    "running": "nu bezig",
    "ended": "gehouden",
    "cancelled": "afgezegd",
}
KINDS = (TalkKind.PARENTS, TalkKind.REPORT, TalkKind.CHILD)
WHO = {Speaker.CHILD: "kind", Speaker.TEACHER: "leraar"}
A_YEAR = timedelta(days=366)


def state_of(row: Any) -> State:
    """Say in one word how far a talk is."""
    if row.cancelled_at is not None:
        return "cancelled"
    if row.ended_at is not None:
        return "ended"
    return "running" if row.started_at is not None else "planned"


def compose_round(
    visit: Visit,
    group: GroupGrant,
    kind: TalkKind = TalkKind.PARENTS,
    start_on: date | None = None,
    start_at: time = time(14, 45),
    until: time = time(17, 0),
    minutes: int = 15,
) -> m.Round:
    """Compose the talks of a whole group: what is planned, and for who has none an hour and guests to propose."""
    read.require(group)
    if kind not in KINDS:
        kind = TalkKind.PARENTS
    children = pupils_in(visit.connection, group, visit.today)
    visit.log(PAGE, [child.id for child in children], group)
    rows = read.meetings_of(visit.connection, group, visit.today, visit.today)
    open_ = [row for row in rows if row.kind is kind and row.ended_at is None and row.cancelled_at is None]
    lines = _lines(visit, group, open_)
    planned = {row.pupil_id: line for row, line in zip(open_, lines, strict=True)}
    guests = guests_by_child(visit, group, [child.id for child in children])
    wishes = _wishes(visit, group)
    waiting = [child.id for child in children if child.id not in planned]
    begin_on = start_on or next_school_day(visit.today + timedelta(days=6))
    taken = read.taken_by(visit.connection, group, visit.scope.account_id, visit.today)
    try:
        hours = dict(zip(waiting, slots(begin_on, start_at, minutes, len(waiting), until, taken), strict=True))
    except ValueError as error:
        raise ForPeopleError(
            "Zo past er geen gesprek in een dag: kies een later eind of kortere gesprekken."
        ) from error
    name = group_name(group_of(visit.connection, group).name)
    return m.Round(
        id=group_of(visit.connection, group).uid,
        name=name,
        ground=group.ground,
        kind=kind,
        start_on=begin_on,
        start_at=start_at,
        until=until,
        minutes=minutes,
        may_plan=may_write(group),
        lines=[
            m.RoundLine(
                id=child.uid,
                name=display_name(child),
                planned=planned.get(child.id),
                on=hours[child.id][0] if child.id in hours else None,
                at=hours[child.id][1] if child.id in hours else None,
                guests=_guests(guests[child.id]) if kind is not TalkKind.CHILD else [],
                asked=_asked(guests[child.id]) if kind is not TalkKind.CHILD else [],
                wishes=wishes.get(child.id, []),
            )
            for child in children
        ],
    )


def compose_child(visit: Visit, grant: Grant) -> m.ChildMeetings:
    """Compose what is planned and was held with this child and its parents, for who works at school."""
    rows = read.meetings_of(visit.connection, grant, visit.today, visit.today - A_YEAR)
    child = read.child_of(visit.connection, grant)
    guests = guests_by_child(visit, grant, [grant.pupil_id])[grant.pupil_id]
    return m.ChildMeetings(
        id=child.uid,
        name=display_name(child),
        ground=grant.ground,
        may_plan=may_write(grant),
        guests=_guests(guests),
        wishes=_wishes(visit, grant).get(grant.pupil_id, []),
        meetings=_lines(visit, grant, rows),
        today=visit.today,
    )


def compose_meeting(visit: Visit, grant: Grant, uid: UUID) -> m.Meeting:
    """Compose one talk for who works at school."""
    return _meeting(visit, grant, read.meeting(visit.connection, grant, uid, visit.today), as_parent=False)


def compose_own(visit: Visit, grant: Grant, uid: UUID) -> m.Meeting:
    """Compose one talk for a guardian who is asked to it."""
    return _meeting(visit, grant, read.own_meeting(visit.connection, grant, visit.scope, uid), as_parent=True)


def compose_own_list(visit: Visit, grant: Grant) -> m.OwnMeetings:
    """List the talks about this child to which the reader is asked, the newest first."""
    rows = read.own_meetings(visit.connection, grant, visit.scope)
    return m.OwnMeetings(
        id=read.child_of(visit.connection, grant).uid,
        meetings=[
            m.OwnMeetingLine(
                id=row.uid,
                kind_text=row.kind.label,
                on=row.planned_on,
                at=row.planned_time,
                state=state_of(row),
                is_ready=row.is_ready,
            )
            for row in rows
        ],
    )


def _meeting(visit: Visit, grant: Grant, row: Any, *, as_parent: bool) -> m.Meeting:
    child = read.child_of(visit.connection, grant)
    begun = row.started_at is not None
    writes = may_write(grant) and not as_parent
    state = state_of(row)
    rows = read.voices_of(visit.connection, grant, visit.scope, row, as_parent=as_parent)
    return m.Meeting(
        id=row.uid,
        child=child.uid,
        name=display_name(child),
        kind=row.kind,
        kind_text=row.kind.label,
        state=state,
        on=row.planned_on,
        at=row.planned_time,
        planned_by=row.planner,
        ended_at=row.ended_at,
        voices=[
            m.Voice(
                speaker=one.speaker,
                guest=one.uid,
                who=_who(one, child.given_name),
                goes_well=one.goes_well,
                is_hard=one.is_hard,
                wish=one.wish,
                is_ready=one.ready_at is not None,
                is_mine=state == "planned" and (one.is_mine if as_parent else writes and one.uid is None),
            )
            for one in sorted(rows, key=lambda one: list(Speaker).index(one.speaker))
        ],
        agreed=[
            m.Agreed(id=one.uid, body=one.body, owner=one.owner, due_on=one.due_on, is_done=one.done_on is not None)
            for one in (read.agreed_in(visit.connection, grant, row) if begun else [])
        ],
        goals=[
            m.OwnGoal(id=one.uid, body=one.body)
            for one in (read.goals_of_day(visit.connection, grant, row.planned_on) if begun else [])
        ],
        ground=grant.ground,
        today=visit.today,
        may_plan=writes and state == "planned",
        may_write=writes and state == "running",
        may_write_goal=writes and state == "running" and may_write_goal(grant),
        colleagues=[Colleague(id=one.uid, name=one.name) for one in colleagues(visit.connection, grant, visit.today)]
        if writes and state == "running"
        else [],
    )


def _lines(visit: Visit, grant: AnyGrant, rows: Sequence[Any]) -> list[m.MeetingLine]:
    voices: dict[int, list[Any]] = {row.id: [] for row in rows}
    for one in read.guests_in(visit.connection, grant, voices.keys()):
        voices[one.talk_id].append(one)
    return [
        m.MeetingLine(
            id=row.uid,
            kind=row.kind,
            kind_text=row.kind.label,
            on=row.planned_on,
            at=row.planned_time,
            state=state_of(row),
            state_text=STATES[state_of(row)],
            guests=[display_name(one) for one in voices[row.id] if one.speaker is Speaker.PARENT],
            ready=sum(one.ready_at is not None for one in voices[row.id]),
            voices=len(voices[row.id]),
        )
        for row in rows
    ]


def _wishes(visit: Visit, grant: AnyGrant) -> dict[int, list[m.WishOfParent]]:
    found: dict[int, list[m.WishOfParent]] = {}
    for row in read.parent_wishes(visit.connection, grant, visit.today):
        wish = m.WishOfParent(by=row.by, about=row.about, body=row.body, on=clock.day_of(row.wished_at))
        found.setdefault(row.pupil_id, []).append(wish)
    return found


def _guests(guests: Mapping[UUID, Any]) -> list[m.Guest]:
    return [m.Guest(id=uid, name=display_name(row), is_secret=row.secret_contact) for uid, row in guests.items()]


def _asked(guests: Mapping[UUID, Any]) -> list[UUID]:
    """Propose whom to ask: both parents, but never of ourselves two of whom one hides the address from the other."""
    if any(row.secret_contact for row in guests.values()):
        return list(guests)[:1]
    return list(guests)[: m.MOST_GUESTS]


def _who(row: Any, child: str | None) -> str:
    if row.speaker is Speaker.PARENT:
        return display_name(row)
    return child or "het kind" if row.speaker is Speaker.CHILD else "School"
