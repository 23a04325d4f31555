"""Scores that several sources deliver alike: reference scores by OSO code, and raw scores with norm bands."""

from functools import lru_cache
from itertools import pairwise

from connectors.canonical import Norm, ScoreRecord
from connectors.kit.numbers import read_number
from connectors.kit.objections import limited
from connectors.scales import KINDS, is_known_value, reference_scale
from models.vocabulary import Measure

NAMED_LEVELS = {Measure.LEVEL, Measure.FUNCTIONING, Measure.REFERENCE, Measure.READING}
"""Measures whose value is a name, kept as band; the others are numbers."""


@lru_cache(maxsize=8192)
def reference_score(  # noqa: PLR0913 - one argument per element of an OSO reference score
    provider: str,
    code: str,
    value: str,
    *,
    subject: str | None,
    test: str,
    compared_with: str = "",
    qualifier: str = "",
    part: str = "",
) -> ScoreRecord:
    """The score on the scale of an OSO code; an unknown code keeps its value as text, on a scale of its own."""
    is_named = code in KINDS and KINDS[code].measure in NAMED_LEVELS
    return ScoreRecord(
        scale=reference_scale(provider, code or "onbekend", subject, test, compared_with),
        value_raw=limited(value, 200, "waarde") or "",
        value_num=None if is_named else read_number(value),
        band=limited(value, 64, "waarde") if is_named and is_known_value(code, value) else None,
        part=part,
        norm_group=limited(compared_with, 64, "codevergelijkingsgroep") or None,
        qualifier=limited(qualifier, 64, "kwalificatie") or None,
    )


@lru_cache(maxsize=256)
def read_norms(delivered: tuple[tuple[str, ...], ...]) -> tuple[Norm, ...]:
    """The bands (term, from, to) that have a term and two numbers in the right order, lowest first."""
    bands = [
        Norm(term, low, high)
        for term, begin, end in delivered
        if term and (low := read_number(begin)) is not None and (high := read_number(end)) is not None and low <= high
    ]
    return tuple(sorted(bands, key=lambda band: (band.low, band.high)))


def do_overlap(norms: tuple[Norm, ...]) -> bool:
    """Whether a score can lie in two bands."""
    return any(upper.low <= lower.high for lower, upper in pairwise(norms))


def band_of(score: float, norms: tuple[Norm, ...]) -> str | None:
    """The term of the one band that holds a score; overlapping bands give none."""
    terms = [norm.term for norm in norms if norm.low <= score <= norm.high]
    return limited(terms[0], 64, "term") if len(terms) == 1 else None
