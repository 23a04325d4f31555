"""The access matrix itself, cell by cell where it matters most."""

import pytest

from models.rules.access import MATRIX, ROLES, Cell, Kind, cell, kinds_for, may
from models.vocabulary import Role


def test_every_kind_has_a_cell_for_every_role() -> None:
    assert set(MATRIX) == set(Kind)
    assert set(ROLES) == set(Role)
    assert {len(row) for row in MATRIX.values()} == {len(ROLES)}


def test_an_administrator_sees_nothing_of_any_child() -> None:
    assert kinds_for([Role.ADMIN]) == frozenset()


def test_a_parent_sees_nothing_that_was_not_released() -> None:
    assert kinds_for([Role.PARENT]) == {Kind.IDENTITY, Kind.PLACEMENT, Kind.ATTENDANCE, Kind.GOALS, Kind.TALENT}


@pytest.mark.parametrize("kind", [Kind.WELLBEING, Kind.JOURNAL, Kind.JOURNAL_IB])
def test_a_head_needs_a_reason_for_what_is_said_in_confidence(kind: Kind) -> None:
    assert cell(Role.HEAD, kind) is Cell.REASON
    assert not may(Role.HEAD, kind)


def test_notes_for_ib_only_are_for_ib_only() -> None:
    assert [role for role in ROLES if may(role, Kind.JOURNAL_IB)] == [Role.IB]


def test_two_roles_for_one_child_add_up() -> None:
    both = kinds_for([Role.HEAD, Role.TEACHER])

    assert both == kinds_for([Role.HEAD]) | kinds_for([Role.TEACHER])
    assert kinds_for([]) == frozenset()
