"""The pages in a real browser, under the real content policy: paper, phone, laptop, keyboard, no script, axe.

Pages come from a small server of this test; with the whole application behind them they look the same.
"""

import gzip
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from frontend.render import assets, render
from tests.accessibility import faults
from tests.frontend import samples
from tests.frontend.serving import served

pytestmark = pytest.mark.browser

LAPTOP, PHONE, SMALL_PHONE = (1366, 768), (390, 844), (360, 640)
A4 = (595, 842)
PAGES = {name: render(template, **context) for name, (template, context) in samples.contexts().items()}
SHEETS = {
    "kleuter": samples.kleuter(),
    "empty": samples.empty(),
    "wordy": samples.wordy(),
    "hostile": samples.hostile(),
}
PAGES |= {name: render("pages/sheet.html", me="Kim de Bruijn", sheet=sheet) for name, sheet in SHEETS.items()}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(PAGES) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a laptop's screen; whatever the browser complains of fails the test."""
    opened = browser.new_page(viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("dialog", lambda dialog: complaints.append(dialog.message))
    yield opened
    opened.close()
    assert not complaints


def show(page: Page, url: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(url)


@pytest.mark.parametrize("name", ["sheet", "wordy", "kleuter", "empty"])
def test_a_sheet_is_printed_on_exactly_one_a4(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{name}")
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(paper) == 1
    assert (round(paper[0].mediabox.width), round(paper[0].mediabox.height)) == pytest.approx(A4, abs=1)
    printed = " ".join(paper[0].extract_text().split())
    assert "22 november 2026" in printed
    assert "Zoek een kind" not in printed


def test_paper_holds_every_sentence_tile_and_source(page: Page, address: str) -> None:
    page.goto(f"{address}/sheet")
    printed = " ".join(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].extract_text().split())
    full = samples.fullest()
    assert full.practice is not None
    assert full.wellbeing is not None
    assert full.support is not None
    wanted = [sentence.text for sentence in full.sentences]
    wanted += [full.name, full.goals[0].body, full.practice.remark, full.support.points[0].body, "Tijdlijn", "Talent"]
    wanted += [row.name for row in full.wellbeing.lists[0].rows]
    wanted += [agreement.body for agreement in full.support.agreements]
    wanted += [source.label for source in full.sources]
    assert [text for text in wanted if text not in printed] == []
    assert printed.count(samples.LONG[:23]) >= 5, "the newest of the timeline"


def test_nothing_scrolls_sideways_on_a_phone(page: Page, address: str) -> None:
    wide = {}
    for name in PAGES:
        page.goto(f"{address}/{name}")
        for width, height in (PHONE, SMALL_PHONE):
            page.set_viewport_size({"width": width, "height": height})
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                wide[name, width] = needed
    assert not wide


def test_the_four_tiles_of_the_fullest_sheet_are_above_the_fold(page: Page, address: str) -> None:
    show(page, f"{address}/sheet", LAPTOP)
    assert page.locator(".tile").count() == 4
    assert page.evaluate("document.querySelector('.tiles').getBoundingClientRect().bottom") <= LAPTOP[1]


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize(
    "name",
    [
        "sheet",
        "kleuter",
        "empty",
        "group",
        "start",
        "login",
        "refused",
        "search",
        "error",
        "accounts",
        "connect-app",
        "choose",
        "letter",
        "typed",
    ],
)
def test_axe_finds_no_fault(page: Page, address: str, name: str, size: tuple[int, int]) -> None:
    show(page, f"{address}/{name}", size)
    assert faults(page) == []


def test_the_keyboard_reaches_search_reasons_and_content(page: Page, address: str) -> None:
    page.goto(f"{address}/sheet")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "zoek"
    page.keyboard.type("no/")
    assert page.input_value("#zoek") == "no/", "in the field a slash is a slash"

    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box() is not None
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "inhoud"

    reason = page.locator(".sentences details").first
    assert not reason.evaluate("each => each.open")
    reason.locator("summary").focus()
    page.keyboard.press("Enter")
    assert reason.evaluate("each => each.open")
    assert reason.get_by_text("Gezien:").is_visible()


def test_what_has_the_focus_can_be_seen(page: Page, address: str) -> None:
    page.goto(f"{address}/sheet")
    outline = "getComputedStyle(document.activeElement).outlineStyle + document.activeElement.tagName"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(outline).startswith("solid")


def test_the_print_button_appears_with_script_and_prints(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => { document.title = 'geprint'; }")
    page.goto(f"{address}/sheet")
    page.get_by_role("button", name="Op één A4").click()
    assert page.title() == "geprint"


def test_without_script_a_sheet_says_all_the_same(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sheet")
    full = samples.fullest()
    for sentence in full.sentences:
        assert page.get_by_text(sentence.text).is_visible()
    assert page.get_by_role("button", name="Op één A4").count() == 0
    assert page.locator("svg.chart").count() == 4 + 1 + 2 * 8
    page.locator(".sentences summary").first.click()
    assert page.get_by_text("Gezien:").first.is_visible()
    context.close()


def test_a_first_visit_asks_little_of_the_line(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/sheet", wait_until="networkidle")
    context.close()
    assert all(url.startswith(address) for url in asked)
    assert len(asked) <= 5
    bodies = [PAGES["sheet"].encode(), *(asset.content for asset in assets().values())]
    assert sum(len(gzip.compress(body, 2)) for body in bodies) <= 60_000


def test_nothing_that_people_wrote_runs(page: Page, address: str) -> None:
    page.goto(f"{address}/hostile")
    page.wait_for_load_state("networkidle")
    assert page.locator("main img, main script").count() == 0
    assert samples.HOSTILE[0] in page.inner_text("main")


def test_colours_are_readable_on_paper_without_colour(page: Page, address: str) -> None:
    """A sign before each sentence and a word at each objective: the page loses nothing in black and white."""
    page.goto(f"{address}/sheet")
    signs = page.locator(".sentences .sign").all_inner_texts()
    assert signs == ["▼", "▼", "◆", "◆", "▲", "▲", "●"]
    assert page.locator(".objectives dd").all_inner_texts() == ["kan ze", "kan ze", "bezig", "bezig", "loopt vast"]
