"""How sentences speak of a child and of time, in the school's own Dutch."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from operator import eq

from models.vocabulary import MONTHS, MONTHS_SHORT, Sex

NUMBERS = ["nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]


@dataclass(frozen=True, slots=True)
class Child:
    """The words for one child; without a known sex the name itself is used."""

    name: str
    sex: Sex = Sex.UNKNOWN

    @property
    def they(self) -> str:
        return {Sex.MALE: "hij", Sex.FEMALE: "ze"}.get(self.sex, self.name)

    @property
    def own(self) -> str:
        """The word before "eigen lijn"."""
        return {Sex.MALE: "zijn", Sex.FEMALE: "haar"}.get(self.sex, "de")


def with_name(name: str, text: str) -> str:
    """Begin a sentence about a child with its name, where there are several children on a page.

    "Ze loopt vast." becomes "Noor loopt vast.", "Spelling groeit." "Noor: spelling groeit."; abbreviations stay.
    """
    words = text.split(" ")
    alike = list(takewhile(bool, map(eq, name.split(" "), words)))
    said = 1 if words[0] in {"Ze", "Hij"} else len(alike)
    if said:
        return " ".join([name, *words[said:]])
    first = words[0]
    return f"{name}: {text if first[1:2].isupper() else text[:1].lower() + text[1:]}"


def capital(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def number(count: int) -> str:
    """Write a count up to twelve as a word."""
    return NUMBERS[count] if 0 <= count < len(NUMBERS) else str(count)


def plural(count: int, one: str, many: str) -> str:
    """Return "een dag" or "drie dagen"."""
    return f"{number(count)} {one if count == 1 else many}"


def day(on: date, today: date | None = None) -> str:
    """Write a date as "12 november", with the year when it is not this year's."""
    words = f"{on.day} {MONTHS[on.month - 1]}"
    return words if today is not None and on.year == today.year else f"{words} {on.year}"


def short_day(on: date) -> str:
    """Write a date as "12 nov"."""
    return f"{on.day} {MONTHS_SHORT[on.month - 1]}"


def listing(words: list[str]) -> str:
    """Join words as "a, b en c"."""
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def age_months(birth_date: date, on: date) -> int:
    """Count the whole months of an age; never less than 0."""
    return max((on.year - birth_date.year) * 12 + on.month - birth_date.month - (on.day < birth_date.day), 0)


def age_in_words(birth_date: date, today: date) -> str:
    """Return "9 jaar en 7 maanden"."""
    years, rest = divmod(age_months(birth_date, today), 12)
    if rest == 0:
        return f"{years} jaar"
    return f"{years} jaar en {rest} {'maand' if rest == 1 else 'maanden'}"
