"""The school in figures: right to the child, and telling nothing of one child."""

from collections import Counter

import pytest
import sqlalchemy as sa

from api.db import reading
from api.services.figures import compose_figures
from models.attendance import Absence
from models.group import ClassGroup, GroupMembership
from models.person import SourcePerson
from models.queries.scope import Held, Scope
from models.rules.aggregates import SMALLEST, share
from models.school import School
from models.vocabulary import GroupKind, Role
from tests.demo_school import TODAY, DemoSchool
from tests.site import Site
from tests.world import World


def scope(school: DemoSchool, role: Role) -> Scope:
    with reading(school.engine) as connection:
        return Scope(1, TODAY, (Held(role, connection.scalars(sa.select(School.id)).one()),))


@pytest.mark.parametrize("role", [Role.HEAD, Role.BOARD])
def test_the_figures_are_those_of_the_children_themselves(demo_school: DemoSchool, role: Role) -> None:
    with reading(demo_school.engine) as connection:
        [shown] = compose_figures(connection, scope(demo_school, role))
        places = connection.execute(
            sa.select(SourcePerson.pupil_id, ClassGroup.name)
            .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
            .join(ClassGroup, ClassGroup.id == GroupMembership.group_id)
            .where(GroupMembership.kind == GroupKind.HOME, GroupMembership.ends_on.is_(None))
            .where(GroupMembership.starts_on > TODAY.replace(month=7), SourcePerson.pupil_id.is_not(None))
        ).all()
        ill = {row.pupil_id for row in connection.execute(sa.select(Absence)) if 0 <= (TODAY - row.day).days <= 28}
    group_of = {pupil: name.removeprefix("Groep ") for pupil, name in places}
    sizes = Counter(group_of.values())
    table = shown.tables[0]

    assert table.total.values[:2] == [str(len(group_of)), share(len(ill & set(group_of)), len(group_of))]
    assert {row.name for row in table.rows} == set(sizes)
    told = {row.name: row.values for row in table.rows if row.values[0] is not None}
    assert told, "in a school of eighty children some group is large enough"
    for name, values in told.items():
        members = {pupil for pupil, group in group_of.items() if group == name}
        assert values[:2] == [str(sizes[name]), share(len(ill & members), len(members))]


def test_practice_is_counted_for_the_head_and_not_for_the_board(demo_school: DemoSchool) -> None:
    with reading(demo_school.engine) as connection:
        head, board = (
            compose_figures(connection, scope(demo_school, role))[0].tables[0].columns
            for role in (Role.HEAD, Role.BOARD)
        )

    assert set(head) - set(board) == {"Geoefend"}


def test_levels_of_one_table_are_on_one_scale(demo_school: DemoSchool) -> None:
    with reading(demo_school.engine) as connection:
        [shown] = compose_figures(connection, scope(demo_school, Role.BOARD))

    for table in shown.tables[1:]:
        assert set(table.columns[1:]) <= {"I", "II", "III", "IV", "V"} or set(table.columns[1:]) <= set("ABCDE")
    assert "Rekenen" in [table.title for table in shown.tables]


def fill(world: World, group: str, children: int) -> None:
    for _ in range(children):
        world.pupil("vliet", f"kind {len(world.pupils)}", "Kind", group)


def test_b24_a_group_of_five_stays_hidden_also_by_subtraction(site: Site) -> None:
    def grow(world: World) -> None:
        world.account("bestuur", Role.BOARD)
        fill(world, "6A", 7)  # with Daan: 8
        fill(world, "6B", 3)  # with Noor and Zoë: 5

    site.change(grow)
    site.log_in("bestuur")

    [table] = site.client.get("/api/v1/figures").json()[0]["tables"]
    assert {row["name"]: row["values"][0] for row in table["rows"]} == {"6A": None, "6B": None}
    assert table["total"]["values"][0] == "13"

    site.change(lambda world: fill(world, "6B", 1))
    [table] = site.client.get("/api/v1/figures").json()[0]["tables"]
    assert {row["name"]: row["values"][0] for row in table["rows"]} == {"6A": "8", "6B": str(SMALLEST)}


def test_of_a_very_small_school_nothing_is_told(site: Site) -> None:
    site.change(lambda world: world.account("bestuur", Role.BOARD))
    site.log_in("bestuur")

    [school] = site.client.get("/api/v1/figures").json()
    assert school["tables"] == []
    assert "te weinig kinderen" in site.client.get("/cijfers").text


@pytest.mark.parametrize(("login", "status"), [("kim", 403), ("moeder", 403), ("beheer", 403), ("ib", 200)])
def test_b24_figures_are_for_who_answers_for_the_whole_school(one_site: Site, login: str, status: int) -> None:
    one_site.log_in(login)

    assert one_site.client.get("/cijfers").status_code == status
    assert one_site.client.get("/api/v1/figures").status_code == status


def test_b24_the_board_sees_no_child_and_only_its_own_schools(site: Site) -> None:
    site.change(lambda world: world.account("bestuur", Role.BOARD))
    site.log_in("bestuur")

    assert [school["school"] for school in site.client.get("/api/v1/figures").json()] == ["vliet"]
    for path in (f"/kind/{site.world.uids['noor']}", f"/groep/{site.world.group_uids['6B']}"):
        assert site.client.get(path).status_code == 404
    assert site.client.post("/api/v1/pupils/search", json={"name": "noor"}).json() == []
