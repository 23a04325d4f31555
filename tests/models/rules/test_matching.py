"""Comparing names and birth dates: enough to ask a good question, never enough to link."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.matching import (
    BIRTH_DATE_CHANGED,
    KEY_REUSED,
    Traits,
    compare,
    contradiction,
    follow_keys,
    is_complete,
    is_plausible,
    normalise,
    rank,
    surname_parts,
)

BORN = date(2016, 5, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë", "ZOE"),
        ("Noël", "noel"),
        ("Çelik", "celik"),
        ("Błażej", "blazej"),
        ("Yağmur", "YAĞMUR"),
        ("Anne-Fleur", "Anne Fleur"),
        ("D'Angelo", "d’angelo"),
        ("Groß", "gross"),
    ],
)
def test_case_diacritics_and_punctuation_make_no_other_name(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Berg", {"berg"}),
        ("van der Berg", {"berg"}),
        ("Berg, van der", {"berg"}),
        ("van 't Hof", {"hof"}),
        ("El Amrani", {"amrani"}),
        ("v.d. Ven", {"ven"}),
        ("Jansen-de Boer", {"jansen", "boer"}),
        ("de Boer - Jansen", {"jansen", "boer"}),
        ("In", {"in"}),
        ("de Jong van Dijk", {"jong van dijk"}),
        (None, set()),
    ],
)
def test_the_significant_parts_of_a_surname(name: str | None, parts: set[str]) -> None:
    assert surname_parts(name) == parts


def test_where_the_prefix_stands_makes_no_difference() -> None:
    apart = Traits("Pien", prefix="van der", family_name="Berg", birth_date=BORN)
    behind = Traits("Pien", family_name="Berg, van der", birth_date=BORN)

    evidence = compare(apart, behind)
    assert is_complete(evidence)
    assert evidence.surname == "equal"


def test_a_married_name_is_partly_equal_and_worth_a_question() -> None:
    known = Traits("Pien", family_name="Jansen-de Boer", birth_date=BORN)
    evidence = compare(known, Traits("Pien", family_name="Boer"))

    assert evidence.surname == "part"
    assert is_plausible(evidence)
    assert not is_complete(evidence)


def test_a_given_name_may_be_the_first_of_the_first_names() -> None:
    known = Traits("Pien", first_names="Josephina Maria", family_name="Berg")

    assert compare(known, Traits("Josephina", family_name="Berg")).given_name == "part"
    assert compare(known, Traits("Maria", family_name="Berg")).given_name == "different"


def test_day_and_month_swapped_is_seen() -> None:
    known = Traits("Pien", family_name="Berg", birth_date=date(2016, 5, 1))
    evidence = compare(known, replace(known, birth_date=date(2016, 1, 5)))

    assert evidence.birth_date == "swapped"
    assert is_plausible(evidence)


@pytest.mark.parametrize(
    ("delivered", "expected"),
    [
        (Traits("Pien", family_name="Berg", birth_date=BORN), None),
        (Traits("Pim", family_name="Berg", birth_date=BORN), None),
        (Traits("Pien", family_name="Vos", birth_date=BORN), None),
        (Traits("Youssef", family_name="Amrani", birth_date=BORN), None),
        (Traits("Youssef", family_name="Amrani", birth_date=None), None),
        (Traits("Pien", family_name="Berg", birth_date=date(2016, 6, 1)), BIRTH_DATE_CHANGED),
        (Traits("Pien", family_name="Vos", birth_date=date(2016, 1, 5)), BIRTH_DATE_CHANGED),
        (Traits("Youssef", family_name="Amrani", birth_date=date(2019, 2, 3)), KEY_REUSED),
    ],
)
def test_only_another_birth_date_speaks_against_a_key(delivered: Traits, expected: str | None) -> None:
    assert contradiction(Traits("Pien", family_name="Berg", birth_date=BORN), delivered) == expected


def test_keys_link_to_one_child_or_to_none() -> None:
    assert follow_keys({7}, set()).pupil_id == 7
    assert follow_keys({7}, {7}).by_eckid
    assert follow_keys(set(), {7}).by_eckid is False
    assert follow_keys(set(), set()).pupil_id is None
    for by_eckid, by_las_key in (({7}, {8}), ({7, 8}, set()), (set(), {7, 8})):
        verdict = follow_keys(by_eckid, by_las_key)
        assert verdict.pupil_id is None
        assert verdict.disagree


NAMES = st.text("abcdéïñ -'", min_size=0, max_size=12) | st.none()
TRAITS = st.builds(
    Traits,
    given_name=NAMES,
    first_names=NAMES,
    prefix=NAMES,
    family_name=NAMES,
    birth_date=st.dates(date(2010, 1, 1), date(2022, 12, 31)) | st.none(),
)


@given(TRAITS, TRAITS)
def test_comparing_is_the_same_from_both_sides(one: Traits, other: Traits) -> None:
    assert compare(one, other) == compare(other, one)
    assert contradiction(one, other) == contradiction(other, one)


@given(TRAITS, TRAITS)
def test_nobody_ranks_above_a_complete_match(one: Traits, other: Traits) -> None:
    same = Traits("Pien", family_name="Berg", birth_date=BORN)

    assert rank(compare(one, other)) <= rank(compare(same, same))
