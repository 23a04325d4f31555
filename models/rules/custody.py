"""Who has custody at a moment, from what the file claims and what the school recorded.

The law decides who has custody; Kindblad keeps what was seen of it. Joint custody, custody of one parent and
guardianship by a third (voogdij) are all the same here: a line per guardian. Recognition of a child gives joint
custody since 1 January 2023 and did not before, so a date of birth says nothing: what counts is what was seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from models.vocabulary import Custody, CustodyEvidence

ADULT_AT = 18
"""Custody ends by itself on this birthday (BW 1:233)."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A `CustodyRecord` in short; `version` counts the records of one child."""

    version: int
    custody: Custody
    starts_at: datetime
    evidence: CustodyEvidence


def in_force(records: Iterable[Recorded], now: datetime) -> Recorded | None:
    """Return the record that holds at this moment: the last to begin, and of two with one start the newest."""
    begun = [record for record in records if record.starts_at <= now]
    return max(begun, key=lambda record: (record.starts_at, record.version), default=None)


def custody_at(
    claim: Custody | None, records: Iterable[Recorded], born_on: date | None, today: date, now: datetime
) -> Custody:
    """Say who has custody at `now`, a moment on `today`: what was recorded goes before what a file claims today.

    Without either it is unknown; over a grown-up nobody has custody.
    """
    if born_on is not None and born_on <= adult_since(today):
        return Custody.NO
    record = in_force(records, now)
    return record.custody if record is not None else claim or Custody.UNKNOWN


def adult_since(today: date) -> date:
    """Return the last birth date of who is grown-up today; born on 29 February is grown-up on 1 March."""
    try:
        return today.replace(year=today.year - ADULT_AT)
    except ValueError:  # 29 February, and no leap year eighteen years ago
        return date(today.year - ADULT_AT, 2, 28)


def is_proven(evidence: CustodyEvidence | None) -> bool:
    """Tell whether something was seen; a file's claim and one parent's word prove nothing."""
    return evidence not in (None, CustodyEvidence.STATEMENT)
