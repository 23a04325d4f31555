"""The whole school for the IB'er: counted from the same lines as the sheets, no league table, steady at any size."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from api.db import reading
from api.services.school_view import compose_schools
from api.services.sheet import compose_sheet
from models.person import Staff
from models.queries.school_view import children, seen_at
from models.queries.scope import Grant, Held, Scope, group_name
from models.rules.access import Position, kinds_for
from models.rules.aggregates import SMALLEST
from models.rules.growth import State
from models.rules.names import natural_order
from models.rules.stalling import PART, grew
from models.school import School
from models.support import Agreement
from models.talk import Talk
from models.vocabulary import Role
from tests.demo_school import NOW as DEMO_NOW
from tests.demo_school import TODAY as DEMO_DAY
from tests.demo_school import DemoSchool
from tests.site import Site
from tests.world import NOW, TODAY, World


def scope_of(connection: sa.Connection, role: Role) -> Scope:
    return Scope(1, DEMO_DAY, (Held(role, connection.scalars(sa.select(School.id)).one()),))


@contextmanager
def counted(engine: sa.Engine) -> Iterator[list[str]]:
    said: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield said
    sa.event.remove(engine, "before_cursor_execute", note)


def test_a_figure_is_what_the_sheets_of_the_children_say(demo_school: DemoSchool) -> None:
    states: dict[tuple[str, str], Counter[str]] = {}
    with reading(demo_school.engine) as connection:
        scope = scope_of(connection, Role.IB)
        [shown] = compose_schools(connection, scope)
        [school_id] = seen_at(scope)
        kinds = kinds_for([Position.IB])
        for pupil_id, row in children(connection, scope, school_id).items():
            sheet = compose_sheet(connection, Grant(pupil_id, school_id, Role.IB, "IB", kinds), DEMO_DAY, DEMO_NOW)
            for line in sheet.learning.lines if sheet.learning else []:
                states.setdefault((group_name(row.name), line.subject), Counter())[line.state] += 1

    told = {
        (row.group, subject): (cell.along or 0, cell.below or 0)
        for row in shown.groups
        for subject, cell in zip(shown.subjects, row.subjects, strict=True)
    }
    expected = {place: (seen["up"] + seen["steady"], seen["down"]) for place, seen in states.items()}
    assert {place: told.get(place, (0, 0)) for place in expected} == expected
    assert sum(along for along, _ in expected.values()) > 20
    assert sum(below for _, below in expected.values()) > 0


def test_it_is_no_league_table(demo_school: DemoSchool) -> None:
    with reading(demo_school.engine) as connection:
        [shown] = compose_schools(connection, scope_of(connection, Role.IB))
        names = {name for name in connection.scalars(sa.select(Staff.family_name)) if name}

    groups = [row.group for row in shown.groups]
    assert groups == sorted(groups, key=natural_order)
    assert not [name for name in names if name in shown.model_dump_json()], "no teacher is named"
    assert not re.search(r"%|gemiddeld|beste|slechtste|score", shown.model_dump_json())


@given(st.lists(st.sampled_from(["above", "in", "below", "unknown"])))
def test_where_it_stalls_is_never_said_of_a_few_children_nor_of_what_is_unknown(states: list[State]) -> None:
    seen = grew(states)
    assert seen.known == sum(state != "unknown" for state in states)
    assert not (seen.stalls and seen.known < SMALLEST)
    assert seen.stalls == (seen.known >= SMALLEST and seen.below * PART >= seen.known)
    assert grew([*states, "unknown"]) == seen
    assert not grew([*states, "above"]).stalls or seen.stalls or seen.known < SMALLEST, "good news never makes it stall"


def plan(world: World) -> None:
    """Talks about Noor, planned and held, two of last year (one never held), one of 6A; agreements of 6B."""
    at: dict[str, Any] = {"school_id": world.schools["vliet"], "planned_by": world.accounts["ib"]}
    long_ago = NOW - timedelta(days=500)
    world.insert(Talk, **at, pupil_id=world.pupils["noor"], planned_on=TODAY)
    world.insert(Talk, **at, pupil_id=world.pupils["noor"], planned_on=TODAY, started_at=NOW, ended_at=NOW)
    world.insert(Talk, **at, pupil_id=world.pupils["zoë"], planned_on=TODAY, started_at=long_ago, ended_at=long_ago)
    world.insert(Talk, **at, pupil_id=world.pupils["zoë"], planned_on=long_ago.date())
    world.insert(Talk, **at, group_id=world.groups["6A"], planned_on=TODAY)
    world.insert(Talk, **at, group_id=world.groups["6A"], planned_on=TODAY, cancelled_at=NOW)
    week = timedelta(days=7)
    agreed = {"school_id": world.schools["vliet"], "agreed_on": TODAY - 2 * week}
    world.insert(Agreement, **agreed, pupil_id=world.pupils["noor"], body="Bellen", due_on=TODAY - week)
    world.insert(Agreement, **agreed, group_id=world.groups["6B"], body="Stil lezen", due_on=TODAY + week)
    world.insert(Agreement, **agreed, pupil_id=world.pupils["noor"], body="Gedaan", done_on=TODAY)


def test_talks_and_agreements_are_counted_by_the_group_of_the_child(site: Site) -> None:
    site.change(plan)
    site.log_in("ib")

    [shown] = site.client.get("/api/v1/school-view").json()

    rows = {row["group"]: row for row in shown["groups"]}
    names = ("talks_planned", "talks_done", "agreements_open", "agreements_overdue")
    assert [rows["6B"][name] for name in names] == [1, 1, 2, 1]
    assert [rows["6A"][name] for name in names] == [1, 0, 0, 0]
    assert "6Z" not in rows, "another school"
    page = site.client.get("/school").text
    assert "1 afspraak over tijd" in page
    assert "Noor" not in page


def test_directie_sees_what_the_matrix_gives(one_site: Site) -> None:
    one_site.change(plan)
    one_site.log_in("directie")

    [shown] = one_site.client.get("/api/v1/school-view").json()

    assert {row["talks_planned"] for row in shown["groups"]} == {None}, "of talks directie reads with a reason only"
    assert {row["agreements_overdue"] for row in shown["groups"]} == {0, 1}


@pytest.mark.parametrize("login", ["kim", "beheer", "moeder", "niemand", "bestuur"])
def test_it_is_for_ib_and_directie(one_site: Site, login: str) -> None:
    one_site.change(lambda world: world.account("bestuur", Role.BOARD))
    one_site.log_in(login)

    assert one_site.client.get("/school").status_code == 403
    assert one_site.client.get("/api/v1/school-view").status_code == 403


def test_thirty_groups_cost_as_many_reads_as_two(site: Site) -> None:
    def school(connection: sa.Connection) -> int:
        scope = Scope(1, TODAY, (Held(Role.IB, site.world.schools["vliet"]),))
        compose_schools(connection, scope)
        with counted(site.engine) as said:
            [shown] = compose_schools(connection, scope)
        assert len(shown.groups) in {2, 30}
        return len(said)

    with reading(site.engine) as connection:
        few = school(connection)
    site.change(more_groups)
    with reading(site.engine) as connection:
        assert school(connection) == few
    assert few <= 12


def more_groups(world: World) -> None:
    for number in range(28):
        world.group("vliet", f"{number % 8 + 1}{number}")
        world.pupil("vliet", f"kind{number}", "Groot", f"{number % 8 + 1}{number}")
