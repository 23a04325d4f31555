"""Every item of the catalogue against the facts that were collected for it, when those are here."""

import re
from pathlib import Path

import pytest

from models.catalogue import Item, catalogue
from models.vocabulary import Ruling, Standing
from tests.conftest import missing

STANDINGS = {
    "wettelijk verplicht": Standing.REQUIRED,
    "verplicht maar vormvrij": Standing.FREE_FORM,
    "niet verplicht": Standing.OPTIONAL,
    "verboden of hoge drempel": Standing.BARRED,
}
RULINGS = {"moeten": Ruling.MUST, "wensen": Ruling.WISH, "weg": Ruling.GO, "check": Ruling.UNCLEAR}
OUR_READING = {67}
"""Not asked, with a high threshold: the facts say both; we show the threshold."""


@pytest.fixture(scope="module")
def rows(shared: Path) -> dict[int, list[str]]:
    file = shared / "facts" / "registraties.md"
    if not file.is_file():
        missing("shared", f"{file} is er niet")
    text = file.read_text(encoding="utf-8")
    lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in text.splitlines()]
    return {int(cells[0]): cells for cells in lines if len(cells) == 10 and cells[0].isdigit()}


def in_words(text: str, known: dict[str, Standing] | dict[str, Ruling]) -> Standing | Ruling | None:
    return next((value for words, value in known.items() if text.startswith(words)), None)


def test_all_items_stand_in_the_law_as_was_found(rows: dict[int, list[str]]) -> None:
    items = {item.number: item for item in catalogue().items.values()}
    assert items.keys() == rows.keys()
    for number, item in items.items():
        cells = rows[number]
        if number not in OUR_READING:
            assert item.standing is in_words(cells[3], STANDINGS), (number, cells[3])
        assert in_words(cells[9], RULINGS) in {item.start, None}, (number, cells[9])
        assert _articles(item) <= set(re.findall(r"\d+[a-z]?", cells[4])) | _added(number), (number, cells[4])


def _articles(item: Item) -> set[str]:
    return {article for at in item.basis for article in re.findall(r"\d+[a-z]?", at.article)}


def _added(number: int) -> set[str]:
    """Articles of the AVG where the facts name the law, and the LPW article that item 21 has of the same duty."""
    return {3: {"5"}, 14: {"6"}, 18: {"5"}, 19: {"6"}, 20: {"21a"}, 77: {"5"}}.get(number, set())


def test_what_was_not_verified_is_not_shown_as_verified(rows: dict[int, list[str]]) -> None:
    for item in catalogue().items.values():
        sure = rows[item.number][8]
        if not re.search(r"\bC\b", sure):
            assert item.certainty.value != "read", (item.number, sure)
        if "C" not in sure and "S" not in sure:
            assert item.certainty.value == "unverified", (item.number, sure)
