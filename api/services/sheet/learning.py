"""The tile Leren: one growth line per subject, each on one scale, with norm bands where the school has them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from api.schemas.sheet import GrowthLine, GrowthPoint, Learning, NormBandLine, Sign
from api.services.sheet.sources import Origin
from models.queries.memory import Version, remembered
from models.queries.prepared import Rows
from models.queries.results import Taken, norm_bands
from models.queries.scope import Grant, GroupGrant
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
ROMAN = {"I-V", "IV"}
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
    """How a child grows in one subject: what the sentences need of it, and what the tile draws it from."""

    name: str
    growth: Growth
    latest_on: date
    provider: str
    origin: Origin
    measured: Sequence["Measured"]
    levels: Sequence[str | None]
    places: Sequence["Place"]
    norms: "Norms"

    @property
    def days(self) -> list[date]:
        """The day of each measurement."""
        return [each.taken.row.taken_on for each in self.measured]

    @property
    def level(self) -> str | None:
        """The latest level as delivered."""
        return self.levels[-1]


@dataclass(frozen=True, slots=True)
class Norm:
    """The norm of one scale at one moment: the bands to compare with, and the same with closed ends to draw."""

    bands: Bands
    drawn: list[tuple[str, float, float]]


Place = tuple[int, str]
"""A scale and a moment."""


@dataclass(frozen=True, slots=True)
class Norms:
    """The norms of a school for some scales; bands that were asked for once are kept, classmates have the same."""

    at: Mapping[Place, Norm]
    drawn: dict[tuple[Place, ...], list[NormBandLine]] = field(default_factory=dict)

    def bands(self, places: tuple[Place, ...]) -> list[NormBandLine]:
        """Return a band per level that runs along all moments; without a norm at every moment there is none."""
        if places not in self.drawn:
            self.drawn[places] = _band_lines(places, [self.at.get(place) for place in places])
        return self.drawn[places]


class Measured(NamedTuple):
    """One skill score, what was taken, on which scale it is, and the levels that came with it: (code, as delivered)."""

    taken: Taken
    score: Any
    scale: Any
    levels: Mapping[str, tuple[str, str]]


def growth_lines(
    connection: sa.Connection,
    grant: Grant | GroupGrant,
    taken: Mapping[int, Sequence[Taken]],
    origins: Mapping[int, Origin],
    version: Version,
) -> dict[int, list[SubjectLine]]:
    """Build for each child a line per subject, on one comparable scale, in the order of the school's subjects.

    `version` is of the school: until the next one its norm tables stay as they are.
    """
    newest = {pupil_id: _newest_scale(theirs) for pupil_id, theirs in taken.items()}
    scale_ids = {each.scale.id for lines in newest.values() for line in lines.values() for each in line}
    key = tuple(sorted(scale_ids))
    norms = Norms({})
    if key:
        norms = remembered(
            connection,
            ("norms", grant.school_id, key, version),
            lambda: _norms(norm_bands(connection, grant, key)),
        )
    return {
        pupil_id: [
            _line(subject, lines[subject], norms, origins)
            for subject in sorted(lines, key=lambda subject: (ORDER.get(subject, len(ORDER)), subject))
        ]
        for pupil_id, lines in newest.items()
    }


def _newest_scale(taken: Sequence[Taken]) -> dict[str, list[Measured]]:
    """Keep per subject the scale with the newest measurement: two generations of a test are never joined."""
    skills: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    for one in taken:
        if one.instrument.kind is InstrumentKind.TEST:
            subject = one.instrument.subject or one.instrument.name
            levels: dict[str, tuple[str, str]] = {}
            for score, scale in one.scores:
                if score.part:
                    continue
                if scale.measure is Measure.LEVEL:
                    levels[scale.comparable_group] = scale.code, score.value_raw
                elif scale.measure is Measure.SKILL and score.value_num is not None:
                    skills[subject, scale.comparable_group].append(Measured(one, score, scale, levels))
    chosen: dict[str, list[Measured]] = {}
    for (subject, _), line in skills.items():
        if subject not in chosen or line[-1].taken.row.taken_on > chosen[subject][-1].taken.row.taken_on:
            chosen[subject] = line
    return chosen


def tile(lines: Sequence[SubjectLine], today: date, *, is_young: bool) -> Learning:
    """Return the tile; without lines it says in words why."""
    if is_young:
        return Learning(lines=[], remark="In groep 1 en 2 kijken en luisteren we; er zijn geen toetsen.")
    if not lines:
        return Learning(lines=[], remark="Er zijn nog geen toetsresultaten ontvangen.")
    newest: dict[str, date] = {}
    for line in lines:
        newest[line.origin.label] = max(line.latest_on, newest.get(line.origin.label, date.min))
    source = "; ".join(f"{label}, laatste meting {day(on, today)}" for label, on in newest.items())
    return Learning(lines=[_view(line) for line in lines], source=source)


def _norms(rows: Rows) -> Norms:
    """Bring the bands of each scale and moment together; an open end gets the width of its neighbours to be drawn."""
    found: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in rows:
        found[row.scale_id, row.moment].append(row)
    return Norms({key: _norm(bands) for key, bands in found.items()})


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


def _line(subject: str, line: list[Measured], norms: Norms, origins: Mapping[int, Origin]) -> SubjectLine:
    levels = _levels(line)
    places = [(each.scale.id, _moment(each.taken.row)) for each in line]
    found = [norms.at.get(place) for place in places]
    result = growth(
        [
            Measurement(each.taken.row.taken_on, each.score.value_num, norm.bands if norm else (), level)
            for each, norm, level in zip(line, found, levels, strict=True)
        ]
    )
    last = line[-1].taken
    provider = last.instrument.provider
    origin = origins.get(last.row.source_id, Origin(provider, ""))
    name = SUBJECTS.get(subject, subject)
    return SubjectLine(name, result, last.row.taken_on, provider, origin, line, levels, places, norms)


def _view(line: SubjectLine) -> GrowthLine:
    sign, text = STATES[line.growth.state]
    if line.growth.state == "unknown" and len(line.measured) >= ENOUGH:
        text = "zonder norm niet te vergelijken"
    last, scale = line.measured[-1].taken, line.measured[-1].scale
    shown = slice(-SHOWN, None)
    return GrowthLine(
        subject=line.name,
        scale=f"{scale.owner} {scale.measure.label}",
        state=sign,
        state_text=text,
        points=[
            GrowthPoint(
                taken_on=each.taken.row.taken_on,
                label=moment,
                value=each.score.value_num,
                value_raw=each.score.value_raw,
                ci_low=each.score.ci_low,
                ci_high=each.score.ci_high,
                level=level,
            )
            for each, (_, moment), level in zip(
                line.measured[shown], line.places[shown], line.levels[shown], strict=True
            )
        ],
        bands=line.norms.bands(tuple(line.places[shown])),
        other_scales=_other_scales(last),
        source=line.origin.label,
        age=line.origin.age,
    )


def _band_lines(places: Sequence[Place], norms: Sequence[Norm | None]) -> list[NormBandLine]:
    lines: dict[str, list[tuple[str, float, float]]] = {}
    for (_, moment), norm in zip(places, norms, strict=True):
        if norm is None:
            return []
        for code, low, high in norm.drawn:
            lines.setdefault(code, []).append((moment, low, high))
    return [
        NormBandLine(code=code, points=tuple(points)) for code, points in lines.items() if len(points) == len(places)
    ]


def _moment(row: Any) -> str:
    return row.moment or row.test_level or f"{row.taken_on:%m-%Y}"


def _levels(line: Sequence[Measured]) -> list[str | None]:
    """Return each level as delivered, all of one scale: that of the latest measurement, I-V before A-E if both came.

    Where a measurement has no level on that scale there is none: letters of two scales never stand in one line.
    """
    newest: Mapping[str, tuple[str, str]] = next((each.levels for each in reversed(line) if each.levels), {})
    group = next((group for group, (code, _) in newest.items() if code in ROMAN), next(iter(newest), ""))
    return [each.levels[group][1] if group in each.levels else None for each in line]


def _other_scales(taken: Taken) -> list[tuple[str, str]]:
    return [
        (_scale_name(scale), score.value_raw)
        for score, scale in taken.scores
        if scale.measure in OTHER and not score.part
    ]


def _scale_name(scale: Any) -> str:
    if scale.measure in (Measure.LEVEL, Measure.UNKNOWN):
        return f"{scale.measure.label} {LETTERS.get(scale.code, scale.code)}"
    return str(scale.measure.label)
