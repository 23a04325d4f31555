"""What the evidence of use is counted from: which values there are of which fact, who opened what, what was decided.

Counting only: these rows carry keys and no names, and go to `api/services/registrations/evidence.py` and no further.
Each function is one query for the whole school, whatever its size; the number of queries is fixed.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.attendance import Absence
from models.attention import SignalAnswer
from models.audit import AccessLog
from models.custody import CustodyRecord, EmergencyCard
from models.group import InstructionPlacement
from models.journal import Note
from models.person import Guardianship, SourcePerson
from models.practice import PracticeCell
from models.provenance import Delivery, Source
from models.queries import memory
from models.queries.discussed import IS_DISCUSSION
from models.queries.provenance import LAST_RECEIVED
from models.queries.released import IS_STANDING
from models.release import Release
from models.report_card import ReportCard
from models.result import Assessment, Instrument
from models.rules.doubles import KINDBLAD
from models.rules.report_blocks import Block
from models.school import School
from models.support import Agreement, Goal, SupportPoint
from models.talk import Talk
from models.vocabulary import Custody, PersonRole, SupportKind

Rows = Sequence[Any]
LATE_LINES = timedelta(days=31)
"""A line of the access log may come in so much later than it says, from the emergency journal."""


class Value(NamedTuple):
    """One value of one fact of one child: where it came from (0: typed here), the day it is about, when it came in."""

    fact: str
    pupil_id: int
    place: int
    day: date
    received_at: datetime | None


def sources(connection: sa.Connection, school_id: int) -> Rows:
    """The systems of this school: `id, code, label, kind, leads_roll` and when the last file came in."""
    return connection.execute(
        sa.select(Source.id, Source.code, Source.label, Source.kind, Source.leads_roll, LAST_RECEIVED)
        .where(Source.school_id == school_id)
        .order_by(Source.leads_roll.desc(), Source.label, Source.code)
    ).all()


_IS_CORRECTED = Note.id.in_(sa.select(Note.corrects_id).where(Note.corrects_id.is_not(None)))
_IN_CLASS = sa.case((SupportPoint.kind == SupportKind.IN_CLASS, "support:in_class"), else_="support")
_DATED: dict[str, tuple[Any, Any, Any]] = {
    "absence": (Absence, sa.literal("absence"), Absence.day),
    "note": (Note, sa.literal("note:") + sa.cast(Note.kind, sa.String), Note.observed_on),
    "goal": (Goal, sa.literal("goal"), Goal.stated_on),
    "agreement": (Agreement, sa.literal("agreement"), Agreement.agreed_on),
    "support": (SupportPoint, _IN_CLASS, SupportPoint.observed_on),
}
"""Tables whose rows name the child and the delivery themselves, by family of facts: the code, and the day."""
_TYPED: dict[str, tuple[Any, Any]] = {
    "talk": (Talk, Talk.planned_on),
    "instruction_level": (InstructionPlacement, InstructionPlacement.starts_on),
}
FAMILIES = frozenset({*_DATED, *_TYPED, "assessment"})
"""The code of a fact up to its colon, of the facts that are about a day (practice aside)."""


def dated_values(
    connection: sa.Connection, school_id: int, since: date, families: Collection[str] = FAMILIES
) -> list[Value]:
    """Every value of these families that is about a day from `since` on; a corrected note or result counts once."""
    found: list[Value] = []
    for table, fact, day in (_DATED[family] for family in _DATED if family in families):
        select = (
            sa.select(fact, table.pupil_id, sa.func.coalesce(Delivery.source_id, KINDBLAD), day, Delivery.received_at)
            .outerjoin(Delivery, Delivery.id == table.delivery_id)
            .where(table.school_id == school_id, table.pupil_id.is_not(None), day >= since)
        )
        if table is Note:
            select = select.where(~_IS_CORRECTED)
        found += map(Value._make, connection.execute(select))
    for code, (table, day) in _TYPED.items():
        if code in families:
            mine = (table.school_id == school_id, table.pupil_id.is_not(None), day >= since)
            select = sa.select(table.pupil_id, day).where(*mine)
            if table is Talk:
                select = select.where(IS_DISCUSSION, Talk.cancelled_at.is_(None))
            found += [Value(code, pupil_id, KINDBLAD, on, None) for pupil_id, on in connection.execute(select)]
    return found + (_results(connection, school_id, since) if "assessment" in families else [])


def _results(connection: sa.Connection, school_id: int, since: date) -> list[Value]:
    rows = connection.execute(
        sa.select(
            sa.literal("assessment:") + sa.cast(Instrument.kind, sa.String),
            *(SourcePerson.pupil_id, SourcePerson.source_id, Assessment.taken_on, Delivery.received_at),
        )
        .join(SourcePerson, SourcePerson.id == Assessment.source_person_id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .join(Delivery, Delivery.id == Assessment.delivery_id)
        .where(
            Assessment.school_id == school_id,
            Assessment.taken_on >= since,
            Assessment.superseded_by_id.is_(None),
            SourcePerson.pupil_id.is_not(None),
        )
    )
    return [Value._make(row) for row in rows]


def standing_values(connection: sa.Connection, school_id: int) -> list[Value]:
    """What is known of each child until it changes: identity, group, guardians, custody and the emergency card."""
    seen = sa.orm.aliased(Delivery)
    of_person = (
        sa.select(
            *(SourcePerson.pupil_id, SourcePerson.source_id, seen.received_at, SourcePerson.group_label),
            sa.or_(SourcePerson.family_name.is_not(None), SourcePerson.birth_date.is_not(None)).label("is_named"),
            Source.leads_roll,
        )
        .join(seen, seen.id == SourcePerson.seen_delivery_id)
        .join(Source, Source.id == SourcePerson.source_id)
        .where(
            SourcePerson.school_id == school_id,
            SourcePerson.role == PersonRole.PUPIL,
            SourcePerson.pupil_id.is_not(None),
            SourcePerson.vanished_at.is_(None),
        )
    )
    found: list[Value] = []
    for row in connection.execute(of_person):
        place = (row.pupil_id or 0, row.source_id, row.received_at.date(), row.received_at)
        found += [Value("identity", *place)] if row.is_named else []
        found += [Value("group", *place)] if row.group_label or row.leads_roll else []
    bonds = (
        sa.select(Guardianship.pupil_id, SourcePerson.source_id, seen.received_at, Guardianship.custody)
        .join(SourcePerson, SourcePerson.guardian_id == Guardianship.guardian_id)
        .join(seen, seen.id == SourcePerson.seen_delivery_id)
        .where(Guardianship.school_id == school_id, Guardianship.ends_on.is_(None))
    )
    for bond in connection.execute(bonds):
        place = (bond.pupil_id, bond.source_id, bond.received_at.date(), bond.received_at)
        found += [Value("guardian", *place)]
        found += [Value("custody", *place)] if bond.custody != Custody.UNKNOWN else []
    for table, code, at in (
        (CustodyRecord, "custody", CustodyRecord.recorded_at),
        (EmergencyCard, "emergency_card", EmergencyCard.written_at),
    ):
        rows = connection.execute(sa.select(table.pupil_id, at).where(table.school_id == school_id))
        found += [Value(code, pupil_id, KINDBLAD, moment.date(), None) for pupil_id, moment in rows]
    return found


class PracticeCount(NamedTuple):
    """How many days x objectives of one child on one platform, per period, and the last day."""

    pupil_id: int
    place: int
    values: tuple[int, ...]
    last_on: date | None


def practice_counts(
    connection: sa.Connection, school_id: int, version: memory.Version, bounds: Sequence[date]
) -> list[PracticeCount]:
    """Count the practice of each child from each bound up to the one before it (newest bound first, the last open).

    There are millions of cells and they change with a delivery only, so a process reads them once per delivery.
    """

    def read() -> list[PracticeCount]:
        own = PracticeCell.source_person_id == SourcePerson.id
        counts = []
        before: date | None = None
        for bound in bounds:
            these = [own, PracticeCell.day >= bound, *([PracticeCell.day < before] if before else [])]
            counts.append(sa.select(sa.func.count()).where(*these).scalar_subquery())
            before = bound
        last = sa.select(sa.func.max(PracticeCell.day)).where(own).scalar_subquery()
        rows = connection.execute(
            sa.select(SourcePerson.pupil_id, SourcePerson.source_id, last, *counts).where(
                SourcePerson.school_id == school_id,
                SourcePerson.role == PersonRole.PUPIL,
                SourcePerson.pupil_id.is_not(None),
                sa.exists().where(own),
            )
        )
        return [PracticeCount(pupil_id, place, tuple(values), last) for pupil_id, place, last, *values in rows]

    return memory.remembered(connection, ("practice counts", school_id, version, tuple(bounds)), read)


class SchoolRow(NamedTuple):
    """A school, since when it is here, and of which delivery and revision everything is."""

    uid: UUID
    name: str
    created_at: datetime
    version: memory.Version


def school(connection: sa.Connection, school_id: int) -> SchoolRow:
    """Read the school and the `Version` of what is known of it."""
    newest = sa.select(sa.func.max(Delivery.id)).where(Delivery.school_id == school_id).scalar_subquery()
    row = connection.execute(
        sa.select(
            *(School.uid, School.name, School.created_at, School.revision),
            sa.func.coalesce(newest, 0).label("newest"),
        ).where(School.id == school_id)
    ).one()
    return SchoolRow(row.uid, row.name, row.created_at, (row.newest, row.revision))


def looks(connection: sa.Connection, school_id: int, since: datetime) -> Rows:
    """How often each role opened what the log calls `kind` since a moment, and when last; nobody is named.

    Read from the end of the log, so that its length does not matter.
    """
    older = sa.select(AccessLog.id).where(AccessLog.at < since - LATE_LINES).order_by(AccessLog.id.desc()).limit(1)
    return connection.execute(
        sa.select(
            *(AccessLog.kind, AccessLog.role),
            sa.func.count().label("times"),
            sa.func.max(AccessLog.at).label("last_at"),
        )
        .where(
            AccessLog.id > sa.func.coalesce(older.scalar_subquery(), 0),
            AccessLog.school_id + 0 == school_id,  # else SQLite walks an index over all years instead of the numbers
            AccessLog.at >= since,
            AccessLog.pupil_id.is_not(None),
            AccessLog.action.in_(("read", "exported")),
        )
        .group_by(AccessLog.kind, AccessLog.role)
    ).all()


def answers(connection: sa.Connection, school_id: int, since: datetime) -> Rows:
    """Answers to signals since a moment: `rule` and what was done (`reply`)."""
    return connection.execute(
        sa.select(SignalAnswer.rule, SignalAnswer.reply, sa.func.count().label("times"))
        .where(SignalAnswer.school_id == school_id, SignalAnswer.answered_at >= since)
        .group_by(SignalAnswer.rule, SignalAnswer.reply)
    ).all()


IN_REPORTS = {
    "assessment:test": Block.RESULTS,
    "assessment:wellbeing": Block.WELLBEING,
    "goal": Block.GOALS,
    "absence": Block.ATTENDANCE,
}
"""Facts that a report can tell of, by the block that does."""


def reported(connection: sa.Connection, school_id: int, since: datetime) -> dict[str, int]:
    """How many reports that were released since a moment tell of a fact, by its code."""
    said = sa.cast(ReportCard.content, sa.Text)
    # As the report was frozen; what someone typed cannot look like this, because its quotes are escaped.
    counts = [
        sa.func.count().filter(said.like(f'%"block": "{block.value}"%')).label(str(at))
        for at, block in enumerate(IN_REPORTS.values())
    ]
    these = (ReportCard.school_id == school_id, ReportCard.released_at >= since)
    row = connection.execute(sa.select(*counts).where(*these)).one()
    return dict(zip(IN_REPORTS, row, strict=True))


def released(connection: sa.Connection, school_id: int, since: datetime) -> dict[str, int]:
    """How many results were released to parents since a moment and still are, by the code of the fact."""
    fact = sa.literal("assessment:") + sa.cast(Instrument.kind, sa.String)
    rows = connection.execute(
        sa.select(fact, sa.func.count())
        .select_from(Release)
        .join(Assessment, Assessment.id == Release.assessment_id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(Release.school_id == school_id, Release.released_at >= since, IS_STANDING)
        .group_by(Instrument.kind)
    )
    return {row[0]: row[1] for row in rows}
