"""Which instruction group is proposed: the cases by hand, and that bad news never asks for less help."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.placing import LONGEST, Seen, proposal, shared
from models.rules.wording import Child
from models.vocabulary import InstructionLevel, Sex

NOOR = Child("Noor", Sex.FEMALE)
INTENSIVE, BASIC, ENRICHED = InstructionLevel
HELP = {ENRICHED: 0, BASIC: 1, INTENSIVE: 2}


@pytest.mark.parametrize(
    ("seen", "level"),
    [
        (Seen("I", "in"), ENRICHED),
        (Seen("I+", "above", 2), ENRICHED),
        (Seen("A", "in"), ENRICHED),
        (Seen("II", "in"), BASIC),
        (Seen("II", "above", 1), ENRICHED),
        (Seen("B", "above", 1), ENRICHED),
        (Seen("III", "above", 2), BASIC),
        (Seen("C", "in"), BASIC),
        (Seen("IV", "in"), INTENSIVE),
        (Seen("IV", "above", 1), INTENSIVE),
        (Seen("D", "in"), INTENSIVE),
        (Seen("V-"), INTENSIVE),
        (Seen("I", "below", 1), BASIC),
        (Seen("I", "below", 2), INTENSIVE),
        (Seen("III", "below", 1), BASIC),
        (Seen("III", "below", 1, ("Klokkijken",)), INTENSIVE),
        (Seen("I", "in", 0, ("Klokkijken",)), BASIC),
        (Seen("I", "in", 0, ("Klokkijken", "Keersommen")), INTENSIVE),
        (Seen(None, "unknown", 0, ("Klokkijken",)), BASIC),
        (Seen("zwemdiploma B", "unknown"), BASIC),
    ],
)
def test_which_group_is_proposed(seen: Seen, level: InstructionLevel) -> None:
    found = proposal(NOOR, seen)

    assert found is not None
    assert found.level is level


def test_of_whom_nothing_is_known_nothing_is_proposed() -> None:
    assert proposal(NOOR, Seen()) is None
    assert proposal(NOOR, Seen(helps="Een werkkaart")) is None


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (Seen("II", "in"), "Niveau II, groeit mee met haar eigen lijn."),
        (Seen("IV", "below", 2), "Niveau IV, twee metingen onder haar eigen lijn."),
        (
            Seen("III", "below", 1, ("Klokkijken", "Keersommen", "Geld"), "Werken met een voorbeeld."),
            (
                "Niveau III, bij de laatste meting onder haar eigen lijn; loopt vast bij “Klokkijken” en “Keersommen”. "
                "Wat helpt: Werken met een voorbeeld."
            ),
        ),
        (
            Seen(None, "unknown", 0, ("Geld",)),
            "Nog geen niveau, nog geen eigen lijn om mee te vergelijken; loopt vast bij “Geld”.",
        ),
    ],
)
def test_the_reason_says_what_was_looked_at(seen: Seen, reason: str) -> None:
    found = proposal(NOOR, seen)

    assert found is not None
    assert found.reason == reason


SCALES = (("I+", "I", "II", "III", "IV", "V", "V-"), ("A", "B", "C", "D", "E"))
"""Best first; never mixed."""
GROWTH = (("above", 2), ("above", 1), ("in", 1), ("below", 1), ("below", 2), ("below", 3))
NAMES = st.lists(st.sampled_from(["Klokkijken", "Keersommen", "Geld", "Breuken"]), unique=True)


@given(st.sampled_from(SCALES), st.data(), NAMES)
def test_bad_news_never_asks_for_less_help_and_never_leads_to_the_enriched_group(
    scale: tuple[str, ...], data: st.DataObject, stuck: list[str]
) -> None:
    def two(of: int) -> tuple[int, int]:
        better, worse = sorted(data.draw(st.tuples(st.integers(0, of - 1), st.integers(0, of - 1))))
        return better, worse

    level, lower = two(len(scale))
    growth, flatter = two(len(GROWTH))
    fewer = data.draw(st.integers(0, len(stuck)))
    before = proposal(NOOR, Seen(scale[level], *GROWTH[growth], tuple(stuck[:fewer])))  # type: ignore[arg-type]
    after = proposal(NOOR, Seen(scale[lower], *GROWTH[flatter], tuple(stuck)))  # type: ignore[arg-type]

    assert before is not None
    assert after is not None
    assert HELP[after.level] >= HELP[before.level]


@given(NAMES, st.sampled_from(GROWTH), st.sampled_from(("I", "III", "IV")))
def test_the_order_in_which_objectives_come_does_not_matter(
    stuck: list[str], growth: tuple[str, int], level: str
) -> None:
    found = {
        each.level
        for order in permutations(stuck)
        if (each := proposal(NOOR, Seen(level, *growth, order)))  # type: ignore[arg-type]
    }
    assert len(found) == 1


@given(st.text(max_size=500), st.lists(st.text(max_size=300), max_size=3))
def test_a_reason_fits_where_it_is_kept(helps: str, stuck: list[str]) -> None:
    found = proposal(NOOR, Seen("III", "below", 4, tuple(stuck), helps))

    assert found is not None
    assert 0 < len(found.reason) <= LONGEST


def test_what_several_children_are_stuck_at_is_named_once_with_their_names() -> None:
    stuck = [("Sem", ["Geld", "Klokkijken"]), ("Daan", ["Klokkijken"]), ("Noor", ["Geld", "Klokkijken", "Breuken"])]

    expected = [("Klokkijken", ["Daan", "Noor", "Sem"]), ("Geld", ["Noor", "Sem"])]
    assert shared(stuck) == expected
    assert shared(list(reversed(stuck))) == expected
