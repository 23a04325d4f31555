"""A file of answers as platforms really write it: column order, marks, blanks, sentinels, clocks."""

from datetime import date
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.connectors.practice.conftest import Platform, new_platform
from tests.connectors.practice.counting import COLUMNS, Answer, as_csv, count

SOME = [Answer(1), Answer(2, exercise=2, correct="0"), Answer(3, user="40270")]


@pytest.fixture
def platform(sqlite: Database, tmp_path: Path) -> Platform:
    """Reading is the same for both databases."""
    return new_platform(sqlite, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        as_csv(SOME, columns=COLUMNS[::-1]),
        as_csv(SOME, columns=("Klas", *COLUMNS, "Opmerking; vrij")),
        as_csv(SOME, delimiter=";"),
        as_csv(SOME, delimiter="\t"),
        "\ufeff" + as_csv(SOME),
        as_csv(SOME).replace("\r\n", "\n"),
        as_csv(SOME).removesuffix("\r\n"),
    ],
    ids=["other order", "more columns", "semicolons", "tabs", "byte order mark", "line feeds", "no last line end"],
)
def test_a_file_is_read_by_the_names_of_its_columns(platform: Platform, content: str) -> None:
    outcome = platform.delivers(content)

    assert outcome.issues == []
    assert platform.cells() == count(SOME)


def test_a_name_with_signs_that_mean_something_to_a_shell_is_just_a_name(platform: Platform) -> None:
    assert platform.delivers(SOME, "export [1] * ?.csv").created == 3


def test_blanks_around_texts_are_no_part_of_them_and_a_damaged_sign_stays(platform: Platform) -> None:
    platform.delivers(
        [Answer(1, objective="tafels "), Answer(2, exercise=2), Answer(3, objective="kaste\ufffdl", user=" 40268")]
    )

    assert {(user, objective) for user, _, _, _, objective in platform.cells()} == {
        ("40268", "tafels"),
        ("40268", "kaste\ufffdl"),
    }


@pytest.mark.parametrize(
    "at", ["2015-03-24T09:30:05    ", "2015-03-24 09:30:05", "2015-03-24T09:30:05.1", "2015-03-24T09:30:05.123456Z"]
)
def test_a_moment_may_be_written_short_long_or_padded(platform: Platform, at: str) -> None:
    platform.delivers([Answer(1, at)])

    (cell,) = platform.cells().values()
    assert cell.first_second == 10 * 3600 + 30 * 60 + 5


@pytest.mark.parametrize(
    ("at", "day", "second"),
    [
        ("2015-03-28T23:30:00", date(2015, 3, 29), 1800),
        ("2015-03-29T00:59:59", date(2015, 3, 29), 7199),
        ("2015-03-29T01:00:00", date(2015, 3, 29), 10_800),
        ("2015-03-29T22:00:00", date(2015, 3, 30), 0),
        ("2015-10-24T22:00:00", date(2015, 10, 25), 0),
        ("2015-10-25T00:30:00", date(2015, 10, 25), 9000),
        ("2015-10-25T01:30:00", date(2015, 10, 25), 9000),
        ("2015-10-25T23:00:00", date(2015, 10, 26), 0),
    ],
)
def test_the_day_is_that_of_the_clock_at_school_also_when_the_clocks_change(
    platform: Platform, at: str, day: date, second: int
) -> None:
    platform.delivers([Answer(1, at)])

    ((key, cell),) = platform.cells().items()
    assert (key[1], cell.first_second, cell.last_second) == (day, second, second)


@pytest.mark.parametrize(
    ("at", "home"),
    [
        ("2015-03-24T06:59:59", 1),
        ("2015-03-24T07:00:00", 0),
        ("2015-03-24T14:29:59", 0),
        ("2015-03-24T14:30:00", 1),
        ("2015-03-28T10:00:00", 1),
        ("2015-03-29T10:00:00", 1),
        ("2015-03-30T13:29:59", 0),
        ("2015-03-30T13:30:00", 1),
    ],
)
def test_what_falls_outside_school_time_by_the_clock_counts_as_home(platform: Platform, at: str, home: int) -> None:
    platform.delivers([Answer(1, at)])

    assert [cell.home_answers for cell in platform.cells().values()] == [home]


def test_both_ways_to_say_that_the_difficulty_is_unknown_are_counted_apart(platform: Platform) -> None:
    given = ["NULL", "-200", "-200.0", "", "0.0", "-93.95", "638.04"]
    platform.delivers([Answer(number, exercise=number, difficulty=text) for number, text in enumerate(given)])

    (cell,) = platform.cells().values()
    assert (cell.answers, cell.no_difficulty, cell.uncalibrated) == (7, 2, 2)


def test_a_file_without_answers_is_taken_and_changes_nothing(platform: Platform) -> None:
    for content, name in ((as_csv([]), "leeg.csv"), ("[]", "leeg.json"), ("[\n]\n", "leeg.json")):
        outcome = platform.delivers(content, name)
        assert (outcome.created, outcome.rejected, outcome.issues) == (0, 0, [])
    assert platform.cells() == {}


def test_a_file_larger_than_one_slab_gives_the_same_totals(platform: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("connectors.practice.load.SLAB", 1)
    answers = [
        Answer(number, f"2015-03-{1 + number % 28:02}T{7 + number % 12:02}:00:00", exercise=number % 5_000)
        for number in range(150_000)
    ]

    outcome = platform.delivers([*answers, *answers[:10]])

    assert (outcome.created, outcome.unchanged) == (150_000, 10)
    assert platform.cells() == count(answers)
