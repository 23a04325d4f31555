"""The invented measuring model behind the test results: scales, norms and what a child can do.

Every mean, spread and bound here is INVENTED: they resemble the shape of Dutch follow-up tests (one growing skill scale
per subject, I-V in fifths, A-E in 25/25/25/15/10) but are no publisher's norms and must never be used for a real child.
Percentile, levels, functional level and DLE all come from the whole-number skill score, so they always agree.
"""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random
from statistics import NormalDist

from demo.people import Pupil

MOMENTS = ("M3", "E3", "M4", "E4", "M5", "E5", "M6", "E6", "M7", "E7", "M8", "E8")
GIVEN = MOMENTS[:-1]  # in June of group 8 nobody takes these tests any more
NORM = NormalDist()
REACH = 2.5


@dataclass(frozen=True)
class Scale:
    """A subject's skill scale: code, national mean and spread per moment, first moment at which it is given."""

    code: str
    name: str
    area: str
    means: tuple[int, ...]
    spread: tuple[int, int]
    first: str = "M3"

    def at(self, moment: str) -> tuple[int, float]:
        """(national mean, national standard deviation) at a moment."""
        place = MOMENTS.index(moment)
        low, high = self.spread
        return self.means[place], low + (high - low) * place / (len(MOMENTS) - 1)


SCALES: tuple[Scale, ...] = (
    Scale("RW", "Rekenen-Wiskunde", "Rekenen", (112, 132, 151, 166, 181, 194, 206, 217, 227, 236, 246, 252), (17, 24)),
    Scale("SP", "Spelling", "Spelling", (205, 243, 275, 299, 320, 338, 354, 368, 381, 392, 402, 410), (24, 32)),
    Scale("BL", "Begrijpend lezen", "Begrijpend lezen", (104, 117, 130, 141, 152, 162, 172, 180, 188, 195, 203, 208),
          (19, 22), "E3"),
    Scale("TL", "Technisch lezen", "Technisch lezen", (20, 33, 45, 55, 64, 71, 77, 82, 87, 91, 96, 99), (9, 15)),
)  # fmt: skip
VOCABULARY = Scale(
    "WS", "Woordenschat", "Woordenschat", (38, 46, 53, 60, 66, 72, 77, 82, 87, 91, 95, 98), (9, 12), "E3"
)


@dataclass(frozen=True)
class Result:
    """One measurement on all its scales; `low` and `high` bound the score's confidence interval."""

    score: int
    low: int
    high: int
    level: str
    letter: str
    percentile: int
    functional: str
    dle: int


def percentile(scale: Scale, moment: str, score: int) -> int:
    """Per cent of the invented norm group with a lower score, 1-99."""
    mean, sd = scale.at(moment)
    return max(1, min(99, int(NORM.cdf((score - mean) / sd) * 100)))


def level(rank: int) -> str:
    """I-V in fifths."""
    return ("V", "IV", "III", "II", "I")[min(4, rank // 20)]


def letter(rank: int) -> str:
    """A-E: the lowest 10 per cent E, then 15 D, 25 C, 25 B, 25 A."""
    return next(name for name, top in (("E", 10), ("D", 25), ("C", 50), ("B", 75), ("A", 100)) if rank <= top)


def _extremes(scale: Scale, moment: str) -> tuple[int, int]:
    mean, sd = scale.at(moment)
    return max(0, round(mean - REACH * sd)), round(mean + REACH * sd)


@cache
def bounds(scale: Scale, moment: str) -> tuple[tuple[str, int, int], ...]:
    """(level, lowest score, highest score) from V up to I; together they cover every score the model gives."""
    low, high = _extremes(scale, moment)
    found: dict[str, list[int]] = {}
    for score in range(low, high + 1):
        found.setdefault(level(percentile(scale, moment, score)), []).append(score)
    return tuple((name, min(scores), max(scores)) for name, scores in found.items())


def dle(scale: Scale, score: int) -> int:
    """Months of instruction (10 a year since the start of group 3) at which the average child has this score, 0-60."""
    months = [5 * (place + 1) for place in range(len(MOMENTS))]
    points = list(zip(scale.means, months, strict=True))
    for (low, before), (high, after) in pairwise(points):
        if score <= high or after == months[-1]:
            return max(0, min(60, round(before + (after - before) * (score - low) / (high - low))))
    raise AssertionError("a scale has at least two moments")


def result(scale: Scale, moment: str, z: float) -> Result:
    """The result of a child that stands z standard deviations from the mean."""
    mean, sd = scale.at(moment)
    low, high = _extremes(scale, moment)
    score = max(low, min(high, round(mean + sd * z)))
    rank, error, months = percentile(scale, moment, score), round(sd * 0.33), dle(scale, score)
    functional = MOMENTS[max(0, min(len(MOMENTS) - 1, round(months / 5) - 1))]
    return Result(score, max(0, score - error), score + error, level(rank), letter(rank), rank, functional, months)


def standing(pupil: Pupil, scale: Scale, seed: int) -> list[float]:
    """Where a child stands at every moment (see MOMENTS): its own level, its own slope, and the luck of the day."""
    told = pupil.character.lines.get(scale.name) if pupil.character else None
    if told:
        return [*told, told[-1]]
    rng = Random(f"{seed}/ability/{pupil.number}/{scale.code}")
    start = 0.85 * pupil.general + rng.gauss(0.0, 0.5)
    slope = rng.gauss(0.0, 0.05)
    turn = rng.randrange(4, 10) if rng.random() < 0.12 else None
    jump = rng.choice((-0.75, -0.6, 0.6, 0.8))
    line: list[float] = []
    for place in range(len(MOMENTS)):
        shift = jump if turn is not None and place >= turn else 0.0
        line.append(start + slope * place + shift + rng.gauss(0.0, 0.22))
    return line
