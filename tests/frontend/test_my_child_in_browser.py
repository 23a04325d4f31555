"""Mijn kind in Chromium: phone width, axe, keyboard, mirrored in Arabic, without JavaScript, and on paper."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from frontend.render import render
from frontend.translation import LANGUAGES
from tests.accessibility import faults
from tests.frontend.samples_my_child import contexts
from tests.frontend.serving import served, without_complaints

pytestmark = pytest.mark.browser

PAGES = {
    f"{name}-{language}": render(template, **context, language=language)
    for name, (template, context) in contexts().items()
    for language in LANGUAGES
}
WIDTH = "document.documentElement.scrollWidth"
PHONE, DESK = (360, 740), (1366, 768)
SIDE = "(what) => { const box = document.querySelector(what).getBoundingClientRect(); return [box.left, box.right] }"

LINE = "getComputedStyle(document.querySelector('.result')).borderRightWidth"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(PAGES) as at:
        yield at


@pytest.mark.parametrize("size", [PHONE, DESK])
@pytest.mark.parametrize("name", [name for name in sorted(PAGES) if name.endswith(("-nl", "-ar"))])
def test_every_page_holds_on_a_phone_and_axe_finds_nothing(
    browser: Browser, address: str, name: str, size: tuple[int, int]
) -> None:
    with without_complaints(browser, size) as page:
        page.goto(f"{address}/{name}")
        assert page.evaluate(WIDTH) <= size[0], "no scrolling sideways"
        assert faults(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_language_needs_scrolling_sideways_on_the_smallest_phone(
    browser: Browser, address: str, language: str
) -> None:
    with without_complaints(browser, PHONE) as page:
        page.goto(f"{address}/my-child-{language}")
        assert page.evaluate(WIDTH) <= PHONE[0]
        page.click(".language summary")
        assert page.evaluate(WIDTH) <= PHONE[0]


def test_arabic_is_the_mirror_of_dutch(browser: Browser, address: str) -> None:
    seen = {}
    for language in ("nl", "ar"):
        with without_complaints(browser, PHONE) as page:
            page.goto(f"{address}/my-child-{language}")
            places = [page.evaluate(SIDE, what) for what in (".brand", ".language", ".rows time", ".result h3")]
            seen[language] = (
                places,
                page.evaluate("getComputedStyle(document.querySelector('.result')).borderRightWidth"),
            )
            assert len(page.screenshot()) > 10_000
    (brand, choice, day, _), no_line = seen["nl"]
    (brand_ar, choice_ar, day_ar, _), line = seen["ar"]

    assert brand[0] < 40 < choice[0]
    assert brand_ar[1] > PHONE[0] - 40 > choice_ar[1]
    assert abs(day[0] - (PHONE[0] - day_ar[1])) <= 1, "as far from the one side as from the other"
    assert (no_line, line) == ("0px", "3px")


def test_talking_about_a_result_is_asked_with_the_keyboard_and_without_javascript(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/my-child-nl")
    page.locator(".talk-about summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Graag deze week")
    assert page.locator(".talk-about textarea").first.input_value() == "Graag deze week"
    page.keyboard.press("Tab")
    assert page.locator(".talk-about button").first.evaluate("one => one === document.activeElement")
    context.close()


def test_brothers_and_sisters_stand_side_by_side_at_a_desk_and_under_each_other_on_a_phone(
    browser: Browser, address: str
) -> None:
    tops = "[...document.querySelectorAll('.siblings > li')].map(one => Math.round(one.getBoundingClientRect().top))"
    for size, rows in ((DESK, 1), (PHONE, 2)):
        with without_complaints(browser, size) as page:
            page.goto(f"{address}/my-children-nl")
            assert len(set(page.evaluate(tops))) == rows


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_it_prints_on_a4_without_buttons_and_with_every_part(browser: Browser, address: str, language: str) -> None:
    with without_complaints(browser, (794, 1123)) as page:
        page.goto(f"{address}/my-child-{language}")
        paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        said = " ".join(" ".join(sheet.extract_text().split()) for sheet in paper)
    assert len(paper) <= 2
    assert round(float(paper[0].mediabox.width)) in (595, 594, 596)
    assert "Bouwde een brug van kranten." in said
    assert "Hierover praten" not in said
