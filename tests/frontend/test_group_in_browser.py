"""The grid of a group and its instruction groups in a real browser: keyboard, drag, no script, axe, phone and paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader

from api.db import reading, writing
from api.security import sessions
from api.settings import Settings
from frontend.render import render
from models.group import InstructionPlacement
from models.vocabulary import InstructionLevel
from tests import served as application
from tests import world as invented
from tests.accessibility import faults
from tests.conftest import FreshDatabase
from tests.frontend import samples_group
from tests.frontend.serving import served, without_complaints
from tests.world import World

pytestmark = pytest.mark.browser

LAPTOP, PHONE = (1366, 768), (390, 844)
A4_LANDSCAPE = (842, 595)
PAGES = {name: render(template, **context) for name, (template, context) in samples_group.contexts().items()}
NOOR, ZOE = "Noor van der Ven", "Zoë van der Meer"
INTENSIVE, BASIC, ENRICHED = InstructionLevel


@pytest.fixture(scope="module")
def samples() -> Iterator[str]:
    with served(PAGES) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with without_complaints(browser, LAPTOP) as opened:
        yield opened


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_readable_by_everyone_and_fits_a_laptop_and_a_phone(page: Page, samples: str, name: str) -> None:
    page.goto(f"{samples}/{name}")
    assert faults(page) == []
    for size in (LAPTOP, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_full_class_is_printed_on_one_a4_lying_down(page: Page, samples: str) -> None:
    for name, words in (("group", "Begrijpend lezen"), ("instruction-groups", "Intensief")):
        page.goto(f"{samples}/{name}")
        paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        size = paper[0].mediabox
        assert (round(size.width), round(size.height)) == pytest.approx(A4_LANDSCAPE, abs=1)
        assert len(paper) == 1, name
        printed = " ".join(paper[0].extract_text().split())
        assert words.lower() in printed.lower()
        assert "Noor van der Ven 0" in printed
        assert "Bewaren" not in printed
        assert "Voorstel" not in printed


@dataclass
class Group:
    """The application as it runs, with kim logged in."""

    context: BrowserContext
    page: Page
    address: str
    world: World
    engine: sa.Engine

    def placed(self) -> list[tuple[str, InstructionLevel, str]]:
        named = {row_id: name for name, row_id in self.world.pupils.items()}
        table = InstructionPlacement
        with reading(self.engine) as connection:
            rows = connection.execute(sa.select(table.pupil_id, table.level, table.reason).order_by(table.pupil_id))
            return [(named[row.pupil_id], row.level, row.reason) for row in rows]


@pytest.fixture
def group(request: pytest.FixtureRequest, browser: Browser, fresh_database: FreshDatabase) -> Iterator[Group]:
    """Serve the small world; a test marked `script=False` by its parameter gets a browser without script."""
    has_script = getattr(request, "param", True)
    with fresh_database("sqlite") as database:
        with writing(database.engine) as connection:
            world = invented.build(connection)
            now = datetime.now(UTC)
            token = sessions.start(connection, world.accounts["kim"], Settings(), now, second_factor_at=now)
        with application.served(database) as url:
            context = browser.new_context(
                viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, java_script_enabled=has_script
            )
            context.add_cookies([{"name": "kindblad", "value": token, "url": url}])
            address = f"{url}/groep/{world.group_uids['6B']}"
            yield Group(context, context.new_page(), address, world, database.engine)
            context.close()


def test_a_teacher_finds_a_child_and_moves_it_with_the_keyboard_and_by_dragging(group: Group) -> None:
    page = group.page
    page.goto(group.address)
    page.get_by_label("Naam", exact=True).focus()
    page.keyboard.type("noo")
    expect(page.get_by_role("row").filter(has_text=ZOE)).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name=NOOR)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(NOOR)

    page.goto(f"{group.address}?volgorde=naam")
    page.locator("thead th a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("tbody th a").first).to_have_text(NOOR)

    page.goto(f"{group.address}/instructiegroepen/rekenen")
    choice = page.get_by_label(f"Groep van {NOOR}")
    choice.focus()
    page.keyboard.press("1")
    expect(page.locator("[data-level=intensive] li.child")).to_contain_text([NOOR])
    expect(choice).to_be_focused()
    expect(page.get_by_role("status")).to_have_text(f"{NOOR}: intensief. 1 nog niet bewaard.")
    page.keyboard.press("3")
    page.keyboard.press("2")
    expect(page.locator("[data-level=basic] li.child")).to_contain_text([NOOR])
    assert group.placed() == []

    card = page.locator("li.child", has_text=ZOE)
    card.drag_to(page.locator("[data-level=enriched]"), source_position={"x": 90, "y": 12})
    expect(page.locator("[data-level=enriched] li.child")).to_contain_text([ZOE])
    assert faults(page) == []
    page.get_by_role("button", name="Bewaren").focus()
    page.keyboard.press("Enter")

    page.wait_for_function("document.querySelectorAll('.is-moved').length === 0")
    expect(page.locator("[data-level=enriched] li.child")).to_contain_text([ZOE])
    assert group.placed() == [("noor", BASIC, ""), ("zoë", ENRICHED, "")]


@pytest.mark.parametrize("group", [False], indirect=True, ids=["no-script"])
def test_all_of_it_works_without_a_script(group: Group) -> None:
    page = group.page
    page.goto(group.address)
    page.get_by_label("Naam", exact=True).fill("zoe")
    page.get_by_role("button", name="Toon").click()
    assert page.locator("tbody th a").all_text_contents() == [ZOE]

    page.goto(f"{group.address}/instructiegroepen/spelling")
    page.get_by_label(f"Groep van {NOOR}").select_option("intensive")
    page.locator("li.child", has_text=NOOR).get_by_text("eigen reden", exact=True).click()
    page.get_by_label(f"Eigen reden voor {NOOR}").fill("Ze vroeg er zelf om.")
    page.get_by_role("button", name="Bewaren").click()

    card = page.locator("[data-level=intensive] li.child")
    expect(card).to_contain_text("Ze vroeg er zelf om.")
    expect(card).to_contain_text("sinds")
    assert group.placed() == [("noor", INTENSIVE, "Ze vroeg er zelf om.")]
