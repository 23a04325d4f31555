"""The same test or list of a child in two places, also when one has the level and the other the score.

The same: of one provider, with one name (abbreviations and booklet aside), for one moment, filled in by the same kind
of person. A second try has a day of its own, and another booklet or half-year is another measurement.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from models.rules.doubles import Double, Entry, paired
from models.rules.doubles.texts import words
from models.vocabulary import Respondent

SAME_SITTING = 7
"""Days between the day of the test and the day that someone typed over."""
SAME_MOMENT = 28
"""Up to so many days apart it is one sitting when the moment is the same and no value speaks against it."""
SAME_WITHOUT_MOMENT = 3

ALIASES = {
    "drie minuten toets": "dmt",
    "drieminutentoets": "dmt",
    "rekenen wiskunde": "rekenen",
    "rekenwiskunde": "rekenen",
    "begrijpend lezen": "begrijpendlezen",
    "technisch lezen": "technischlezen",
}
"""How a name is written elsewhere."""
SAYS_NOTHING = frozenset(
    ["toets", "toetsen", "lvs", "lib", "leerling", "in", "beeld", "groep", "voor", "de", "het", "po", "en", "lijst"]
)
_BOOKLET = re.compile(r"^[bme][1-8]$")


@dataclass(frozen=True, slots=True)
class ResultEntry(Entry):
    """A result; `values` holds (scale, part, value as delivered) of each score."""

    provider: str
    name: str
    respondent: Respondent
    moment: str
    values: frozenset[tuple[str, str, str]]


def same_results(entries: Iterable[ResultEntry]) -> list[Double]:
    """Find the results that two places have."""
    return paired(entries, _compare, SAME_MOMENT)


def _compare(one: ResultEntry, two: ResultEntry, gap: int) -> bool | None:
    if (one.fact, one.respondent) != (two.fact, two.respondent):
        return None
    if test_name(one.provider, one.name) != test_name(two.provider, two.name):
        return None
    left, right = _moment(one.moment), _moment(two.moment)
    if left and right and left != right:
        return None
    differs = _differs(one, two)
    if left and right:
        return None if gap > SAME_SITTING and differs else differs
    return differs if gap <= SAME_WITHOUT_MOMENT else None


def _differs(one: ResultEntry, two: ResultEntry) -> bool:
    """Whether a score that both have is another in each; a level beside a score contradicts nothing."""
    mine = {(scale, part): value for scale, part, value in one.values}
    return any(
        _number(mine[scale, part]) != _number(value) for scale, part, value in two.values if (scale, part) in mine
    )


def _number(value: str) -> str:
    text = value.strip().replace(",", ".")
    return f"{float(text):g}" if re.fullmatch(r"-?\d+(\.\d+)?", text) else text.casefold()


def _moment(moment: str) -> str:
    return " ".join(words(moment))


@lru_cache(maxsize=4096)
def test_name(provider: str, name: str) -> frozenset[str]:
    """The words that tell one test of a provider from another, and the provider."""
    text = f" {' '.join(words(name))} "
    for written, short in ALIASES.items():
        text = text.replace(f" {written} ", f" {short} ")
    said = {word for word in text.split() if not _BOOKLET.match(word) and not word.isdigit()}
    makers = {word for word in words(provider) if len(word) > 2}
    return frozenset((said - SAYS_NOTHING - makers) | {"van " + " ".join(sorted(makers))})
