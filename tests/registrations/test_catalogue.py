"""The catalogue says of each claim where it stands and how sure that is, and beside each "weg" what stays required."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from models.catalogue import Item, catalogue
from models.rules.registrations.cells import safe
from models.rules.registrations.hours import Spread, a_year, in_words, minutes, total
from models.rules.registrations.proposal import Known, is_asked, propose
from models.vocabulary import Cadence, Certainty, Ruling, Standing

ITEMS = list(catalogue().items.values())
TODAY = date(2026, 11, 22)


def test_all_items_of_the_notes_are_there_once() -> None:
    assert [item.number for item in ITEMS] == list(range(1, 94))
    assert len({item.name for item in ITEMS}) == 93


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_each_claim_says_where_it_stands_how_sure_it_is_and_when_it_was_checked(item: Item) -> None:
    assert all((item.typical, item.where, item.requires, item.often, item.keep, item.who))
    assert item.checked_on <= TODAY
    if is_asked(item.standing):
        assert item.basis
    assert all(at.law.name and at.article and at.law.address.startswith("https://") for at in item.basis)
    if item.certainty is Certainty.READ and not item.basis:
        assert item.sources, "read, but where?"
    if item.certainty is Certainty.SECOND_HAND:
        assert item.sources


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.code)
def test_beside_whatever_may_go_stands_what_stays_required(item: Item) -> None:
    for unread, serves, weighed in product((None, True, False), ((), ("blij naar school",)), (True, False)):
        made = propose(item, Known(item.standing, unread=unread, serves=serves, is_weighed=weighed))
        assert made.reasons
        if made.ruling is Ruling.GO:
            assert item.what_stays
            assert item.stays, "what stays is said in words of its own"
            assert not is_asked(item.standing)


def test_what_was_not_verified_is_said_and_nothing_bad_known_of_use_can_drop_what_the_law_asks() -> None:
    for item in ITEMS:
        worst = Known(item.standing, unread=True, is_weighed=True, doubles=3)
        made = propose(item, worst)
        if is_asked(item.standing):
            assert made.ruling in {Ruling.MUST, Ruling.UNCLEAR}
        if item.certainty is Certainty.UNVERIFIED:
            assert any("Niet nagegaan" in reason for reason in made.reasons)


def test_a_bill_that_becomes_law_switches_its_items_and_not_a_day_sooner() -> None:
    item = catalogue().items["incidenten"]
    bill = replace(item.bills[0], passed_from=date(2027, 8, 1))
    switched = replace(item, bills=(bill,))

    assert item.standing_on(TODAY) is Standing.OPTIONAL
    assert switched.standing_on(date(2027, 7, 31)) is Standing.OPTIONAL
    assert switched.standing_on(date(2027, 8, 1)) is Standing.REQUIRED
    assert propose(switched, Known(switched.standing_on(date(2027, 8, 1)))).ruling is Ruling.MUST
    assert any("36777" in reason for reason in propose(item, Known(item.standing)).reasons)


def test_published_hours_say_whose_they_are() -> None:
    assert all(line.source and line.year > 2000 and "uur" in line.hours for line in catalogue().published)


def test_hours_are_the_schools_own_minutes_with_their_spread() -> None:
    assert minutes(None, None, []) is None
    assert minutes(3, 6, []) == Spread(3, 6)
    assert minutes(3, 6, [300]) == Spread(3, 6), "one run has no spread"
    assert minutes(3, 6, [120, 600, 300]) == Spread(2, 10)
    assert minutes(None, None, [90]) == Spread(1.5, 1.5)
    assert a_year(Spread(3, 6), 2, Cadence.WEEK, 28) == Spread(2 * 40 * 28 * 3 / 60, 2 * 40 * 28 * 6 / 60)
    assert total([None, Spread(1, 2), Spread(10, 20)]) == Spread(11, 22)
    assert total([None]) is None
    assert in_words(Spread(112, 224)) == "112 tot 224 uur"
    assert in_words(Spread(0.5, 1.25)) == "0,5 tot 1,2 uur"
    assert (in_words(Spread(0, 0.04)), in_words(Spread(0, 0))) == ("een paar minuten", "0 uur")


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1", '=HYPERLINK("http://x","y")']
)
def test_no_text_becomes_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"
    assert safe("gewone tekst = goed") == "gewone tekst = goed"
