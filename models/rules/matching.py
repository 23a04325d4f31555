"""Is what a source calls X our child Y? Comparing names and birth dates, and what follows from exact keys.

Only an exact key links; everything here that looks at names leads to evidence for a person, never to a link. Twins
share a surname and a birth date, so those two together prove nothing (facts/one-schema 3).
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache

PREFIX_WORDS = frozenset(
    [
        "van",
        "de",
        "der",
        "den",
        "het",
        "t",
        "ter",
        "ten",
        "te",
        "in",
        "op",
        "aan",
        "bij",
        "uit",
        "voor",
        "la",
        "le",
        "les",
        "du",
        "des",
        "da",
        "di",
        "do",
        "dos",
        "del",
        "della",
        "el",
        "al",
        "ben",
        "von",
        "zu",
        "zum",
        "zur",
        "vd",
        "vdr",
        "v",
        "d",
        "s",
    ]
)
WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)

KEY_REUSED = "key_reused"
BIRTH_DATE_CHANGED = "birth_date_changed"
KEYS_DISAGREE = "keys_disagree"


@dataclass(frozen=True, slots=True)
class Traits:
    """What a source or the roll says of a child, as delivered."""

    given_name: str | None = None
    first_names: str | None = None
    prefix: str | None = None
    family_name: str | None = None
    birth_date: date | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a person sees when deciding: each line is equal, partly so, different or unknown."""

    birth_date: str
    surname: str
    given_name: str
    group: str

    def as_json(self) -> dict[str, str]:
        """Give the lines under their names."""
        return asdict(self)


WEIGHT = {
    "birth_date": {"equal": 40, "swapped": 25, "different": -40},
    "surname": {"equal": 25, "part": 15, "different": -25},
    "given_name": {"equal": 20, "part": 12, "different": -15},
    "group": {"equal": 5},
}


def normalise(text: str | None) -> str:
    """Reduce a name to what must be equal: without case, diacritics and punctuation, one space between words."""
    if not text:
        return ""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(WITHOUT_DECOMPOSITION))
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return " ".join(letters.split())


@lru_cache(maxsize=4096)
def surname_parts(family_name: str | None) -> frozenset[str]:
    """Give the significant parts of a surname: "van der Berg" and "Berg, van der" are {"berg"}.

    A married name has two parts: "Jansen-de Boer" is {"jansen", "boer"}.
    """
    parts = set()
    for part in re.split(r"[-–/]", (family_name or "").partition(",")[0]):
        words = normalise(part).split()
        while len(words) > 1 and words[0] in PREFIX_WORDS:
            words.pop(0)
        if words:
            parts.add(" ".join(words))
    return frozenset(parts)


def compare(known: Traits, delivered: Traits) -> Evidence:
    """Lay two descriptions beside each other."""
    return Evidence(
        birth_date=_compare_days(known.birth_date, delivered.birth_date),
        surname=_compare_surnames(known, delivered),
        given_name=_compare_given_names(known, delivered),
        group=_compare_groups(known.group, delivered.group),
    )


def rank(evidence: Evidence) -> int:
    """Order candidates in a list, highest first; decides nothing."""
    return sum(weights.get(getattr(evidence, line), 0) for line, weights in WEIGHT.items())


def is_plausible(evidence: Evidence) -> bool:
    """Tell whether a person should be asked about this pair at all."""
    same_surname = evidence.surname in {"equal", "part"}
    same_given_name = evidence.given_name in {"equal", "part"}
    match evidence.birth_date:
        case "equal":
            return same_surname or same_given_name
        case "swapped":
            return same_surname and evidence.given_name != "different"
        case "unknown":
            return same_surname and same_given_name
    return False


def is_complete(evidence: Evidence) -> bool:
    """Tell whether birth date and full name are equal: with one candidate, fit for accepting many in one go."""
    return (evidence.birth_date, evidence.surname, evidence.given_name) == ("equal",) * 3


def contradiction(known: Traits, delivered: Traits) -> str | None:
    """Tell what speaks against an exact key: a reused key, a changed birth date, or nothing.

    Another surname or given name alone is no contradiction (adoption, marriage of parents, a chosen name).
    """
    evidence = compare(known, delivered)
    if evidence.birth_date not in {"different", "swapped"}:
        return None
    if evidence.birth_date == "different" and evidence.surname == "different":
        return KEY_REUSED
    return BIRTH_DATE_CHANGED


@dataclass(frozen=True, slots=True)
class KeyVerdict:
    """Where exact keys lead: to one pupil, to nobody, or to several (`disagree`)."""

    pupil_id: int | None = None
    by_eckid: bool = False
    disagree: bool = False


def follow_keys(by_eckid: Collection[int], by_las_key: Collection[int]) -> KeyVerdict:
    """Decide on exact keys only; an ECK iD and a LAS key that lead to different children link to neither."""
    pupils = {*by_eckid, *by_las_key}
    if len(pupils) > 1:
        return KeyVerdict(disagree=True)
    return KeyVerdict(next(iter(pupils), None), by_eckid=bool(by_eckid))


def _compare_days(known: date | None, delivered: date | None) -> str:
    if known is None or delivered is None:
        return "unknown"
    if known == delivered:
        return "equal"
    swapped = (known.year, known.day, known.month) == (delivered.year, delivered.month, delivered.day)
    return "swapped" if swapped else "different"


def _compare_surnames(known: Traits, delivered: Traits) -> str:
    left = surname_parts(known.family_name)
    right = surname_parts(delivered.family_name)
    if not left or not right:
        return "unknown"
    if left == right:
        return "equal"
    return "part" if left & right else "different"


def _compare_given_names(known: Traits, delivered: Traits) -> str:
    left, right = _given_names(known), _given_names(delivered)
    if not left or not right:
        return "unknown"
    if left[0] == right[0]:
        return "equal"
    return "part" if set(left) & set(right) else "different"


def _given_names(traits: Traits) -> list[str]:
    """Give the roepnaam (if known) and the first of the voornamen."""
    return [name for name in (normalise(traits.given_name), *normalise(traits.first_names).split()[:1]) if name]


def _compare_groups(known: str | None, delivered: str | None) -> str:
    if not known or not delivered:
        return "unknown"
    return "equal" if normalise(known) == normalise(delivered) else "different"
