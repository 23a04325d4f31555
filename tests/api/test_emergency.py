"""The emergency card in one click, also when the log cannot be written; the rest never without the log."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.db import reading
from api.security import emergency_journal
from api.security.access_log import AccessLogWriter, LogUnavailableError
from models.custody import EmergencyAccess, EmergencyCard
from tests.conftest import Database
from tests.households import FATHER_PHONE, MOTHER_PHONE, OTHER_PHONE, move_in
from tests.site import Site, make_site
from tests.world import NOW, World

WHAT = "Bij benauwdheid: blauwe pufje, 2x, rechtop. Niet beter na 5 minuten: 112."


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    yield from _site(database, tmp_path)


@pytest.fixture
def one_site(sqlite: Database, tmp_path: Path) -> Iterator[Site]:
    yield from _site(sqlite, tmp_path)


def _site(database: Database, folder: Path) -> Iterator[Site]:
    for site in make_site(database, data_dir=folder):
        move_in(site)
        site.change(write_card)
        yield site


def write_card(world: World) -> None:
    values = {"school_id": world.schools["vliet"], "pupil_id": world.pupils["noor"], "body": WHAT, "version": 1}
    world.insert(EmergencyCard, **values, written_at=NOW, written_by="Juf ib")


def card(site: Site, child: str = "noor") -> str:
    return f"/kind/{site.world.uids[child]}/nood"


def break_the_log(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise LogUnavailableError

    monkeypatch.setattr(AccessLogWriter, "write", full)


def opened(site: Site) -> list[str]:
    with reading(site.engine) as connection:
        return list(connection.scalars(sa.select(EmergencyAccess.kind).order_by(EmergencyAccess.id)))


def test_the_teacher_of_the_group_reads_the_card_at_once(site: Site) -> None:
    site.log_in("kim")

    page = site.client.get(card(site)).text
    assert WHAT in page
    assert MOTHER_PHONE in page
    assert FATHER_PHONE in page
    assert OTHER_PHONE not in page, "nobody calls who has no custody"
    assert [line[1:] for line in site.lines()] == [
        ("name", "read", "groep 6B"),
        ("emergency_card", "read", "groep 6B"),
        ("emergency_numbers", "read", "groep 6B"),
    ]


def test_a_colleague_finds_the_child_by_letters_and_opens_the_card_with_one_click(site: Site) -> None:
    site.log_in("piet")
    found = site.client.post("/nood", data={"name": "no ve"}).text
    assert f'action="{card(site)}"' in found
    assert WHAT not in found
    assert WHAT not in site.client.get(card(site)).text

    answer = site.client.post(card(site))
    assert answer.headers["location"] == card(site)
    page = site.client.get(card(site)).text
    assert WHAT in page
    assert MOTHER_PHONE in page
    assert "reden " in page
    assert site.client.get(f"/kind/{site.world.uids['noor']}").status_code == 404, "the card opens no sheet"

    lines = [line[1:] for line in site.lines()]
    assert ("emergency_card", "opened", "met reden: er is nu iets aan de hand met dit kind") in lines
    assert opened(site) == ["emergency_card", "emergency_numbers"]
    assert ("emergency_card", "read", "reden 1") in lines


def test_c06_without_a_log_the_card_opens_and_the_journal_keeps_who_looked(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    emergency_journal.prepare(tmp_path)
    with monkeypatch.context() as broken:
        break_the_log(broken)
        site.log_in("piet")
        answer = site.client.post(card(site))
        assert answer.status_code == 200
        assert WHAT in answer.text
        site.log_in("kim")
        assert WHAT in site.client.get(card(site)).text
        assert site.client.get(f"/kind/{site.world.uids['noor']}").status_code == 503
        assert site.client.get(f"/kind/{site.world.uids['noor']}/contact").status_code == 503

    file = tmp_path / emergency_journal.NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [name for name in ("Noor", "Ven", "blauwe") if name in file.read_text()]

    site.log_in("directie")
    start = site.client.get("/").text
    assert "Noodjournaal" in start
    assert "is-alarm" in start
    before = len(site.lines())
    assert site.client.post("/nood/journaal").status_code == 303
    taken = [line for line in site.lines()[before:] if line[3].startswith("noodjournaal: ")]
    assert {line[1] for line in taken} == {"emergency_card", "emergency_numbers", "name"}
    assert {line[0] for line in taken} == {site.world.pupils["noor"]}
    assert "Noodjournaal" not in site.client.get("/").text


def test_c06_the_journal_stays_when_the_log_is_still_broken(
    one_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_the_log(broken)
        one_site.log_in("piet")
        one_site.client.post(card(one_site))
        one_site.log_in("directie")
        assert one_site.client.post("/nood/journaal").status_code == 503
    schools = frozenset({one_site.world.schools["vliet"]})
    assert len(emergency_journal.lines(tmp_path, schools)) >= 2
    assert emergency_journal.lines(tmp_path, frozenset({one_site.world.schools["duin"]})) == []


def test_the_journal_has_its_room_before_the_disk_is_full(tmp_path: Path) -> None:
    emergency_journal.prepare(tmp_path)
    file = tmp_path / emergency_journal.NAME
    line = {"at": NOW, "school_id": 1, "account_id": 2, "role": None, "pupil_id": 3, "kind": "emergency_card"}

    for _ in range(3):
        emergency_journal.write(tmp_path, [line | {"action": "read", "ground": "groep 6B"}])
    emergency_journal.prepare(tmp_path)

    assert file.stat().st_size == emergency_journal.ROOM
    assert [each["pupil_id"] for each in emergency_journal.lines(tmp_path, frozenset({1}))] == [3, 3, 3]


def test_the_card_is_not_for_who_does_not_work_with_children(one_site: Site) -> None:
    noor = card(one_site)
    for login, status in (("kantoor", 404), ("bestuur", 404), ("beheer", 404), ("ander", 404), ("niemand", 404)):
        one_site.log_in(login)
        assert (one_site.client.get(noor).status_code, one_site.client.post(noor).status_code) == (status, status), (
            login
        )
        assert one_site.client.post("/nood", data={"name": "n"}).status_code == 403
    one_site.log_in("moeder")
    page = one_site.client.get(noor).text
    assert WHAT in page
    assert FATHER_PHONE not in page
    one_site.log_in("kim")
    assert one_site.client.post(card(one_site, "sem")).status_code == 404
    assert opened(one_site) == []


def test_ib_and_directie_write_the_card_and_nobody_overwrites_a_colleague(one_site: Site) -> None:
    path = f"{card(one_site)}/kaart"
    one_site.log_in("ib")
    assert one_site.client.post(path, data={"body": "Nieuw: bel moeder.", "version": 1}).status_code == 303
    assert "Nieuw: bel moeder." in one_site.client.get(card(one_site)).text

    one_site.log_in("directie")
    late = one_site.client.post(path, data={"body": "Oud.", "version": 1})
    assert late.status_code == 409
    assert "intussen gewijzigd" in late.text
    one_site.log_in("kim")
    assert one_site.client.post(path, data={"body": "Zelf.", "version": 2}).status_code == 404
    assert "Nieuw: bel moeder." in one_site.client.get(card(one_site)).text


def test_a_secret_number_is_not_on_the_card_but_the_card_says_so(one_site: Site) -> None:
    def hide(world: World) -> None:
        world.connection.execute(sa.text("UPDATE guardian SET secret_contact = true WHERE given_name = 'moeder'"))

    one_site.change(hide)
    one_site.log_in("kim")
    page = one_site.client.get(card(one_site)).text
    assert MOTHER_PHONE not in page
    assert "1 ouder heeft een geheim nummer; de directie kan bellen." in page
