"""What is remembered of answers: exact for any numbers, small for numbers that lie together."""

import numpy as np
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from connectors.practice import firsts, names, packing, seen
from connectors.practice.firsts import Firsts
from models.practice import PracticeSeen
from tests.connectors.practice.conftest import Platform
from tests.connectors.practice.counting import Answer, count

numbers = st.lists(st.one_of(st.integers(0, 300), st.integers(0, 2**63 - 1)), min_size=1, max_size=50)


@given(numbers)
def test_any_whole_numbers_come_back_as_they_were(values: list[int]) -> None:
    distinct = np.array(sorted(set(values)), np.int64)

    packed = packing.pack(np.array(values, np.int64)) + b"what follows"
    back, after = packing.unpack(packed, len(values))

    assert back.tolist() == values
    assert packed[after:] == b"what follows"
    assert packing.unpack_set(packing.pack_set(distinct)).tolist() == distinct.tolist()


def test_ids_that_lie_together_cost_a_bit_each_and_never_more_than_nine_bytes() -> None:
    close = np.arange(10**9, 10**9 + 65_536)
    far = np.arange(65_536, dtype=np.int64) * (2**62 // 65_536)

    assert len(packing.pack_set(close)) < 65_536 // 8 + 10
    assert len(packing.pack_set(far)) < 65_536 * 9


@given(st.lists(st.lists(st.integers(0, 2**62), max_size=60, unique=True), max_size=6))
def test_the_memory_of_ids_behaves_as_a_set_however_its_leaves_are_cut(files: list[list[int]]) -> None:
    stored: dict[int, bytes] = {}
    known: set[int] = set()
    size = seen.BLOCK
    seen.BLOCK = 8
    try:
        for file in files:
            ids = np.array(sorted(file), np.int64)
            keys = np.array(sorted(stored), np.int64)
            touched = {int(key): stored[int(key)] for key in seen.touched(keys, ids)}
            counted = seen.look_up(touched, ids)
            assert counted.tolist() == sorted(known & set(file))
            stored |= seen.add(keys, touched, ids[~packing.within(ids, counted)])
            known |= set(file)
    finally:
        seen.BLOCK = size

    assert sorted(i for packed in stored.values() for i in packing.unpack_set(packed).tolist()) == sorted(known)


def test_ids_far_apart_are_remembered_one_by_one(platform: Platform) -> None:
    answers = [Answer(number * 2**49, exercise=number) for number in range(8_192)]

    platform.delivers(answers[::2])
    outcome = platform.delivers(answers)

    assert (outcome.created, outcome.unchanged) == (4_096, 4_096)
    assert platform.cells() == count(answers)


def test_a_school_year_of_ids_takes_little_room(platform: Platform) -> None:
    platform.delivers([Answer(10**9 + number, exercise=number) for number in range(100_000)])

    with platform.engine.connect() as connection:
        blocks = connection.scalars(sa.select(PracticeSeen.ids)).all()
    assert sum(map(len, blocks)) < 100_000 // 8 + 1_000


def test_first_attempts_come_back_from_the_memory_as_they_went_in() -> None:
    moments = np.array([5 << firsts.PERIOD_BITS, (6 << firsts.PERIOD_BITS) - 1])
    told = Firsts(np.array([1, 2**62]), moments, np.array([2**62, 0]), np.array([1, 0]), np.array([70_000, 3]))

    back = firsts.open_row(firsts.close_row(5, told))

    assert all(np.array_equal(getattr(back, name), getattr(told, name)) for name in Firsts.__slots__)


@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=20), max_size=4))
def test_a_text_keeps_its_code_also_when_hashes_fall_in_one_slot(files: list[list[int]]) -> None:
    codes, given_codes = names.Codes(), dict[int, int]()
    for file in files:
        hashes = np.array([h for one in file for h in (one, one ^ 1)], np.uint64)
        new = np.unique(hashes[codes.find(hashes) < 0])
        codes.add(new)
        for one, code in zip(hashes.tolist(), codes.find(hashes).tolist(), strict=True):
            assert given_codes.setdefault(one, code) == code

    assert sorted(given_codes.values()) == list(range(len(given_codes)))
