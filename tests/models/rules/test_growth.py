"""Growth against a child's own line: what is said, when nothing is said, and that bad news never sounds better."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.growth import ENOUGH, Measurement, growth, position

BANDS = ((None, 100.0), (100.0, 110.0), (110.0, 120.0), (120.0, 130.0), (130.0, None))
"""V, IV, III, II, I: each ten points wide."""


def measured(*values: float, bands: tuple[tuple[float | None, float | None], ...] = BANDS) -> list[Measurement]:
    start = date(2024, 1, 20)
    return [Measurement(start + timedelta(days=140 * n), value, bands) for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "state", "times"),
    [
        ((115, 115, 115), "in", 1),
        ((115, 116, 114, 118), "in", 2),
        ((115, 115, 104), "below", 1),
        ((125, 125, 112, 111), "below", 2),
        ((115, 115, 128), "above", 1),
        ((115, 115, 104, 115), "in", 1),
        ((115, 115), "unknown", 0),
        ((), "unknown", 0),
    ],
)
def test_the_latest_measurement_is_compared_with_the_own_line(
    values: tuple[float, ...], state: str, times: int
) -> None:
    result = growth(measured(*values))

    assert (result.state, result.times) == (state, times)


def test_a_child_in_the_lowest_band_that_stays_there_grows_along_its_own_line() -> None:
    assert growth(measured(92, 93, 91, 92)).state == "in"


def test_letters_alone_give_a_line_but_are_never_mixed_with_another_scale() -> None:
    letters = [Measurement(date(2025, month, 1), 0.0, (), level) for month, level in ((1, "II"), (6, "II"), (11, "IV"))]

    result = growth(letters)

    assert (result.state, result.level, result.earlier_level) == ("below", "IV", "II")


def test_without_norms_or_letters_nothing_is_claimed() -> None:
    assert growth(measured(10, 20, 30, 40, bands=())).state == "unknown"


def test_a_place_rises_with_the_score_and_is_half_way_in_the_middle_of_the_middle_band() -> None:
    assert position(Measurement(date(2025, 1, 1), 115, BANDS)) == pytest.approx(2.5)
    assert position(Measurement(date(2025, 1, 1), 130, BANDS)) == pytest.approx(4)


scores = st.lists(st.floats(60, 170), min_size=ENOUGH, max_size=8)


@given(scores, st.randoms())
def test_the_order_of_delivery_does_not_matter(values: list[float], random: object) -> None:
    shuffled = measured(*values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert growth(shuffled) == growth(measured(*values))


@given(scores, st.floats(0, 60))
def test_a_lower_latest_score_never_sounds_better(values: list[float], drop: float) -> None:
    rank = {"below": 0, "in": 1, "above": 2}
    worse = [*values[:-1], values[-1] - drop]

    assert rank[growth(measured(*worse)).state] <= rank[growth(measured(*values)).state]
