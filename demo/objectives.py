"""Learning objectives per jaargroep for the practice platform, in the words that Dutch schools use.

They stand in objectives.txt, one a line: jaargroep|vak|domein|leerdoel, in the order in which the classes meet them in
the course of a year. Numbers and difficulties are invented.
"""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Objective:
    """A learning objective of the platform; `base` is the difficulty around which its exercises lie."""

    number: int
    grade: int
    subject: str
    domain: str
    name: str
    base: float


def _all() -> dict[int, dict[str, list[Objective]]]:
    found: dict[int, dict[str, list[Objective]]] = {}
    for line in Path(__file__).with_name("objectives.txt").read_text(encoding="utf-8").splitlines():
        jaargroep, subject, domain, name = line.split("|")
        grade = int(jaargroep)
        subjects = found.setdefault(grade, {})
        at = sum(len(objectives) for objectives in subjects.values())
        base = 40.0 + 70 * (grade - 3) + 3.5 * (at % 14)
        subjects.setdefault(subject, []).append(Objective(100 * grade + at, grade, subject, domain, name, base))
    return found


OBJECTIVES = _all()
