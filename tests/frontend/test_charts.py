"""The drawings: well-formed whatever the figures, with every word escaped, and saying in text what they show."""

import math
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from api.schemas.sheet import GrowthLine, GrowthPoint, NormBandLine, Practice, PracticeBar, WellbeingRow
from frontend import charts, tables
from tests.frontend import samples
from tests.frontend.samples import HOSTILE, TODAY, growth_line

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
GEOMETRY = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height")


def drawn(svg: str) -> etree._Element:
    """Parse strictly, and look at every number."""
    root = etree.fromstring(svg)
    for element in root.iter():
        places = [element.get(name) for name in GEOMETRY if element.get(name)]
        for value in [*places, *(element.get("points") or "").replace(",", " ").split()]:
            assert value is not None
            assert NUMBER.fullmatch(value), value
            assert math.isfinite(float(value))
            assert abs(float(value)) < 1000, "a shape far outside its drawing"
        for name in ("width", "height", "r"):
            assert float(element.get(name, "0")) >= 0
    assert root.findtext("title")
    assert root.get("aria-labelledby") == root.find("title").get("id")  # type: ignore[union-attr]
    return root


def shapes(root: etree._Element, name: str, kind: str) -> list[etree._Element]:
    return [each for each in root.iter(name) if kind in each.get("class", "").split()]


def test_a_growth_line_shows_every_measurement_and_names_the_moments_and_bands() -> None:
    root = drawn(charts.growth(growth_line("Rekenen", "steady"), 1))
    assert len(shapes(root, "circle", "chart-dot")) == 6
    assert len(shapes(root, "polygon", "chart-band")) == 5
    text = [each.text for each in root.iter("text")]
    assert text[:5] == ["V", "IV", "III", "II", "I"]
    assert text[5:] == ["E3", "M4", "E4", "M5", "E5", "B6", "190 · III"]
    assert root.findtext("title") == "Rekenen: in eigen lijn, 6 metingen"


def test_a_higher_score_is_drawn_higher_and_later_is_drawn_further_right() -> None:
    dots = shapes(drawn(charts.growth(growth_line("Rekenen", "up"), 1)), "circle", "chart-dot")
    across = [float(dot.get("cx", "")) for dot in dots]
    heights = [float(dot.get("cy", "")) for dot in dots]
    assert across == sorted(across)
    assert heights == sorted(heights, reverse=True)


def test_a_missed_test_is_a_gap_in_time() -> None:
    line = growth_line("Rekenen", "steady", points=4)
    missed = line.model_copy(
        update={
            "points": [line.points[0], *line.points[2:]],
            "bands": [band.model_copy(update={"points": band.points[1:]}) for band in line.bands],
        }
    )
    first, second, third = (
        float(dot.get("cx", "")) for dot in shapes(drawn(charts.growth(missed, 1)), "circle", "chart-dot")
    )
    assert second - first == pytest.approx(2 * (third - second), abs=0.2)


@pytest.mark.parametrize("state", ["up", "down"])
def test_a_direction_is_also_a_shape(state: Literal["up", "down"]) -> None:
    root = drawn(charts.growth(growth_line("Rekenen", state), 1))
    (mark,) = shapes(root, "polygon", "chart-dot")
    heights = [float(corner.split(",")[1]) for corner in (mark.get("points") or "").split()]
    highest_alone = heights.count(min(heights)) == 1
    assert highest_alone == (state == "up")


@pytest.mark.parametrize("points", [1, 2, 6])
def test_names_of_moments_stay_apart_and_inside(points: int) -> None:
    root = drawn(charts.growth(growth_line("Rekenen", "steady", points=points), 1))
    axis = [each for each in shapes(root, "text", "chart-axis") if each.get("text-anchor")]
    places = [float(each.get("x", "")) for each in axis]
    assert len(set(places)) == points
    assert all(0 <= place <= charts.WIDTH for place in places)
    bands = [float(each.get("y", "")) for each in shapes(root, "text", "chart-axis") if not each.get("text-anchor")]
    assert all(abs(a - b) >= charts.LETTER - 0.11 for a, b in pairwise(bands))


def test_one_measurement_identical_values_and_no_bands_are_drawn_too() -> None:
    line = growth_line("Rekenen", "unknown", points=1)
    drawn(charts.growth(line, 1))
    bare = replace(line.points[0], ci_low=None, ci_high=None, level=None)
    root = drawn(charts.growth(line.model_copy(update={"points": [bare] * 4, "bands": []}), 1))
    assert not shapes(root, "polygon", "chart-band")
    assert len({dot.get("cy") for dot in shapes(root, "circle", "chart-dot")}) == 1


numbers = st.floats(-1e6, 1e6)


@st.composite
def lines(draw: st.DrawFn) -> GrowthLine:
    label = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
    points = draw(
        st.lists(
            st.builds(
                GrowthPoint, taken_on=st.just(TODAY), label=label, value=numbers, value_raw=st.sampled_from(HOSTILE),
                ci_low=st.none() | numbers, ci_high=st.none() | numbers, level=st.none() | label,
            ),
            min_size=1, max_size=8,
        )
    )  # fmt: skip
    edges = st.tuples(label, numbers, numbers)
    bands = st.builds(
        NormBandLine, code=label, points=st.lists(edges, min_size=len(points), max_size=len(points))
    )  # fmt: skip
    return GrowthLine(
        subject=draw(label), scale="x", state="unknown", state_text=draw(label), points=points,
        bands=draw(st.lists(bands, max_size=5)), source="", age="",
    )  # fmt: skip


@given(lines())
def test_any_line_is_drawn_and_tabled(line: GrowthLine) -> None:
    root = drawn(charts.growth(line, 1))
    assert len(shapes(root, "circle", "chart-dot")) == len(line.points)
    table = etree.fromstring(tables.hidden(line))
    assert len(table.findall(".//tr")) == len(line.points) + 1


days = st.builds(
    lambda answers, home, school: PracticeBar(
        day=TODAY, answers=answers, home_answers=min(home, answers), is_school_day=school
    ),
    st.integers(0, 5000), st.integers(0, 5000), st.booleans(),
)  # fmt: skip


@given(st.lists(days, min_size=1, max_size=28))
def test_any_four_weeks_of_practice_are_drawn(bars: list[PracticeBar]) -> None:
    tile = samples.practice().model_copy(update={"bars": bars})
    root = drawn(charts.practice(tile))
    worked = [bar for bar in bars if bar.answers]
    assert len(list(root.iter("rect"))) == sum(
        (bar.answers > bar.home_answers) + bool(bar.home_answers) for bar in worked
    )
    assert len(shapes(root, "circle", "bar-none")) == sum(bar.is_school_day and not bar.answers for bar in bars)


def test_a_day_with_twice_the_answers_has_a_taller_bar_and_the_title_says_the_days() -> None:
    bars = [PracticeBar(day=TODAY - timedelta(days=ago), answers=(2 - ago) * 20, home_answers=0, is_school_day=True)
            for ago in (1, 0)]  # fmt: skip
    tile: Practice = samples.practice().model_copy(update={"bars": bars})
    root = drawn(charts.practice(tile))
    short, tall = (float(bar.get("height", "")) for bar in root.iter("rect"))
    assert tall > short
    assert root.findtext("title") == "Geoefend op 17 van de 19 schooldagen"
    assert [each.text for each in root.iter("text")] == ["21 nov", "22 nov"]


@given(numbers, numbers, st.none() | numbers, st.none() | numbers)
def test_any_row_of_a_list_is_drawn_within_its_scale(
    low: float, high: float, earlier: float | None, latest: float | None
) -> None:
    row = WellbeingRow(name="Aardig doen", low=low, high=high, earlier=earlier, latest=latest, direction="down")
    root = drawn(charts.wellbeing(row, "1"))
    for dot in root.iter("circle"):
        assert 0 <= float(dot.get("cx", "")) <= 80


def test_a_row_says_in_words_where_it_came_from_and_went() -> None:
    row = WellbeingRow(name="Aardig doen", low=1, high=5, earlier=3.5, latest=2, direction="down")
    root = drawn(charts.wellbeing(row, "1"))
    assert root.findtext("title") == "Aardig doen: 3,5 → 2 lager"


@pytest.mark.parametrize("word", HOSTILE)
def test_words_in_a_drawing_are_only_words(word: str) -> None:
    line = growth_line(word, "down", lambda _: word)
    root = drawn(charts.growth(line, 1))
    assert {each.tag for each in root.iter()} <= {"svg", "title", "text", "circle", "line", "polyline", "polygon"}
    assert word in (root.findtext("title") or "")
    table = etree.fromstring(tables.hidden(line))
    assert word in (table.findtext(".//td") or "")
