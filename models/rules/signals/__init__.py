"""Sentences about a child: one small pure rule a file, each with what it saw, what it rests on and what would undo it.

A signal is never a score of risk or a chance, never compares with a classmate, and always has a doubt. Add a rule by
adding a file with a function that returns a `Signal` or None, and naming it in `api.services.sentences`.
"""

from dataclasses import dataclass
from typing import Literal

Sign = Literal["up", "steady", "down", "attention", "unknown"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing worth knowing; `subject` is the part of `text` to set in bold, `weight` orders (higher comes first)."""

    rule: str
    sign: Sign
    subject: str
    text: str
    basis: str
    doubt: str
    weight: int
