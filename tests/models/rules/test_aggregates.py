"""A figure about a group tells nothing of one child, also not to someone who can subtract."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.aggregates import SMALLEST, share, too_small

Sizes = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 40), max_size=9)


def test_b24_a_group_of_five_is_hidden_and_one_of_six_is_shown() -> None:
    assert too_small({"5A": 5, "5B": 24, "6": 25}) == {"5A", "5B"}
    assert too_small({"5A": 6, "5B": 24, "6": 25}) == frozenset()


def test_b24_the_school_minus_the_other_groups_does_not_give_the_small_one() -> None:
    hidden = too_small({"plusklas": 3, "schakelklas": 2, "7": 7, "8": 25})

    assert hidden == {"plusklas", "schakelklas", "7"}  # 3 + 2 would still be five children


@given(Sizes)
def test_whatever_is_hidden_is_no_single_part_and_more_than_five_children(sizes: dict[str, int]) -> None:
    hidden = too_small(sizes)
    shown = {key: size for key, size in sizes.items() if key not in hidden}
    filled = [size for size in sizes.values() if size]

    assert all(size == 0 or size >= SMALLEST for size in shown.values())
    left = sum(sizes.values()) - sum(shown.values())
    if hidden and (sum(filled) >= SMALLEST and len(filled) > 1):
        assert left >= SMALLEST
        assert len(hidden) > 1


@given(Sizes)
def test_no_more_is_hidden_than_needed(sizes: dict[str, int]) -> None:
    hidden = too_small(sizes)
    small = {key for key in hidden if sizes[key] < SMALLEST}
    for fewer in range(len(hidden)):
        for kept in combinations(hidden, fewer):
            safe = small <= set(kept) and sum(sizes[key] for key in kept) >= SMALLEST and len(kept) > 1
            assert not (safe and hidden), (kept, hidden)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 25, "≤5%"), (1, 25, "≤5%"), (2, 25, "8%"), (12, 24, "50%"), (23, 24, "≥95%"), (25, 25, "≥95%"), (1, 8, "13%")],
)
def test_a_share_near_nobody_or_near_everybody_is_not_told_apart(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


def test_a_share_of_five_children_does_not_exist() -> None:
    with pytest.raises(ValueError, match="five"):
        share(1, 5)
