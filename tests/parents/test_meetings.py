"""Talks with parents and the child: a round in one screen, three voices, two households, and what comes of it."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from api.db import reading
from models.support import Agreement, Goal
from models.talk import Talk, TalkVoice, TalkWish
from models.vocabulary import Role
from tests.households import move_in
from tests.site import Site
from tests.world import NOW, TODAY, World

SOON = TODAY + timedelta(days=9)
WORDS = {
    login: {"goes_well": f"goed volgens {login}", "is_hard": f"lastig volgens {login}", "wish": f"wens van {login}"}
    for login in ("moeder", "vader", "teacher", "child")
}


def rows(site: Site, table: type[Any], **where: Any) -> list[Any]:
    with reading(site.engine) as connection:
        return list(connection.execute(sa.select(*table.__table__.c).filter_by(**where).order_by(table.__table__.c.id)))


def plan(site: Site, *guests: UUID, kind: str = "parents", on: Any = SOON, login: str = "kim") -> str:
    site.log_in(login)
    body = {"kind": kind, "on": on, "at": "15:00", "guests": [str(one) for one in guests]}
    answer = site.client.post(f"/kind/{site.world.uids['noor']}/gesprek", data=body)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def own(talk: str) -> str:
    return talk.replace("/kind/", "/mijn-kind/")


def say(site: Site, talk: str, who: str, act: str = "ready") -> int:
    """Let a voice be written: of a parent by the parent, else by the teacher."""
    if who in {"moeder", "vader"}:
        site.log_in(who)
        return int(site.client.post(own(talk), data=WORDS[who] | {"act": act}).status_code)
    site.log_in("kim")
    return int(site.client.post(f"{talk}/stem", data=WORDS[who] | {"act": act, "speaker": who}).status_code)


def read_by(site: Site, login: str, talk: str) -> str:
    """Everything that this reader can get of the talk: page, paper and JSON."""
    site.log_in(login)
    child, uid = site.world.uids["noor"], talk.rpartition("/")[2]
    ways = [f"/kind/{child}", f"/api/v1/pupils/{child}/sheet"]
    for path in (talk, own(talk)):
        ways += [path, f"{path}/a4", path.rpartition("/")[0]]
    for who in ("pupils", "my-children"):
        ways += [f"/api/v1/{who}/{child}/meetings", f"/api/v1/{who}/{child}/meetings/{uid}"]
    return "\n".join(site.client.get(way).text for way in ways)


def hears(text: str, who: str) -> bool:
    found = {words in text for words in WORDS[who].values()}
    assert len(found) == 1, who
    return found.pop()


def test_a_talk_from_plan_to_what_was_agreed(site: Site) -> None:
    guests = move_in(site)
    talk = plan(site, guests["moeder"], guests["vader"])
    for who in ("moeder", "vader", "child", "teacher"):
        assert say(site, talk, who) == 303, who
    site.log_in("kim")
    assert site.client.post(f"{talk}/begin").status_code == 303
    agreed = {"what": "Elke avond samen een bladzijde lezen", "who": "home", "goal": "Ik durf hardop te lezen"}
    for _ in range(2):  # a hand presses twice
        assert site.client.post(f"{talk}/tafel", data=agreed).status_code == 303
    assert site.client.post(f"{talk}/tafel", data={"act": "end"}).status_code == 303

    noor = site.world.pupils["noor"]
    assert [(row.body, row.talk_id) for row in rows(site, Agreement, pupil_id=noor)] == [
        (f"Thuis: {agreed['what']}", rows(site, Talk)[0].id)
    ]
    assert [row.body for row in rows(site, Goal, pupil_id=noor)] == [agreed["goal"]]
    assert agreed["what"] in site.client.get(f"/kind/{site.world.uids['noor']}").text
    for login in ("moeder", "vader"):
        text = read_by(site, login, talk)
        assert agreed["what"] in text
        assert agreed["goal"] in text
        assert all(hears(text, who) for who in WORDS)
    assert say(site, talk, "moeder") == 422, "after the end nothing changes"
    assert ("meeting", "wrote") in {line[1:3] for line in site.lines()}


def test_before_it_begins_no_household_hears_the_other_and_a_draft_is_ones_own(site: Site) -> None:
    guests = move_in(site)
    talk = plan(site, guests["moeder"], guests["vader"])
    for who, act in (("moeder", "ready"), ("vader", "draft"), ("child", "ready"), ("teacher", "draft")):
        assert say(site, talk, who, act) == 303, who

    heard = {login: {who for who in WORDS if hears(read_by(site, login, talk), who)} for login in HEARD_BEFORE}
    assert heard == HEARD_BEFORE

    site.log_in("kim")
    site.client.post(f"{talk}/begin")
    assert {who for who in WORDS if hears(read_by(site, "vader", talk), who)} == {"vader", "moeder", "child", "teacher"}
    assert {who for who in WORDS if hears(read_by(site, "moeder", talk), who)} == {"moeder", "child", "teacher"}


HEARD_BEFORE = {
    "moeder": {"moeder", "child"},
    "vader": {"vader", "child"},
    "kim": {"moeder", "child", "teacher"},
    "ib": {"moeder", "child", "teacher"},
    "directie": {"moeder", "child", "teacher"},
    "piet": set(),
    "ander": set(),
    "beheer": set(),
}


def test_two_talks_of_two_households_know_nothing_of_each_other(site: Site) -> None:
    guests = move_in(site)
    talks = {who: plan(site, guests[who]) for who in ("moeder", "vader")}
    assert talks["moeder"] != talks["vader"]
    for who, talk in talks.items():
        assert say(site, talk, who) == 303
        site.log_in("kim")
        site.client.post(f"{talk}/begin")
    for who, other in (("moeder", "vader"), ("vader", "moeder")):
        site.log_in(who)
        hidden = own(talks[other])
        nothing = site.client.get(f"{own(talks[who]).rpartition('/')[0]}/{UUID(int=1)}")
        for path in (hidden, f"{hidden}/a4"):
            answer = site.client.get(path)
            assert (answer.status_code, len(answer.content)) == (404, len(nothing.content))
        assert site.client.post(hidden, data=WORDS[who]).status_code == 404
        everything = read_by(site, who, talks[who]) + read_by(site, who, talks[other])
        assert talks[other].rpartition("/")[2] not in everything.replace(hidden, "")
        assert not hears(everything, other)


def test_custody_that_ends_closes_the_talk_at_once(one_site: Site) -> None:
    guests = move_in(one_site)
    talk = plan(one_site, guests["vader"])
    one_site.log_in("vader")
    assert one_site.client.get(own(talk)).status_code == 200

    def end(world: World) -> None:
        from models.person import Guardianship

        world.connection.execute(
            sa.update(Guardianship)
            .where(Guardianship.pupil_id == world.pupils["noor"])
            .values(ends_on=TODAY - timedelta(days=1))
        )

    one_site.change(end)
    assert one_site.client.get(own(talk)).status_code == 404
    assert one_site.client.post(own(talk), data=WORDS["vader"]).status_code == 404


@pytest.mark.parametrize("login", ["piet", "directie", "beheer", "moeder"])
def test_only_teacher_and_ib_plan(one_site: Site, login: str) -> None:
    guests = move_in(one_site)
    one_site.log_in(login)
    child = one_site.world.uids["noor"]
    body = {"kind": "parents", "on": SOON, "guests": [str(guests["moeder"])]}
    assert one_site.client.post(f"/kind/{child}/gesprek", data=body).status_code in {403, 404}
    assert rows(one_site, Talk) == []


def test_who_has_no_custody_is_not_asked(one_site: Site) -> None:
    guests = move_in(one_site)
    one_site.log_in("kim")
    path = f"/kind/{one_site.world.uids['noor']}/gesprek"
    for chosen in ([guests["ander"]], [], [UUID(int=3)]):
        body = {"kind": "parents", "on": SOON, "guests": [str(one) for one in chosen]}
        assert one_site.client.post(path, data=body).status_code == 422
    assert "Ander" not in one_site.client.get(path).text
    assert rows(one_site, Talk) == []


def test_a_round_for_the_whole_group_in_one_screen(site: Site) -> None:
    guests = move_in(site)
    noor, zoe, group = site.world.uids["noor"], site.world.uids["zoë"], site.world.group_uids["6B"]
    site.change(_wish)
    site.log_in("kim")
    page = site.client.get(f"/groep/{group}/gesprekken?van=15:00&duur=20").text
    assert re.findall(r'name="at" type="time" value="([\d:]+)"', page) == ["15:00", "15:20"]
    assert "Graag over rekenen" in page, "the wish of a parent is at hand"

    body = {"kind": "parents", "child": [str(noor), str(zoe)], "on": [str(SOON), ""], "at": ["15:00", ""]}
    asked = body | {"guest": [f"{noor}:{guests['moeder']}", f"{noor}:{guests['vader']}"]}
    for _ in range(2):
        assert site.client.post(f"/groep/{group}/gesprekken", data=asked).status_code == 303
    (talk,) = rows(site, Talk)
    assert {row.guardian_id for row in rows(site, TalkVoice, talk_id=talk.id)} > {None}
    assert len(rows(site, TalkVoice, talk_id=talk.id)) == 4
    assert [row.talk_id for row in rows(site, TalkWish)] == [talk.id], "planning took it up"

    twice = body | {"on": [str(SOON)] * 2, "at": ["16:00"] * 2, "guest": []}
    assert "Kies voor één een andere tijd" in site.client.post(f"/groep/{group}/gesprekken", data=twice).text
    assert len(rows(site, Talk)) == 1
    site.log_in("piet")
    assert site.client.get(f"/groep/{group}/gesprekken").status_code == 404


def _wish(world: World) -> None:
    about = {"school_id": world.schools["vliet"], "pupil_id": world.pupils["noor"]}
    world.insert(TalkWish, **about, body="Graag over rekenen", account_id=world.accounts["moeder"], wished_at=NOW)


def test_the_child_writes_its_own_voice_and_sees_no_other(one_site: Site) -> None:
    from models.queries import meetings
    from models.queries.scope import Grant, NotFoundError
    from models.rules.access import READS, WRITES, Position

    guests = move_in(one_site)
    plan(one_site, guests["moeder"], kind="report")
    noor, school = one_site.world.pupils["noor"], one_site.world.schools["vliet"]
    grant = Grant(noor, school, Role.PUPIL, "het kind zelf", READS[Position.PUPIL], WRITES[Position.PUPIL])
    with reading(one_site.engine) as connection:
        row = meetings.child_meeting(connection, grant, TODAY)
        assert row is not None
        assert row.goes_well == ""
        with pytest.raises(NotFoundError):
            meetings.meetings_of(connection, grant, TODAY, TODAY)


@pytest.mark.parametrize("path", ["gesprekken", "rapporten"])
def test_thirty_children_cost_as_many_reads_as_two(one_site: Site, path: str) -> None:
    one_site.log_in("kim")
    address = f"/groep/{one_site.world.group_uids['6B']}/{path}"
    one_site.client.get(address)  # what is read once per process
    few = reads(one_site, address)

    def grow(world: World) -> None:
        for number in range(28):
            world.pupil("vliet", f"kind{number}", "Klas", "6B")

    one_site.change(grow)
    assert reads(one_site, address) == few


def reads(site: Site, address: str) -> int:
    said: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(statement)

    sa.event.listen(sa.engine.Engine, "before_cursor_execute", note)
    try:
        assert site.client.get(address).status_code == 200
    finally:
        sa.event.remove(sa.engine.Engine, "before_cursor_execute", note)
    return sum(statement.lstrip().upper().startswith("SELECT") for statement in said)
