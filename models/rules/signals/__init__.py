"""Sentences about a child: one small pure rule a file, each with what it saw, what it rests on and what would undo it.

A signal is never a score of risk or a chance, never compares with a classmate, and always has a doubt. Add a rule by
adding a file with a function that returns a `Signal` or None, and naming it in `api.services.sentences`.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

Sign = Literal["up", "steady", "down", "attention", "unknown"]


class SignalKey(NamedTuple):
    """By which an answer is found again: another `evidence` is another signal, which was not answered yet."""

    rule: str
    topic: str
    evidence: str

    @property
    def text(self) -> str:
        """For one field of a form; `read` takes it apart again."""
        return f"{self.rule}|{self.evidence}|{self.topic}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `text` wrote; a `ValueError` for anything else."""
        rule, evidence, topic = text.split("|", 2)
        if not rule or not evidence or len(rule) > 40 or max(len(evidence), len(topic)) > 200:
            raise ValueError("geen signaal")
        return cls(rule, topic, evidence)


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing worth knowing; `subject` is the part of `text` to set in bold, `weight` orders (higher comes first).

    `topic` is what it is about within its rule (a subject, an objective), `evidence` a short text that changes only
    when there is something new: "2026-06-12 onder 2".
    """

    rule: str
    sign: Sign
    subject: str
    text: str
    basis: str
    doubt: str
    weight: int
    topic: str = ""
    evidence: str = ""

    @property
    def key(self) -> SignalKey:
        return SignalKey(self.rule, self.topic, self.evidence)

    @property
    def is_steady(self) -> bool:
        """Whether it says that all is as it was: good to read on the sheet, nothing to look at today."""
        return self.sign == "steady"
