"""The same sentence about a child in two places: notes, goals, agreements, and what helps and hinders.

Written over means: the same words, but for capitals, accents, punctuation, a slip of the finger, a word more or less,
or an end that a system cut off. A number or a word that turns it makes it another sentence ("21 woorden", "niet").
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from models.rules.doubles import Double, Entry, paired

_WORDS = re.compile(r"[^\W_]+")
_CUT = re.compile(r"(…|\.\.\.)\s*$")


@dataclass(frozen=True, slots=True)
class TextRule:
    """From how many letters on a text says enough to be found again the same day, and within `days` of each other."""

    letters: int
    long_letters: int
    days: int


RULES = {
    "note": TextRule(letters=12, long_letters=40, days=3),
    "goal": TextRule(letters=8, long_letters=15, days=14),
    "agreement": TextRule(letters=8, long_letters=20, days=7),
    "support": TextRule(letters=8, long_letters=15, days=30),
}
"""By the part of the fact's code before the colon. Short notes ("goed gewerkt") return, so the day must be the same."""

CUT_FROM = 40
"""From how many letters on a sentence that stops half-way is the same as the whole one."""
LONG_WORD, WORDS_PER_SLIP = 5, 6
"""A slip of the finger is one letter in a word of at least so many, once in so many words."""
WORDS_PER_EXTRA = 8
# fmt: off
TURNS = frozenset([
    "niet", "geen", "nooit", "niemand", "niets", "wel", "nog", "al", "alleen", "zonder", "meer", "minder", "weinig",
    "veel", "te", "soms", "vaak", "altijd", "bijna", "nauwelijks", "amper", "wie", "of", "maar", "behalve", "goed",
    "slecht", "eerst", "later", "links", "rechts",
])
# fmt: on
"""Words that make another fact of a sentence when they come or go."""


@dataclass(frozen=True, slots=True)
class TextEntry(Entry):
    """A text as it stands."""

    body: str


def same_texts(entries: Iterable[TextEntry]) -> list[Double]:
    """Find what was written in two places; entries of all facts of one family together."""
    return paired(entries, _compare, max(rule.days for rule in RULES.values()))


def _compare(one: TextEntry, two: TextEntry, gap: int) -> bool | None:
    family = one.fact.partition(":")[0]
    if two.fact.partition(":")[0] != family:
        return None
    rule = RULES[family]
    if gap > rule.days:
        return None
    size = min(len(one.body), len(two.body))
    if size < (rule.long_letters if gap else rule.letters) or not is_same(one.body, two.body):
        return None
    return False


def is_same(one: str, two: str) -> bool:
    """Whether one text was written over from the other."""
    left, right = words(one), words(two)
    if not left or not right:
        return False
    return left == right or _is_cut(one, two) or _is_slip(left, right) or _has_extra(left, right)


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, without capitals, accents and punctuation."""
    text = text.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(_WORDS.findall(text))


def _is_cut(one: str, two: str) -> bool:
    """Whether the shorter is the longer up to where a system cut it off, and says so."""
    shorter, longer = sorted((one, two), key=len)
    if not _CUT.search(shorter) or len(shorter) < CUT_FROM:
        return False
    start, whole = " ".join(words(shorter)), " ".join(words(longer))
    return whole.startswith(start)


def _is_slip(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if len(left) != len(right):
        return False
    other = [(one, two) for one, two in zip(left, right, strict=True) if one != two]
    return len(other) * WORDS_PER_SLIP <= len(left) and all(_is_slip_of(one, two) for one, two in other)


def _has_extra(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether one has every word of the other in order, and here and there one more that turns nothing."""
    shorter, longer = sorted((left, right), key=len)
    if not 0 < (len(longer) - len(shorter)) * WORDS_PER_EXTRA <= len(shorter):
        return False
    rest, extra = iter(longer), []
    for word in shorter:
        for other in rest:
            if other == word:
                break
            extra.append(other)
        else:
            return False
    extra += rest
    return not any(word in TURNS or any(c.isdigit() for c in word) for word in extra)


def _is_slip_of(one: str, two: str) -> bool:
    """One letter more, less or other, or two that changed places; the first and last letter stand."""
    if min(len(one), len(two)) < LONG_WORD or any(c.isdigit() for c in one + two):
        return False
    if one[0] != two[0] or one[-1] != two[-1]:
        return False
    if len(one) == len(two):
        places = [place for place, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        if len(places) == 1:
            return True
        return len(places) == 2 and one[places[0]] == two[places[1]] and one[places[1]] == two[places[0]]
    shorter, longer = sorted((one, two), key=len)
    return len(longer) - len(shorter) == 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
