"""The rules behind Vandaag: what a class worked on, birthdays as a class keeps them, names before sentences."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.birthdays import birthday
from models.rules.classwork import class_day, class_work, state
from models.rules.signals.practising import Objective
from models.rules.wording import with_name

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 20)


def objective(first: int, right: int, days: int) -> Objective:
    return Objective("Rekenen", "Breuken", first, right, days)


@pytest.mark.parametrize(
    ("first", "right", "days", "expected"),
    [
        (9, 0, 3, "busy"),
        (10, 8, 1, "can"),
        (10, 7, 3, "busy"),
        (20, 11, 2, "busy"),
        (20, 10, 2, "stuck"),
        (20, 10, 1, "hard_start"),
        (20, 11, 1, "busy"),
        (10, 0, 1, "hard_start"),
    ],
)
def test_a_child_can_is_busy_is_stuck_or_had_a_hard_start(first: int, right: int, days: int, expected: str) -> None:
    assert state(objective(first, right, days)) == expected


ORDER = {"can": 0, "busy": 1, "hard_start": 2, "stuck": 2}


@given(first=st.integers(1, 60), right=st.integers(0, 60), days=st.integers(1, 10), worse=st.integers(1, 10))
def test_more_that_goes_wrong_never_sounds_better(first: int, right: int, days: int, worse: int) -> None:
    right = min(right, first)
    if first >= 10:
        assert ORDER[state(objective(first + worse, right, days))] >= ORDER[state(objective(first, right, days))]


def cell(pupil_id: int, name: str, answers: int, right: int) -> Any:
    return SimpleNamespace(
        pupil_id=pupil_id, subject="Rekenen", name=name, answers=answers, first_answers=answers, first_correct=right
    )


@given(order=st.permutations(range(12)))
def test_the_work_of_a_class_does_not_depend_on_the_order_of_what_was_read(order: list[int]) -> None:
    cells = [cell(number, f"doel {number % 3}", 10 + number % 2, number % 10) for number in range(12)]
    standings = {
        (each.pupil_id, each.subject, each.name): objective(each.first_answers, each.first_correct, 2) for each in cells
    }

    usual = class_work(cells, standings)
    found = class_work([cells[place] for place in order], standings)

    for one, other in zip(usual, found, strict=True):
        assert (one.name, one.answers, one.first_correct) == (other.name, other.answers, other.first_correct)
        assert sorted(one.children) == sorted(other.children)
        assert sorted(one.need_help) == sorted(other.need_help)
    assert sum(one.answers for one in usual) == sum(each.answers for each in cells)


def test_a_class_day_is_one_on_which_some_children_practised_in_school_hours() -> None:
    at_school, at_home = (20, 3), (20, 20)
    practised = [{FRIDAY: at_school, MONDAY: at_home}, {FRIDAY: at_school}, {FRIDAY: at_school}, {MONDAY: at_school}]

    assert class_day(practised, 3) == FRIDAY
    assert class_day([*practised, {MONDAY: at_school}, {MONDAY: at_school}], 3) == MONDAY
    assert class_day(practised, 4) is None
    assert class_day([], 3) is None


@pytest.mark.parametrize(
    ("born", "today", "expected"),
    [
        (date(2016, 11, 23), MONDAY, (MONDAY, 10)),
        (date(2016, 11, 21), MONDAY, (date(2026, 11, 21), 10)),
        (date(2016, 11, 20), MONDAY, None),
        (date(2017, 11, 22), FRIDAY, (date(2026, 11, 22), 9)),
        (date(2017, 11, 23), FRIDAY, None),
        (date(2017, 11, 22), date(2026, 11, 24), None),
        (date(2016, 2, 29), date(2025, 2, 28), (date(2025, 2, 28), 9)),
        (date(2016, 2, 29), date(2024, 2, 29), (date(2024, 2, 29), 8)),
        (date(2016, 1, 1), date(2021, 12, 31), (date(2022, 1, 1), 6)),
        (MONDAY, MONDAY, None),
    ],
)
def test_birthdays_of_the_weekend_are_kept_on_friday_and_monday(born: date, today: date, expected: Any) -> None:
    assert birthday(born, today) == expected


@given(born=st.dates(date(2010, 1, 1), date(2022, 12, 31)), year=st.integers(2024, 2030))
def test_every_child_has_its_birthday_kept_at_school_once_or_twice_a_year(born: date, year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=offset) for offset in range(366)]
    kept = [day for day in days if day.weekday() < 5 and (found := birthday(born, day)) and found.on.year == year]

    assert 1 <= len(kept) <= 2 or born.year >= year or (born.month, born.day) in {(1, 1), (12, 30), (12, 31)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ze loopt vast bij “Breuken”.", "Noor loopt vast bij “Breuken”."),
        ("Spelling ligt onder haar eigen lijn.", "Noor: spelling ligt onder haar eigen lijn."),
        ("Noor wacht op antwoord.", "Noor wacht op antwoord."),
        ("SCOL is gelijk gebleven.", "Noor: SCOL is gelijk gebleven."),
    ],
)
def test_a_sentence_on_a_page_of_many_children_begins_with_the_name(text: str, expected: str) -> None:
    assert with_name("Noor", text) == expected


@pytest.mark.parametrize("name", ["Anne Fleur", "Anne Fleur v.B.", "Anne"])
def test_a_given_name_of_two_words_is_said_once(name: str) -> None:
    given = name.removesuffix(" v.B.")

    assert with_name(name, f"{given} oefende niet.") == f"{name} oefende niet."
