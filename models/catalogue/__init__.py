"""What primary schools register and what the law says of it, as data: one TOML file per theme, laws and sources apart.

Facts with how sure they are, not advice: what was not verified says so. Read once; a wrong file stops the start-up with
file, item and what was wrong. `docs/registrations.md` says how to change it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from models.rules.registrations.facts import FACTS
from models.vocabulary import Certainty, Ruling, Standing

HERE = Path(__file__).parent
Made = TypeVar("Made")
CHECKED_ON = date(2026, 11, 22)
"""When every item was last gone through; an item that was checked later says `checked_on` itself."""


@dataclass(frozen=True, slots=True)
class Law:
    """A law and which text of it was read; `read` is empty when that was none."""

    name: str
    read: str
    address: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Where in the law it stands, in the text that was read."""

    law: Law
    article: str
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A public page on which an item rests."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill under way: from `passed_from` on its items stand in the law as `standing` says; until then a warning."""

    name: str
    number: str
    state: str
    standing: Standing | None
    effect: str
    items: tuple[str, ...]
    passed_from: date | None = None

    def holds(self, today: date) -> bool:
        """Whether it is law on this day."""
        return self.passed_from is not None and self.passed_from <= today


@dataclass(frozen=True, slots=True)
class Published:
    """Hours that others published; never the hours of a school."""

    hours: str
    what: str
    source: str
    year: int
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that schools register. `facts` are codes of what Kindblad keeps of it; `start` is where to begin.

    `kindblad` is what Kindblad does for it, on the page whose path is `page`.
    """

    code: str
    theme: str
    number: int
    name: str
    typical: str
    where: str
    standing: Standing
    start: Ruling
    certainty: Certainty
    requires: str
    often: str
    keep: str
    who: tuple[str, ...]
    basis: tuple[Basis, ...] = ()
    sources: tuple[Link, ...] = ()
    facts: tuple[str, ...] = ()
    myth: str = ""
    stays: str = ""
    kindblad: str = ""
    page: str = ""
    bills: tuple[Bill, ...] = ()
    checked_on: date = CHECKED_ON

    @property
    def what_stays(self) -> str:
        """What is still asked when the school stops with it; for what the law asks, all of it."""
        return self.stays or self.requires

    def standing_on(self, today: date) -> Standing:
        """How it stands in the law on this day, with the bills that are law by then."""
        changed = [bill.standing for bill in self.bills if bill.standing and bill.holds(today)]
        return changed[-1] if changed else self.standing


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All of it: items by code in the order of their number, the bills, the published hours."""

    items: Mapping[str, Item]
    bills: tuple[Bill, ...]
    published: tuple[Published, ...]


@cache
def catalogue() -> Catalogue:
    """Read the catalogue of this version."""
    laws = _read(HERE / "law.toml")
    known = {code: _made(Law, f"law.toml, {code}", row) for code, row in laws["law"].items()}
    bills = tuple(_bill(code, row) for code, row in laws["bill"].items())
    links = {code: _made(Link, f"sources.toml, {code}", row) for code, row in _read(HERE / "sources.toml").items()}
    items = [
        _item(f"{file.name}, {code}", code, str(theme["theme"]), row, known, links, bills)
        for file in sorted(HERE.glob("?_*.toml"))
        for theme in [_read(file)]
        for code, row in theme["item"].items()
    ]
    items.sort(key=lambda item: item.number)
    published = tuple(_published(row) for row in laws["published"])
    found = {item.code: item for item in items}
    for bill in bills:
        if missing := set(bill.items) - found.keys():
            raise ValueError(f"law.toml, wetsvoorstel {bill.number}: het onderdeel {missing.pop()!r} bestaat niet")
    return Catalogue(found, bills, published)


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _made(kind: type[Made], place: str, row: Mapping[str, Any]) -> Made:
    if unknown := row.keys() - {field.name for field in fields(kind)}:  # type: ignore[arg-type]
        raise ValueError(f"{place}: het veld {unknown.pop()!r} kennen we niet")
    try:
        return kind(**row)
    except TypeError as error:
        raise ValueError(f"{place}: er ontbreekt iets ({error})") from None


def _bill(code: str, row: dict[str, Any]) -> Bill:
    standing = Standing(row["standing"]) if row["standing"] else None
    return _made(Bill, f"law.toml, {code}", row | {"standing": standing, "items": tuple(row["items"])})


def _published(row: dict[str, Any]) -> Published:
    return _made(Published, "law.toml, published", row | {"certainty": Certainty(row["certainty"])})


def _item(
    place: str,
    code: str,
    theme: str,
    row: dict[str, Any],
    laws: Mapping[str, Law],
    links: Mapping[str, Link],
    bills: tuple[Bill, ...],
) -> Item:
    try:
        found = {
            "standing": Standing(row["standing"]),
            "start": Ruling(row["start"]),
            "certainty": Certainty(row["certainty"]),
            "who": tuple(row["who"]),
            "basis": tuple(
                Basis(laws[at["law"]], at["article"], at.get("paragraph", "")) for at in row.get("basis", ())
            ),
            "sources": tuple(links[name] for name in row.get("sources", ())),
            "facts": tuple(FACTS[name].code for name in row.get("facts", ())),
            "bills": tuple(bill for bill in bills if code in bill.items),
        }
    except (KeyError, ValueError) as error:
        raise ValueError(f"{place}: {error} is er niet, of mag hier niet staan") from None
    return _made(Item, place, row | found | {"code": code, "theme": theme})
