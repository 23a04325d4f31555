"""Tests, lists and observations of a child, or of a group's children, with their scores, and the norms for them.

Instruments and scales are made when a delivery first names them and never change (connectors/load/catalogue.py), so a
process reads them once, and again when it meets one that it does not know.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from models.person import SourcePerson
from models.queries.prepared import Prepared, Rows
from models.queries.scope import Grant, GroupGrant
from models.queries.sheet import IS_MINE, IS_OF_GROUP, SINCE, child, children
from models.result import Assessment, AssessmentScore, Instrument, NormBand, Scale
from models.rules.access import Kind
from models.vocabulary import InstrumentKind, Measure

LINES = (Measure.SKILL, Measure.LEVEL, Measure.DIMENSION, Measure.AGE_PHASE)
"""Scales of which the whole history is drawn; of the others only the last year is read."""

KIND_OF_INSTRUMENT = {
    InstrumentKind.TEST: Kind.RESULTS,
    InstrumentKind.WELLBEING: Kind.WELLBEING,
    InstrumentKind.OBSERVATION: Kind.WELLBEING,
}


BY_ID = attrgetter("id")


@dataclass(frozen=True, slots=True)
class Taken:
    """One test taken, list filled in or observation made, with its scores as pairs of (score, scale).

    A row holds one score and what was taken; what has no score is not given.
    """

    row: Any
    instrument: Any
    scores: Sequence[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class _Catalogue:
    instruments: Mapping[int, Any]
    scales: Mapping[int, Any]


_INSTRUMENTS = Prepared(
    sa.select(Instrument.id, Instrument.kind, Instrument.provider, Instrument.name, Instrument.subject)
)
_SCALES = Prepared(sa.select(*Scale.__table__.columns))
_catalogues: WeakKeyDictionary[sa.Engine, _Catalogue] = WeakKeyDictionary()


@cache
def _statement(kinds: frozenset[InstrumentKind], *, of_group: bool = False) -> Prepared:
    """Read each score beside what was taken, for instruments of these kinds; scores of one test stand together."""
    instruments = sa.select(Instrument.id).where(Instrument.kind.in_(sorted(kinds)))
    lines = sa.select(Scale.id).where(Scale.measure.in_(LINES))
    mine = [IS_OF_GROUP if of_group else IS_MINE, Assessment.superseded_by_id.is_(None)]
    if kinds != frozenset(InstrumentKind):
        mine.append(Assessment.instrument_id.in_(instruments))
    return Prepared(
        sa.select(
            Assessment.id,
            Assessment.taken_on,
            Assessment.moment,
            Assessment.test_level,
            Assessment.respondent,
            Assessment.instrument_id,
            SourcePerson.source_id,
            *([SourcePerson.pupil_id] if of_group else []),
            AssessmentScore.scale_id,
            AssessmentScore.part,
            AssessmentScore.value_raw,
            AssessmentScore.value_num,
            AssessmentScore.ci_low,
            AssessmentScore.ci_high,
        )
        .select_from(SourcePerson)
        .join(Assessment, Assessment.source_person_id == SourcePerson.id)
        .join(AssessmentScore, AssessmentScore.assessment_id == Assessment.id)
        .where(*mine, sa.or_(Assessment.taken_on >= SINCE, AssessmentScore.scale_id.in_(lines)))
        .order_by(Assessment.taken_on, Assessment.id, AssessmentScore.id)
    )


def taken_by(connection: sa.Connection, grant: Grant, kinds: Collection[Kind], since: date) -> list[Taken]:
    """Everything of these kinds, oldest first: scores that are drawn as a line, and all scores from `since` on."""
    which = _instruments(kinds)
    if not which:
        return []
    return together(connection, _statement(which).rows(connection, **child(grant), since=since))


def taken_in(
    connection: sa.Connection, grant: GroupGrant, kinds: Collection[Kind], since: date, today: date
) -> dict[int, list[Taken]]:
    """What `taken_by` reads of one child, of each child of a group by its id."""
    which = _instruments(kinds)
    if not which:
        return {}
    rows = _statement(which, of_group=True).rows(connection, **children(grant, today), since=since)
    found: dict[int, list[Taken]] = defaultdict(list)
    for taken in together(connection, rows):
        found[taken.row.pupil_id].append(taken)
    return found


def _instruments(kinds: Collection[Kind]) -> frozenset[InstrumentKind]:
    return frozenset(kind for kind in InstrumentKind if KIND_OF_INSTRUMENT[kind] in kinds)


def together(connection: sa.Connection, rows: Rows) -> list[Taken]:
    """Make a test of the rows of its scores, which stand together; the first of them also tells of the test itself."""
    known = _catalogue(connection, {row.instrument_id for row in rows}, {row.scale_id for row in rows})
    return [
        Taken(
            scores[0], known.instruments[scores[0].instrument_id], [(row, known.scales[row.scale_id]) for row in scores]
        )
        for _, of_one in groupby(rows, BY_ID)
        if (scores := list(of_one))
    ]


def _catalogue(connection: sa.Connection, instruments: set[int], scales: set[int]) -> _Catalogue:
    known = _catalogues.get(connection.engine)
    if known is None or not (instruments <= known.instruments.keys() and scales <= known.scales.keys()):
        known = _catalogues[connection.engine] = _Catalogue(
            {row.id: row for row in _INSTRUMENTS.rows(connection)}, {row.id: row for row in _SCALES.rows(connection)}
        )
    return known


_NORMS = (
    sa.select(NormBand.scale_id, NormBand.moment, NormBand.code, NormBand.low, NormBand.high)
    .where(
        NormBand.school_id == sa.bindparam("school_id"),
        NormBand.scale_id.in_(sa.bindparam("scale_ids", expanding=True)),
    )
    .order_by(NormBand.scale_id, NormBand.moment, sa.func.coalesce(NormBand.low, -1e9))
)


def norm_bands(connection: sa.Connection, grant: Grant | GroupGrant, scale_ids: Sequence[int]) -> Rows:
    """The norm bands the school has of these scales, lowest level first at each moment."""
    return connection.execute(_NORMS, {"school_id": grant.school_id, "scale_ids": scale_ids}).all()
