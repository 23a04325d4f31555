"""The tile Welbevinden: per list and respondent the latest moment beside the one before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from api.schemas.sheet import Wellbeing, WellbeingList, WellbeingRow
from api.services.sheet.sources import Origin
from models.queries.results import Taken
from models.rules.signals.feeling import direction
from models.vocabulary import InstrumentKind, Measure, Respondent

KINDS = {InstrumentKind.WELLBEING, InstrumentKind.OBSERVATION}
SHOWN = {Measure.DIMENSION, Measure.AGE_PHASE}


class Time(NamedTuple):
    """One moment of a list: what was taken, and the scores of it that are shown."""

    taken: Taken
    scores: list[tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Compared:
    """One list by one respondent, as the tile shows it, with the direction of each row for the sentences."""

    view: WellbeingList
    respondent: Respondent
    directions: Mapping[str, str]
    taken_on: date
    earlier_on: date | None
    phases: tuple[tuple[str, float, float], ...] = ()
    """Of an observation list: (line, from, up to) in months of age."""


def lists(taken: Sequence[Taken], origins: Mapping[int, Origin], change: int) -> list[Compared]:
    """Build one comparison per instrument and respondent, the teacher's view first.

    `change` says from which part of a scale on (in hundredths) something went up or down.
    """
    times: dict[tuple[str, str], list[Taken]] = defaultdict(list)
    for one in taken:
        if one.instrument.kind in KINDS:
            for group in dict.fromkeys(scale.comparable_group for _, scale in one.scores if scale.measure in SHOWN):
                times[group, one.row.respondent].append(one)
    found = [_compare([_time(one, group) for one in each[-2:]], origins, change) for (group, _), each in times.items()]
    return sorted(found, key=lambda each: (each.respondent != Respondent.TEACHER, each.view.instrument))


def _time(one: Taken, group: str) -> Time:
    shown = [pair for pair in one.scores if pair[1].comparable_group == group and pair[1].measure in SHOWN]
    return Time(one, shown)


def tile(compared: Sequence[Compared]) -> Wellbeing:
    """Return the tile; without lists it says so."""
    remark = None if compared else "Er is nog geen lijst over welbevinden ontvangen."
    return Wellbeing(lists=[each.view for each in compared], remark=remark)


def _compare(times: list[Time], origins: Mapping[int, Origin], change: int) -> Compared:
    row, instrument = times[-1].taken.row, times[-1].taken.instrument
    before = {score.part: score.value_num for score, _ in times[0].scores} if len(times) > 1 else {}
    rows = [_row(score, scale, before.get(score.part), instrument.name, change) for score, scale in times[-1].scores]
    origin = origins.get(row.source_id, Origin(instrument.provider, ""))
    view = WellbeingList(
        instrument=instrument.name,
        respondent=row.respondent.label,
        earlier_label=_label(times[0].taken.row) if before else None,
        latest_label=_label(row),
        rows=rows,
        source=origin.label,
        age=origin.age,
    )
    phases = tuple(
        (score.part, score.ci_low, score.ci_high)
        for score, scale in times[-1].scores
        if scale.measure is Measure.AGE_PHASE and score.ci_low is not None and score.ci_high is not None
    )
    earlier_on = times[0].taken.row.taken_on if before else None
    directions = {each.name: each.direction for each in rows}
    return Compared(view, row.respondent, directions, row.taken_on, earlier_on, phases)


def _row(score: Any, scale: Any, before: float | None, instrument: str, change: int) -> WellbeingRow:
    low, high = scale.low if scale.low is not None else 0.0, scale.high if scale.high is not None else 1.0
    is_dimension = scale.measure is Measure.DIMENSION
    return WellbeingRow(
        name=score.part or instrument,
        low=low,
        high=high,
        earlier=before,
        latest=score.value_num if is_dimension else None,
        latest_text=None if is_dimension else score.value_raw,
        direction=direction(before, score.value_num, low, high, change) if is_dimension else "unknown",
    )


def _label(row: Any) -> str:
    return row.moment or f"{row.taken_on:%m-%Y}"
