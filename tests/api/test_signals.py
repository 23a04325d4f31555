"""The signals of a whole group: the same as the sheet says of each child, in one fixed number of queries."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from api.services.sheet import compose_sheet
from api.services.signals import PupilSignal, signals_in
from models.group import ClassGroup
from models.queries.group_facts import pupils_in
from models.queries.scope import Grant, GroupGrant
from models.rules.access import Kind, Position, kinds_for
from models.rules.signals.registry import RULES
from models.vocabulary import Role
from tests.demo_school import NOW, TODAY, DemoSchool


@pytest.fixture
def connection(demo_school: DemoSchool) -> Iterator[sa.Connection]:
    """Whatever a test changes is undone."""
    with demo_school.engine.connect() as connection:
        yield connection
        connection.rollback()


def grant_for_group(connection: sa.Connection, name: str, kinds: frozenset[Kind] | None = None) -> GroupGrant:
    chosen = sa.select(ClassGroup.id, ClassGroup.school_id).where(ClassGroup.name.like(f"%{name}"))
    row = connection.execute(chosen.order_by(ClassGroup.id.desc())).first()
    assert row is not None
    may = kinds_for([Position.TEACHER]) if kinds is None else kinds
    return GroupGrant(row.id, row.school_id, Role.TEACHER, f"groep {name}", may)


def of(signals: list[PupilSignal], name: str) -> dict[str, str]:
    return {each.signal.rule: each.signal.text for each in signals if each.name.startswith(name)}


def test_a_group_says_of_each_child_what_its_sheet_says(connection: sa.Connection) -> None:
    group = grant_for_group(connection, "6B")
    signals = signals_in(connection, group, TODAY, NOW)
    pupils = pupils_in(connection, group, TODAY)

    assert len(pupils) > 5
    for pupil in pupils:
        grant = Grant(pupil.id, group.school_id, Role.TEACHER, "groep 6B", group.kinds)
        sheet = compose_sheet(connection, grant, TODAY, NOW)
        mine = [each.signal for each in signals if each.pupil_id == pupil.id]
        expected = [sentence.text for sentence in sheet.sentences if not RULES[sentence.rule].sheet_only]
        assert [signal.text for signal in mine][: len(expected)] == expected
    assert of(signals, "Noor")["growth_below"] == "Spelling ligt twee metingen onder haar eigen lijn (IV, was II)."
    assert [each.signal.weight for each in signals] == sorted((each.signal.weight for each in signals), reverse=True)


def test_what_may_not_be_read_gives_no_signal(connection: sa.Connection) -> None:
    assert signals_in(connection, grant_for_group(connection, "6B", frozenset({Kind.PLACEMENT})), TODAY, NOW) == []
