"""The access matrix itself: whole, in words for people, and cell by cell as the facts of issue 3 give it (A.2)."""

import pytest

from models.rules.access import COLUMN, MATRIX, OPENS, READS, WRITES, Cell, Kind, Position, cell, kinds_for, may
from models.rules.grounds import WORDS, Theme
from models.vocabulary import Role

FACTS = """
1   NAME               L  L  L  L  S  S  -  L  -  L  -
1   IDENTITY           L  -  L  L  S  S  -  L  -  -  -
1a  EMERGENCY_NUMBERS  L  R  L  L  S  -  -  E  -  -  -
1b  SECRET_CONTACT     -  -  -  R  L  S  -  E  -  -  -
1c  NATIONAL_NUMBER    -  -  -  -  L  S  -  L  -  -  -
2   PLACEMENT          L  -  L  L  S  S  A  L  O  L  -
3   ATTENDANCE         S  -  S  L  S  S  A  S  O  -  -
4   CLASS_TESTS        S  -  S  S  L  -  A  V  O  V  -
5   RESULTS            S  -  L  S  L  -  A  V  O  V  -
6   PRACTICE           L  -  L  L  A  -  -  V  O  L  -
7   WELLBEING          S  -  R  S  R  -  A  V  O  E  -
8   OBSERVATIONS       S  E  S  S  R  -  -  O  O  -  -
9   NOTES              S  -  L  S  R  -  -  O  O  -  -
9a  NAMED_NOTES        -  -  -  S  R  -  -  O  -  -  -
10  INCIDENTS          S  E  E  S  S  -  A  V  O  -  -
10a CHILD_PROTECTION   E  E  E  S  L  -  -  -  -  -  -
11  MEDICAL            -  -  -  S  S  -  -  L  O  -  -
11a EMERGENCY_CARD     L  R  L  S  S  -  -  L  O  -  -
12  REPORTS            -  -  -  S  R  -  -  L  O  -  -
12a IN_CLASS           L  -  L  S  L  -  -  L  -  L  -
13  SUPPORT_PLAN       S  -  L  S  S  -  A  L  O  E  -
14  GOALS              S  -  S  S  L  -  -  S  -  S  -
15  PORTFOLIO          S  -  L  L  -  -  -  L  -  S  -
16  TALKS              S  -  R  S  L  -  -  E  -  -  -
17  ADVICE             S  -  L  S  S  -  A  V  O  V  -
18  ACCESS_LOG         -  -  -  L  L  -  -  O  -  -  A
"""
"""Rows of A.2 and columns LE LA DI IB DR AD BS OG OZ LL AB, typed over from the facts and not from the code.

Row 1 is two kinds, because a teacher of another group and the child itself may read name and group only.
"""
CODES = dict(zip("-LSEVORA", Cell, strict=True))


def test_the_matrix_is_that_of_the_facts() -> None:
    rows = [line.split() for line in FACTS.strip().splitlines()]

    assert {Kind[row[1]] for row in rows} | {Kind.SOURCES} == set(Kind)
    for number, name, *codes in rows:
        assert MATRIX[Kind[name]] == tuple(CODES[code] for code in codes), name
        assert WORDS[Kind[name]].number == number
    assert len({row[0] for row in rows}) == 25


def test_every_kind_has_a_cell_for_every_position_and_words_for_people() -> None:
    assert set(MATRIX) == set(WORDS) == set(Kind)
    assert {len(row) for row in MATRIX.values()} == {len(Position)} == {len(COLUMN)}
    assert {words.theme for words in WORDS.values()} == set(Theme)
    for words in WORDS.values():
        assert words.ground.endswith(".")
        assert len(words.ground) > 40
    assert {words.theme for words in WORDS.values() if words.kept} == set(Theme), (
        "van elk thema houdt Kindblad iets bij"
    )


def test_a_remark_stands_at_a_cell_that_allows_something_or_says_why_not() -> None:
    for kind, words in WORDS.items():
        for position, remark in words.remarks.items():
            assert cell(position, kind) is not Cell.NONE or remark.startswith("niet, tenzij"), (kind, position)


def test_every_role_stands_somewhere() -> None:
    assert {role.value for role in Role} < {position.value for position in Position}


@pytest.mark.parametrize("position", [Position.ADMIN, Position.BOARD, Position.WITHOUT_CUSTODY])
def test_who_has_no_child_here_reads_writes_and_opens_nothing(position: Position) -> None:
    assert (READS[position], WRITES[position], OPENS[position]) == (frozenset(), frozenset(), frozenset())


def test_a_parent_sees_nothing_that_was_not_released_and_no_talk_of_the_other_household() -> None:
    theirs = {Cell.RELEASED, Cell.REQUEST, Cell.OWN}

    assert {kind for kind in Kind if cell(Position.PARENT, kind) in theirs} & kinds_for([Position.PARENT]) == set()
    assert not may(Position.PARENT, Kind.TALKS)


@pytest.mark.parametrize("kind", [Kind.WELLBEING, Kind.OBSERVATIONS, Kind.NOTES, Kind.NAMED_NOTES, Kind.REPORTS])
def test_a_head_needs_a_reason_for_what_is_said_in_confidence(kind: Kind) -> None:
    assert cell(Position.HEAD, kind) is Cell.REASON
    assert not may(Position.HEAD, kind)


def test_notes_for_ib_only_are_for_ib_only() -> None:
    assert [position for position in Position if may(position, Kind.NAMED_NOTES)] == [Position.IB]


def test_two_positions_to_one_child_add_up() -> None:
    both = kinds_for([Position.HEAD, Position.TEACHER])

    assert both == kinds_for([Position.HEAD]) | kinds_for([Position.TEACHER])
    assert kinds_for([]) == frozenset()


def test_a_kind_or_position_that_nobody_knows_is_a_mistake_in_the_program() -> None:
    with pytest.raises(ValueError, match="medisch"):
        cell(Position.IB, "medisch")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="juf"):
        may("juf", Kind.NOTES)  # type: ignore[arg-type]
