"""The studiewijzer in a real browser: from Vandaag to shared with two presses, axe, phone, right to left, one A4."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from api.db import writing
from api.security import sessions
from api.settings import Settings
from frontend.render import render
from tests import served as application
from tests import world as invented
from tests.accessibility import faults
from tests.conftest import FreshDatabase
from tests.frontend import samples_studyguide
from tests.frontend.serving import served, without_complaints
from tests.studyguide.school import MONDAY, more_children, practised

pytestmark = pytest.mark.browser

LAPTOP, PHONE, NARROW = (1366, 768), (390, 844), (360, 740)
CONTEXTS = samples_studyguide.contexts()
PAGES = {name: render(template, **context) for name, (template, context) in CONTEXTS.items()}
PAGES |= {
    f"{name}-ar": render(template, **context | {"language": "ar"})
    for name, (template, context) in CONTEXTS.items()
    if name in {"study-week", "announcements-parent"}
}
GOAL = "Tafels van 6 en 8"


@pytest.fixture(scope="module")
def samples() -> Iterator[str]:
    with served(PAGES) as url:
        yield url


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_readable_by_everyone_and_fits_every_screen(browser: Browser, samples: str, name: str) -> None:
    with without_complaints(browser, LAPTOP) as page:
        page.goto(f"{samples}/{name}")
        for width, height in (LAPTOP, PHONE, NARROW):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            if width != NARROW[0]:
                assert faults(page) == []


def test_the_fullest_week_of_one_child_is_one_sheet_of_paper(browser: Browser) -> None:
    template, context = CONTEXTS["study-week"]
    one = context["page"].model_copy(update={"work": context["page"].work[:1]})
    with served({"week": render(template, **context | {"page": one})}) as url:
        page = browser.new_page()
        page.goto(f"{url}/week")
        paper = PdfReader(BytesIO(page.pdf(format="A4")))
        page.close()
    assert len(paper.pages) == 1


@pytest.fixture
def today(browser: Browser, fresh_database: FreshDatabase) -> Iterator[tuple[Page, Page]]:
    """Vandaag of kim, whose group worked at one goal; and the page that a mother opens on her phone."""
    with fresh_database("sqlite") as database:
        with writing(database.engine) as connection:
            world = invented.build(connection)
            more_children("bo")(world)
            for child in ("noor", "zoë", "bo"):
                practised(child, GOAL, day=MONDAY - timedelta(days=3))(world)
            now = datetime.now(UTC)
            tokens = [
                sessions.start(connection, world.accounts[login], Settings(), now, second_factor_at=now)
                for login in ("kim", "moeder")
            ]
        with application.served(database) as url:
            pages = []
            for token, (width, height) in zip(tokens, (LAPTOP, PHONE), strict=True):
                context = browser.new_context(viewport={"width": width, "height": height})
                context.add_cookies([{"name": "kindblad", "value": token, "url": url}])
                pages.append(context.new_page())
            pages[0].goto(f"{url}/vandaag")
            pages[1].goto(f"{url}/studiewijzer/{world.group_uids['6B']}")
            yield pages[0], pages[1]
            for page in pages:
                page.context.close()


def test_with_keys_only_the_proposal_is_shared_with_two_presses(today: tuple[Page, Page]) -> None:
    teacher, mother = today
    expect(mother.get_by_text("nog geen studiewijzer")).to_be_visible()

    press_on(teacher, "Studiewijzer")
    expect(teacher.get_by_label("Doel").first).to_have_value(GOAL)
    press_on(teacher, "Delen met ouders")
    expect(teacher.get_by_role("status")).to_contain_text("zien deze week nu")

    mother.reload()
    expect(mother.get_by_text(GOAL).first).to_be_visible()


def test_with_a_mouse_it_takes_two_clicks_and_taking_back_one(today: tuple[Page, Page]) -> None:
    teacher, mother = today
    teacher.get_by_role("link", name="Studiewijzer").click()
    teacher.get_by_role("button", name="Delen met ouders").click()
    mother.reload()
    expect(mother.get_by_text(GOAL).first).to_be_visible()
    teacher.get_by_role("button", name="Terughalen").click()
    mother.reload()
    expect(mother.get_by_text("nog geen studiewijzer")).to_be_visible()


def test_enter_in_a_field_shares_nothing(today: tuple[Page, Page]) -> None:
    teacher, mother = today
    teacher.get_by_role("link", name="Studiewijzer").click()
    teacher.get_by_label("Doel").first.press("Enter")
    expect(teacher.get_by_text("concept van")).to_be_visible()
    mother.reload()
    expect(mother.get_by_text("nog geen studiewijzer")).to_be_visible()


def press_on(page: Page, name: str) -> None:
    """Go with Tab to what bears this name and press Enter, as who has no mouse."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"met Tab is {name} niet te bereiken")
