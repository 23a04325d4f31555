"""The same absence in two places: a child is away once, whoever writes it down."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.rules.doubles import Double, Entry, paired
from models.vocabulary import AbsencePart, AbsenceReason


@dataclass(frozen=True, slots=True)
class AbsenceEntry(Entry):
    """A part of a day; `reason` is empty where a later delivery wrote over it."""

    part: AbsencePart
    reason: AbsenceReason | None = None


def same_absences(entries: Iterable[AbsenceEntry]) -> list[Double]:
    """Find the parts of days that two places speak of; morning in one and afternoon in the other are two facts."""
    return paired(entries, _compare, 0)


def _compare(one: AbsenceEntry, two: AbsenceEntry, gap: int) -> bool | None:  # noqa: ARG001 - the same day, always
    if one.part != two.part and AbsencePart.DAY not in (one.part, two.part):
        return None
    if one.reason is None or two.reason is None:
        return False
    if (one.reason is AbsenceReason.LATE) != (two.reason is AbsenceReason.LATE) and one.part != two.part:
        return None  # too late in the morning of a day that was ill later is not the same event
    return one.reason != two.reason
