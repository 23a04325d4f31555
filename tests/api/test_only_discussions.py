"""Talks with parents or the child lie in the table of the leerlingbespreking; no page of that one may show them."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from api.db import reading
from models.queries import evidence, school_view
from models.queries.scope import Held, Scope
from models.talk import Talk, TalkWish
from models.vocabulary import Role, TalkKind
from tests.site import Site
from tests.world import NOW, TODAY, World

OTHERS = [kind for kind in TalkKind if kind is not TalkKind.DISCUSSION]
SEEN, SAID, ASKED, WISHED = "Geheim van de tafel", "Zo zei het kind het", "Waarom vader komt", "Moeder wil praten"


def plant(kind: TalkKind, *, ended: bool) -> Any:
    """A talk of this kind about Noor today, planned or held, with words that are found nowhere else."""

    def act(world: World) -> None:
        held = {"started_at": NOW - timedelta(hours=1), "ended_at": NOW} if ended else {}
        world.insert(
            Talk,
            school_id=world.schools["vliet"],
            kind=kind,
            pupil_id=world.pupils["noor"],
            group_id=world.groups["6B"],
            planned_on=TODAY,
            planned_time=time(15),
            question=ASKED,
            planned_by=world.accounts["kim"],
            sees=SEEN,
            child_says=SAID,
            **held,
        )

    return act


def wish(world: World) -> None:
    whose = {"school_id": world.schools["vliet"], "pupil_id": world.pupils["noor"]}
    world.insert(TalkWish, **whose, body=WISHED, account_id=world.accounts["moeder"], wished_at=NOW)


def everywhere(site: Site, uids: list[UUID]) -> dict[str, str]:
    child, group = site.world.uids["noor"], site.world.group_uids["6B"]
    ways = [
        "/bespreking", "/api/v1/talks", "/vandaag", "/school", "/groepen", f"/groep/{group}", f"/groep/{group}/vandaag",
        f"/groep/{group}/bespreken", f"/groep/{group}/overdracht", f"/kind/{child}", f"/kind/{child}/bespreken",
        f"/kind/{child}/overdracht", f"/api/v1/pupils/{child}/sheet", f"/api/v1/pupils/{child}/talks",
        f"/api/v1/pupils/{child}/handover", f"/api/v1/groups/{group}/today", f"/api/v1/groups/{group}/talks",
    ]  # fmt: skip
    of_one = [f"{path}/{uid}" for uid in uids for path in ("/bespreking", "/api/v1/talks")]
    assert all(site.client.get(path).status_code in {403, 404} for path in of_one), "no such talk"
    return {way: site.client.get(way).text for way in ways}


@pytest.mark.parametrize("ended", [False, True])
def test_readers_of_discussions_see_no_talk_with_parents(site: Site, *, ended: bool) -> None:
    for kind in OTHERS:
        site.change(plant(kind, ended=ended))
    site.change(wish)
    with reading(site.engine) as connection:
        uids = list(connection.scalars(Talk.__table__.select().with_only_columns(Talk.uid)))
    # What a parent wishes is for who stands before the group and stands on Vandaag; no leerlingbespreking holds it.
    group = site.world.group_uids["6B"]
    agendas = {"/vandaag", f"/groep/{group}/vandaag", f"/api/v1/groups/{group}/today"}
    for login in ("kim", "ib", "directie", "moeder"):
        site.log_in(login)
        for way, text in everywhere(site, uids).items():
            words = (SEEN, SAID, ASKED) if way in agendas and login != "moeder" else (SEEN, SAID, ASKED, WISHED)
            assert [word for word in words if word in text] == [], (login, way)

    site.change(plant(TalkKind.DISCUSSION, ended=ended))
    site.log_in("ib")
    assert any(ASKED in text for text in everywhere(site, uids).values()), "the words would have been found"


def test_figures_count_discussions_only(one_site: Site) -> None:
    for kind in OTHERS:
        one_site.change(plant(kind, ended=True))
    school = one_site.world.schools["vliet"]
    scope = Scope(one_site.world.accounts["ib"], TODAY, (Held(Role.IB, school),))
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    for expected in (0, 1):
        with reading(one_site.engine) as connection:
            assert len(school_view.talks(connection, scope, school, long_ago.date(), long_ago)) == expected
            assert len(evidence.dated_values(connection, school, long_ago.date(), {"talk"})) == expected
        one_site.change(plant(TalkKind.DISCUSSION, ended=True))
