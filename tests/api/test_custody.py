"""Who has custody decides at each request who sees the child, and two households see nothing of each other."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine

from api import clock
from api.db import reading
from models.custody import CustodyRecord
from models.journal import Note
from models.vocabulary import Custody, CustodyEvidence, NoteKind, Readers, Tone
from tests.households import FATHER_MAIL, FATHER_PHONE, MOTHER_PHONE, OTHER_PHONE, move_in
from tests.site import Site
from tests.world import NOW, TODAY, World

FACES = ("/kind/{}", "/api/v1/pupils/{}/sheet", "/kind/{}/contact", "/api/v1/pupils/{}/contact", "/kind/{}/nood")


@pytest.fixture
def people(site: Site) -> dict[str, UUID]:
    return move_in(site)


def statuses(site: Site, child: str = "noor") -> set[int]:
    return {site.status(face.format(site.world.uids[child])) for face in FACES}


def change(site: Site, who: UUID, custody: Custody, version: int = 0, **more: Any) -> int:
    path = f"/kind/{site.world.uids['noor']}/gezag"
    form = {"guardian": str(who), "version": version, "custody": custody, "evidence": CustodyEvidence.COURT} | more
    return site.client.post(path, data=form).status_code


def records(site: Site) -> list[tuple[Any, ...]]:
    with reading(site.engine) as connection:
        columns = (CustodyRecord.version, CustodyRecord.custody, CustodyRecord.evidence, CustodyRecord.recorded_by)
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(CustodyRecord.version))]


@pytest.mark.usefixtures("people")
def test_b10_custody_that_ends_at_noon_ends_the_open_page_at_noon(site: Site) -> None:
    noon = datetime.combine(TODAY, datetime.min.time(), clock.HERE).replace(hour=12).astimezone(UTC)

    def end_at_noon(world: World) -> None:
        world.insert(
            CustodyRecord,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            guardian_id=world.connection.scalar(sa.text("SELECT id FROM guardian WHERE given_name = 'moeder'")),
            version=1,
            custody=Custody.NO,
            starts_at=noon,
            evidence=CustodyEvidence.COURT,
            recorded_at=NOW,
            recorded_by="directie",
        )

    site.change(end_at_noon)
    with time_machine.travel(noon - timedelta(minutes=5), tick=False):
        site.log_in("moeder")
    with time_machine.travel(noon - timedelta(seconds=1), tick=False):
        assert statuses(site) == {200}
        assert site.client.get("/").headers["location"] == "/mijn-kind"
    with time_machine.travel(noon, tick=False):
        assert statuses(site) == {404}
        assert "Ven" not in site.client.get("/").text
        assert site.client.post("/api/v1/pupils/search", json={"name": ""}).json() == []


def test_b10_ending_it_now_works_at_the_next_request(site: Site, people: dict[str, UUID]) -> None:
    site.log_in("moeder")
    assert statuses(site) == {200}
    parent = site.client.cookies["__Host-kindblad"]

    site.log_in("kantoor")
    assert change(site, people["moeder"], Custody.NO) == 303
    site.client.cookies.set("__Host-kindblad", parent)

    assert statuses(site) == {404}
    assert records(site) == [(1, Custody.NO, CustodyEvidence.COURT, "Juf kantoor")]


@pytest.mark.usefixtures("people")
def test_b11_a_parent_without_custody_sees_no_child_and_reads_how_to_ask(site: Site) -> None:
    site.log_in("ander")

    assert statuses(site) == {404}
    page = site.client.get("/")
    assert page.status_code == 200
    assert "Noor" not in page.text
    assert "Vraag het de directie van vliet" in page.text
    assert "BW 1:377c" in page.text


def test_b12_two_households_never_see_each_others_address(site: Site, people: dict[str, UUID]) -> None:
    noor = site.world.uids["noor"]
    site.log_in("directie")
    secret = {"guardian": str(people["vader"]), "is_secret": "true"}
    assert site.client.post(f"/kind/{noor}/gezag/geheim", data=secret).status_code == 303

    site.log_in("moeder")
    everything = "".join(site.client.get(face.format(noor)).text for face in FACES)
    assert MOTHER_PHONE in everything
    for canary in (FATHER_PHONE, FATHER_MAIL, OTHER_PHONE, "vader", "geheim"):
        assert canary not in everything, canary
    lines = site.client.get(f"/api/v1/pupils/{noor}/contact").json()["guardians"]
    assert lines == [{"name": "moeder", "relation": "moeder", "phone": MOTHER_PHONE}]


def test_b12_b20_a_secret_number_has_no_key_for_who_may_not_see_it(site: Site, people: dict[str, UUID]) -> None:
    few, all_keys = {"name", "relation", "custody"}, {"name", "relation", "custody", "secret", "email", "phone"}
    noor = site.world.uids["noor"]
    site.log_in("kantoor")
    site.client.post(f"/kind/{noor}/gezag/geheim", data={"guardian": str(people["vader"]), "is_secret": "true"})

    for login, keys in (("kim", few), ("ib", few), ("directie", all_keys), ("kantoor", all_keys)):
        site.log_in(login)
        answer = site.client.get(f"/api/v1/pupils/{noor}/contact")
        father = next(line for line in answer.json()["guardians"] if line["name"] == "vader")
        assert set(father) == keys, login
        assert (FATHER_PHONE in site.client.get(f"/kind/{noor}/contact").text) == ("phone" in keys)
        assert MOTHER_PHONE in answer.text


def test_who_has_nothing_to_do_with_it_gets_no_contact_data(one_site: Site) -> None:
    move_in(one_site)
    for login in ("piet", "bestuur", "beheer", "ander", "niemand"):
        one_site.log_in(login)
        for face in FACES[2:4]:
            assert one_site.client.get(face.format(one_site.world.uids["noor"])).status_code == 404, login


@pytest.mark.usefixtures("people")
def test_b13_a_parent_sees_no_talk_with_the_other_parent(site: Site) -> None:
    def talk(world: World) -> None:
        world.insert(
            Note,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            kind=NoteKind.PARENT_TALK,
            observed_on=TODAY,
            tone=Tone.NEUTRAL,
            readers=Readers.TEAM,
            body="kanarie: gesprek met vader alleen",
            written_at=NOW,
            delivery_id=next(iter(world.deliveries.values())),
        )

    site.change(talk)
    faces = [*FACES, "/"]
    for login, sees in (("kim", True), ("moeder", False), ("vader", False), ("ander", False)):
        site.log_in(login)
        shown = "".join(site.client.get(face.format(site.world.uids["noor"])).text for face in faces)
        assert ("kanarie: gesprek" in shown) is sees, login


def test_only_administration_and_directie_keep_custody(one_site: Site) -> None:
    people = move_in(one_site)
    for login in ("kim", "ib", "beheer", "bestuur", "moeder"):
        one_site.log_in(login)
        assert one_site.client.get(f"/kind/{one_site.world.uids['noor']}/gezag").status_code == 403, login
        assert change(one_site, people["moeder"], Custody.NO) == 403
    assert records(one_site) == []


def test_administration_of_one_school_knows_no_child_of_another(one_site: Site) -> None:
    people = move_in(one_site)
    one_site.log_in("kantoor")

    assert one_site.client.get(f"/kind/{one_site.world.uids['sem']}/gezag").status_code == 404
    path = f"/kind/{one_site.world.uids['daan']}/gezag"
    form = {"guardian": str(people["moeder"]), "version": 0, "custody": "yes", "evidence": "court"}
    assert one_site.client.post(path, data=form).status_code == 404  # Noor's mother is no guardian of Daan
    assert records(one_site) == []


def test_what_changes_keeps_its_history_and_a_plan_for_later(site: Site, people: dict[str, UUID]) -> None:
    site.log_in("kantoor")
    later = TODAY + timedelta(days=30)
    assert change(site, people["moeder"], Custody.NO, since=later, remark="C/09/1234") == 303
    assert change(site, people["moeder"], Custody.YES, 1, evidence="statement") == 303
    proof = {"guardian": str(people["moeder"]), "version": 2, "evidence": "register"}
    assert site.client.post(f"/kind/{site.world.uids['noor']}/gezag/bewijs", data=proof).status_code == 303

    page = site.client.get(f"/kind/{site.world.uids['noor']}/gezag").text
    assert "C/09/1234" in page
    assert "uittreksel uit het gezagsregister, Juf kantoor" in page
    assert "geen gezag." in page  # the plan is still there
    assert [row[:3] for row in records(site)] == [
        (1, "no", "court"),
        (2, "yes", "statement"),
        (3, "yes", "register"),
    ]
    with time_machine.travel(datetime.combine(later, datetime.min.time(), clock.HERE) + timedelta(hours=8), tick=False):
        site.log_in("moeder")
        assert statuses(site) == {404}


def test_a_change_cannot_begin_before_what_holds_now(one_site: Site) -> None:
    people = move_in(one_site)
    one_site.log_in("kantoor")
    assert change(one_site, people["moeder"], Custody.NO) == 303

    assert change(one_site, people["moeder"], Custody.YES, 1, since=TODAY - timedelta(days=90)) == 422
    assert len(records(one_site)) == 1


def test_of_two_who_change_it_at_once_the_second_hears_so(site: Site, people: dict[str, UUID]) -> None:
    site.log_in("kantoor")
    assert change(site, people["moeder"], Custody.NO) == 303

    again = {"guardian": str(people["moeder"]), "version": 0, "custody": "yes", "evidence": "court"}
    answer = site.client.post(f"/kind/{site.world.uids['noor']}/gezag", data=again)
    assert answer.status_code == 409
    assert "Iemand anders heeft het gezag over dit kind intussen gewijzigd" in answer.text
    assert [row[1] for row in records(site)] == [Custody.NO]


def test_each_look_and_change_is_a_line_in_the_log(one_site: Site) -> None:
    people = move_in(one_site)
    noor = one_site.world.pupils["noor"]
    one_site.log_in("kantoor")
    one_site.client.get(f"/kind/{one_site.world.uids['noor']}/gezag")
    change(one_site, people["moeder"], Custody.NO)

    assert one_site.lines() == [
        (noor, "custody", "read", "administratie"),
        (noor, "custody", "read", "administratie"),
        (noor, "custody", "wrote", "administratie"),
    ]
