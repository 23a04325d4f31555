"""The note in a real browser: with the keyboard alone, with script off, and what axe says."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from api.db import writing
from tests import world as invented
from tests.accessibility import faults
from tests.conftest import Database
from tests.frontend import test_in_browser
from tests.frontend.test_in_browser import LAPTOP, PHONE, SMALL_PHONE, show
from tests.served import served
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

address, page = test_in_browser.address, test_in_browser.page
WORDS = "Legde de breuken uit aan een ander kind."


@pytest.fixture
def school(sqlite: Database) -> Iterator[str]:
    with writing(sqlite.engine) as connection:
        invented.build(connection)
    with served(sqlite, SECOND_FACTOR="demo") as url:
        yield url


def log_in(page: Page, school: str) -> None:
    page.goto(f"{school}/login")
    page.fill("#login", "kim")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/vandaag")


@pytest.mark.parametrize("size", [LAPTOP, PHONE, SMALL_PHONE], ids=["laptop", "phone", "small phone"])
@pytest.mark.parametrize("name", ["note", "note-empty", "note-saved"])
def test_axe_finds_no_fault(page: Page, address: str, name: str, size: tuple[int, int]) -> None:
    show(page, f"{address}/{name}", size)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_note_and_back_with_the_keyboard_alone(page: Page, school: str) -> None:
    log_in(page, school)
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.type("noo")
    expect(dialog.locator("[data-note-found] button")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    assert faults(page) == []
    page.keyboard.press("Control+Enter")

    toast = page.locator(".note-toast")
    expect(toast).to_contain_text("Bewaard: observatie over Noor van der Ven")
    expect(dialog).to_have_count(0)
    assert faults(page) == []
    page.keyboard.press("Enter")
    expect(toast).to_contain_text("Teruggenomen.")


def test_a_draft_stays_until_it_is_saved_or_the_teacher_leaves(page: Page, school: str) -> None:
    log_in(page, school)
    page.keyboard.press("n")
    text = page.get_by_role("dialog").get_by_label("Wat zag of hoorde u?")
    text.fill(WORDS)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    page.keyboard.press("n")
    expect(text).to_have_value(WORDS)

    page.keyboard.press("Escape")
    page.get_by_role("button", name="Uitloggen").click()
    page.wait_for_url("**/login**")
    assert page.evaluate("sessionStorage.length") == 0
    page.wait_for_load_state("networkidle")


def test_a_letter_typed_in_a_field_opens_nothing(page: Page, school: str) -> None:
    log_in(page, school)
    page.locator("#zoek").press_sequentially("noor")
    expect(page.locator("#zoek")).to_have_value("noor")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_without_script_the_same_in_pages(browser: Browser, school: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, school)
    page.locator("[data-note]").click()
    page.get_by_label("Wat zag of hoorde u?").fill(WORDS)
    page.locator("#notitie-kind").fill("noor")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_role("checkbox", name="Noor van der Ven")).to_be_checked()
    expect(page.get_by_label("Wat zag of hoorde u?")).to_have_value(WORDS)
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bewaard")
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Notitie")
    context.close()
