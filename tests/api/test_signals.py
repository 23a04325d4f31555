"""The signals of a whole group: the same as the sheet says of each child, in one fixed number of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.services.sheet import compose_sheet
from api.services.signals import PupilSignal, signals_in
from models import Base
from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.queries.group_facts import pupils_in
from models.queries.scope import Grant, GroupGrant
from models.rules.access import Kind, Position, kinds_for
from models.rules.signals.registry import RULES
from models.vocabulary import LinkMethod, PersonRole, Role
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


@contextmanager
def statements(connection: sa.Connection) -> Iterator[list[str]]:
    """Collect what is asked of the database, also by statements that go straight to its driver."""
    found: list[str] = []
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        driver.set_trace_callback(found.append)
        yield found
        driver.set_trace_callback(None)
        return

    class Watched(psycopg.Cursor[Any]):
        def execute(self, query: Any, *arguments: Any, **options: Any) -> Any:
            found.append(query)
            return super().execute(query, *arguments, **options)

    usual, driver.cursor_factory = driver.cursor_factory, Watched
    yield found
    driver.cursor_factory = usual


def inserted(connection: sa.Connection, model: type[Base], **values: Any) -> int:
    key = connection.execute(sa.insert(model).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def crowd(connection: sa.Connection, group: GroupGrant, children: int) -> None:
    """Let so many children more into the group, each known by the roll only."""
    member = connection.execute(
        sa.select(GroupMembership.__table__, SourcePerson.source_id)
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(GroupMembership.group_id == group.group_id, GroupMembership.ends_on.is_(None))
    ).first()
    assert member is not None
    same = {"school_id": group.school_id, "starts_on": member.starts_on, "delivery_id": member.delivery_id}
    for number in range(children):
        pupil_id = inserted(connection, Pupil, school_id=group.school_id, given_name=f"Kind {number}")
        person = inserted(
            connection,
            SourcePerson,
            school_id=group.school_id,
            source_id=member.source_id,
            source_key=str(uuid7()),
            role=PersonRole.PUPIL,
            pupil_id=pupil_id,
            link_method=LinkMethod.ROLL,
            first_delivery_id=member.delivery_id,
            seen_delivery_id=member.delivery_id,
        )
        in_group = {"group_id": group.group_id, "kind": member.kind, "school_year_id": member.school_year_id}
        connection.execute(sa.insert(GroupMembership).values(same | in_group | {"source_person_id": person}))


def test_the_number_of_queries_is_the_same_for_thirty_and_three_hundred_children(connection: sa.Connection) -> None:
    group = grant_for_group(connection, "6B")
    counts = []
    for more in (0, 20, 270):
        crowd(connection, group, more)
        signals_in(connection, group, TODAY, NOW)  # compiles, and remembers what is the same for all
        with statements(connection) as found:
            signals_in(connection, group, TODAY, NOW)
        counts.append(len(found))

    assert len(pupils_in(connection, group, TODAY)) > 300
    assert len(set(counts)) == 1
    assert counts[0] <= 12
