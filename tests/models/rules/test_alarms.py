"""Who looks at very many files in a short time is found, whatever the order and however many there are."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.alarms import Burst, Look, bursts

BEGAN = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
SHORT = timedelta(minutes=10)
LOOKS = st.lists(st.tuples(st.sampled_from([0, 1, 30, 200, 700]), st.integers(1, 2), st.integers(1, 8)), max_size=40)


@given(LOOKS, st.integers(1, 6))
def test_a_burst_is_all_looks_in_a_row_with_so_many_children_in_the_time_before(
    made: list[tuple[int, int, int]], most: int
) -> None:
    at, looks = BEGAN, []
    for seconds, account, pupil in made:
        at += timedelta(seconds=seconds)
        looks.append(Look(at, account, pupil))

    found = bursts(looks, most, SHORT)

    assert [burst.first for burst in found] == sorted(burst.first for burst in found)
    for account in (1, 2):
        own = [look for look in looks if look.account_id == account]
        assert [burst for burst in found if burst.account_id == account] == as_it_is_said(own, most)


def as_it_is_said(looks: list[Look], most: int) -> list[Burst]:
    """Look back from each look; what follows each other with enough children is one burst."""
    rows: list[list[list[Look]]] = [[]]
    for place, look in enumerate(looks):
        before = [one for one in looks[: place + 1] if one.at >= look.at - SHORT]
        if len({one.pupil_id for one in before}) >= most:
            rows[-1].append(before)
        else:
            rows.append([])
    return [
        Burst(row[0][0].account_id, row[0][0].at, row[-1][-1].at, len({one.pupil_id for seen in row for one in seen}))
        for row in rows
        if row
    ]


def test_a_hundred_thousand_files_in_ten_minutes_are_one_burst_that_is_told_at_once() -> None:
    """To hold every look against all of its ten minutes would keep directie waiting for longer than anyone does."""
    looks = [Look(BEGAN + timedelta(milliseconds=5 * number), 1, number % 700) for number in range(100_000)]

    assert bursts(looks, 30, SHORT) == [Burst(1, BEGAN, looks[-1].at, 700)]
