"""The scales that sources deliver on, and which of them may share an axis.

A scale has an owner; `comparable_group` is the only permission to draw two scores on one axis (facts: a percentile of
one test says nothing about another; I-V and A-E cannot be converted; raw scores belong to one booklet). An unknown code
is kept under its own name, on a scale of its own.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from connectors.canonical import ScaleRef
from models.vocabulary import Measure


@dataclass(frozen=True, slots=True)
class Kind:
    """How a code of a reference score is read; `shared_by` says what two scores must have in common."""

    measure: Measure
    is_ordinal: bool
    shared_by: str
    low: float | None = None
    high: float | None = None
    values: frozenset[str] = frozenset()


PROVIDER, SUBJECT, TEST, ALL = "aanbieder", "vakgebied", "toets", "alle"
_LEVELS = frozenset({"I+", "I", "II", "III", "IV", "V", "V-"})
_LETTERS = frozenset("ABCDE")

KINDS = {
    "IV": Kind(Measure.LEVEL, True, PROVIDER, values=_LEVELS),
    "AE": Kind(Measure.LEVEL, True, PROVIDER, values=_LETTERS),
    "CIV": Kind(Measure.LEVEL, True, PROVIDER, values=_LEVELS),
    "CAE": Kind(Measure.LEVEL, True, PROVIDER, values=_LETTERS),
    "FN": Kind(Measure.FUNCTIONING, True, PROVIDER),
    "DLE": Kind(Measure.DLE, True, PROVIDER),
    "Percentiel": Kind(Measure.PERCENTILE, True, SUBJECT, 0, 100),
    "RNTRM": Kind(Measure.REFERENCE, True, SUBJECT),
    "ERK": Kind(Measure.REFERENCE, True, SUBJECT),
    "AVI": Kind(Measure.READING, True, ALL),
    "Percentage": Kind(Measure.RAW, False, TEST, 0, 100),
    "T-score": Kind(Measure.STANDARD, False, TEST),
    "C-score": Kind(Measure.STANDARD, False, TEST),
    "Stanine": Kind(Measure.STANDARD, False, TEST),
    "Standaardscore": Kind(Measure.STANDARD, False, TEST),
    "DQ": Kind(Measure.STANDARD, False, TEST),
    "IQ": Kind(Measure.STANDARD, False, TEST),
}
"""OSO code list 11, as far as the meaning is known; every other code is an unknown scale of its own."""

UNKNOWN = Kind(Measure.UNKNOWN, True, TEST)
COUNTS = {
    "aantalopgaven": "aantal opgaven",
    "aantalgoed": "aantal goed",
    "aantalfout": "aantal fout",
    "aantalgelezen": "aantal gelezen",
    "tijd": "tijd in seconden",
}
"""The counts of an OSO test score, as UWLR names them, with the name of their scale."""

SUBJECT_WORDS = (
    ("technisch-lezen", ("technisch lezen", "dmt", "avi", "drie-minuten", "leestempo", "leestechniek")),
    ("begrijpend-lezen", ("begrijpend lezen", "begrijpend luisteren", "begrijpendlezen")),
    ("woordenschat", ("woordenschat",)),
    ("spelling", ("spelling",)),
    ("rekenen", ("rekenen", "wiskunde", "rekenvaardigheid")),
    ("taal", ("taalverzorging", "taal")),
)
"""Words in the name of a test or subject area, most specific first."""

_BOOKLET = re.compile(r"(?<![A-Z0-9])([BME][1-8])(?![A-Z0-9])")
_GENERATION = re.compile(r"(?<![\w.])(\d\.0|LIB|Leerling in beeld)(?![\w.])", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=1024)
def subject_of(*names: str) -> str | None:
    """The key of `vocabulary.SUBJECTS` that the first telling name points to, else the provider's own word."""
    for name in names:
        lowered = name.lower()
        for subject, words in SUBJECT_WORDS:
            if any(word in lowered for word in words):
                return subject
    return next((_bare(name) for name in names if name), None)


@lru_cache(maxsize=1024)
def booklet_of(*names: str) -> str | None:
    """The level of a booklet ("M6") when exactly one stands in the first name that has any."""
    for name in names:
        found = set(_BOOKLET.findall(name.upper()))
        if found:
            return found.pop() if len(found) == 1 else None
    return None


@lru_cache(maxsize=1024)
def skill_scale(provider: str, subject: str | None, test_name: str, code: str = "") -> ScaleRef:
    """The skill scale of one subject, one provider and one generation of tests, which may not be joined to another.

    The generation stands in the name of the test ("Rekenen-Wiskunde 3.0 M6"); `code` is the provider's own scale code.
    """
    subject = _within(subject or "onbekend", 40)
    generation = _GENERATION.search(test_name)
    version = code or (generation[1].upper().replace("LEERLING IN BEELD", "LIB") if generation else "")
    return ScaleRef(
        code=f"vaardigheidsscore {subject}",
        owner=provider,
        measure=Measure.SKILL,
        is_ordinal=False,
        comparable_group=_group("vaardigheidsscore", provider, subject, version),
        version=_within(version, 64),
    )


@lru_cache(maxsize=4096)
def reference_scale(provider: str, code: str, subject: str | None, test: str, compared_with: str = "") -> ScaleRef:
    """The scale of a reference score by its OSO code; percentiles also belong to one comparison group."""
    kind = KINDS.get(code, UNKNOWN)
    shared = {
        PROVIDER: (provider,),
        SUBJECT: (provider, subject or test, compared_with),
        TEST: (provider, test),
        ALL: (),
    }
    parts = shared[kind.shared_by]
    version = " ".join(part for part in parts[1:] if part)
    return ScaleRef(
        code=_within(code, 64),
        owner=provider,
        measure=kind.measure,
        is_ordinal=kind.is_ordinal,
        comparable_group=_group(code, *parts),
        version=_within(version, 64),
        low=kind.low,
        high=kind.high,
    )


@lru_cache(maxsize=1024)
def raw_scale(provider: str, name: str, test: str) -> ScaleRef:
    """The scale of a raw score or a count: comparable within one booklet only."""
    return ScaleRef(
        code=_within(name, 64),
        owner=provider,
        measure=Measure.RAW,
        is_ordinal=False,
        comparable_group=_group(name, provider, test),
        version=_within(test, 64),
    )


@lru_cache(maxsize=256)
def dimension_scale(owner: str, name: str, low: float, high: float) -> ScaleRef:
    """The mean of a list on its own points: never on one axis with a list of other points or another respondent."""
    return ScaleRef(name, owner, Measure.DIMENSION, True, _group(name, owner, f"{low:g}-{high:g}"), "", low, high)


@lru_cache(maxsize=64)
def age_phase_scale(owner: str, name: str) -> ScaleRef:
    """The age phase of a development line, in months; compared with the calendar age, not with other children."""
    return ScaleRef(name, owner, Measure.AGE_PHASE, True, _group(name, owner))


def is_known_value(code: str, value: str) -> bool:
    """Whether a value belongs to the closed list of a scale; scales without a list take anything."""
    values = KINDS.get(code, UNKNOWN).values
    return not values or value in values


def _bare(name: str) -> str:
    """A test name without generation and booklet: the provider's own word for the subject."""
    return _SPACES.sub(" ", _BOOKLET.sub("", _GENERATION.sub("", name))).strip(" -")


def _group(*parts: str) -> str:
    return _within(" | ".join(part for part in parts if part), 200)


def _within(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
