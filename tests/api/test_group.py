"""The grid of a group: what each sheet says, for whom, in which order, in a fixed number of queries."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from api.schemas.group import GroupPage
from api.schemas.sheet import Sheet
from api.services.group.arranging import arrange, asked
from api.services.group.grid import grid
from api.services.sheet import compose_sheet
from api.services.signals.known import known_in
from models.group import ClassGroup, InstructionPlacement
from models.queries.scope import Grant, GroupGrant
from models.rules.access import Position, kinds_for
from models.school import SchoolYear
from models.support import Agreement
from models.vocabulary import InstructionLevel, Respondent, Role
from tests.api.test_signals import crowd, grant_for_group, statements
from tests.demo_school import NOW, TODAY, DemoSchool
from tests.site import Site
from tests.world import TODAY as THIS_DAY
from tests.world import World

NO_LINE = {"zonder norm niet te vergelijken": "nog geen eigen lijn"}


@pytest.fixture
def connection(demo_school: DemoSchool) -> Iterator[sa.Connection]:
    """Whatever a test changes is undone."""
    with demo_school.engine.connect() as connection:
        yield connection
        connection.rollback()


def grid_of(connection: sa.Connection, group: GroupGrant) -> GroupPage:
    return grid(connection, group, known_in(connection, group, TODAY, NOW), TODAY)


def groups_of_this_year(connection: sa.Connection, position: Position) -> list[GroupGrant]:
    rows = connection.execute(
        sa.select(ClassGroup.id, ClassGroup.school_id)
        .join(SchoolYear, SchoolYear.id == ClassGroup.school_year_id)
        .where(SchoolYear.starts_on <= TODAY, SchoolYear.ends_on >= TODAY, ClassGroup.kind == "home")
    )
    kinds = kinds_for([position])
    return [GroupGrant(row.id, row.school_id, Role(position.value), position.label, kinds) for row in rows]


@pytest.mark.parametrize("position", [Position.TEACHER, Position.HEAD])
def test_every_figure_on_the_grid_is_that_of_the_childs_own_sheet(
    connection: sa.Connection, position: Position
) -> None:
    compared = 0
    for group in groups_of_this_year(connection, position):
        known = known_in(connection, group, TODAY, NOW)
        page = grid(connection, group, known, TODAY)
        ids = {pupil.row.uid: pupil.row.id for pupil in known}
        for row in page.members:
            child = Grant(ids[row.id], group.school_id, group.role, group.ground, group.kinds)
            sheet = compose_sheet(connection, child, TODAY, NOW)
            assert _figures_of_grid(page, row.id) == _figures_of_sheet(sheet, is_young=row.is_young), row.name
            compared += 1
    assert compared > 70


def _figures_of_grid(page: GroupPage, uid: object) -> dict[str, object]:
    row = next(row for row in page.members if row.id == uid)
    lines = {
        page.subjects[at].name: (cell.level, cell.state_text) for at, cell in enumerate(row.levels) if cell is not None
    }
    return {
        "name": row.name,
        "lines": lines,
        "phases": {name: phase for name, phase in zip(page.phases, row.phases, strict=True) if phase},
        "practice": (row.practice.days, row.practice.school_days) if row.practice else None,
        "agreements": (row.agreements.open, row.agreements.overdue) if row.agreements else None,
    }


def _figures_of_sheet(sheet: Sheet, *, is_young: bool) -> dict[str, object]:
    lines = sheet.learning.lines if sheet.learning else []
    lists = (
        [each for each in sheet.wellbeing.lists if each.respondent == Respondent.TEACHER.label]
        if sheet.wellbeing
        else []
    )
    agreements = [line for line in sheet.support.agreements if line.state != "done"] if sheet.support else None
    practice = sheet.practice if sheet.practice and not is_young else None
    return {
        "name": sheet.name,
        "lines": {
            line.subject: (line.points[-1].level, NO_LINE.get(line.state_text, line.state_text)) for line in lines
        },
        "phases": {row.name: row.latest_text for each in lists for row in each.rows if row.latest_text and is_young},
        "practice": (practice.days_practised, practice.school_days) if practice and practice.school_days else None,
        "agreements": (len(agreements), sum(line.state == "overdue" for line in agreements))
        if agreements is not None and sheet.support
        else None,
    }


def test_levels_of_two_scales_are_never_in_one_column(connection: sa.Connection) -> None:
    for group in groups_of_this_year(connection, Position.TEACHER):
        page = grid_of(connection, group)
        for at, column in enumerate(page.subjects):
            cells = [row.levels[at] for row in page.members]
            shown = {cell.level for cell in cells if cell and cell.level}
            letters = {"I–V": "I+ I II III IV V V-", "A–E": "A B C D E", "": ""}[column.scale]
            assert shown <= set(letters.split()), column
        assert page.has_letters == any(column.scale == "A–E" for column in page.subjects)


def test_the_youngest_have_observations_and_nothing_that_was_tested(connection: sa.Connection) -> None:
    pages = [grid_of(connection, group) for group in groups_of_this_year(connection, Position.TEACHER)]
    young = [row for page in pages for row in page.members if row.is_young]

    assert len(young) > 5
    assert any(phase for row in young for phase in row.phases)
    for row in young:
        assert not any(row.levels)
        assert row.practice is None


@pytest.mark.parametrize(
    ("position", "absent"),
    [
        (Position.SUBSTITUTE, {"wellbeing", "phases"}),
        (Position.HEAD, {"practice", "wellbeing", "phases"}),
        (Position.OFFICE, {"levels", "practice", "wellbeing", "phases", "agreements", "extra"}),
    ],
)
def test_a_column_that_a_reader_may_not_see_does_not_exist(
    connection: sa.Connection, position: Position, absent: set[str]
) -> None:
    for group in groups_of_this_year(connection, position):
        page = grid_of(connection, group)
        assert not absent & set(page.columns)
        for row in page.members:
            assert "levels" not in absent or not any(row.levels)
            assert "practice" not in absent or row.practice is None
            assert "wellbeing" not in absent or (row.wellbeing is None and not any(row.phases))
            assert "agreements" not in absent or row.agreements is None


def test_the_number_of_queries_is_the_same_for_thirty_and_three_hundred_children(connection: sa.Connection) -> None:
    group = grant_for_group(connection, "6B")
    counts = []
    for more in (0, 20, 270):
        crowd(connection, group, more)
        grid_of(connection, group)
        with statements(connection) as found:
            page = grid_of(connection, group)
        counts.append(len(found))

    assert len(page.members) > 300
    assert len(set(counts)) == 1
    assert counts[0] <= 17


def test_rows_are_ordered_and_chosen_as_asked_and_nothing_else_in_the_address_does_anything(
    connection: sa.Connection,
) -> None:
    page = grid_of(connection, grant_for_group(connection, "6B"))
    names = [row.name for row in page.members]

    def order(key: str, only: str = "", name: str = "") -> list[str]:
        return [row.name for row in arrange(page, asked(page, key, only, name))]

    def days(name: str) -> int:
        practice = next(row.practice for row in page.members if row.name == name)
        return practice.days if practice else 99

    assert order("") == order("geboortedatum") == order("'; DROP TABLE", "alles") == names
    assert order("-naam") == names[::-1]
    assert [days(name) for name in order("oefenen")] == sorted(map(days, names))
    assert {row.name for row in page.members if any(c and c.sign == "down" for c in row.levels)} == set(
        order("", "onder")
    )
    assert order("", name="noor") == ["Noor van der Ven"]
    assert order("", name="VEN noo") == ["Noor van der Ven"]
    assert order("", name="xyz") == []


def test_the_page_sorts_and_chooses_without_a_script_and_without_a_name_in_an_address(site: Site) -> None:
    def agree(world: World) -> None:
        world.insert(
            Agreement,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            body="Werkkaart maken",
            agreed_on=THIS_DAY,
            due_on=THIS_DAY + timedelta(days=3),
        )
        world.insert(
            InstructionPlacement,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["zoë"],
            group_id=world.groups["6B"],
            subject="rekenen",
            level=InstructionLevel.INTENSIVE,
            is_own_choice=True,
            starts_on=THIS_DAY,
            account_id=world.accounts["kim"],
        )

    site.change(agree)
    site.log_in("kim")
    address = f"/groep/{site.world.group_uids['6B']}"

    def shown(more: str = "", **typed: str) -> list[str]:
        asked_for = site.client.post(address + more, data=typed) if typed else site.client.get(address + more)
        assert asked_for.status_code == 200
        return re.findall(r'<th scope="row"><a [^>]*>([^<]+)', asked_for.text)

    zoe, noor = "Zoë van der Meer", "Noor van der Ven"
    assert shown() == [zoe, noor]
    assert shown("?volgorde=-naam") == [noor, zoe]
    assert shown("?alleen=afspraken") == [noor]
    assert shown("?alleen=extra") == [zoe]
    assert shown(name="zoe") == [zoe]
    assert shown("?alleen=afspraken", name="zoe") == []
    page = site.client.get(f"{address}?volgorde=afspraken&alleen=afspraken").text
    links = re.findall(rf'href="{address}\?([^"]*)"', page)
    assert len(links) >= 4
    assert all(re.fullmatch(r"((volgorde|alleen)=-?[a-z]+(&amp;)?)*", link) for link in links), links


def test_each_child_on_the_grid_is_one_line_in_the_access_log(site: Site) -> None:
    site.log_in("kim")
    site.client.get(f"/groep/{site.world.group_uids['6B']}?alleen=afspraken")

    lines = [line for line in site.lines() if line[1] == "group"]
    both = {site.world.pupils["noor"], site.world.pupils["zoë"]}
    assert {line[0] for line in lines} == both
    assert len(lines) == 2
    assert {line[3] for line in lines} == {"groep 6B"}
