"""In which order the rows of a grid stand, and which of them: asked in the address, in words that name no child.

Nobody is ranked: a subject is ordered by where a child stands against its own line, and for the rest by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from api.schemas.group import GroupMember, GroupPage
from api.services.groups import plain

SIGNS = {"down": 0, "attention": 1, "up": 2, "steady": 3, "unknown": 4}
"""What asks to be looked at comes first."""
LAST = (9, date.max)
NAME = "naam"
COLUMNS = {"practice": "oefenen", "wellbeing": "welbevinden", "agreements": "afspraken"}
"""How a column is called in the address."""


@dataclass(frozen=True, slots=True)
class Only:
    """A choice of rows: how it is called in the address and on the page, and which column it needs."""

    key: str
    name: str
    column: str
    keeps: Callable[[GroupMember], bool]


ONLY = (
    Only("extra", "extra instructie", "extra", lambda row: bool(row.extra)),
    Only("onder", "groei onder eigen lijn", "levels", lambda row: any(c and c.sign == "down" for c in row.levels)),
    Only("afspraken", "open afspraken", "agreements", lambda row: bool(row.agreements and row.agreements.open)),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address, made harmless: an unknown order is by name, an unknown choice is everyone."""

    order: str
    is_reversed: bool
    only: str
    name: str = ""

    def path(self, *, order: str | None = None, only: str | None = None) -> str:
        """The same question with one thing changed; asking for the order that is there turns it around."""
        turned = order == self.order and not self.is_reversed
        chosen = self._order if order is None else f"-{order}" if turned else order
        kept = self.only if only is None else only
        parts = [f"volgorde={chosen}"] * (chosen not in ("", NAME)) + [f"alleen={kept}"] * bool(kept)
        return f"?{'&'.join(parts)}" if parts else "?"

    @property
    def _order(self) -> str:
        return f"-{self.order}" if self.is_reversed else self.order


def asked(page: GroupPage, order: str, only: str, name: str = "") -> Asked:
    """Read what was asked about this page; what it does not have counts as not asked."""
    key = order.removeprefix("-")
    choice = next((each.key for each in ONLY if each.key == only and each.column in page.columns), "")
    known = key in _keys(page)
    return Asked(key if known else NAME, known and order.startswith("-"), choice, name.strip())


def arrange(page: GroupPage, wish: Asked) -> list[GroupMember]:
    """Give the rows that were asked for in the order that was asked for; equal ones stay by name."""
    keeps = next((each.keeps for each in ONLY if each.key == wish.only), None)
    wanted = plain(wish.name).split()
    rows = [row for row in page.members if (keeps is None or keeps(row)) and _is_called(row, wanted)]
    return sorted(rows, key=_keys(page)[wish.order], reverse=wish.is_reversed)


def choices(page: GroupPage) -> list[tuple[Only, int]]:
    """The choices that this reader has, with how many rows each leaves."""
    return [(each, sum(map(each.keeps, page.members))) for each in ONLY if each.column in page.columns]


def _is_called(row: GroupMember, wanted: list[str]) -> bool:
    names = plain(row.name).replace("-", " ").split()
    return all(any(name.startswith(part) for name in names) for part in wanted)


def _keys(page: GroupPage) -> dict[str, Callable[[GroupMember], Any]]:
    """How to order by each column that there is."""
    found: dict[str, Callable[[GroupMember], Any]] = {NAME: lambda row: plain(row.sort_name)}
    if "levels" in page.columns:
        for place, column in enumerate(page.subjects):
            found[column.key] = partial(_growth, place)
    if "practice" in page.columns:
        found["oefenen"] = lambda row: row.practice.days if row.practice else 99
    if "wellbeing" in page.columns:
        found["welbevinden"] = lambda row: SIGNS[row.wellbeing.sign] if row.wellbeing else LAST[0]
    if "agreements" in page.columns:
        found["afspraken"] = _urgency
    return found


def _growth(place: int, row: GroupMember) -> int:
    cell = row.levels[place]
    return SIGNS[cell.sign] if cell else LAST[0]


def _urgency(row: GroupMember) -> tuple[int, date]:
    cell = row.agreements
    if cell is None or not cell.open:
        return LAST
    return 0, cell.nearest or date.max
