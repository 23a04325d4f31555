"""Talks with parents in Chromium: one A4 in the fullest case, voices of equal size, phone width, axe and keyboard."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from frontend.render import render
from tests.accessibility import faults
from tests.frontend import samples_meetings, samples_reports
from tests.frontend.serving import served, without_complaints

pytestmark = pytest.mark.browser

ALL = samples_meetings.contexts() | samples_reports.contexts()
PAGES = {name: render(template, **context) for name, (template, context) in ALL.items()}
A4 = [name for name in PAGES if "a4" in name]
BOXES = "[...document.querySelectorAll('.box3')].map(one => [one.offsetWidth, one.offsetHeight])"
FIELDS = "[...document.querySelectorAll('.field')].map(one => one.scrollHeight - one.clientHeight)"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(PAGES) as at:
        yield at


@pytest.mark.parametrize("name", A4)
def test_one_a4_with_voices_of_equal_size_in_the_fullest_case(browser: Browser, address: str, name: str) -> None:
    with without_complaints(browser, (794, 1123)) as page:
        page.goto(f"{address}/{name}")
        page.emulate_media(media="print")
        boxes = page.evaluate(BOXES)
        assert len(boxes) == 3
        assert max(width for width, _ in boxes) - min(width for width, _ in boxes) <= 1
        assert len({height for _, height in boxes}) == 1
        assert max(page.evaluate(FIELDS)) <= 0, "nothing of what someone wrote falls off the paper"
        for whole in (".a4-talk", ".box3 h2"):
            assert (
                page.evaluate(
                    f"Math.max(...[...document.querySelectorAll('{whole}')].map(a => a.scrollHeight - a.clientHeight))"
                )
                <= 0
            )
        paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert len(paper) == 1
        said = " ".join(paper[0].extract_text().split())
        if name == "meeting-a4":
            assert said.count("doorzetting") == 12, "four voices, three fields"
            assert said.count("spannend was") == 5, "four agreements and the goal"


@pytest.mark.parametrize("size", [(1366, 768), (360, 740)])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_page_holds_on_a_phone_and_axe_finds_nothing(
    browser: Browser, address: str, name: str, size: tuple[int, int]
) -> None:
    with without_complaints(browser, size) as page:
        page.goto(f"{address}/{name}")
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_full_report_is_one_a4(browser: Browser, address: str) -> None:
    with without_complaints(browser, (794, 1123)) as page:
        page.goto(f"{address}/report-card-own")
        paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
        assert [(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in paper] == [(595, 842)]
        said = " ".join(paper[0].extract_text().split())
        for lines in samples_reports.LINES.values():
            assert " ".join(lines[-1].split()[-3:]) in said


def test_words_are_written_with_the_keyboard_one_child_after_another(browser: Browser, address: str) -> None:
    with without_complaints(browser, (1366, 768)) as page:
        page.goto(f"{address}/reports")
        page.get_by_label("Zo werkt").first.focus()
        met = []
        for _ in range(12):
            met.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
            page.keyboard.press("Tab")
        one = ["effort", "words", "child_words", "piece"]
        assert [name for name in met if name != "A"][:8] == one * 2


def test_a_parent_comes_to_every_field_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    with without_complaints(browser, (390, 844)) as page:
        page.goto(f"{address}/meeting-own")
        met = []
        for _ in range(40):
            page.keyboard.press("Tab")
            met.append(page.evaluate("document.activeElement.name || document.activeElement.className"))
        assert [one for one in met if one in {"goes_well", "is_hard", "wish", "act"}][:5] == [
            "goes_well", "is_hard", "wish", "act", "act",
        ]  # fmt: skip
