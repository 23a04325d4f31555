"""Dates, clock times, bold words and assets as pages use them."""

import hashlib
import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontend.formatting import clock, day, long_day
from frontend.render import assets, emphasise, render


@pytest.mark.parametrize(
    ("on", "short", "long"),
    [
        (date(2026, 11, 12), "12 nov", "12 november 2026"),
        (date(2026, 3, 1), "1 mrt", "1 maart 2026"),
        (date(2028, 2, 29), "29 feb", "29 februari 2028"),
    ],
)
def test_days_are_written_as_in_the_netherlands(on: date, short: str, long: str) -> None:
    assert (day(on), long_day(on)) == (short, long)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 11, 22, 6, 5, tzinfo=UTC), "22 nov 07:05"),
        (datetime(2026, 7, 22, 22, 30, tzinfo=UTC), "23 jul 00:30"),  # summer time, and the next day here
    ],
)
def test_the_clock_is_the_dutch_one(moment: datetime, shown: str) -> None:
    assert clock(moment) == shown


def test_the_subject_of_a_sentence_is_bold_once() -> None:
    assert emphasise("Ze oefent trouw, heel trouw.", "oefent trouw") == "Ze <strong>oefent trouw</strong>, heel trouw."
    assert emphasise("rekenen en rekenen", "Rekenen") == "<strong>rekenen</strong> en rekenen"
    assert emphasise("Zonder.", "") == emphasise("Zonder.", "iets") == "Zonder."


@given(st.text(), st.text())
def test_emphasis_never_lets_markup_through(text: str, part: str) -> None:
    shown = emphasise(text, part).replace("<strong>", "", 1).replace("</strong>", "", 1)
    assert "<" not in shown
    assert ">" not in shown


def test_an_asset_is_named_after_its_content() -> None:
    for name, asset in assets().items():
        digest = hashlib.sha256(asset.content).hexdigest()
        assert asset.path == f"/static/{digest[:12]}/{name}"
    assert set(assets()) >= {"kindblad.css", "kindblad.js", "icon.svg"}


def test_a_page_links_to_assets_that_exist() -> None:
    source = render("pages/search.html", sought="", found=[])
    linked = set(re.findall(r'"(/static/[^"]+)"', source))
    assert len(linked) >= 3
    assert linked <= {asset.path for asset in assets().values()}
