"""The substitute card, the handover and the view of the school in a real browser: pages of paper, axe, phone."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from frontend.render import render
from tests.accessibility import faults
from tests.frontend import samples, samples_cards
from tests.frontend.serving import served, without_complaints

pytestmark = pytest.mark.browser

LAPTOP, PHONE = (1366, 768), (390, 844)
A4 = (595, 842)
PAGES = {name: render(template, **context) for name, (template, context) in samples_cards.contexts().items()}
SIZES = {
    f"card-{many}-{told}": samples_cards.card(many, told)
    for many, told in ((34, 34), (34, 20), (34, 8), (30, 30), (28, 4), (28, 2), (28, 0), (36, 0), (12, 12), (6, 6))
}
PAGES |= {
    name: render("pages/substitute_card.html", me="Kim", card=card, may_give=True, to_paper=True)
    for name, card in SIZES.items()
}
"""Cards from the fullest group to a small one, in every step of `models.rules.brief`."""
PAGES["sheet-of-a-teacher"] = render(
    "pages/sheet.html", me="Kim", sheet=samples.fullest(), may_add={"helps": "wat helpt", "hinders": "wat hindert"}
)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(PAGES) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with without_complaints(browser, LAPTOP) as opened:
        yield opened


def printed(page: Page, url: str) -> list[str]:
    page.add_init_script("window.print = () => {}")
    page.goto(url)
    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    for sheet in paper:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == pytest.approx(A4, abs=1)
    return [" ".join(sheet.extract_text().split()) for sheet in paper]


@pytest.mark.parametrize("name", SIZES)
def test_a_substitute_card_is_exactly_one_a4(page: Page, address: str, name: str) -> None:
    sheets = printed(page, f"{address}/{name}")

    assert len(sheets) == 1
    assert "Geldig op maandag 23 november 2026; daarna vernietigen." in sheets[0]
    missing = [child.name for child in SIZES[name].children if child.name not in sheets[0]]
    assert not missing, "every child of the group is on it"


def test_what_is_vital_is_whole_in_a_usual_group(page: Page, address: str) -> None:
    [sheet] = printed(page, f"{address}/card-28-4")
    assert sheet.count(samples_cards.SAFETY) == 4
    assert sheet.count(samples_cards.HELPS) == 4


def test_a_card_that_was_only_looked_at_comes_on_paper_as_a_sentence(page: Page, address: str) -> None:
    [sheet] = printed(page, f"{address}/card-seen")
    assert "Gebruik de knop “Afdrukken”" in sheet
    assert "EpiPen" not in sheet


@pytest.mark.parametrize(("name", "number"), [("handover", 1), ("handover-quiet", 1), ("handover-run", 4)])
def test_a_handover_is_one_a4_per_child(page: Page, address: str, name: str, number: int) -> None:
    sheets = printed(page, f"{address}/{name}")

    assert len(sheets) == number
    assert all("Overdracht schooljaar 2026-2027" in sheet for sheet in sheets)


def test_what_is_to_be_printed_opens_the_print_window_by_itself(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => { document.title = 'geprint'; }")
    page.goto(f"{address}/card")
    assert page.title() == "geprint"
    page.goto(f"{address}/card-seen")
    assert page.title() != "geprint"


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize(
    "name",
    ["card", "card-seen", "standing-in", "handover", "handover-run", "handover-group", "school-two", "points"],
)
def test_axe_finds_no_fault(page: Page, address: str, name: str, size: tuple[int, int]) -> None:
    page.add_init_script("window.print = () => {}")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"{address}/{name}")
    assert faults(page) == []


def test_nothing_scrolls_sideways_on_a_phone(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => {}")
    page.set_viewport_size({"width": 360, "height": 640})
    wide = {}
    for name in PAGES:
        page.goto(f"{address}/{name}")
        if (needed := page.evaluate("document.documentElement.scrollWidth")) > 360:
            wide[name] = needed
    assert not wide


def test_a_sentence_that_helps_is_added_on_the_sheet_by_keyboard_and_nothing_moves_below_the_fold(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/sheet-of-a-teacher")
    assert page.evaluate("document.querySelector('.tiles').getBoundingClientRect().bottom") <= LAPTOP[1]
    page.locator(".add-point summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "punt-soort"
    page.keyboard.press("Tab")
    page.keyboard.type("Eerst samen een voorbeeld")
    assert page.input_value("#punt") == "Eerst samen een voorbeeld"
    assert faults(page) == []
