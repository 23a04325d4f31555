"""Planning talks with parents or the child: one, or a round for a whole group; moving one and calling it off.

A guardian is asked by a voice of their own. Two who must not know of each other are asked to two talks.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api import clock
from api.db import writing
from api.problem import ForPeopleError
from api.schemas.meetings import MOST_GUESTS, NewMeeting, NewRound
from api.security.access import Visit
from api.services.meetings.rights import log_written, require_writing, to_come
from models.queries import meetings as read
from models.queries.group_facts import pupils_in
from models.queries.parents import guardians_of
from models.queries.scope import Grant, GroupGrant
from models.queries.whose import AnyGrant, take_turns
from models.rules.rounds import clashes
from models.talk import Talk, TalkVoice, TalkWish
from models.vocabulary import Speaker, TalkKind

OF_THE_CHILD_ONLY = TalkKind.CHILD


def plan(visit: Visit, grant: Grant, wanted: NewMeeting) -> UUID:
    """Plan one talk; the very same that is planned already is not planned again."""
    require_writing(grant)
    _require_day(wanted.on, visit.today)
    guests = guests_by_child(visit, grant, [grant.pupil_id])[grant.pupil_id]
    chosen = _chosen(wanted.kind, wanted.guests, guests)
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        uid = _there(connection, grant, wanted, chosen)
        if uid is None:
            uid = _insert(connection, visit, grant, grant.pupil_id, wanted.kind, (wanted.on, wanted.at), chosen)
            _take_up(connection, visit, grant, {(grant.pupil_id, guest.account_id): uid for guest in chosen})
    log_written(visit, grant)
    return uid


def plan_round(visit: Visit, group: GroupGrant, wanted: NewRound) -> int:
    """Plan a talk for each of these children of the group; gives how many were new. All of them, or none."""
    require_writing(group)
    if wanted.kind is TalkKind.DISCUSSION:
        raise ForPeopleError("Kies wat voor gesprek het is.")
    children = {child.uid: child for child in pupils_in(visit.connection, group, visit.today)}
    for one in wanted.meetings:
        _require_day(one.on, visit.today)
        if one.child not in children:
            raise ForPeopleError("Een kind op deze lijst zit niet meer in de groep. Laad de bladzijde opnieuw.")
    if twice := clashes([(one.on, one.at) for one in wanted.meetings]):
        on, at = min(twice)
        raise ForPeopleError(
            f"Op {on.day}-{on.month} om {at:%H:%M} staan twee kinderen. Kies voor één een andere tijd."
        )
    guests = guests_by_child(visit, group, [child.id for child in children.values()])
    chosen = {one.child: _chosen(wanted.kind, one.guests, guests[children[one.child].id]) for one in wanted.meetings}
    with writing(visit.kit.engine) as connection:
        take_turns(connection, group)
        planned = _planned(connection, group, visit.today, wanted.kind)
        new = [one for one in wanted.meetings if children[one.child].id not in planned]
        asked: dict[tuple[int, int | None], UUID] = {}
        for one in new:
            pupil_id = children[one.child].id
            uid = _insert(connection, visit, group, pupil_id, wanted.kind, (one.on, one.at), chosen[one.child])
            asked |= {(pupil_id, guest.account_id): uid for guest in chosen[one.child]}
        _take_up(connection, visit, group, asked)
    log_written(visit, group, *(children[one.child].id for one in new))
    return len(new)


def move(visit: Visit, grant: Grant, uid: UUID, on: date, at: time | None) -> None:
    """Hold the talk on another day or hour."""
    require_writing(grant)
    _require_day(on, visit.today)
    row = read.meeting(visit.connection, grant, uid, visit.today)
    with to_come(visit, row) as connection:
        connection.execute(sa.update(Talk).where(Talk.id == row.id).values(planned_on=on, planned_time=at))
    log_written(visit, grant)


def cancel(visit: Visit, grant: Grant, uid: UUID) -> None:
    """Call the talk off; the wishes that it would take up are open again."""
    require_writing(grant)
    row = read.meeting(visit.connection, grant, uid, visit.today)
    with to_come(visit, row) as connection:
        connection.execute(sa.update(Talk).where(Talk.id == row.id).values(cancelled_at=visit.now))
        connection.execute(sa.update(TalkWish).where(TalkWish.talk_id == row.id).values(talk_id=None))
    log_written(visit, grant)


def start(visit: Visit, grant: Grant, uid: UUID) -> None:
    """Begin the talk: who sit at the table read each other's words; a second time does nothing."""
    require_writing(grant)
    row = read.meeting(visit.connection, grant, uid, visit.today)
    if row.started_at is not None:
        return
    with to_come(visit, row) as connection:
        begun = {"started_at": visit.now, "planned_on": clock.day_of(visit.now)}
        connection.execute(sa.update(Talk).where(Talk.id == row.id).values(begun))
    log_written(visit, grant)


def guests_by_child(visit: Visit, grant: AnyGrant, pupil_ids: Sequence[int]) -> dict[int, dict[UUID, Any]]:
    """The guardians with custody now of each of these children of the grant, by their uid."""
    found: dict[int, dict[UUID, Any]] = {pupil_id: {} for pupil_id in pupil_ids}
    for row in guardians_of(visit.connection, grant.school_id, pupil_ids, visit.today, visit.now):
        if row.has_custody:
            found[row.pupil_id].setdefault(row.uid, row)
    return found


def _chosen(kind: TalkKind, wanted: Sequence[UUID], guests: Mapping[UUID, Any]) -> list[Any]:
    if kind is TalkKind.DISCUSSION:
        raise ForPeopleError("Kies wat voor gesprek het is.")
    if unknown := set(wanted) - guests.keys():
        raise ForPeopleError(f"{len(unknown)} van de gekozen ouders heeft (nu) geen gezag over dit kind.")
    if kind is OF_THE_CHILD_ONLY and wanted:
        raise ForPeopleError("Een kindgesprek is met het kind alleen; kies geen ouders.")
    if kind is not OF_THE_CHILD_ONLY and not wanted:
        raise ForPeopleError("Kies wie u uitnodigt: minstens één ouder met gezag.")
    if len(set(wanted)) > MOST_GUESTS:
        raise ForPeopleError("Nodig hooguit twee ouders uit voor één gesprek; plan voor de anderen een eigen gesprek.")
    return [guests[uid] for uid in dict.fromkeys(wanted)]


def _insert(
    connection: sa.Connection,
    visit: Visit,
    grant: AnyGrant,
    pupil_id: int,
    kind: TalkKind,
    when: tuple[date, time | None],
    guests: Sequence[Any],
) -> UUID:
    uid, school = uuid7(), {"school_id": grant.school_id}
    group = {"group_id": grant.group_id} if isinstance(grant, GroupGrant) else {}
    planned = {"planned_on": when[0], "planned_time": when[1], "planned_by": visit.scope.account_id}
    made = connection.execute(
        sa.insert(Talk).values(uid=uid, pupil_id=pupil_id, kind=kind, **school, **group, **planned)
    )
    (talk_id,) = made.inserted_primary_key or (None,)
    voices = [{"speaker": speaker, "guardian_id": None} for speaker in (Speaker.CHILD, Speaker.TEACHER)]
    voices += [{"speaker": Speaker.PARENT, "guardian_id": guest.id} for guest in guests]
    connection.execute(sa.insert(TalkVoice), [school | {"talk_id": talk_id} | voice for voice in voices])
    return uid


def _take_up(
    connection: sa.Connection, visit: Visit, grant: AnyGrant, asked: Mapping[tuple[int, int | None], UUID]
) -> None:
    """Let each talk take up the wishes of the parents who are asked to it: by child and account."""
    for row in read.parent_wishes(connection, grant, visit.today):
        if (uid := asked.get((row.pupil_id, row.account_id))) is not None:
            talk = sa.select(Talk.id).where(Talk.uid == uid).scalar_subquery()
            connection.execute(sa.update(TalkWish).where(TalkWish.id == row.id).values(talk_id=talk))


def _there(connection: sa.Connection, grant: Grant, wanted: NewMeeting, guests: Sequence[Any]) -> UUID | None:
    """Find the talk of the same kind, day and hour with the same guests: a hand presses twice."""
    rows = connection.execute(
        sa.select(Talk.id, Talk.uid).where(
            *(Talk.school_id == grant.school_id, Talk.pupil_id == grant.pupil_id, Talk.kind == wanted.kind),
            *(Talk.planned_on == wanted.on, Talk.planned_time.is_not_distinct_from(wanted.at)),
            *(Talk.started_at.is_(None), Talk.cancelled_at.is_(None)),
        )
    ).all()
    asked: dict[int, set[int]] = {row.id: set() for row in rows}
    for row in read.guests_in(connection, grant, asked.keys()):
        if row.guardian_id is not None:
            asked[row.talk_id].add(row.guardian_id)
    return next((row.uid for row in rows if asked[row.id] == {guest.id for guest in guests}), None)


def _planned(connection: sa.Connection, group: GroupGrant, today: date, kind: TalkKind) -> set[int]:
    rows = read.meetings_of(connection, group, today, today)
    return {row.pupil_id for row in rows if row.kind is kind and row.ended_at is None and row.cancelled_at is None}


def _require_day(on: date, today: date) -> None:
    if on < today:
        raise ForPeopleError("Kies vandaag of een latere dag.")
    if (on - today).days > 400:
        raise ForPeopleError("Kies een dag in het komende jaar.")
