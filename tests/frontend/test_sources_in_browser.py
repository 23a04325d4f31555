"""Bronnen in a real browser: administratie hands over a file, sees what it does, takes it in, and says who is who."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.db import writing
from connectors.canonical import Names, PupilRef
from models.vocabulary import Role
from tests import world as invented
from tests.api.test_sources import ABSENCES, BRIN, known, staff
from tests.conftest import Database
from tests.connectors.tiny import count, result, results, take_in
from tests.frontend.keyboard import enter, log_in, press, walk_to
from tests.frontend.serving import without_complaints
from tests.served import served

pytestmark = pytest.mark.browser


@pytest.fixture
def address(sqlite: Database, tmp_path: Path) -> Iterator[str]:
    """A school of two children, one of whom a test system calls by name only."""
    like = PupilRef("p-1", names=Names("Pien", family_name="Voorbeeld"), birth_date=date(2016, 5, 1))
    with writing(sqlite.engine) as connection:
        world = invented.build(connection)
    take_in(sqlite.engine, known(), tmp_path, school=BRIN)
    take_in(sqlite.engine, results(result("r-1", like)), tmp_path, school=BRIN)
    with writing(sqlite.engine) as world.connection:
        staff(world, wilma=Role.OFFICE)
    with served(sqlite, SECOND_FACTOR="demo", DATA_DIR=str(tmp_path / "data")) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with without_complaints(browser, (1366, 768)) as opened:
        yield opened


def test_from_a_file_on_the_desk_to_the_sheet(page: Page, address: str, sqlite: Database, tmp_path: Path) -> None:
    (tmp_path / "verzuim.csv").write_text(ABSENCES)
    log_in(page, address, "wilma")
    press(page, "Bronnen")
    page.get_by_label("Bestand zoals het").set_input_files(tmp_path / "verzuim.csv")
    press(page, "Kijk eerst wat het is", "button")
    expect(page.get_by_text("1 nieuw, 1 in quarantaine.")).to_be_visible()
    assert count(sqlite.engine, "absence") == 0
    press(page, "Inlezen", "button")
    expect(page.get_by_role("status")).to_have_text("verzuim.csv is ingelezen: 1 nieuw, 1 in quarantaine.")
    assert count(sqlite.engine, "absence") == 1

    press(page, "1 regel is niet overgenomen")
    press(page, "Leg terzijde: dit hoeft er niet in", "button")
    expect(page.get_by_text("Alles is overgenomen.")).to_be_visible()

    page.goto(f"{address}/bronnen/wie-is-wie")
    walk_to(page, "Ja, hetzelfde kind : Pien Voorbeeld, geboren 1 mei 2016", "button")
    enter(page)
    assert count(sqlite.engine, "source_person", "source_key = 'p-1' AND pupil_id IS NOT NULL") == 1


def test_two_clicks_hand_over_one_file(page: Page, address: str, tmp_path: Path) -> None:
    (tmp_path / "verzuim.csv").write_text(ABSENCES)
    log_in(page, address, "wilma")
    page.goto(f"{address}/bronnen")
    page.get_by_label("Bestand zoals het").set_input_files(tmp_path / "verzuim.csv")
    twice = "(button) => { button.click(); setTimeout(() => button.click(), 20); }"
    page.get_by_role("button", name="Kijk eerst wat het is").evaluate(twice)
    expect(page.get_by_text("1 nieuw, 1 in quarantaine.")).to_be_visible()
    press(page, "Bronnen")
    expect(page.get_by_role("link", name="verzuim.csv")).to_have_count(1)
