"""Which member of staff on the roll an account may belong to: a proposal for a person to confirm, never a decision.

The same e-mail address speaks for itself; the same name is a guess, made only when one colleague has it.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

TITLES = ("juf", "meester", "mevrouw", "mevr", "dhr", "meneer", "de heer")


class OnTheRoll(Protocol):
    """A member of staff as the roll names them."""

    @property
    def email(self) -> str | None: ...
    @property
    def given_name(self) -> str | None: ...
    @property
    def prefix(self) -> str | None: ...
    @property
    def family_name(self) -> str | None: ...


Someone = TypeVar("Someone", bound=OnTheRoll)


class Likely(NamedTuple):
    """Who it may be, and why: "zelfde e-mailadres" or "zelfde naam"."""

    staff: OnTheRoll
    why: str


def likely(login: str, name: str, roll: Iterable[Someone]) -> Likely | None:
    """Propose whose account this is, or None when nobody, or more than one, fits."""
    everyone = list(roll)
    by_mail = [one for one in everyone if one.email and one.email.casefold().strip() == login.casefold().strip()]
    if len(by_mail) == 1:
        return Likely(by_mail[0], "zelfde e-mailadres")
    wanted = _plain(name)
    by_name = [one for one in everyone if wanted and wanted in _names_of(one)]
    return Likely(by_name[0], "zelfde naam") if len(by_name) == 1 and not by_mail else None


def _names_of(one: OnTheRoll) -> set[str]:
    """The ways in which someone may have written the name: whole, without voorvoegsel."""
    whole = _plain(" ".join(part for part in (one.given_name, one.prefix, one.family_name) if part))
    short = _plain(" ".join(part for part in (one.given_name, one.family_name) if part))
    return {each for each in (whole, short) if " " in each}


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c if c.isalpha() else " " for c in letters if not unicodedata.combining(c))
    words = re.sub(r"\s+", " ", kept).strip()
    for title in TITLES:
        words = words.removeprefix(f"{title} ")
    return words
