"""Whatever order, slices, overlap and repeats answers come in: the totals are those of the distinct answer ids."""

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import Database
from tests.connectors.practice.conftest import Platform, new_platform
from tests.connectors.practice.counting import Answer, as_json, count, read

CLASS_FILE = "data/snappet/work-tot-2015-03-24T1130Z.csv"
AGAIN = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

times = st.builds(
    "2015-{}T{:02}:{:02}:00.{:03}".format,
    st.sampled_from(["03-27", "03-28", "03-29", "06-01", "10-24", "10-25"]),
    st.sampled_from([0, 1, 6, 7, 13, 14, 22, 23]),
    st.sampled_from([0, 29, 30]),
    st.sampled_from([0, 1]),
)
contents = st.builds(
    Answer,
    id=st.just(0),
    at=times,
    correct=st.sampled_from("01"),
    progress=st.sampled_from(["0", "5", "-12"]),
    user=st.sampled_from(["40267", "40268", "p-3"]),
    exercise=st.sampled_from([1, 2, 3, 1_000_000, 2**62]),
    difficulty=st.sampled_from(["NULL", "-200", "0.0", "-93.95", "329.2"]),
    objective=st.sampled_from(["tafels", "breuken", "breuken +"]),
)
ids = st.one_of(st.integers(1, 40), st.integers(0, 2**62), st.integers(2**62 - 5, 2**62))


@st.composite
def deliveries(draw: Any) -> tuple[list[Answer], list[list[Answer]]]:
    """Draw answers, and files in which each of them stands at least once, in any order and any number of times."""
    keys = draw(st.lists(ids, min_size=1, max_size=40, unique=True))
    answers = [draw(contents).but(id=key) for key in keys]
    files = [
        [answers[place] for place in draw(st.lists(st.integers(0, len(answers) - 1), max_size=30))]
        for _ in range(draw(st.integers(0, 3)))
    ]
    rest = [answer for answer in answers if not any(answer in file for file in files)]
    files.insert(draw(st.integers(0, len(files))), draw(st.permutations(rest)))
    return answers, files


@AGAIN
@given(drawn=deliveries(), at_once=st.sampled_from([1, 5, 250_000]))
def test_any_order_slices_overlap_and_repeats_give_the_same_totals(
    database: Database, tmp_path: Path, drawn: tuple[list[Answer], list[list[Answer]]], at_once: int
) -> None:
    answers, files = drawn
    platform = new_platform(database, tmp_path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("connectors.practice.load.ANSWERS_AT_ONCE", at_once)
        taken = [platform.delivers(file) for file in files]

    assert platform.cells() == count(answers)
    assert sum(one.created for one in taken) == len(answers)
    assert sum(one.created + one.unchanged for one in taken) == sum(map(len, files))


@pytest.fixture(scope="session")
def class_answers(shared: Path) -> list[Answer]:
    return read(shared / CLASS_FILE)


def test_the_class_as_delivered_gives_the_figures_that_were_counted_apart(
    platform: Platform, shared: Path, class_answers: list[Answer]
) -> None:
    outcome = platform.delivers(shared / CLASS_FILE)

    cells = platform.cells()
    assert (outcome.created, outcome.unchanged, outcome.rejected, outcome.issues) == (28_713, 0, 0, [])
    assert cells == count(class_answers)
    assert sum(cell.answers for cell in cells.values()) == 28_713
    assert len({user for user, *_ in cells}) == 20


@pytest.mark.parametrize("seed", range(3))
def test_the_class_cut_at_random_gives_the_same_totals(
    platform: Platform, class_answers: list[Answer], seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    answers = sorted(class_answers, key=lambda a: a.at) if seed else dice.sample(class_answers, len(class_answers))
    cuts = sorted(dice.sample(range(len(answers)), 4))
    slices = [
        answers[max(0, start - dice.randrange(500)) : end]
        for start, end in zip([0, *cuts], [*cuts, len(answers)], strict=True)
    ]
    dice.shuffle(slices)

    for part in [*slices, slices[0]]:
        platform.delivers(part)

    assert platform.cells() == count(class_answers)


def test_a_day_as_json_after_the_whole_as_csv_changes_nothing(platform: Platform, shared: Path) -> None:
    platform.delivers(shared / CLASS_FILE)
    before = platform.cells()

    outcome = platform.delivers(shared / "data/snappet/work-2015-03-24.json", "work.json")

    assert (outcome.created, outcome.unchanged) == (0, 1_886)
    assert platform.cells() == before


def test_an_earlier_answer_that_comes_later_takes_the_place_of_the_first(platform: Platform) -> None:
    tuesday = Answer(2, "2015-03-24T09:00:00.000", correct="1")
    monday = Answer(1, "2015-03-23T09:00:00.000", correct="0", objective="breuken")
    last_year = Answer(3, "2014-03-23T09:00:00.000", correct="1")

    firsts = []
    for answer in (tuesday, monday, last_year):
        platform.delivers([answer])
        cells = platform.cells()
        firsts.append(
            {str(day): (cells[key].first_answers, cells[key].first_correct) for key in cells for day in [key[1]]}
        )

    assert firsts == [
        {"2015-03-24": (1, 1)},
        {"2015-03-24": (0, 0), "2015-03-23": (1, 0)},
        {"2015-03-24": (0, 0), "2015-03-23": (0, 0), "2014-03-23": (1, 1)},
    ]


def test_of_two_answers_at_the_same_moment_the_lower_id_is_the_first(platform: Platform) -> None:
    platform.delivers([Answer(9, correct="1"), Answer(7, correct="0")])
    platform.delivers([Answer(8, correct="1")])

    (cell,) = platform.cells().values()
    assert (cell.answers, cell.first_answers, cell.first_correct) == (3, 1, 0)


def test_json_and_csv_say_the_same(database: Database, tmp_path: Path) -> None:
    answers = [
        Answer(1, "2015-03-24T09:30:00    ", correct="true", difficulty="NULL"),
        Answer(2, "2015-03-24T09:30:01.27", correct="false", difficulty="-200", exercise=2),
        Answer(2**62, "2015-03-24T09:30:02.123", progress="-7", exercise=2**62, objective="kasteel \ufffd zakdoek  "),
    ]
    in_csv, in_json = new_platform(database, tmp_path), new_platform(database, tmp_path)

    in_csv.delivers(answers)
    in_json.delivers(as_json(answers), "antwoorden.json")

    assert in_csv.cells() == in_json.cells() == count(answers)


def test_a_second_platform_at_the_same_school_counts_on_its_own(database: Database, tmp_path: Path) -> None:
    one, other = new_platform(database, tmp_path), new_platform(database, tmp_path)

    one.delivers([Answer(1), Answer(2, exercise=2)])
    outcome = other.delivers([Answer(1)])

    assert outcome.created == 1
    assert [cell.answers for cell in other.cells().values()] == [1]
