"""Attacks B01-B09, B14, B17, B19-B23, B25-B30 of the threat list: another child's id, in every way it can be sent."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
import time_machine

from api.db import reading
from models import Base
from models.audit import AccessLog
from models.group import GroupMembership
from models.journal import Note
from models.vocabulary import NoteKind, Readers, Role, Tone
from tests.canaries import Planted
from tests.security.test_every_route import PEOPLE, planted_site, walk
from tests.site import Site
from tests.walker import Findings, Person, Walk, fields_of, filled_in, routes
from tests.world import NOW, TODAY, World

__all__ = ["planted_site"]

BY_LOGIN = {person.login: person for person in PEOPLE}
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def about_a_child(site: Site, method: str = "GET") -> list[str]:
    return [r.path for r in routes(site.client.app) if r.access.child and r.method == method]  # type: ignore[arg-type]


def at(path: str, child: object) -> str:
    """This path about a child; what more it asks for (a goal, an agreement) is one that nobody has."""
    return re.sub(r"{(\w+)(?::\w+)?}", lambda found: str(child if found[1] == "uid" else uuid4()), path)


def test_b01_a_parent_who_changes_the_id_finds_nothing_and_that_is_in_the_log(one_site: Site) -> None:
    one_site.log_in("moeder")

    assert one_site.client.get(f"/mijn-kind/{one_site.world.uids['noor']}").status_code == 200
    assert one_site.client.get(f"/mijn-kind/{one_site.world.uids['zoë']}").status_code == 404
    assert one_site.lines()[-1][:3] == (one_site.world.pupils["zoë"], "my_child", "refused")
    assert one_site.client.get(f"/kind/{one_site.world.uids['zoë']}").status_code == 404
    assert one_site.lines()[-1][:3] == (one_site.world.pupils["zoë"], "sheet", "refused")


def test_b02_so_it_is_on_every_way_in(one_site: Site) -> None:
    one_site.log_in("moeder")
    ways = about_a_child(one_site)

    assert len(ways) >= 8
    for path in ways:
        for child in ("zoë", "daan", "sem"):
            status = one_site.client.get(at(path, one_site.world.uids[child])).status_code
            assert status in {403, 404}, path


def test_b03_b19_another_childs_id_in_the_body_changes_nothing_of_that_child(
    planted_site: tuple[Site, Planted],
) -> None:
    """As directie, who may change most: every form about Noor, with Daan's and Sem's ids in each field and more."""
    site, planted = planted_site
    site.log_in("directie")
    before = {child: rows_about(site, child) for child in ("daan", "sem")}
    tried = 0

    for route in routes(site.client.app):  # type: ignore[arg-type]
        if route.access.child and route.method == "POST":
            for child in ("daan", "sem"):
                other = planted.uids[child]["pupil"][0]
                more = {"uid": other, "pupil_id": site.world.pupils[child], "leerling_id": other, "school_id": 2}
                body = filled_in(fields_of(route.endpoint), other) | more | {"rol": "ib", "vrijgegeven": "true"}
                answer = site.client.post(at(route.path, planted.uids["noor"]["pupil"][0]), data=body)
                assert answer.status_code < 500, route.path
                tried += 1

    assert tried >= 8
    assert {child: rows_about(site, child) for child in ("daan", "sem")} == before


@pytest.mark.parametrize(
    "body",
    [
        {"name": "noor", "vrijgegeven": True},
        {"name": "noor", "rol": "ib"},
        {"name": "noor", "school_id": 2},
        {"name": ["noor", "sem"]},
        [{"name": "noor"}, {"name": "sem"}],
        {"name": {"$ne": ""}},
        {},
    ],
)
def test_b04_b19_lists_and_fields_that_nobody_asked_for_are_refused_as_a_whole(one_site: Site, body: Any) -> None:
    one_site.log_in("kim")

    answer = one_site.client.post("/api/v1/pupils/search", json=body)

    assert answer.status_code == 422
    assert "Noor" not in answer.text


@pytest.mark.parametrize("login", ["directie-van-duin", "ib-van-duin", "moeder", "kim"])
def test_b05_what_hangs_on_another_child_is_not_found_by_its_own_id(
    planted_site: tuple[Site, Planted], login: str
) -> None:
    site, planted = planted_site
    findings = Findings()
    site.log_in(login)
    named = [r for r in routes(site.client.app) if r.parameters and not r.access.child]  # type: ignore[arg-type]

    Walk(site.client, planted, site.world.group_uids, findings).as_person(BY_LOGIN[login], named)

    assert named
    assert findings.leaks == []


def test_b07_a_substitute_is_in_from_the_first_midnight_and_out_at_the_last(one_site: Site) -> None:
    first, last = TODAY + timedelta(days=2), TODAY + timedelta(days=3)

    def hire(world: World) -> None:
        world.account("inval", Role.SUBSTITUTE, group_id=world.groups["6B"], starts_on=first, ends_on=last)

    def midnight(day: Any) -> datetime:
        return datetime.combine(day, datetime.min.time(), AMSTERDAM)

    one_site.change(hire)
    path = f"/kind/{one_site.world.uids['noor']}"

    for edge, inside_after in ((midnight(first), True), (midnight(last + timedelta(days=1)), False)):
        with time_machine.travel(edge - timedelta(seconds=30), tick=False):
            one_site.log_in("inval")
            assert (one_site.client.get(path).status_code == 200) is not inside_after
        with time_machine.travel(edge, tick=False):
            assert (one_site.client.get(path).status_code == 200) is inside_after


def test_b08_a_child_that_changes_groups_is_gone_at_the_old_teachers_next_request(one_site: Site) -> None:
    one_site.log_in("kim")
    path = f"/kind/{one_site.world.uids['noor']}"
    assert one_site.client.get(path).status_code == 200

    def move(world: World) -> None:
        world.connection.execute(
            sa.update(GroupMembership)
            .where(GroupMembership.source_person_id == world.persons["noor"])
            .values(ends_on=TODAY - timedelta(days=1))
        )
        world.member("vliet", world.persons["noor"], "6A", since=TODAY)

    one_site.change(move)

    assert one_site.client.get(path).status_code == 404
    one_site.log_in("piet")
    assert one_site.client.get(path).status_code == 200


@pytest.mark.parametrize("login", ["juf-van-duin", "ib-van-duin", "directie-van-duin"])
def test_b09_someone_of_another_school_of_the_same_board_gets_nothing(
    planted_site: tuple[Site, Planted], login: str
) -> None:
    site, planted = planted_site
    findings = Findings()

    walk(site, planted, BY_LOGIN[login], findings)

    assert findings.leaks == []
    assert findings.denied.total() >= 100


def test_b14_guessed_ids_hit_nothing_and_each_guess_is_in_the_log(one_site: Site) -> None:
    one_site.log_in("kim")

    statuses = {one_site.client.get(f"/kind/{guess}").status_code for guess in (uuid4() for _ in range(200))}
    statuses |= {one_site.client.get(f"/kind/{number}").status_code for number in range(20)}

    assert statuses == {404}
    assert len([line for line in one_site.lines() if line[2] == "refused"]) == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "get"])
@pytest.mark.parametrize(
    "spelling",
    ["/kind/{}", "/kind/{}/", "//kind/{}", "/kind//{}", "/KIND/{}", "/kind/{};a", "/kind/%2e/{}", "/./kind/{}"],
)
def test_b17_no_spelling_or_method_opens_a_child_of_another_group(one_site: Site, method: str, spelling: str) -> None:
    one_site.log_in("kim")
    override = {"X-HTTP-Method-Override": "DELETE", "X-Original-URL": f"/kind/{one_site.world.uids['noor']}"}

    answer = one_site.client.request(method, spelling.format(one_site.world.uids["daan"]), headers=override)

    assert answer.status_code in {404, 405}
    assert "Daan" not in answer.text


@pytest.mark.parametrize("login", ["kim", "moeder", "directie", "ib", "noor-zelf", "administratie"])
def test_b20_what_nobody_needs_for_a_sheet_is_not_even_a_key(planted_site: tuple[Site, Planted], login: str) -> None:
    site, planted = planted_site
    site.log_in(login)

    sheet = site.client.get(f"/api/v1/pupils/{planted.uids['noor']['pupil'][0]}/sheet").json()

    for word in ("pgn", "bsn", "onderwijsnummer", "medi", "geheim", "secret", "email", "phone", "address", "guardian"):
        assert not [key for key in keys(sheet) if word in key.lower()], word


def test_b21_two_readers_of_one_sheet_differ_by_exactly_what_the_matrix_says(
    planted_site: tuple[Site, Planted],
) -> None:
    site, planted = planted_site
    uid = planted.uids["noor"]["pupil"][0]

    def words(person: Person) -> set[str]:
        site.log_in(person.login)
        text = site.client.get(f"/api/v1/pupils/{uid}/sheet").text
        return {canary.place + str(canary.allowed) for canary in planted.found_in(text)}

    everything = words(BY_LOGIN["ib"])
    assert len(everything) >= 15
    for login in ("kim", "invaller", "directie", "directeur-met-reden", "administratie", "moeder", "noor-zelf"):
        person = BY_LOGIN[login]
        may = {
            canary.place + str(canary.allowed)
            for canary in planted.canaries.values()
            if canary.child == "noor" and canary.may(person.stands["noor"], person.opened.get("noor", frozenset()))
        }
        assert words(person) == everything & may, login


@pytest.mark.parametrize("login", ["kim", "moeder", "noor-zelf", "bestuur", "beheer"])
def test_b22_b29_routes_for_other_roles_are_closed(planted_site: tuple[Site, Planted], login: str) -> None:
    """Also what only a school may do: nothing is published, decided or recorded by a parent or a child."""
    site, planted = planted_site
    site.log_in(login)
    person = BY_LOGIN[login]
    uid = planted.uids["noor"]["pupil"][0]
    closed = [
        route
        for route in routes(site.client.app)  # type: ignore[arg-type]
        if not route.access.without_login and route.access.roles != frozenset(Role)
        and not route.access.roles & person.roles and len(route.parameters) <= 1
    ]  # fmt: skip

    assert len(closed) >= 5
    for route in closed:
        path = route.at(**dict.fromkeys(route.parameters, uid))
        sent = {"data": filled_in(fields_of(route.endpoint), uid)} if route.method == "POST" else {}
        answer = site.client.request(route.method, path, **sent)  # type: ignore[arg-type]
        assert answer.status_code in {403, 404, 422}, path


def test_b23_who_keeps_the_system_running_reads_no_name_birth_date_or_note_anywhere(
    planted_site: tuple[Site, Planted],
) -> None:
    site, planted = planted_site
    findings = Findings()

    walk(site, planted, BY_LOGIN["beheer"], findings)

    assert findings.leaks == []
    assert findings.seen == set()


@pytest.mark.parametrize("query", ["sort=iq", "order_by=birth_date", "filter=dyslexie", "groep=6A", "fields=*"])
def test_b25_a_list_is_not_sorted_or_filtered_by_what_one_may_not_read(one_site: Site, query: str) -> None:
    one_site.log_in("kim")
    path = f"/api/v1/groups/{one_site.world.group_uids['6B']}"

    assert one_site.client.get(f"{path}?{query}").json() == one_site.client.get(path).json()


@pytest.mark.parametrize("login", ["piet", "moeder", "ib"])
def test_b26_a_search_knows_names_only_and_does_the_same_work_hit_or_miss(
    one_site: Site, login: str, statements: list[str]
) -> None:
    one_site.change(lambda world: note(world, "dyslexie", Readers.TEAM))
    one_site.log_in(login)
    work = []

    for sought in ("dyslexie", "bestaat niet", "noor"):
        statements.clear()
        found = one_site.client.post("/api/v1/pupils/search", json={"name": sought}).json()
        assert bool(found) is (sought == "noor")
        assert "dyslexie" not in json.dumps(found)
        work.append(len([statement for statement in statements if statement.startswith("SELECT pupil")]))

    assert len(set(work)) == 1


def test_b27_a_note_for_few_leaves_no_trace_for_the_others(one_site: Site) -> None:
    path = f"/api/v1/pupils/{one_site.world.uids['noor']}/sheet"
    one_site.change(lambda world: note(world, "gewoon", Readers.TEAM))
    before = {}
    for login in ("kim", "directie", "moeder"):
        one_site.log_in(login)
        before[login] = one_site.client.get(path).content

    one_site.change(lambda world: note(world, "in kleine kring", Readers.IB))

    for login, answer in before.items():
        one_site.log_in(login)
        assert one_site.client.get(path).content == answer, login
    one_site.log_in("ib")
    assert "in kleine kring" in one_site.client.get(path).text


def test_b30_every_operation_of_the_described_api_asks_to_log_in(one_site: Site) -> None:
    app: Any = one_site.client.app
    operations = [(method, path) for path, item in app.openapi()["paths"].items() for method in item]

    assert len(operations) >= 8
    for method, path in operations:
        address = re.sub(r"\{\w+\}", str(one_site.world.uids["noor"]), path)
        answer = one_site.client.request(method.upper(), address, json={"name": "noor"})
        assert answer.status_code == 401, (method, path)


@pytest.fixture
def statements(one_site: Site) -> Iterator[list[str]]:
    """Collect what is asked of the database."""
    seen: list[str] = []

    def note_down(*arguments: Any) -> None:
        seen.append(arguments[2])

    engine = one_site.client.app.state.kit.engine  # type: ignore[attr-defined]
    sa.event.listen(engine, "before_cursor_execute", note_down)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note_down)


def note(world: World, body: str, readers: Readers) -> None:
    """Write something about Noor."""
    world.insert(
        Note,
        school_id=world.schools["vliet"],
        pupil_id=world.pupils["noor"],
        observed_on=TODAY,
        written_at=NOW,
        kind=NoteKind.NOTE,
        tone=Tone.NEUTRAL,
        readers=readers,
        body=body,
        delivery_id=world.deliveries[world.sources["vliet las"]],
    )


def rows_about(site: Site, child: str) -> dict[str, list[str]]:
    """Every row of every table that names this child, save the log."""
    with reading(site.engine) as connection:
        return {
            table.name: sorted(
                map(str, connection.execute(sa.select(table).where(table.c.pupil_id == site.world.pupils[child])))
            )
            for table in Base.metadata.sorted_tables
            if "pupil_id" in table.c and table is not AccessLog.__table__
        }


def keys(value: Any) -> Iterator[str]:
    """All keys in a JSON value, however deep."""
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from keys(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys(each)
