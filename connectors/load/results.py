"""Tests, lists and observations with their scores, and the tables of norms; as delivered, nothing recomputed."""

from collections.abc import Sequence
from typing import Any, cast

import sqlalchemy as sa

from connectors.canonical import AssessmentRecord, NormBandRecord, ScoreRecord
from connectors.load.bulk import Insert
from connectors.load.catalogue import Catalogue
from connectors.load.delivery import Item
from connectors.load.desk import Desk
from models.result import Assessment, AssessmentScore, NormBand

ASSESSMENT = Insert(
    Assessment,
    "id",
    "school_id",
    "source_person_id",
    "instrument_id",
    "source_key",
    "taken_on",
    "moment",
    "test_level",
    "grade",
    "respondent",
    "delivery_id",
    "locator",
)
SCORE = Insert(
    AssessmentScore,
    "school_id",
    "assessment_id",
    "scale_id",
    "norm_group_id",
    "part",
    "value_raw",
    "value_num",
    "band",
    "ci_low",
    "ci_high",
    "qualifier",
    "norms",
)
BAND = Insert(NormBand, "id", "school_id", "scale_id", "moment", "code", "low", "high", "delivery_id")
T_BAND = cast("sa.Table", NormBand.__table__)


def load_assessments(desk: Desk, items: Sequence[Item]) -> None:
    """Keep results; other content under a known key makes a new row that supersedes the old one."""
    writer, school_id, delivery_id = desk.writer, desk.delivery.school_id, desk.delivery.id
    catalogue = desk.catalogue
    for item in items:
        record = cast("AssessmentRecord", item.record)
        person = desk.person(item, record.pupil)
        if person is None:
            continue
        item.target = assessment_id = writer.new_id(Assessment)
        if item.known_target is not None:
            # The old row must point at something before its successor exists; at itself, for the moment.
            writer.change_first(Assessment, item.known_target, superseded_by_id=item.known_target)
            writer.change(Assessment, item.known_target, superseded_by_id=assessment_id)
        what = (catalogue.instrument(record.instrument), record.key, record.taken_on, record.moment)
        how = (record.test_level, record.grade, record.respondent, delivery_id, item.locator)
        writer.add(ASSESSMENT, (assessment_id, school_id, person.id, *what, *how))
        owner = record.instrument.provider
        for score in record.scores:
            writer.add(SCORE, _score_row(catalogue, school_id, assessment_id, owner, score))


def _score_row(
    catalogue: Catalogue, school_id: int, assessment_id: int, owner: str, score: ScoreRecord
) -> tuple[Any, ...]:
    return (
        school_id,
        assessment_id,
        catalogue.scale(score.scale),
        catalogue.norm_group(owner, score.norm_group) if score.norm_group else None,
        score.part,
        score.value_raw,
        score.value_num,
        score.band,
        score.ci_low,
        score.ci_high,
        score.qualifier,
        [[norm.term, norm.low, norm.high] for norm in score.norms] or None,
    )


def load_norm_bands(desk: Desk, items: Sequence[Item]) -> None:
    """Keep from which up to which score a level holds; a newer table replaces the bounds."""
    writer, delivery = desk.writer, desk.delivery
    rows = writer.connection.execute(
        sa.select(T_BAND.c.scale_id, T_BAND.c.moment, T_BAND.c.code, T_BAND.c.id).where(
            T_BAND.c.school_id == delivery.school_id
        )
    )
    known = {(scale_id, moment, code): band_id for scale_id, moment, code, band_id in rows}
    for item in items:
        record = cast("NormBandRecord", item.record)
        if record.low is not None and record.high is not None and record.low > record.high:
            item.refuse(
                "grenzen_omgekeerd", "De ondergrens is hoger dan de bovengrens; herstel deze regel van de normtabel."
            )
            continue
        place = (desk.catalogue.scale(record.scale), record.moment, record.code)
        item.target = known.get(place)
        if item.target is None:
            item.target = known[place] = writer.new_id(NormBand)
            writer.add(BAND, (item.target, delivery.school_id, *place, record.low, record.high, delivery.id))
        else:
            writer.change(NormBand, item.target, low=record.low, high=record.high, delivery_id=delivery.id)
