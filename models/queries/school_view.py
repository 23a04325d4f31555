"""The whole school for who sees all its children: a fixed number of SELECTs, whatever the number of groups.

Every function takes the `Scope` and a school first; of a school that is not in `seen_at` it gives nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from models.group import ClassGroup, GroupMembership
from models.person import SourcePerson
from models.queries.discussed import IS_DISCUSSION
from models.queries.prepared import Prepared
from models.queries.results import Taken, together
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow, Scope
from models.queries.sheet import SCHOOL, TODAY
from models.result import Assessment, AssessmentScore, Instrument, Scale
from models.rules.access import READS, Kind, Position
from models.support import Agreement
from models.talk import Talk
from models.vocabulary import GroupKind, InstrumentKind, Measure, Role

SEEING = frozenset({Role.IB, Role.HEAD})
Found = Sequence[AnyRow]


def seen_at(scope: Scope) -> dict[int, frozenset[Kind]]:
    """The schools where the reader is IB'er or directie, with the kinds of data of every child that they read there."""
    found: dict[int, frozenset[Kind]] = {}
    for held in scope.held:
        if held.role in SEEING:
            found[held.school_id] = found.get(held.school_id, frozenset()) | READS[Position(held.role.value)]
    return found


def _seen(scope: Scope, school_id: int) -> set[int]:
    return {school_id} & seen_at(scope).keys()


_HERE = (SourcePerson.school_id == SCHOOL, GroupMembership.kind == GroupKind.HOME, ON_THE_ROLL, IN_GROUP_TODAY)
_CHILDREN = Prepared(
    sa.select(
        SourcePerson.pupil_id, ClassGroup.id.label("group_id"), ClassGroup.uid.label("group_uid"), ClassGroup.name
    )
    .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
    .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
    .where(*_HERE, SourcePerson.pupil_id.is_not(None))
)
_ROLL = sa.orm.aliased(SourcePerson)
_PUPILS = (
    sa.select(_ROLL.pupil_id)
    .join(GroupMembership, GroupMembership.source_person_id == _ROLL.id)
    .where(_ROLL.school_id == SCHOOL, GroupMembership.kind == GroupKind.HOME, IN_GROUP_TODAY)
)


def children(connection: sa.Connection, scope: Scope, school_id: int) -> dict[int, Any]:
    """Each child in a home group today by its id, with `group_id`, `group_uid` and `name` of the group."""
    if not _seen(scope, school_id):
        return {}
    return {row.pupil_id: row for row in _CHILDREN.rows(connection, school_id=school_id, today=scope.today)}


_TESTS = Prepared(
    sa.select(
        Assessment.id,
        Assessment.taken_on,
        Assessment.moment,
        Assessment.test_level,
        Assessment.instrument_id,
        SourcePerson.source_id,
        SourcePerson.pupil_id,
        AssessmentScore.scale_id,
        AssessmentScore.part,
        AssessmentScore.value_raw,
        AssessmentScore.value_num,
    )
    .select_from(SourcePerson)
    .join(Assessment, Assessment.source_person_id == SourcePerson.id)
    .join(AssessmentScore, AssessmentScore.assessment_id == Assessment.id)
    .where(
        SourcePerson.school_id == SCHOOL,
        SourcePerson.pupil_id.in_(_PUPILS),
        Assessment.superseded_by_id.is_(None),
        Assessment.instrument_id.in_(sa.select(Instrument.id).where(Instrument.kind == InstrumentKind.TEST)),
        AssessmentScore.part == "",
        AssessmentScore.scale_id.in_(sa.select(Scale.id).where(Scale.measure.in_((Measure.SKILL, Measure.LEVEL)))),
    )
    .order_by(Assessment.taken_on, Assessment.id, AssessmentScore.id)
)


def tests_taken(connection: sa.Connection, scope: Scope, school_id: int) -> Mapping[int, list[Taken]]:
    """The tests of each child with what a growth line is made of: skill scores and levels, oldest first."""
    if not _seen(scope, school_id):
        return {}
    rows = _TESTS.rows(connection, school_id=school_id, today=scope.today)
    found: dict[int, list[Taken]] = defaultdict(list)
    for taken in together(connection, rows):
        found[taken.row.pupil_id].append(taken)
    return found


def talks(connection: sa.Connection, scope: Scope, school_id: int, first: date, since: datetime) -> Found:
    """Talks planned from the first day on and not ended, or ended since a moment.

    With `pupil_id`, `group_id`, `planned_on` and `ended_at`.
    """
    return connection.execute(
        sa.select(Talk.pupil_id, Talk.group_id, Talk.planned_on, Talk.ended_at).where(
            Talk.school_id.in_(_seen(scope, school_id)),
            IS_DISCUSSION,
            Talk.cancelled_at.is_(None),
            sa.or_(Talk.ended_at >= since, sa.and_(Talk.ended_at.is_(None), Talk.planned_on >= first)),
        )
    ).all()


def open_agreements(connection: sa.Connection, scope: Scope, school_id: int) -> Found:
    """Agreements that are open: `pupil_id`, `group_id` and `due_on`."""
    return connection.execute(
        sa.select(Agreement.pupil_id, Agreement.group_id, Agreement.due_on).where(
            Agreement.school_id.in_(_seen(scope, school_id)),
            Agreement.done_on.is_(None),
            Agreement.outcome.is_(None),
            Agreement.agreed_on <= TODAY,
        ),
        {"today": scope.today},
    ).all()
