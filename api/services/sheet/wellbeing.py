"""The tile Welbevinden: per list and respondent the latest moment beside the one before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.schemas.sheet import Wellbeing, WellbeingList, WellbeingRow
from api.services.sheet.sources import Origin
from models.queries.sheet import Rows
from models.rules.signals.feeling import direction
from models.vocabulary import InstrumentKind, Measure, Respondent

KINDS = {InstrumentKind.WELLBEING, InstrumentKind.OBSERVATION}
SHOWN = {Measure.DIMENSION, Measure.AGE_PHASE}


@dataclass(frozen=True, slots=True)
class Compared:
    """One list by one respondent, as the tile shows it, with the direction of each row for the sentences."""

    view: WellbeingList
    respondent: Respondent
    directions: Mapping[str, str]
    taken_on: date
    phases: tuple[tuple[str, float, float], ...] = ()
    """Of an observation list: (line, from, up to) in months of age."""


def lists(scores: Rows, origins: Mapping[int, Origin]) -> list[Compared]:
    """Build one comparison per instrument and respondent, the teacher's view first."""
    taken: dict[tuple[str, str], dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in scores:
        if row.kind in KINDS and row.measure in SHOWN:
            taken[row.comparable_group, row.respondent][row.id].append(row)
    found = [_compare(list(times.values())[-2:], origins) for times in taken.values()]
    return sorted(found, key=lambda each: (each.respondent != Respondent.TEACHER, each.view.instrument))


def tile(compared: Sequence[Compared]) -> Wellbeing:
    """Return the tile; without lists it says so."""
    remark = None if compared else "Er is nog geen lijst over welbevinden ontvangen."
    return Wellbeing(lists=[each.view for each in compared], remark=remark)


def _compare(times: list[list[Any]], origins: Mapping[int, Origin]) -> Compared:
    latest = times[-1]
    before = {row.part: row for row in times[0]} if len(times) > 1 else {}
    first = latest[0]
    rows = [_row(row, before.get(row.part)) for row in latest]
    origin = origins.get(first.source_id, Origin(first.provider, ""))
    view = WellbeingList(
        instrument=first.instrument,
        respondent=first.respondent.label,
        earlier_label=_label(times[0][0]) if before else None,
        latest_label=_label(first),
        rows=rows,
        source=origin.label,
        age=origin.age,
    )
    phases = tuple(
        (row.part, row.ci_low, row.ci_high)
        for row in latest
        if row.measure is Measure.AGE_PHASE and row.ci_low is not None and row.ci_high is not None
    )
    return Compared(view, first.respondent, {row.name: row.direction for row in rows}, first.taken_on, phases)


def _row(latest: Any, earlier: Any | None) -> WellbeingRow:
    low, high = latest.low if latest.low is not None else 0.0, latest.high if latest.high is not None else 1.0
    before = earlier.value_num if earlier is not None else None
    return WellbeingRow(
        name=latest.part or latest.instrument,
        low=low,
        high=high,
        earlier=before,
        latest=latest.value_num if latest.measure == Measure.DIMENSION else None,
        latest_text=latest.value_raw if latest.measure == Measure.AGE_PHASE else None,
        direction=direction(before, latest.value_num, low, high) if latest.measure == Measure.DIMENSION else "unknown",
    )


def _label(row: Any) -> str:
    return row.moment or f"{row.taken_on:%m-%Y}"
