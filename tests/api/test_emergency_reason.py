"""Access for a reason: one child, one kind of data, one hour, logged first and looked at afterwards (rules A.3 1-6)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
import sqlalchemy as sa
import time_machine

from api.db import reading
from api.security.access_log import AccessLogWriter, LogUnavailableError
from api.services.reason import HOW_LONG, REVIEW_WITHIN
from models.account import Authenticator
from models.custody import EmergencyAccess
from models.journal import Note
from models.vocabulary import NoteKind, Readers, Tone
from tests.conftest import Database
from tests.households import FATHER_PHONE, move_in
from tests.site import Site, make_site
from tests.world import NOW, PASSWORD, TODAY, World

WHY = "Overleg over de klacht van moeder van vanmorgen."
NOTE = "kanarie: notitie voor het team"


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    yield from _site(database)


@pytest.fixture
def one_site(sqlite: Database) -> Iterator[Site]:
    yield from _site(sqlite)


def _site(database: Database) -> Iterator[Site]:
    for site in make_site(database):
        move_in(site)
        site.change(write_note)
        yield site


def write_note(world: World) -> None:
    for child in ("noor", "daan"):
        world.insert(
            Note,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils[child],
            kind=NoteKind.NOTE,
            observed_on=TODAY,
            tone=Tone.NEUTRAL,
            readers=Readers.TEAM,
            body=NOTE,
            written_at=NOW,
            delivery_id=next(iter(world.deliveries.values())),
        )


def open_kind(site: Site, kind: str = "notes", child: str = "noor", **more: Any) -> httpx2.Response:
    form = {"kind": kind, "reason": "complaint", "explanation": WHY} | more
    answer: httpx2.Response = site.client.post(f"/kind/{site.world.uids[child]}/reden", data=form)
    return answer


def sees(site: Site, child: str = "noor") -> bool:
    faces = ("/kind/{}", "/api/v1/pupils/{}/sheet")
    shown = {NOTE in site.client.get(face.format(site.world.uids[child])).text for face in faces}
    assert len(shown) == 1, "page and JSON show the same"
    return shown.pop()


def rows(site: Site) -> list[Any]:
    with reading(site.engine) as connection:
        return list(connection.execute(sa.select(EmergencyAccess.__table__).order_by(EmergencyAccess.id)))


def test_rule_1_one_child_one_kind_sixty_minutes(site: Site) -> None:
    with time_machine.travel(NOW, tick=False):
        site.log_in("directie")
        assert not sees(site)
        assert open_kind(site).status_code == 303
        assert sees(site)
        assert (site.world.pupils["noor"], "notes", "read", "reden 1") in site.lines()
        assert "Open met reden: notities en besprekingen" in site.client.get(f"/kind/{site.world.uids['noor']}").text
        assert not sees(site, "daan"), "another child needs another reason"
        assert "Welbevinden" not in site.client.get(f"/kind/{site.world.uids['noor']}").text
        site.log_in("adjunct")
        assert not sees(site), "another person needs another reason"
    with time_machine.travel(NOW + HOW_LONG - timedelta(seconds=1), tick=False):
        site.log_in("directie")
        assert sees(site)
    with time_machine.travel(NOW + HOW_LONG, tick=False):
        assert not sees(site)


def test_rule_1_it_ends_by_a_button_as_well(one_site: Site) -> None:
    one_site.log_in("directie")
    open_kind(one_site)
    use = str(rows(one_site)[0].uid)
    assert use in one_site.client.get("/reden").text

    one_site.log_in("adjunct")
    one_site.client.post("/reden/sluiten", data={"use": use})
    one_site.log_in("directie")
    assert sees(one_site), "nobody else ends it"
    one_site.client.post("/reden/sluiten", data={"use": use})
    assert not sees(one_site)


def test_rule_2_a_reason_from_the_list_and_fifteen_characters(one_site: Site) -> None:
    one_site.log_in("directie")

    assert open_kind(one_site, explanation="  te kort      ").status_code == 422
    assert open_kind(one_site, reason="zomaar").status_code == 422
    assert open_kind(one_site, kind="iets").status_code == 422
    assert (rows(one_site), sees(one_site)) == ([], False)


def test_rule_2_the_card_and_the_numbers_need_a_choice_only(one_site: Site) -> None:
    one_site.log_in("piet")

    assert open_kind(one_site, "emergency_numbers", explanation="").status_code == 303
    assert FATHER_PHONE in one_site.client.get(f"/kind/{one_site.world.uids['noor']}/nood").text


def test_rule_3_a_second_factor_of_a_quarter_of_an_hour_ago_or_the_password_again(one_site: Site) -> None:
    with time_machine.travel(NOW, tick=False):
        one_site.log_in("directie")
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        assert "wachtwoord" in one_site.client.get(f"/kind/{one_site.world.uids['noor']}/reden").text
        assert open_kind(one_site).status_code == 422
        assert open_kind(one_site, password="geraden").status_code == 422
        assert rows(one_site) == []
        assert open_kind(one_site, password=PASSWORD).status_code == 303
        one_site.log_in("piet")
    with time_machine.travel(NOW + timedelta(minutes=32), tick=False):
        assert open_kind(one_site, "emergency_card", explanation="").status_code == 303


def test_rule_3_who_has_a_second_step_shows_it_again(one_site: Site) -> None:
    def connect(world: World) -> None:
        app = {"account_id": world.accounts["directie"], "secret": b"verzegeld", "created_at": NOW}
        world.insert(Authenticator, **app, confirmed_at=NOW)

    one_site.change(connect)
    with time_machine.travel(NOW, tick=False):
        one_site.log_in("directie")
        assert one_site.client.get(f"/kind/{one_site.world.uids['noor']}/reden").status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        back = f"/login/tweede-stap?naar=/kind/{one_site.world.uids['noor']}/reden"
        assert one_site.client.get(f"/kind/{one_site.world.uids['noor']}/reden").headers["location"] == back
        assert open_kind(one_site, password=PASSWORD).headers["location"] == back
    assert rows(one_site) == []


def test_rule_3_guessing_the_password_there_is_slowed_down(one_site: Site) -> None:
    with time_machine.travel(NOW, tick=False):
        one_site.log_in("directie")
    with time_machine.travel(NOW + timedelta(minutes=16), tick=False):
        answers = [open_kind(one_site, password=f"gok {number}").status_code for number in range(6)]
        assert answers == [422] * 5 + [429]


def test_rule_4_the_log_is_written_before_anything_opens(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.log_in("directie")
    with monkeypatch.context() as broken:

        def full(*_: object) -> None:
            raise LogUnavailableError

        broken.setattr(AccessLogWriter, "write", full)
        assert open_kind(site).status_code == 503
    assert rows(site) == []
    assert not sees(site)

    open_kind(site)
    noor, lines = site.world.pupils["noor"], site.lines()
    assert (noor, "notes", "opened", "met reden: klacht, bezwaar of verzoek van een ouder") in lines
    assert WHY not in str(lines), "the log holds no content"


def test_rule_5_directie_hears_of_it_the_same_day_and_judges_it(site: Site) -> None:
    with time_machine.travel(NOW, tick=False):
        site.log_in("piet")
        site.client.post(f"/kind/{site.world.uids['noor']}/nood")
        use = str(rows(site)[0].uid)
        site.log_in("piet")
        assert site.client.get("/reden/gebruikt").status_code == 403
        for login in ("ib", "directie"):
            site.log_in(login)
            assert "1 keer is iets geopend met reden" in site.client.get("/").text
            assert "Juf piet" in site.client.get("/reden/gebruikt").text
    with time_machine.travel(NOW + REVIEW_WITHIN + timedelta(hours=1), tick=False):
        site.log_in("directie")
        start = site.client.get("/").text
        assert "is-alarm" in start
        assert site.client.post("/reden/gebruikt", data={"use": use, "verdict": "wrong"}).status_code == 303
        assert "iets geopend met reden" not in site.client.get("/").text
        site.client.post("/reden/gebruikt", data={"use": use, "verdict": "right"})
    assert {(row.verdict, row.reviewed_by) for row in rows(site)} == {("wrong", "Juf directie")}


def test_rule_5_nobody_judges_their_own_look(one_site: Site) -> None:
    one_site.log_in("directie")
    open_kind(one_site)
    judging = {"use": str(rows(one_site)[0].uid), "verdict": "right"}
    assert one_site.client.post("/reden/gebruikt", data=judging).status_code == 422
    assert rows(one_site)[0].verdict is None

    one_site.log_in("ib")  # directie alone at a school is judged by the IB'er
    assert one_site.client.post("/reden/gebruikt", data=judging).status_code == 303
    assert rows(one_site)[0].reviewed_by == "Juf ib"
    one_site.log_in("piet")
    one_site.client.post(f"/kind/{one_site.world.uids['noor']}/nood")
    one_site.log_in("ib")
    of_piet = {"use": str(rows(one_site)[1].uid), "verdict": "right"}
    assert one_site.client.post("/reden/gebruikt", data=of_piet).status_code == 422


@pytest.mark.parametrize("kind", ["notes", "emergency_card", "secret_contact"])
def test_rule_6_never_for_board_parents_pupils_and_administrators(one_site: Site, kind: str) -> None:
    for login in ("bestuur", "moeder", "ander", "beheer", "kantoor", "niemand"):
        one_site.log_in(login)
        assert open_kind(one_site, kind).status_code in {403, 404}, login
    assert rows(one_site) == []


def test_it_opens_what_the_matrix_says_and_nothing_else(one_site: Site) -> None:
    one_site.log_in("piet")  # a teacher elsewhere: card and numbers
    assert open_kind(one_site, "notes").status_code == 404
    assert open_kind(one_site, "emergency_card", "sem").status_code == 404, "another school does not exist"
    assert one_site.client.get(f"/kind/{one_site.world.uids['noor']}/reden").status_code == 200
    one_site.log_in("kim")  # her own group: nothing left to open
    assert one_site.client.get(f"/kind/{one_site.world.uids['noor']}/reden").status_code == 404
    assert open_kind(one_site, "medical").status_code == 404
    assert rows(one_site) == []


def test_ib_reads_a_secret_number_for_a_reason(one_site: Site) -> None:
    def hide(world: World) -> None:
        world.connection.execute(sa.text("UPDATE guardian SET secret_contact = true WHERE given_name = 'vader'"))

    one_site.change(hide)
    contact = f"/kind/{one_site.world.uids['noor']}/contact"
    one_site.log_in("ib")
    assert FATHER_PHONE not in one_site.client.get(contact).text
    assert open_kind(one_site, "secret_contact").headers["location"] == contact
    assert FATHER_PHONE in one_site.client.get(contact).text
    assert (one_site.world.pupils["noor"], "secret_contact", "read", "reden 1") in one_site.lines()


def test_a_colleague_is_found_by_exact_name_and_group_only(one_site: Site) -> None:
    path = f"/kind/{one_site.world.uids['noor']}/reden"
    one_site.log_in("piet")

    assert path in one_site.client.post("/reden", data={"name": "noor VAN der ven", "home": "6b"}).text
    for name, group in (("Noor", "6B"), ("Noor van der Ven", "6A"), ("Sem van der Zee", "6Z")):
        assert (
            "Geen kind met precies die naam" in one_site.client.post("/reden", data={"name": name, "home": group}).text
        )
    assert [line[1:] for line in one_site.lines()] == [("search", "read", "leraar van deze school")]


def test_a_use_of_another_school_is_not_there(one_site: Site) -> None:
    one_site.log_in("directie")

    assert (
        one_site.client.post("/reden/gebruikt", data={"use": str(UUID(int=1)), "verdict": "right"}).status_code == 404
    )
