"""The tile Leren: one growth line per subject, each on one scale, with norm bands where the school has them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from api.schemas.sheet import GrowthLine, GrowthPoint, Learning, NormBandLine, Sign
from api.services.sheet.memory import remembered
from api.services.sheet.sources import Origin
from models.queries.scope import Grant
from models.queries.sheet import Rows, norm_bands
from models.rules.growth import ENOUGH, Bands, Growth, Measurement, growth
from models.rules.wording import day
from models.vocabulary import SUBJECTS, InstrumentKind, Measure

STATES: Mapping[str, tuple[Sign, str]] = {
    "above": ("up", "boven eigen lijn"),
    "in": ("steady", "in eigen lijn"),
    "below": ("down", "onder eigen lijn"),
    "unknown": ("unknown", "nog geen eigen lijn"),
}
ORDER = {subject: index for index, subject in enumerate(SUBJECTS)}
LETTERS = {"IV": "I–V", "AE": "A–E", "CIV": "I–V (gecorrigeerd)", "CAE": "A–E (gecorrigeerd)"}
"""OSO's codes of a level scale, as people write them."""
SHOWN = 6
"""Measurements drawn: three school years of two moments."""
OTHER = {
    Measure.LEVEL,
    Measure.PERCENTILE,
    Measure.FUNCTIONING,
    Measure.DLE,
    Measure.REFERENCE,
    Measure.READING,
    Measure.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A line for the tile together with what the sentences need of it."""

    view: GrowthLine
    growth: Growth
    name: str
    latest_on: date
    provider: str


@dataclass(frozen=True, slots=True)
class Norm:
    """The norm of one scale at one moment: the bands to compare with, and the same with closed ends to draw."""

    bands: Bands
    drawn: list[tuple[str, float, float]]


Norms = Mapping[tuple[int, str], Norm]


def growth_lines(
    connection: sa.Connection, grant: Grant, scores: Rows, origins: Mapping[int, Origin], delivery_id: int
) -> list[SubjectLine]:
    """Build a line per subject and comparable scale, in the order of the school's subjects.

    `delivery_id` is the newest delivery of the school: until the next one its norm tables stay as they are.
    """
    skills: dict[tuple[str, str], list[Any]] = defaultdict(list)
    beside: dict[int, list[Any]] = defaultdict(list)
    for row in scores:
        if row.kind is not InstrumentKind.TEST or row.part:
            continue
        if row.measure is Measure.SKILL and row.value_num is not None:
            skills[row.subject or row.instrument, row.comparable_group].append(row)
        elif row.measure in OTHER:
            beside[row.id].append(row)
    latest = _newest_scale(skills)
    scale_ids = tuple(sorted({row.scale_id for rows in latest.values() for row in rows}))
    norms: Norms = {}
    if scale_ids:
        key = ("norms", grant.school_id, scale_ids, delivery_id)
        norms = remembered(connection, key, lambda: _norms(norm_bands(connection, grant, scale_ids)))
    return [
        _line(subject, latest[subject], beside, norms, origins)
        for subject in sorted(latest, key=lambda subject: (ORDER.get(subject, len(ORDER)), subject))
    ]


def tile(lines: Sequence[SubjectLine], today: date, *, is_young: bool) -> Learning:
    """Return the tile; without lines it says in words why."""
    if is_young:
        return Learning(lines=[], remark="In groep 1 en 2 kijken en luisteren we; er zijn geen toetsen.")
    if not lines:
        return Learning(lines=[], remark="Er zijn nog geen toetsresultaten ontvangen.")
    newest: dict[str, date] = {}
    for line in lines:
        newest[line.view.source] = max(line.latest_on, newest.get(line.view.source, date.min))
    source = "; ".join(f"{label}, laatste meting {day(on, today)}" for label, on in newest.items())
    return Learning(lines=[line.view for line in lines], source=source)


def _newest_scale(skills: Mapping[tuple[str, str], list[Any]]) -> dict[str, list[Any]]:
    """Keep per subject the scale with the newest measurement: two generations of a test are never joined."""
    chosen: dict[str, list[Any]] = {}
    for (subject, _), rows in skills.items():
        if subject not in chosen or rows[-1].taken_on > chosen[subject][-1].taken_on:
            chosen[subject] = rows
    return chosen


def _norms(rows: Rows) -> Norms:
    """Bring the bands of each scale and moment together; an open end gets the width of its neighbours to be drawn."""
    found: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in rows:
        found[row.scale_id, row.moment].append(row)
    return {key: _norm(bands) for key, bands in found.items()}


def _norm(bands: list[Any]) -> Norm:
    widths = [band.high - band.low for band in bands if band.low is not None and band.high is not None]
    width = sum(widths) / len(widths) if widths else 1.0
    drawn = [
        (
            band.code,
            band.low if band.low is not None else band.high - width,
            band.high if band.high is not None else band.low + width,
        )
        for band in bands
        if band.low is not None or band.high is not None
    ]
    return Norm(tuple((band.low, band.high) for band in bands), drawn)


def _line(
    subject: str,
    rows: list[Any],
    beside: Mapping[int, list[Any]],
    norms: Norms,
    origins: Mapping[int, Origin],
) -> SubjectLine:
    levels = [_level(beside[row.id]) for row in rows]
    moments = [_moment(row) for row in rows]
    found = [norms.get((row.scale_id, moment)) for row, moment in zip(rows, moments, strict=True)]
    result = growth(
        [
            Measurement(row.taken_on, row.value_num, norm.bands if norm else (), level)
            for row, norm, level in zip(rows, found, levels, strict=True)
        ]
    )
    sign, text = STATES[result.state]
    if result.state == "unknown" and len(rows) >= ENOUGH:
        text = "zonder norm niet te vergelijken"
    last = rows[-1]
    origin = origins.get(last.source_id, Origin(last.provider, ""))
    name = SUBJECTS.get(subject, subject)
    view = GrowthLine(
        subject=name,
        scale=f"{last.owner} {last.measure.label}",
        state=sign,
        state_text=text,
        points=[
            GrowthPoint(
                taken_on=row.taken_on,
                label=moment,
                value=row.value_num,
                value_raw=row.value_raw,
                ci_low=row.ci_low,
                ci_high=row.ci_high,
                level=level,
            )
            for row, moment, level in list(zip(rows, moments, levels, strict=True))[-SHOWN:]
        ],
        bands=_band_lines(moments[-SHOWN:], found[-SHOWN:]),
        other_scales=[(_scale_name(row), row.value_raw) for row in beside[last.id]],
        source=origin.label,
        age=origin.age,
    )
    return SubjectLine(view, result, name, last.taken_on, last.provider)


def _band_lines(moments: list[str], norms: list[Norm | None]) -> list[NormBandLine]:
    """Return a band per level that runs along all moments; without a norm at every moment none is drawn."""
    lines: dict[str, list[tuple[str, float, float]]] = {}
    for moment, norm in zip(moments, norms, strict=True):
        if norm is None:
            return []
        for code, low, high in norm.drawn:
            lines.setdefault(code, []).append((moment, low, high))
    return [NormBandLine(code=code, points=points) for code, points in lines.items() if len(points) == len(moments)]


def _moment(row: Any) -> str:
    return row.moment or row.test_level or f"{row.taken_on:%m-%Y}"


def _level(rows: list[Any]) -> str | None:
    """Return the level as delivered; I-V before A-E when both came, never one made from the other."""
    levels = {row.code: row.value_raw for row in rows if row.measure == Measure.LEVEL}
    return levels.get("I-V") or levels.get("IV") or next(iter(levels.values()), None)


def _scale_name(row: Any) -> str:
    if row.measure in (Measure.LEVEL, Measure.UNKNOWN):
        return f"{row.measure.label} {LETTERS.get(row.code, row.code)}"
    return str(row.measure.label)
