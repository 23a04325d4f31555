"""A talk in a real browser without script; with script and the keyboard alone it is in test_days_in_browser.py."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from api.db import writing
from models.vocabulary import Role
from tests import world as invented
from tests.conftest import Database
from tests.served import served
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser


@pytest.fixture
def school(sqlite: Database) -> Iterator[tuple[str, World, sa.Engine]]:
    with writing(sqlite.engine) as connection:
        world = invented.build(connection)
        world.account("annet", Role.IB)
    with served(sqlite, SECOND_FACTOR="demo") as address:
        yield address, world, sqlite.engine


def log_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_without_script_the_same_is_kept_with_the_buttons(
    browser: Browser, school: tuple[str, World, sa.Engine]
) -> None:
    address, world, _ = school
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, address, "annet")
    page.goto(f"{address}/groep/{world.group_uids['6B']}/bespreken")
    page.fill("#dag", invented.TODAY.isoformat())
    page.get_by_role("button", name="Bespreking plannen").click()
    page.get_by_role("button", name="Bespreking beginnen").click()
    page.fill("#zien", "Een fijne groep")
    page.fill("#wat", "Stil lezen na de pauze")
    page.get_by_role("button", name="Erbij").click()
    page.get_by_text("de andere kinderen").click()
    page.get_by_role("link", name="Noor van der Ven").click()
    page.fill("#helpt-veld", "Vooraan zitten")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="terug naar groep 6B").click()
    page.get_by_role("button", name="Afronden: verslag klaar").click()

    text = page.inner_text("main")
    for told in ("Een fijne groep", "Stil lezen na de pauze", "Noor van der Ven", "Vooraan zitten"):
        assert told in text, told
    context.close()
