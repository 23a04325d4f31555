"""Every route, as every kind of person, about every child: nobody gets a word that the matrix does not give them.

`tests/walker.py` walks, `tests/canaries.py` plants; routes and tables that are new are taken up by themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from fastapi import APIRouter, FastAPI, Form

from api.db import reading, writing
from api.security.access import SIGNED_IN, Visit, guarded
from models import Base
from models.custody import EmergencyAccess
from models.person import Pupil
from models.rules.access import Kind, Position
from models.vocabulary import Custody, EmergencyReason, Role
from tests.canaries import Planted, plant
from tests.conftest import FreshDatabase
from tests.site import Site, make_site
from tests.walker import Findings, Person, Walk, routes
from tests.world import NOW, TODAY, World

YESTERDAY = TODAY - timedelta(days=1)
GROUP_6B = {"noor": Position.TEACHER, "zoë": Position.TEACHER}
VLIET = ("noor", "zoë", "daan")
ALL_GROUPS = frozenset({"6A", "6B", "Lezers"})


def everywhere(position: Position) -> dict[str, Position]:
    return dict.fromkeys(VLIET, position)


PEOPLE = (
    Person("kim", frozenset({Role.TEACHER}), GROUP_6B | {"daan": Position.ELSEWHERE}, groups=frozenset({"6B"})),
    Person(
        "piet",
        frozenset({Role.TEACHER}),
        {"daan": Position.TEACHER, "noor": Position.ELSEWHERE, "zoë": Position.ELSEWHERE},
        groups=frozenset({"6A"}),
    ),
    Person(
        "invaller",
        frozenset({Role.SUBSTITUTE}),
        {"noor": Position.SUBSTITUTE, "zoë": Position.SUBSTITUTE, "daan": Position.ELSEWHERE},
        groups=frozenset({"6B"}),
    ),
    Person("oud-invaller", frozenset()),
    Person("ib", frozenset({Role.IB}), everywhere(Position.IB), groups=ALL_GROUPS),
    Person("directie", frozenset({Role.HEAD}), everywhere(Position.HEAD), groups=ALL_GROUPS),
    Person(
        "directeur-met-reden",
        frozenset({Role.HEAD}),
        everywhere(Position.HEAD),
        opened={"noor": frozenset({Kind.NAMED_NOTES})},
        groups=ALL_GROUPS,
    ),
    Person("administratie", frozenset({Role.OFFICE}), everywhere(Position.OFFICE), groups=ALL_GROUPS),
    Person("bestuur", frozenset({Role.BOARD})),
    Person("beheer", frozenset({Role.ADMIN})),
    Person("moeder", frozenset({Role.PARENT}), {"noor": Position.PARENT}),
    Person("vader-zonder-gezag", frozenset({Role.PARENT})),
    Person("vader-gezag-voorbij", frozenset({Role.PARENT})),
    Person("noor-zelf", frozenset({Role.PUPIL}), {"noor": Position.PUPIL}),
    Person("niemand", frozenset()),
    Person("juf-van-duin", frozenset({Role.TEACHER}), {"sem": Position.TEACHER}, groups=frozenset({"6Z"})),
    Person("ib-van-duin", frozenset({Role.IB}), {"sem": Position.IB}, groups=frozenset({"6Z"})),
    Person("directie-van-duin", frozenset({Role.HEAD}), {"sem": Position.HEAD}, groups=frozenset({"6Z"})),
)


def cast(world: World) -> None:
    """Give everyone of `PEOPLE` the account that fits."""
    world.account("invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY)
    world.account("oud-invaller", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=YESTERDAY)
    world.account("directeur-met-reden", Role.HEAD)
    world.insert(
        EmergencyAccess,
        school_id=world.schools["vliet"],
        account_id=world.accounts["directeur-met-reden"],
        pupil_id=world.pupils["noor"],
        kind=Kind.NAMED_NOTES,
        reason=next(iter(EmergencyReason)),
        explanation="vanwege een gesprek met de ouders",
        opened_at=NOW - timedelta(minutes=5),
        ends_at=NOW + timedelta(minutes=55),
    )
    world.account("administratie", Role.OFFICE)
    world.account("bestuur", Role.BOARD)
    world.parent("vader-zonder-gezag", "noor", Custody.NO)
    world.parent("vader-gezag-voorbij", "noor", Custody.YES, ends_on=YESTERDAY)
    world.account("noor-zelf", Role.PUPIL, pupil_id=world.pupils["noor"])
    world.account("juf-van-duin", Role.TEACHER, "duin", group_id=world.groups["6Z"])
    world.account("ib-van-duin", Role.IB, "duin")
    world.account("directie-van-duin", Role.HEAD, "duin")


@pytest.fixture(scope="module")
def planted_site(fresh_database: FreshDatabase) -> Iterator[tuple[Site, Planted]]:
    with fresh_database("sqlite") as database, contextmanager(make_site)(database) as site:
        site.change(cast)
        with writing(site.engine) as connection:
            site.world.connection = connection
            planted = plant(site.world)
        yield site, planted


def walk(site: Site, planted: Planted, person: Person, findings: Findings, app: FastAPI | None = None) -> None:
    site.log_in(person.login)
    walker = Walk(site.client, planted, site.world.group_uids, findings)
    walker.as_person(person, routes(app or site.client.app))  # type: ignore[arg-type]


STAFF_SEES = {
    Kind.NAME, Kind.RESULTS, Kind.WELLBEING, Kind.OBSERVATIONS, Kind.NOTES, Kind.NAMED_NOTES, Kind.TALKS,
    Kind.PORTFOLIO, Kind.IN_CLASS, Kind.SUPPORT_PLAN, Kind.GOALS,
}  # fmt: skip


@pytest.mark.parametrize(
    ("people", "must_be_seen"),
    [(PEOPLE[::2], STAFF_SEES), (PEOPLE[1::2], {Kind.NAME, Kind.RESULTS, Kind.GOALS})],
    ids=["kim-and-others", "piet-and-others"],
)
def test_nobody_gets_a_word_that_is_not_for_them(
    planted_site: tuple[Site, Planted], people: tuple[Person, ...], must_be_seen: set[Kind]
) -> None:
    """In two halves, so that two processes share the walk."""
    site, planted = planted_site
    before = snapshot(site)
    findings = Findings()

    for person in people:
        walk(site, planted, person, findings)

    assert sorted(set(findings.leaks)) == []
    assert findings.denied.total() >= 1000
    assert len(findings.denied) >= 30, "zo veel routes weigerden minstens één keer"
    assert snapshot(site) == before, "wie geweigerd wordt verandert niets"
    assert must_be_seen <= findings.seen


@pytest.mark.parametrize("person", [PEOPLE[0], PEOPLE[8], PEOPLE[10], PEOPLE[15]], ids=lambda person: person.login)
def test_the_walk_sees_a_route_that_leaks(planted_site: tuple[Site, Planted], person: Person) -> None:
    site, planted = planted_site
    app = site.client.app
    assert isinstance(app, FastAPI)
    kept = list(app.router.routes)
    app.include_router(leaking())
    findings = Findings()

    try:
        site.log_in(person.login)
        walker = Walk(site.client, planted, site.world.group_uids, findings)
        walker.as_person(person, [route for route in routes(app) if route.path.startswith("/lek")])
    finally:
        app.router.routes[:] = kept

    for path in ("/lek/{uid}", "/lek/lijst", "/lek/zoek"):
        assert any(path in leak and "toont pupil.family_name van sem" in leak for leak in findings.leaks) is (
            "sem" not in person.stands
        ), path
        assert any(path in leak and "van daan" in leak for leak in findings.leaks) is (
            person.stands.get("daan") is not Position.ELSEWHERE
        )


def test_a_path_parameter_that_nobody_taught_stops_the_walk(planted_site: tuple[Site, Planted]) -> None:
    site, planted = planted_site
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    router = APIRouter()

    @router.get("/blad/{knikker}")
    @guarded(SIGNED_IN)
    def unknown(visit: Visit, knikker: str) -> str:
        return f"{visit.today} {knikker}"

    app.include_router(router)

    with pytest.raises(AssertionError, match=r"leer de wandelaar wat \{knikker\} is"):
        walk(site, planted, PEOPLE[0], Findings(), app)


def leaking() -> APIRouter:
    """Routes as somebody might write them who forgets to ask whose child it is."""
    router = APIRouter()

    @router.get("/lek/lijst")
    @guarded(SIGNED_IN)
    def everyone(visit: Visit) -> list[str | None]:
        return list(visit.connection.scalars(sa.select(Pupil.family_name)))

    @router.get("/lek/{uid}")
    @guarded(SIGNED_IN)
    def one(visit: Visit, uid: UUID) -> str | None:
        return visit.connection.scalar(sa.select(Pupil.family_name).where(Pupil.uid == uid))

    @router.post("/lek/zoek")
    @guarded(SIGNED_IN)
    def find(visit: Visit, name: Annotated[str, Form()]) -> list[str | None]:
        return [name, *visit.connection.scalars(sa.select(Pupil.family_name))]

    return router


def snapshot(site: Site) -> dict[str, list[Any]]:
    """All rows of all tables, save those that note who came by."""
    traces = {"access_log", "access_log_head", "login_session"}
    with reading(site.engine) as connection:
        return {
            table.name: sorted(map(str, connection.execute(sa.select(table))))
            for table in Base.metadata.sorted_tables
            if table.name not in traces
        }
