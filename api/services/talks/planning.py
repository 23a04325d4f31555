"""Planning a talk, moving and cancelling it, who takes part, and wishes that a child be talked about."""

from collections.abc import Collection, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api import clock
from api.db import writing
from api.problem import ForPeopleError
from api.schemas.talks import NewTalk
from api.security.access import Visit
from api.services.signals import PupilSignal, for_group
from api.services.signals.answering import record_answer
from api.services.talks.rights import locked, log_written, may_plan, require, to_come
from models.attention import SignalAnswer
from models.queries import talks as read
from models.queries.answers import may_answer
from models.queries.group_facts import pupils_in
from models.queries.scope import Grant, GroupGrant, NotFoundError
from models.queries.settings import settings_of
from models.queries.talk_content import colleagues
from models.queries.talks import FoundTalk
from models.queries.whose import take_turns
from models.rules.access import Kind
from models.rules.agenda import WORRIES, Facts, Proposal, Wish, agenda
from models.rules.signals import SignalKey
from models.talk import Talk, TalkView, TalkWish
from models.vocabulary import SignalReply

LONGEST = 300
AnyGrant = Grant | GroupGrant


def propose(visit: Visit, grant: GroupGrant) -> tuple[list[Proposal], list[Any], list[PupilSignal]]:
    """Propose about which children of a group to talk; also gives all its children and the signals it rests on."""
    children = pupils_in(visit.connection, grant, visit.today)
    signals = for_group(visit, grant)
    wishes = read.wishes_of(visit.connection, grant, visit.today)
    talked = read.talked_on(visit.connection, grant, visit.today)
    planned = read.planned_in(visit.connection, grant, visit.today)
    facts = {
        child.id: Facts(
            [Wish(row.by, row.body) for row in wishes if row.pupil_id == child.id],
            [one.signal for one in signals if one.pupil_id == child.id],
            talked.get(child.id),
        )
        for child in children
    }
    weeks = settings_of(visit.connection, grant.school_id).talk_weeks
    return agenda([child.id for child in children], facts, visit.today, weeks, planned), list(children), signals


def plan(visit: Visit, grant: AnyGrant, wanted: NewTalk) -> UUID:
    """Plan a talk, with who takes part and (about a group) which children; wishes and signals are answered by it.

    The very same talk that is planned already is not planned again: a hand presses twice.
    """
    require(may_plan(visit, grant), grant)
    _require_day(wanted.on, visit.today)
    invited = _invited(visit, grant, wanted.participants)
    proposals: list[Proposal] = []
    signals: list[PupilSignal] = []
    chosen: dict[int, Any] = {}
    if isinstance(grant, GroupGrant):
        proposals, children, signals = propose(visit, grant)
        chosen = {child.id: child for child in children if child.uid in set(wanted.children)}
        require(len(chosen) == len(set(wanted.children)), grant)
    else:
        chosen = {grant.pupil_id: None}
    why = {proposal.child: proposal.reasons[0] for proposal in proposals}
    open_wishes = read.wishes_of(visit.connection, grant, visit.today)
    uid = uuid7()
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        if (there := _same(connection, visit, grant, wanted)) is not None:
            return there
        talk_id = _insert(connection, visit, grant, wanted, uid)
        _invite(connection, grant, talk_id, invited)
        taken = [row.id for row in open_wishes if row.pupil_id in chosen]
        _take_up(connection, talk_id, taken)
        if isinstance(grant, GroupGrant):
            unwished = chosen.keys() - {row.pupil_id for row in open_wishes}
            _put_on_agenda(connection, visit, grant, talk_id, {child: why.get(child, "") for child in sorted(unwished)})
        _answer(connection, visit, grant, talk_id, [one for one in signals if one.pupil_id in chosen])
    log_written(visit, grant, *chosen)
    return uid


def move(visit: Visit, talk: FoundTalk, on: date, at: time | None) -> None:
    """Hold the talk on another day or hour."""
    require(may_plan(visit, talk.grant), talk.grant)
    _require_day(on, visit.today)
    with to_come(visit, talk) as (connection, _):
        connection.execute(sa.update(Talk).where(Talk.id == talk.id).values(planned_on=on, planned_time=at))
    log_written(visit, talk.grant)


def cancel(visit: Visit, talk: FoundTalk) -> None:
    """Call the talk off; wishes and signals that it would take up are open again."""
    require(may_plan(visit, talk.grant), talk.grant)
    with to_come(visit, talk) as (connection, _):
        connection.execute(sa.update(Talk).where(Talk.id == talk.id).values(cancelled_at=visit.now))
        # Whom planning put on the agenda nobody wished: such a line is made after the talk, a wish before it.
        connection.execute(sa.delete(TalkWish).where(TalkWish.talk_id == talk.id, TalkWish.uid > talk.row.uid))
        connection.execute(sa.update(TalkWish).where(TalkWish.talk_id == talk.id).values(talk_id=None))
        connection.execute(sa.delete(SignalAnswer).where(SignalAnswer.talk_id == talk.id))
    log_written(visit, talk.grant)


def take_part(visit: Visit, talk: FoundTalk, accounts: Collection[UUID]) -> None:
    """Say who takes part: only who may see the child; nobody is taken off who wrote something already."""
    require(may_plan(visit, talk.grant), talk.grant)
    now = {row.uid: row for row in read.views_of(visit.connection, talk, visit.scope)}
    invited = _invited(visit, talk.grant, [uid for uid in accounts if uid not in now])
    gone = [row.account_id for uid, row in now.items() if uid not in set(accounts)]
    with to_come(visit, talk) as (connection, _):
        there = set(connection.scalars(sa.select(TalkView.account_id).where(TalkView.talk_id == talk.id)))
        _invite(connection, talk.grant, talk.id, [one for one in invited if one not in there])
        texts = (TalkView.strengths, TalkView.concerns, TalkView.wish)
        mine = (TalkView.talk_id == talk.id, TalkView.account_id.in_(gone))
        wrote = sa.or_(TalkView.ready_at.is_not(None), *(text != "" for text in texts))
        if connection.scalar(sa.select(sa.func.count()).select_from(TalkView).where(*mine, wrote)):
            raise ForPeopleError("Wie al iets heeft opgeschreven, blijft erbij.")
        connection.execute(sa.delete(TalkView).where(*mine))
    log_written(visit, talk.grant)


def wish(visit: Visit, grant: Grant, body: str, signal: str = "") -> UUID:
    """Ask that this child be talked about; `signal` is the key of the signal that is answered by it."""
    require({Kind.NOTES} <= grant.kinds & grant.writes, grant)
    body = " ".join(body.split())
    if not body or len(body) > LONGEST:
        raise ForPeopleError(f"Schrijf in één of twee zinnen ({LONGEST} tekens) wat u wilt bespreken.")
    try:
        key = SignalKey.read(signal) if signal else None
    except ValueError as error:
        raise ForPeopleError("Dat signaal is er niet meer. Laad de bladzijde opnieuw.") from error
    uid, by = uuid7(), visit.scope.account_id
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        for row in read.wishes_of(connection, grant, visit.today):
            if (row.account_id, row.body) == (by, body):  # a hand presses twice
                return UUID(str(row.uid))
        connection.execute(
            sa.insert(TalkWish).values(
                uid=uid,
                school_id=grant.school_id,
                pupil_id=grant.pupil_id,
                body=body,
                account_id=by,
                wished_at=visit.now,
            )
        )
        if key:
            record_answer(connection, grant, by, key, SignalReply.TALK, now=visit.now)
    log_written(visit, grant)
    return uid


def withdraw(visit: Visit, grant: Grant, uid: UUID) -> None:
    """Take back one's own wish that no talk took up yet."""
    rows = [row for row in read.wishes_of(visit.connection, grant, visit.today) if row.uid == uid]
    require(bool(rows) and rows[0].account_id == visit.scope.account_id, grant)
    with writing(visit.kit.engine) as connection:
        still = (TalkWish.id == rows[0].id, TalkWish.talk_id.is_(None))
        connection.execute(sa.update(TalkWish).where(*still).values(closed_at=visit.now))
    log_written(visit, grant)


def start(visit: Visit, talk: FoundTalk) -> None:
    """Begin the talk: from now on all views can be read and the table can be written at; a second time does nothing."""
    require(may_begin(visit, talk), talk.grant)
    with locked(visit, talk) as (connection, row):
        if row.cancelled_at is not None:
            raise ForPeopleError("Deze bespreking is afgezegd.")
        if row.started_at is None:
            begun = {"started_at": visit.now, "planned_on": clock.day_of(visit.now)}
            connection.execute(sa.update(Talk).where(Talk.id == talk.id).values(begun))
    log_written(visit, talk.grant)


def may_begin(visit: Visit, talk: FoundTalk) -> bool:
    """Only the IB'er or who takes part begins a talk: it opens what the others wrote."""
    takes_part = visit.scope.account_id in {
        row.account_id for row in read.views_of(visit.connection, talk, visit.scope)
    }
    return may_plan(visit, talk.grant) or (takes_part and {Kind.NOTES} <= talk.grant.writes)


def _require_day(on: date, today: date) -> None:
    if on < today:
        raise ForPeopleError("Kies vandaag of een latere dag.")


def _invited(visit: Visit, grant: AnyGrant, uids: Collection[UUID]) -> list[int]:
    known = {row.uid: row.id for row in colleagues(visit.connection, grant, visit.today)}
    if not set(uids) <= known.keys():
        raise NotFoundError(grant.pupil_id if isinstance(grant, Grant) else None, grant.school_id)
    return [known[uid] for uid in dict.fromkeys(uids)]


def _insert(connection: sa.Connection, visit: Visit, grant: AnyGrant, wanted: NewTalk, uid: UUID) -> int:
    about = {"pupil_id": grant.pupil_id} if isinstance(grant, Grant) else {"group_id": grant.group_id}
    result = connection.execute(
        sa.insert(Talk).values(
            uid=uid,
            school_id=grant.school_id,
            planned_on=wanted.on,
            planned_time=wanted.at,
            question=" ".join(wanted.question.split()),
            planned_by=visit.scope.account_id,
            **about,
        )
    )
    return int(result.inserted_primary_key[0]) if result.inserted_primary_key else 0


def _same(connection: sa.Connection, visit: Visit, grant: AnyGrant, wanted: NewTalk) -> UUID | None:
    """Find the talk of the same day, hour and question that this reader planned about the same child or group."""
    about = Talk.pupil_id == grant.pupil_id if isinstance(grant, Grant) else Talk.group_id == grant.group_id
    is_open = (Talk.started_at.is_(None), Talk.cancelled_at.is_(None))
    return connection.scalar(
        sa.select(Talk.uid)
        .where(
            *(about, Talk.school_id == grant.school_id, Talk.planned_by == visit.scope.account_id, *is_open),
            *(Talk.planned_on == wanted.on, Talk.planned_time.is_not_distinct_from(wanted.at)),
            Talk.question == " ".join(wanted.question.split()),
        )
        .limit(1)
    )


def _invite(connection: sa.Connection, grant: AnyGrant, talk_id: int, accounts: Sequence[int]) -> None:
    for account_id in accounts:
        row = {"school_id": grant.school_id, "talk_id": talk_id, "account_id": account_id}
        connection.execute(sa.insert(TalkView).values(row))


def _take_up(connection: sa.Connection, talk_id: int, wishes: Sequence[int]) -> None:
    still = (TalkWish.id.in_(wishes), TalkWish.talk_id.is_(None))
    connection.execute(sa.update(TalkWish).where(*still).values(talk_id=talk_id))


def _put_on_agenda(
    connection: sa.Connection, visit: Visit, grant: GroupGrant, talk_id: int, reasons: dict[int, str]
) -> None:
    by = {"school_id": grant.school_id, "talk_id": talk_id, "account_id": visit.scope.account_id}
    rows = [
        by | {"uid": uuid7(), "pupil_id": child, "body": why, "wished_at": visit.now} for child, why in reasons.items()
    ]
    if rows:
        connection.execute(sa.insert(TalkWish), rows)


def _answer(
    connection: sa.Connection, visit: Visit, grant: AnyGrant, talk_id: int, signals: Sequence[PupilSignal]
) -> None:
    """Signals that made a child come up are answered by the talk about it."""
    for one in signals:
        about = Grant(one.pupil_id, grant.school_id, grant.role, grant.ground, grant.kinds, grant.writes)
        if one.signal.sign in WORRIES and may_answer(about):
            by = visit.scope.account_id
            record_answer(connection, about, by, one.signal.key, SignalReply.TALK, now=visit.now, talk_id=talk_id)
