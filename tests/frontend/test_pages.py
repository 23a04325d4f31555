"""Every page, tidy and hostile: what a browser, a screen reader and a strict content policy need to find in it."""

import gc
import re
import weakref
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from frontend.render import HERE, render
from tests.frontend import samples
from tests.frontend.samples import HOSTILE

TIDY = samples.contexts()
SHEETS = {"sheet-kleuter": samples.kleuter(), "sheet-new-child": samples.empty()}
TIDY |= {name: ("pages/sheet.html", {"me": "Kim", "sheet": sheet}) for name, sheet in SHEETS.items()}


words = cycle(HOSTILE)
ATTACK = samples.contexts(lambda _: next(words), samples.hostile())
ALL = {f"{name}-tidy": page for name, page in TIDY.items()} | {f"{k}-hostile": page for k, page in ATTACK.items()}
TEMPLATES = sorted((HERE / "templates").rglob("*.html"))


@pytest.fixture(params=ALL)
def page(request: pytest.FixtureRequest) -> html.HtmlElement:
    return _parsed(ALL[request.param])


def _parsed(page: tuple[str, dict[str, Any]]) -> html.HtmlElement:
    template, context = page
    return html.document_fromstring(render(template, **context))


def test_has_one_heading_of_the_first_rank_and_unique_ids(page: html.HtmlElement) -> None:
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("normalize-space(//h1)")
    assert page.xpath("normalize-space(//title)")
    assert page.get("lang") == "nl"
    twice = [key for key, number in Counter(page.xpath("//@id")).items() if number > 1]
    assert not twice


def test_every_reference_within_the_page_exists(page: html.HtmlElement) -> None:
    ids = set(page.xpath("//@id"))
    named = page.xpath("//@aria-labelledby | //@aria-describedby | //label/@for")
    named += [link[1:] for link in page.xpath("//a/@href") if link.startswith("#")]
    assert {key for value in named for key in value.split()} <= ids


def test_every_field_has_a_label_and_every_form_a_place_to_go(page: html.HtmlElement) -> None:
    labels = set(page.xpath("//label/@for"))
    for field in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        assert field.get("id") in labels or field.xpath("ancestor::label")
    for form in page.xpath("//form"):
        assert form.get("action", "").startswith("/")
        assert form.get("method") == "post"
        assert form.xpath(".//button") or form.get("role") == "search"
    for table in page.xpath("//table"):
        assert table.xpath(".//th[@scope]")


def test_nothing_is_inline_so_that_the_policy_can_forbid_it(page: html.HtmlElement) -> None:
    assert not page.xpath("//@style | //style | //script[not(@src)] | //script[normalize-space()]")
    assert not [key for element in page.iter() for key in element.attrib if str(key).startswith("on")]
    ours = ("/", "#", "tel:", "mailto:")
    elsewhere = page.xpath("//a[@rel='noopener noreferrer external']/@href")  # typed by a teacher, always https
    assert all(link.startswith("https://") for link in elsewhere)
    links = Counter(page.xpath("//@href | //@src | //@action")) - Counter(elsewhere)
    assert all(link.startswith(ours) for link in links)


@pytest.mark.parametrize("name", sorted(ATTACK))
def test_what_people_wrote_stays_text(name: str) -> None:
    found = _parsed(ATTACK[name])
    assert not found.xpath("//img | //script[not(starts-with(@src, '/static/'))] | //*[@onfocus or @onload]")
    text = " ".join(found.xpath("//text() | //input/@value"))
    assert any(word in text for word in HOSTILE)


def test_every_hostile_word_is_read_on_the_sheet_as_it_was_written() -> None:
    text = " ".join(_parsed(ATTACK["sheet"]).xpath("//text()"))
    for word in HOSTILE:
        assert word in text


def test_every_template_is_tried_here() -> None:
    """Those of files/ stand outside the site, with their style inside; tests/parents looks at them."""
    tried = {template for template, _ in ALL.values()}
    pages = {str(file.relative_to(HERE / "templates")) for file in TEMPLATES}
    assert {name for name in pages if not name.startswith(("layouts/", "components/", "partials/", "files/"))} == tried


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_attribute_in_a_template_is_quoted(file: Path) -> None:
    """An unquoted attribute lets a space in a name begin a new attribute; escaping does not help there."""
    assert not re.findall(r"<[^<>]*\s[\w-]+=\{\{[^>]*", file.read_text())
    assert not re.findall(r"\|\s*safe\b|autoescape", file.read_text())


class Shown:
    """Something given to a page, whose end can be seen."""


@pytest.mark.parametrize("name", sorted(TIDY))
def test_nothing_of_a_page_stays_behind_for_the_collector(name: str) -> None:
    template, context = TIDY[name]
    witness = Shown()
    seen = weakref.ref(witness)
    gc.disable()
    try:
        render(template, **context, witness=witness)
        del witness
        assert seen() is None
    finally:
        gc.enable()
