"""The IB'er's day in a real browser with the keyboard only: plan, prepare, hold and finish a talk; axe on each page."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from api.db import reading, writing
from models.support import Agreement, SupportPoint
from models.talk import Talk
from models.vocabulary import Role
from tests import world as invented
from tests.conftest import Database
from tests.served import served
from tests.world import PASSWORD, World

pytestmark = pytest.mark.browser

SIZES = ((1366, 768), (390, 844))


@pytest.fixture
def school(sqlite: Database) -> Iterator[tuple[str, World, sa.Engine]]:
    with writing(sqlite.engine) as connection:
        world = invented.build(connection)
        world.account("annet", Role.IB)
    with served(sqlite, SECOND_FACTOR="demo") as address:
        yield address, world, sqlite.engine


def to(page: Page, name: str, role: Any = "link") -> None:
    """Walk with Tab until this has the focus, as someone without a mouse does."""
    wanted = page.get_by_role(role, name=name, exact=True).first.element_handle()
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("one => one === document.activeElement", wanted):
            return
    pytest.fail(f"{name} is met Tab niet te bereiken")


def press(page: Page, name: str, role: Any = "link") -> None:
    to(page, name, role)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def check(page: Page) -> None:
    """Axe finds nothing, and nothing sticks out at the side, on a laptop and on a phone."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        faults = Axe().run(page).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in faults] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": SIZES[0][0], "height": SIZES[0][1]})


def log_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_ib_day_from_log_in_to_the_report(browser: Browser, school: tuple[str, World, sa.Engine]) -> None:
    address, world, engine = school
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    log_in(page, address, "annet")
    page.goto(f"{address}/bespreking")
    check(page)

    page.goto(f"{address}/kind/{world.uids['noor']}")
    press(page, "Bespreken")
    check(page)
    page.fill("#dag", invented.TODAY.isoformat())
    page.fill("#vraag", "Hoe helpen we bij rekenen?")
    press(page, "Bespreking plannen", "button")
    check(page)
    to(page, "Wat gaat goed?", "textbox")
    page.keyboard.type("Noor helpt anderen")
    page.get_by_text("Bewaard.", exact=True).wait_for()
    press(page, "Klaar", "button")
    press(page, "Bespreking beginnen", "button")
    check(page)

    to(page, "Wat zien we?", "textbox")
    page.keyboard.type("Ze telt op haar vingers.")
    page.get_by_text("Bewaard.", exact=True).wait_for()
    with reading(engine) as connection:
        assert connection.scalar(sa.select(Talk.sees)) == "Ze telt op haar vingers."
    to(page, "Wat helpt?", "textbox")
    page.keyboard.type("Eerst samen een voorbeeld")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "helpt-veld", "the next line can be typed at once"
    page.keyboard.type("Een maatje")
    to(page, "Wat", "textbox")
    page.keyboard.type("Elke dag vijf minuten tafels")
    check(page)
    press(page, "Afronden: verslag klaar", "button")

    assert page.url.endswith("/verslag")
    text = page.inner_text("main")
    for told in ("Ze telt op haar vingers.", "Eerst samen een voorbeeld", "Een maatje", "Elke dag vijf minuten tafels"):
        assert told in text, told
    check(page)
    paper = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    assert len(PdfReader(BytesIO(paper)).pages) == 1
    with reading(engine) as connection:
        assert connection.scalars(sa.select(SupportPoint.body)).all() == ["Eerst samen een voorbeeld", "Een maatje"]
        assert connection.scalar(sa.select(sa.func.count()).select_from(Agreement)) == 1
    context.close()


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
