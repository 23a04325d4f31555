"""Vandaag in a real browser: what fits a laptop, what axe says, and the same without script.

The fullest day comes from the samples, as every page of tests/frontend/test_in_browser.py; the whole day with the
keyboard alone is in test_days_in_browser.py.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from api.db import writing
from tests import world as invented
from tests.accessibility import faults
from tests.api.test_today import a_class, full_day
from tests.conftest import Database
from tests.frontend import test_in_browser
from tests.frontend.test_in_browser import LAPTOP, PHONE, SMALL_PHONE, show
from tests.served import served
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

address, page = test_in_browser.address, test_in_browser.page
PAGES = ("today", "quiet-day", "instruction")


def bottom_of(page: Page, selector: str) -> float:
    found: float = page.evaluate(f"document.querySelector('{selector}').getBoundingClientRect().bottom")
    return found


def test_attention_what_is_due_and_what_came_in_fit_a_laptop(page: Page, address: str) -> None:
    show(page, f"{address}/today", LAPTOP)
    assert page.locator(".needs > .said > li").count() == 7
    assert bottom_of(page, ".needs") <= LAPTOP[1]
    assert bottom_of(page, ".aside > :last-child") <= LAPTOP[1]
    assert bottom_of(page, ".arrived > :last-child") <= LAPTOP[1]


@pytest.mark.parametrize("size", [LAPTOP, PHONE, SMALL_PHONE], ids=["laptop", "phone", "small phone"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_fault(page: Page, address: str, name: str, size: tuple[int, int]) -> None:
    show(page, f"{address}/{name}", size)
    for folded in page.locator("details").all():
        folded.evaluate("each => each.open = true")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.fixture
def school(sqlite: Database) -> Iterator[str]:
    """De Vliet with a class that practised: two children are stuck where the others can do it."""
    with writing(sqlite.engine) as connection:
        world = invented.build(connection)
        a_class(world)
        full_day(world)
    with served(sqlite, SECOND_FACTOR="demo") as url:
        yield url


def test_how_is_this_child_doing_is_one_click_away_also_without_script(browser: Browser, school: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{school}/login")
    page.fill("#login", "kim")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()

    page.get_by_role("link", name="Kind0", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kind0 van der Klas")

    page.get_by_role("link", name="Vandaag", exact=True).click()
    page.get_by_role("button", name="Instructietafel maken: Getallenlijn tot 1000").click()
    page.get_by_role("link", name="afdrukken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Getallenlijn tot 1000")
    expect(page.locator("main")).to_contain_text("Kind1")
    context.close()
