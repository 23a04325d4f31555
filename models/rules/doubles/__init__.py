"""The same fact kept in more than one place: what counts as the same is a rule per kind of fact, in a file each.

Entries are what two systems (or a system and Kindblad itself) say about one child; only entries of one child and of
different places are ever laid beside each other, so twins and namesakes are no doubles. A rule that cannot be sure says
no: what is told here makes people stop doing something.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

KINDBLAD = 0
"""The place of what was typed here; every other place is a source."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one place says of one child; `fact` is a code of `models.rules.registrations.facts`."""

    fact: str
    pupil: int
    place: int
    day: date


@dataclass(frozen=True, slots=True)
class Double:
    """One fact of one child in two places; `differs` when the two do not say the same of it."""

    fact: str
    pupil: int
    places: frozenset[int]
    day: date
    differs: bool = False


E = TypeVar("E", bound=Entry)
Compare = Callable[[E, E, int], bool | None]
"""Are these two the same fact (`gap` days apart)? None: no; else whether they contradict each other."""


def paired(entries: Iterable[E], compare: Compare[E], within: int) -> list[Double]:
    """Find the doubles, at most `within` days apart; an entry has one counterpart in each other place, the nearest."""
    of_child: dict[int, list[E]] = defaultdict(list)
    for entry in entries:
        of_child[entry.pupil].append(entry)
    found: list[Double] = []
    for own in of_child.values():
        if len({entry.place for entry in own}) > 1:
            found += _of_one_child(sorted(own, key=lambda entry: (entry.day, entry.place)), compare, within)
    return found


def _of_one_child(own: list[E], compare: Compare[E], within: int) -> list[Double]:
    candidates: list[tuple[int, int, int, bool]] = []
    for first, entry in enumerate(own):
        for second in range(first + 1, len(own)):
            other = own[second]
            gap = (other.day - entry.day).days
            if gap > within:
                break
            if other.place != entry.place and (differs := compare(entry, other, gap)) is not None:
                candidates.append((gap, first, second, differs))
    taken: set[tuple[int, int]] = set()
    found = []
    for _, first, second, differs in sorted(candidates):
        one, two = own[first], own[second]
        if (first, two.place) in taken or (second, one.place) in taken:
            continue
        taken |= {(first, two.place), (second, one.place)}
        found.append(Double(_fact(one, two), one.pupil, frozenset({one.place, two.place}), one.day, differs))
    return found


def _fact(one: Entry, two: Entry) -> str:
    """What both are; a plain note in one place is what the other place calls it."""
    return two.fact if one.fact == "note:note" else one.fact
