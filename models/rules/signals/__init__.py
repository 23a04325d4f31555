"""Sentences about a child: one small pure rule a file, each with what it saw, what it rests on and what would undo it.

A signal is never a score of risk or a chance, never ranks children, and always has a doubt. A file declares its `Rule`s
(what they look at, which settings of the school they use, their weight) and a function that returns a `Signal` or None;
`registry` lists them all, `api.services.sheet.sentences` asks them.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

from models.rules.access import Kind

Sign = Literal["up", "steady", "down", "attention", "unknown"]
LONGEST_RULE, LONGEST_TEXT = 40, 200


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
        parts = text.split("|", 2)
        if len(parts) < len(cls._fields) or not parts[0] or not parts[1]:
            raise ValueError("geen signaal")
        rule, evidence, topic = parts
        if len(rule) > LONGEST_RULE or max(len(evidence), len(topic)) > LONGEST_TEXT:
            raise ValueError("geen signaal")
        return cls(rule, topic, evidence)


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing worth knowing; `subject` is the part of `text` to set in bold, `weight` orders (higher comes first).

    `topic` is what it is about within its rule (a school subject, an objective), `evidence` a short text that changes
    only when there is something new: "2026-06-12 below 2".
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


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as data; `looks_at` completes "kijkt naar …", `settings` are names in `models.rules.settings`.

    `sheet_only` keeps it off Vandaag: it is good to read, there is nothing to look at today. `rests`: it looks at a
    window that moves with the day, so its evidence is new when the window has moved on: not before the school's weeks
    of rest since the answer. `piles_up`: its evidence is the latest day among several things, of which the latest may
    be settled first; who answered that one saw the others too.
    """

    name: str
    title: str
    looks_at: str
    needs: frozenset[Kind]
    weight: int
    settings: tuple[str, ...] = ()
    sheet_only: bool = False
    rests: bool = False
    piles_up: bool = False

    def says(
        self, sign: Sign, subject: str, text: str, *, basis: str, doubt: str, evidence: str, topic: str = ""
    ) -> Signal:
        """Make the signal of this rule; a topic or evidence that is too long to keep is cut the same way each time."""
        topic, evidence = topic[:LONGEST_TEXT], evidence[:LONGEST_TEXT]
        return Signal(self.name, sign, subject, text, basis, doubt, self.weight, topic, evidence)
