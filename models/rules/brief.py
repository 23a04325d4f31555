"""Fitting what people wrote on one sheet of paper: shortened at a word, never in silence, what is vital last of all."""

from collections.abc import Sequence
from math import ceil
from typing import Literal, NamedTuple

Size = Literal["large", "wide", "usual", "small"]

MORE = "…"


class Step(NamedTuple):
    """A size of letters with how much fits a line and a page of it, and how long texts may be then."""

    size: Size
    letters: int
    lines: int
    vital: int
    other: int


STEPS = (
    Step("large", 50, 72, 600, 400),
    Step("wide", 62, 94, 600, 240),
    Step("usual", 70, 114, 400, 160),
    Step("small", 80, 134, 300, 110),
    Step("small", 80, 134, 200, 80),
    Step("small", 80, 134, 120, 50),
    Step("small", 80, 134, 80, 32),
)
"""From roomy to tight, measured on A4 in two columns (tests/frontend/test_cards_in_browser.py)."""


class Told(NamedTuple):
    """What there is to tell of one child: its name, what is vital, and the other texts."""

    name: str
    vital: Sequence[str]
    other: Sequence[str]


def shortened(text: str, longest: int) -> str:
    """Return the text on one line, cut at a word when it is longer; "…" says that there is more."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    kept = text[:longest]
    at_a_word = kept.rpartition(" ")[0] if " " in kept else kept
    return at_a_word.rstrip(" ,;:.-") + MORE


def fitting(told: Sequence[Told], beside: int) -> Step:
    """Choose the roomiest step in which all of this fits; `beside` counts the lines of what else is on the page."""
    for step in STEPS:
        if sum(_lines(one, step) for one in told) + beside <= step.lines:
            return step
    return STEPS[-1]


LABEL = 12
"""Letters that a label before a text takes, "In de klas: "."""


def _lines(told: Told, step: Step) -> int:
    texts = [min(len(text), step.vital) for text in told.vital] + [min(len(text), step.other) for text in told.other]
    return max(1, ceil((len(told.name) + sum(texts) + LABEL * len(texts)) / step.letters))
