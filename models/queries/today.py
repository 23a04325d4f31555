"""What the teacher's home page asks about the children of one group: what is due, what came in, what they practised.

Every function takes the `GroupGrant` first and reads only kinds of data that it opens. A fixed number of SELECTs,
whatever the number of children.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from models.account import Account, LoginSession, RoleGrant
from models.journal import Note
from models.person import SourcePerson, Staff
from models.practice import LearningObjective, PracticeCell
from models.provenance import Delivery, Source
from models.queries.discussed import IS_DISCUSSION
from models.queries.dossier import KIND_OF_NOTE
from models.queries.prepared import Prepared, Rows
from models.queries.provenance import LAST_RECEIVED
from models.queries.scope import GroupGrant, Scope
from models.queries.sheet import CHILDREN, GROUP, IS_OF_GROUP, SCHOOL, TODAY, children
from models.result import Assessment, Instrument
from models.rules.access import Kind
from models.support import Agreement, Goal
from models.talk import Talk
from models.vocabulary import InstrumentKind, Readers, SourceKind

_NO_TIME = sa.null().cast(sa.Time)
_TALKS = sa.select(
    sa.literal("talk").label("what"),
    Talk.uid,
    Talk.pupil_id,
    Talk.planned_on.label("on"),
    Talk.planned_time.label("at"),
    Talk.question.label("body"),
).where(
    Talk.school_id == SCHOOL,
    IS_DISCUSSION,
    sa.or_(Talk.pupil_id.in_(CHILDREN), Talk.group_id == GROUP),
    Talk.planned_on == TODAY,
    Talk.cancelled_at.is_(None),
    Talk.ended_at.is_(None),
)
_MEETINGS = sa.select(
    sa.literal("meeting"),
    Talk.uid,
    Talk.pupil_id,
    Talk.planned_on,
    Talk.planned_time,
    sa.type_coerce(Talk.kind, sa.String),
).where(
    ~IS_DISCUSSION,
    Talk.pupil_id.in_(CHILDREN),
    Talk.planned_on == TODAY,
    Talk.cancelled_at.is_(None),
    Talk.ended_at.is_(None),
)
_GOALS = sa.select(sa.literal("goal"), Goal.uid, Goal.pupil_id, Goal.stated_on, _NO_TIME, Goal.body).where(
    Goal.pupil_id.in_(CHILDREN), Goal.answer.is_(None)
)
_DUE: dict[Kind, Any] = {Kind.NOTES: _TALKS, Kind.TALKS: _MEETINGS, Kind.GOALS: _GOALS}


@cache
def _due(kinds: frozenset[Kind]) -> Prepared:
    parts = [part for kind, part in _DUE.items() if kind in kinds]
    # The first part gives the types of the columns; on its own a goal has none for its time.
    return Prepared(sa.union_all(_TALKS.where(sa.false()), *parts))


def due(connection: sa.Connection, grant: GroupGrant, today: date) -> Rows:
    """Talks of today and goals without an answer: (what, uid, pupil_id, on, at, body); of a meeting only its kind."""
    kinds = grant.kinds & frozenset(_DUE)
    return _due(kinds).rows(connection, **children(grant, today)) if kinds else []


_UNTIL = sa.bindparam("until", type_=sa.Date)
_ME = sa.bindparam("me", type_=sa.Integer)
_AS_STAFF = sa.select(RoleGrant.staff_id).where(RoleGrant.account_id == _ME, RoleGrant.school_id == SCHOOL)
_AGREED = Prepared(
    sa.select(
        *(Agreement.uid, Agreement.pupil_id, Agreement.body, Agreement.due_on),
        sa.or_(
            Agreement.owner_account_id == _ME,
            sa.and_(Agreement.owner_id.is_not(None), Agreement.owner_id.in_(_AS_STAFF)),
        ).label("is_mine"),
        sa.func.coalesce(Staff.given_name, Account.display_name).label("owner"),
    )
    .outerjoin(Staff, Staff.id == Agreement.owner_id)
    .outerjoin(Account, Account.id == Agreement.owner_account_id)
    .where(
        Agreement.school_id == SCHOOL,
        sa.or_(Agreement.pupil_id.in_(CHILDREN), Agreement.group_id == GROUP),
        Agreement.done_on.is_(None),
        Agreement.outcome.is_(None),
        Agreement.due_on <= _UNTIL,
    )
    .order_by(Agreement.due_on, Agreement.id)
)


def agreed(connection: sa.Connection, grant: GroupGrant, scope: Scope, until: date) -> Rows:
    """Open agreements about these children or the group that are due by `until`, or over time; the oldest first.

    `is_mine` when the reader is who does it.
    """
    if Kind.SUPPORT_PLAN not in grant.kinds:
        return []
    return _AGREED.rows(connection, **children(grant, scope.today), me=scope.account_id, until=until)


def last_visit(connection: sa.Connection, scope: Scope, session_id: int) -> datetime | None:
    """When the reader was last here before this session; None when the other sessions are gone or never were."""
    return connection.scalar(
        sa.select(sa.func.max(LoginSession.seen_at)).where(
            LoginSession.account_id == scope.account_id, LoginSession.id != session_id
        )
    )


_SINCE = sa.bindparam("moment", type_=Delivery.received_at.type)
_FIRST = sa.bindparam("first", type_=PracticeCell.day.type)
_NEW = sa.select(Delivery.id).where(Delivery.school_id == SCHOOL, Delivery.received_at > _SINCE)
_PRACTISED = (
    sa.select(
        Source.label.label("source"),
        sa.literal("practice").label("what"),
        sa.null().cast(sa.String).label("topic"),
        sa.func.count(SourcePerson.pupil_id.distinct()).label("pupils"),
        sa.func.sum(PracticeCell.answers).label("number"),
    )
    .select_from(SourcePerson)
    .join(PracticeCell, PracticeCell.source_person_id == SourcePerson.id)
    .join(Source, Source.id == SourcePerson.source_id)
    .where(IS_OF_GROUP, PracticeCell.day >= _FIRST, PracticeCell.delivery_id.in_(_NEW))
    .group_by(Source.label)
)


def _taken(kind: InstrumentKind, *, others: bool = False) -> Any:
    topic = sa.func.coalesce(Instrument.subject, Instrument.name)
    return (
        sa.select(
            Source.label.label("source"),
            sa.literal("list" if others else "test").label("what"),
            topic.label("topic"),
            sa.func.count(SourcePerson.pupil_id.distinct()).label("pupils"),
            sa.func.count().label("number"),
        )
        .select_from(SourcePerson)
        .join(Assessment, Assessment.source_person_id == SourcePerson.id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .join(Source, Source.id == SourcePerson.source_id)
        .where(
            IS_OF_GROUP,
            Instrument.kind != kind if others else Instrument.kind == kind,
            Assessment.superseded_by_id.is_(None),
            Assessment.delivery_id.in_(_NEW),
        )
        .group_by(Source.label, topic)
    )


_WRITTEN = sa.select(
    sa.null().cast(sa.String).label("source"),
    sa.literal("note").label("what"),
    sa.null().cast(sa.String).label("topic"),
    sa.func.count(Note.pupil_id.distinct()).label("pupils"),
    sa.func.count().label("number"),
).where(
    Note.pupil_id.in_(CHILDREN),
    Note.written_at > _SINCE,
    sa.or_(Note.account_id.is_(None), Note.account_id != _ME),
    Note.readers == Readers.TEAM,
)


@cache
def _arrived(kinds: frozenset[Kind]) -> tuple[Prepared, frozenset[str]] | None:
    """Make the statement for these kinds of data, with what it asks beside the children and the moment."""
    parts: list[Any] = []
    asks = set()
    if Kind.PRACTICE in kinds:
        parts.append(_PRACTISED)
        asks.add("first")
    if Kind.RESULTS in kinds:
        parts.append(_taken(InstrumentKind.TEST))
    if Kind.WELLBEING in kinds:
        parts.append(_taken(InstrumentKind.TEST, others=True))
    if notes := sorted(kind for kind, opens in KIND_OF_NOTE.items() if opens in kinds):
        parts.append(_WRITTEN.where(Note.kind.in_(notes)).having(sa.func.count() > 0))
        asks.add("me")
    return (Prepared(sa.union_all(*parts)), frozenset(asks)) if parts else None


def arrived(connection: sa.Connection, grant: GroupGrant, scope: Scope, since: datetime, first_day: date) -> Rows:
    """What came in after `since` about this group: (source, what, topic, pupils, number).

    Of practice only days from `first_day` on are looked at; notes are those of others, for the team.
    """
    statement = _arrived(grant.kinds)
    if statement is None:
        return []
    prepared, asks = statement
    more = {name: value for name, value in (("first", first_day), ("me", scope.account_id)) if name in asks}
    return prepared.rows(connection, **children(grant, scope.today), moment=since, **more)


_PRACTICE_ON = Prepared(
    sa.select(
        SourcePerson.pupil_id,
        LearningObjective.subject,
        LearningObjective.name,
        sa.func.max(Source.label).label("source"),
        sa.func.sum(PracticeCell.answers).label("answers"),
        sa.func.sum(PracticeCell.first_answers).label("first_answers"),
        sa.func.sum(PracticeCell.first_correct).label("first_correct"),
    )
    .select_from(SourcePerson)
    .join(PracticeCell, PracticeCell.source_person_id == SourcePerson.id)
    .join(LearningObjective, LearningObjective.id == PracticeCell.objective_id)
    .join(Source, Source.id == SourcePerson.source_id)
    .where(IS_OF_GROUP, PracticeCell.day == sa.bindparam("day", type_=PracticeCell.day.type))
    .group_by(SourcePerson.pupil_id, LearningObjective.subject, LearningObjective.name)
)


def practice_on(connection: sa.Connection, grant: GroupGrant, day: date, today: date) -> Rows:
    """What the children of the group did on one day, per child and objective; only for who reads practice."""
    if Kind.PRACTICE not in grant.kinds:
        return []
    return _PRACTICE_ON.rows(connection, **children(grant, today), day=day)


_SOURCES = Prepared(
    sa.select(Source.label, Source.stale_after_days, LAST_RECEIVED)
    .where(
        Source.school_id == SCHOOL,
        Source.kind != SourceKind.JOURNAL,
        Source.id.in_(sa.select(SourcePerson.source_id).where(IS_OF_GROUP)),
    )
    .order_by(Source.leads_roll.desc(), Source.label)
)


def sources(connection: sa.Connection, grant: GroupGrant, today: date) -> Rows:
    """The sources that know children of this group, the roll first, each with when it last delivered."""
    return _SOURCES.rows(connection, **children(grant, today)) if Kind.SOURCES in grant.kinds else []
