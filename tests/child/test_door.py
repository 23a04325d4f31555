"""The class door: a child comes in with a code, its name and three pictures, and nobody in another way."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine

from api.db import writing
from api.services.class_door import keep_pictures
from models.account import LoginSession
from models.audit import AccessLog
from models.vocabulary import LoginMethod, Role
from tests.child.school import with_pupils
from tests.site import Site
from tests.world import NOW, TODAY

MINE = ["sun", "fish", "sun"]
CODE = re.compile(r"<strong>([A-Z2-9]{6})</strong>")
NAME = re.compile(r'name="who" value="([0-9a-f-]{36})">([^<]+)<')
AT_NINE = TODAY.isoformat() + "T09:00:00+01:00"


def allow(site: Site) -> None:
    site.log_in("directie")
    assert site.client.post("/beheer/instellingen", data={"setting": "picture_login", "chosen": "1"}).status_code < 400


def door(site: Site, group: str = "6B") -> str:
    return f"/groep/{site.world.group_uids[group]}/klas-open"


def opened(site: Site, group: str = "6B", teacher: str = "kim") -> str:
    """Open the door and go out; returns the code."""
    site.log_in(teacher)
    code = CODE.findall(site.client.post(door(site, group), data={"do": "open"}).text)[0]
    site.client.cookies.delete("__Host-kindblad")
    return str(code)


def with_pictures(site: Site, *children: str) -> None:
    for child in children or ("noor",):
        pupil_id, by = site.world.pupils[child], site.world.accounts["kim"]
        kit = site.client.app.state.kit  # type: ignore[attr-defined]
        keep_pictures(site.engine, kit.settings, site.world.schools["vliet"], pupil_id, MINE, by, NOW)


def knock(site: Site, code: str, who: str = "", *picks: str) -> Any:
    return site.client.post(
        "/klas", data={"code": code, "who": who, "before": " ".join(picks[:-1]), "pick": "".join(picks[-1:])}
    )


def enter(site: Site, code: str, name: str = "Noor", pictures: list[str] = MINE) -> Any:
    """Come in step by step, as a child does."""
    names = {given: uid for uid, given in NAME.findall(knock(site, code).text)}
    for step in (1, 2):
        assert "plaatje" in knock(site, code, names[name], *pictures[:step]).text
    return knock(site, code, names[name], *pictures)


def test_a_child_comes_in_with_its_name_and_three_pictures(site: Site) -> None:
    site.change(with_pupils)
    allow(site)
    with_pictures(site, "noor", "daan")
    code = opened(site)
    assert [name for _, name in NAME.findall(knock(site, code.lower()).text)] == ["Noor"]

    answer = enter(site, code)

    assert (answer.status_code, answer.headers["location"]) == (303, "/ik")
    assert "Hallo Noor" in site.client.get("/ik").text
    with writing(site.engine) as connection:
        row = connection.execute(sa.select(LoginSession).order_by(LoginSession.id.desc()).limit(1)).one()
    assert row.method is LoginMethod.PICTURES
    assert (row.expires_at - row.created_at).total_seconds() <= 2 * 3600


def test_everything_that_is_wrong_looks_the_same(site: Site) -> None:
    site.change(with_pupils)
    allow(site)
    with_pictures(site)
    code = opened(site)
    noor = NAME.findall(knock(site, code).text)[0][0]
    nobody = str(site.world.uids["noor"])
    site.log_in("kim")
    other = opened(site)  # the first door is closed by it

    answers = [
        knock(site, "AAAAAA"),
        knock(site, code),
        knock(site, code, noor, *MINE),
        knock(site, other, noor, "sun", "sun", "sun"),
        knock(site, other, nobody, *MINE),
        knock(site, other, "x", *MINE),
        knock(site, other, noor, "sun", "fish", "x"),
        knock(site, "AAAAAA", noor, *MINE),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert "Noor" not in answers[0].text


def test_a_session_ends_with_the_door(site: Site) -> None:
    site.change(with_pupils)
    allow(site)
    with_pictures(site)
    enter(site, opened(site))
    mine = site.client.cookies["__Host-kindblad"]
    assert site.client.get("/ik").status_code == 200

    site.client.cookies.clear()  # the server's own cookie and that of the test lie side by side
    site.log_in("kim")
    assert site.client.post(door(site), data={"do": "close"}).status_code == 303
    site.client.cookies.set("__Host-kindblad", mine)
    assert site.client.get("/ik").status_code == 303
    assert site.client.get("/ik").headers["location"].startswith("/login")


def test_the_door_closes_at_the_end_of_the_school_day(one_site: Site) -> None:
    one_site.change(with_pupils)
    with time_machine.travel(AT_NINE, tick=False) as clock:
        allow(one_site)
        with_pictures(one_site)
        code = opened(one_site)
        assert knock(one_site, code).status_code == 200
        clock.move_to(TODAY.isoformat() + "T15:59:00+01:00")
        enter(one_site, code)
        assert one_site.client.get("/ik").status_code == 200
        clock.move_to(TODAY.isoformat() + "T16:00:00+01:00")
        assert one_site.client.get("/ik").status_code == 303
        assert knock(one_site, code).status_code == 401


def test_guessing_pictures_is_slowed_down(one_site: Site) -> None:
    one_site.change(with_pupils)
    allow(one_site)
    with_pictures(one_site)
    code = opened(one_site)
    noor = NAME.findall(knock(one_site, code).text)[0][0]

    tries = [knock(one_site, code, noor, "moon", "moon", "moon").status_code for _ in range(7)]
    assert tries == [401] * 5 + [429] * 2
    assert knock(one_site, code, noor, *MINE).status_code == 429


def test_guessing_codes_is_slowed_down_for_an_address(one_site: Site) -> None:
    allow(one_site)
    tries = [knock(one_site, f"AAA{number:03}").status_code for number in range(52)]

    assert tries == [401] * 50 + [429] * 2


def test_without_the_setting_there_is_no_door(site: Site) -> None:
    site.log_in("kim")
    assert site.client.post(door(site), data={"do": "open"}).status_code == 422
    allow(site)
    site.change(with_pupils)
    with_pictures(site)
    code = opened(site)
    site.log_in("directie")
    site.client.post("/beheer/instellingen", data={"setting": "picture_login", "chosen": "0"})
    site.client.cookies.delete("__Host-kindblad")
    assert knock(site, code).status_code == 401


@pytest.mark.parametrize("login", ["piet", "ib", "directie", "moeder", "kind.noor"])
def test_only_the_teacher_of_the_group_opens_its_door(one_site: Site, login: str) -> None:
    one_site.change(with_pupils)
    allow(one_site)
    one_site.log_in(login)

    assert one_site.client.post(door(one_site), data={"do": "open"}).status_code in (403, 404)
    assert one_site.client.get(f"/kind/{one_site.world.uids['noor']}/plaatjes").status_code in (403, 404)


def test_the_teacher_makes_accounts_and_pictures_in_one_step(site: Site) -> None:
    allow(site)
    site.log_in("kim")
    made = site.client.post(door(site), data={"do": "make"})
    assert made.text.count('class="picture"') == 6  # two children
    assert 'class="picture"' not in site.client.get(door(site)).text

    chosen = {"first": "sun", "second": "fish", "third": "sun"}
    path = f"/kind/{site.world.uids['noor']}/plaatjes"
    assert site.client.post(path, data=chosen | {"third": ""}).status_code == 422
    assert site.client.post(path, data=chosen).status_code == 200
    assert enter(site, opened(site)).status_code == 303


def test_staff_never_come_in_by_the_door(site: Site) -> None:
    def teacher_too(world: Any) -> None:
        with_pupils(world)
        world.grant("kind.noor", Role.IB)

    site.change(teacher_too)
    allow(site)
    with_pictures(site)

    assert knock(site, opened(site)).status_code == 401


def test_who_came_in_and_who_did_not_stands_in_the_log_without_a_name(one_site: Site) -> None:
    one_site.change(with_pupils)
    allow(one_site)
    with_pictures(one_site)
    code = opened(one_site)
    knock(one_site, "AAAAAA")
    enter(one_site, code)

    with writing(one_site.engine) as connection:
        chosen = sa.select(AccessLog.action, AccessLog.account_id, AccessLog.ground).where(AccessLog.kind == "login")
        rows = connection.execute(chosen.order_by(AccessLog.id)).all()
    assert [(row.action, row.account_id is not None) for row in rows] == [("refused", False), ("ok", True)]
    assert not any("AAAAAA" in row.ground or code in row.ground for row in rows)
