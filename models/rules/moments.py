"""Test moments: what was taken in one season of a school year belongs together, whatever the subject or the booklet.

The moment of a Dutch pupil tracking test is a letter with a grade ("M6": midden groep 6); a combined group has two
grades and one moment. What has no such letter goes by its calendar month.
"""

import re
from datetime import date
from typing import NamedTuple

from models.vocabulary import MONTHS, InstrumentKind

SEASONS = {"B": "begin", "M": "midden", "E": "eind"}
_LETTER = re.compile(r"([BME])[1-8]")


class Moment(NamedTuple):
    """What was taken, in which season (a letter, or the number of a month) of which calendar year."""

    kind: InstrumentKind
    season: str
    year: int

    @property
    def code(self) -> str:
        """For an address: "test-M-2026", "wellbeing-11-2026"."""
        return f"{self.kind.value}-{self.season}-{self.year}"

    @property
    def words(self) -> str:
        """For people: "midden 2026", "november 2026"."""
        name = SEASONS[self.season] if self.season in SEASONS else MONTHS[int(self.season) - 1]
        return f"{name} {self.year}"


def moment_of(kind: InstrumentKind, moment: str | None, taken_on: date) -> Moment:
    """Return to which moment something belongs; `moment` is as delivered and may be empty."""
    found = _LETTER.fullmatch(moment or "") if kind is InstrumentKind.TEST else None
    return Moment(kind, found[1] if found else str(taken_on.month), taken_on.year)
