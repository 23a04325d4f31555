"""The substitute card: what a stranger needs today and no more; given for a day with two clicks, gone tomorrow."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from api.db import reading
from models.account import RoleGrant
from models.attendance import Absence
from models.audit import AccessLog
from models.custody import EmergencyCard
from models.group import InstructionPlacement
from models.journal import Note
from models.school import SchoolSetting
from models.support import Agreement, Goal, SupportPoint
from models.vocabulary import (
    AbsencePart,
    AbsenceReason,
    InstructionLevel,
    NoteKind,
    Readers,
    Role,
    SupportKind,
)
from tests.site import Site, browser
from tests.world import NOW, TODAY, World

VITAL = "Noten: bij zwelling de EpiPen in de la van het bureau, daarna 112."
IN_CLASS = "Mag met een koptelefoon werken"
HELPS = "Eerst een voorbeeld samen doen"
HINDERS = "Schrikt van harde stemmen en trekt zich dan terug"
AGREED = "Zegt na de pauze zelf hoe het ging"
LATE_AGREED = "Ouders bellen over de leesbril"
NOTE = "Moeder vertelde dat het thuis onrustig is"


def tell(world: World) -> None:
    """Write down all that a school can know of Noor, and a little of Zoë."""
    noor, zoe = world.pupils["noor"], world.pupils["zoë"]
    at = {"school_id": world.schools["vliet"]}
    kim = {"account_id": world.accounts["kim"]}
    world.insert(EmergencyCard, **at, pupil_id=noor, body=VITAL, version=1, written_at=NOW, written_by="Juf ib")
    for kind, body in (
        (SupportKind.IN_CLASS, IN_CLASS),
        (SupportKind.HELPS, HELPS),
        (SupportKind.HINDERS, HINDERS),
    ):
        world.insert(SupportPoint, **at, **kim, pupil_id=noor, kind=kind, body=body, observed_on=TODAY)
    week = timedelta(days=7)
    for body, due in ((AGREED, TODAY + week), (LATE_AGREED, TODAY - week)):
        world.insert(Agreement, **at, pupil_id=noor, body=body, agreed_on=TODAY - 2 * week, due_on=due)
    world.insert(Agreement, **at, group_id=world.groups["6B"], body="Stil lezen na de pauze", agreed_on=TODAY)
    world.insert(Absence, **at, pupil_id=zoe, day=TODAY, part=AbsencePart.MORNING, reason=AbsenceReason.DOCTOR)
    world.insert(Goal, **at, pupil_id=noor, body="Ik wil voorlezen", stated_on=TODAY)
    world.insert(
        InstructionPlacement,
        **(at | kim),
        pupil_id=zoe,
        group_id=world.groups["6B"],
        subject="rekenen",
        level=InstructionLevel.INTENSIVE,
        is_own_choice=True,
        starts_on=TODAY,
    )
    for readers in Readers:
        world.insert(
            Note,
            **(at | kim),
            pupil_id=noor,
            observed_on=TODAY,
            written_at=NOW,
            kind=NoteKind.NOTE,
            readers=readers,
            body=NOTE,
        )


def card(site: Site, group: str = "6B") -> str:
    return f"/groep/{site.world.group_uids[group]}/invalkaart"


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_card_tells_what_is_needed_today_and_nothing_else(site: Site) -> None:
    site.change(tell)
    site.log_in("kim")

    page = text_of(site.client.get(card(site)).text)

    for needed in (VITAL, IN_CLASS, HELPS, AGREED, "Stil lezen na de pauze", "dokter, ochtend", "daarna vernietigen"):
        assert needed.rstrip(".") in page, needed
    assert "intensief Zoë" in page
    assert "Juf ib" in page, "whom to ask"
    for kept_away in (HINDERS, NOTE, LATE_AGREED, "Ik wil voorlezen"):
        assert kept_away not in page, kept_away


def test_the_instruction_groups_bear_the_names_that_the_school_chose(site: Site) -> None:
    def choose(world: World) -> None:
        whose = {"school_id": world.schools["vliet"], "account_id": world.accounts["directie"]}
        world.insert(SchoolSetting, **whose, name="level_intensive", value="verlengd", changed_at=datetime.now(UTC))

    site.change(tell)
    site.change(choose)
    site.log_in("kim")

    assert "verlengd Zoë" in text_of(site.client.get(card(site)).text)


def test_every_child_on_it_is_in_the_log_and_paper_is_told_from_a_look(site: Site) -> None:
    site.log_in("kim")
    seen, printed = site.client.get(card(site)), site.client.post(card(site))

    assert seen.status_code == printed.status_code == 200
    both = {site.world.pupils[name] for name in ("noor", "zoë")}
    for action in ("read", "printed"):
        told = {line[0] for line in site.lines() if line[1:3] == ("substitute_card", action)}
        assert told == both, action
    site.log_in("ib")
    looks = site.client.get(f"/kind/{site.world.uids['noor']}/inzage").text
    assert "invalkaart (afgedrukt)" in looks


@pytest.mark.parametrize(
    ("login", "status"),
    [("kim", 200), ("ib", 200), ("directie", 200), ("piet", 404), ("moeder", 403), ("beheer", 403), ("niemand", 403)],
)
def test_only_who_is_before_the_group_today_ib_and_directie_get_it(one_site: Site, login: str, status: int) -> None:
    one_site.log_in(login)
    uid = one_site.world.group_uids["6B"]

    assert one_site.client.get(card(one_site)).status_code == status
    assert one_site.client.post(card(one_site)).status_code == status
    assert one_site.client.get(f"/api/v1/groups/{uid}/substitute-card").status_code == status


def test_the_office_has_no_card(one_site: Site) -> None:
    one_site.change(lambda world: world.account("administratie", Role.OFFICE))
    one_site.log_in("administratie")

    assert one_site.client.get(card(one_site)).status_code == 403


def test_json_is_the_same_card(one_site: Site) -> None:
    one_site.change(tell)
    one_site.log_in("kim")

    got = one_site.client.get(f"/api/v1/groups/{one_site.world.group_uids['6B']}/substitute-card").json()

    noor = next(child for child in got["children"] if child["name"] == "Noor")
    assert noor["safety"] == VITAL.rstrip(".")
    assert noor["helps"] == HELPS
    assert set(noor) == {"id", "name", "today", "is_absent", "safety", "in_class", "helps", "agreed"}


@pytest.mark.parametrize("giver", ["ib", "directie"])
def test_a_colleague_gets_the_group_in_two_clicks_and_only_for_today(site: Site, giver: str) -> None:
    site.log_in("piet")
    assert site.client.get(card(site)).status_code == 404
    site.log_in(giver)
    assert f"{card(site).removesuffix('kaart')}ler" in site.client.get(card(site)).text, "the first click"
    where = f"/groep/{site.world.group_uids['6B']}/invaller"
    [piet] = re.findall(r'value="([^"]+)"><button class="button">[^<]*<[^>]*>: Juf piet', site.client.get(where).text)
    assert site.client.post(where, data={"account": piet}).status_code == 303
    assert site.client.post(where, data={"account": piet}).status_code == 303, "a second click changes nothing"

    with reading(site.engine) as connection:
        given = connection.execute(
            sa.select(RoleGrant.role, RoleGrant.starts_on, RoleGrant.ends_on, RoleGrant.granted_by).where(
                RoleGrant.account_id == site.world.accounts["piet"], RoleGrant.group_id == site.world.groups["6B"]
            )
        ).all()
        logged = connection.execute(sa.select(AccessLog.action).where(AccessLog.kind == "account")).scalars().all()
    assert [tuple(row) for row in given] == [(Role.SUBSTITUTE, TODAY, TODAY, giver)]
    assert logged == ["group given"]

    site.log_in("piet")
    assert site.client.get(card(site)).status_code == 200
    assert card(site) in site.client.get(f"/groep/{site.world.group_uids['6B']}").text
    assert card(site) in site.client.get("/").text, "the card is where the colleague begins"

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        site.log_in("piet")
        assert site.client.get(card(site)).status_code == 404
        assert site.client.get(f"/kind/{site.world.uids['noor']}").status_code == 404


def test_who_presses_twice_at_once_gives_it_once(site: Site) -> None:
    site.log_in("ib")
    stand_ins = f"/api/v1/groups/{site.world.group_uids['6B']}/stand-ins"
    piet = next(one["id"] for one in site.client.get(stand_ins).json()["colleagues"] if one["name"] == "Juf piet")
    hands = [browser(site.client.app, headers={"Sec-Fetch-Site": "same-origin"}) for _ in range(4)]
    for hand in hands:
        hand.cookies.update(site.client.cookies)
    with ThreadPoolExecutor(len(hands)) as at_once:
        answers = list(at_once.map(lambda hand: hand.post(stand_ins, json={"account": piet}).status_code, hands))

    assert set(answers) <= {200, 201, 204}
    mine = sa.select(sa.func.count()).where(RoleGrant.account_id == site.world.accounts["piet"])
    with reading(site.engine) as connection:
        assert connection.scalar(mine.where(RoleGrant.group_id == site.world.groups["6B"])) == 1


def test_what_was_given_by_mistake_is_taken_back_at_once(site: Site) -> None:
    where = f"/groep/{site.world.group_uids['6B']}/invaller"
    site.log_in("ib")
    stand_ins = f"/api/v1/groups/{site.world.group_uids['6B']}/stand-ins"
    piet = next(one["id"] for one in site.client.get(stand_ins).json()["colleagues"] if one["name"] == "Juf piet")
    site.client.post(stand_ins, json={"account": piet})
    assert "heeft de groep vandaag" in site.client.get(where).text

    assert site.client.post(f"{where}/terug", data={"account": piet}).status_code == 303
    site.log_in("piet")
    assert site.client.get(card(site)).status_code == 404


def test_nobody_else_gives_a_group_and_nobody_gets_one_of_another_school(one_site: Site) -> None:
    where = f"/groep/{one_site.world.group_uids['6B']}/invaller"
    one_site.change(lambda world: world.account("juf-van-duin", Role.TEACHER, "duin", group_id=world.groups["6Z"]))
    for login in ("kim", "piet", "beheer", "moeder"):
        one_site.log_in(login)
        assert one_site.client.get(where).status_code in {403, 404}, login

    one_site.log_in("ib")
    assert "juf-van-duin" not in one_site.client.get(where).text
    with reading(one_site.engine) as connection:
        uid = connection.scalar(sa.text("SELECT uid FROM account WHERE login = 'juf-van-duin'"))
    assert one_site.client.post(where, data={"account": str(uid)}).status_code == 404
