"""Bronnen on the screen: a file is tried before it counts, what waits is decided there, and only who keeps it may."""

import os
import re
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
import sqlalchemy as sa

from connectors.canonical import Names, PupilRef
from connectors.runner import run
from models.school import School
from models.vocabulary import Role
from tests.connectors.tiny import count, group, placed, result, results, roll, rows, take_in
from tests.site import Site
from tests.world import World

BRIN = "99KD"
ABSENCES = "Leerlingnummer;Datum;Dagdeel;Reden\n1001;5-11-2026;ochtend;ziek\n4711;5-11-2026;dag;ziek\n"
GUARDIANS = "Leerlingnummer;Oudernummer;Achternaam;Voornaam;Relatie;Gezag\n"
BORN = date(2016, 5, 1)


@pytest.fixture
def beek(site: Site, tmp_path: Path) -> Site:
    """A school with a roll of two children, its administratie (wilma), directie (hans) and teacher (els)."""
    take_in(site.engine, known(), tmp_path, school=BRIN)

    site.change(lambda world: staff(world, wilma=Role.OFFICE, hans=Role.HEAD, els=Role.IB))
    site.log_in("wilma")
    return site


def staff(world: World, **roles: Role) -> None:
    """Give these people their role at the school of the roll."""
    chosen = sa.select(School.id).where(School.brin == BRIN)
    world.schools["beek"] = world.connection.execute(chosen).scalar_one()
    for login, role in roles.items():
        world.account(login, role, "beek")


def known(*more: Any) -> Any:
    return roll(group("6A"), placed("1001"), placed("1002", given="Bo", family="Zand"), *more, brin=BRIN)


def folder(site: Site) -> Path:
    app: Any = site.client.app
    return Path(app.state.kit.settings.data_dir) / "ontvangen"


def school_id(site: Site, brin: str = BRIN) -> UUID:
    with site.engine.connect() as connection:
        return connection.execute(sa.select(School.uid).where(School.brin == brin)).scalar_one()


def hand_over(site: Site, text: str, name: str = "verzuim.csv", **fields: str) -> httpx2.Response:
    """Choose a file in the browser and send the form."""
    sent = {"school": str(school_id(site))} | fields
    return site.client.post("/bronnen", data=sent, files={"file": (name, text.encode(), "text/csv")})


def tried(site: Site, text: str, name: str = "verzuim.csv") -> str:
    """Hand a file over; returns where it can be looked at."""
    answer = hand_over(site, text, name)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def read(site: Site, path: str) -> str:
    """The words of a page, without tags and with single spaces."""
    answer = site.client.get(path)
    assert answer.status_code == 200, path
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2]).split())


def parents(*numbers: int) -> str:
    return GUARDIANS + "".join(f"1001;OU{number};Jansen;Ouder{number};moeder;ja\n" for number in numbers)


def test_a_file_is_recognised_and_tried_and_counts_only_when_someone_takes_it_in(beek: Site) -> None:
    place = tried(beek, ABSENCES)
    seen = read(beek, place)
    assert "Verzuim · klaargezet door Juf wilma" in seen
    assert "1 nieuw, 1 in quarantaine" in seen
    assert "Dit leerlingnummer hoort nog niet bij een kind" in seen
    assert "4711" not in seen
    assert count(beek.engine, "absence") == 0
    assert "verzuim.csv" in read(beek, "/bronnen")

    done = beek.client.post(f"{place}/inlezen")
    assert done.status_code == 303
    assert "verzuim.csv is ingelezen: 1 nieuw, 1 in quarantaine." in read(beek, done.headers["location"])
    assert count(beek.engine, "absence") == 1
    assert rows(beek.engine, "SELECT requested_by FROM delivery WHERE file_name = 'verzuim.csv'") == [("Juf wilma",)]
    assert list(folder(beek).iterdir()) == []

    again = read(beek, tried(beek, ABSENCES))
    assert "Precies dit bestand is al ingelezen" in again
    assert "Inlezen" not in again.split()


@pytest.mark.parametrize(
    ("login", "status"),
    [("hans", 200), ("els", 403), ("kim", 403), ("ib", 403), ("beheer", 403), ("moeder", 403), ("directie", 404)],
)
def test_b78_only_administratie_and_directie_of_this_school_come_near_it(beek: Site, login: str, status: int) -> None:
    place = tried(beek, ABSENCES)
    beek.log_in(login)

    assert beek.client.get(place).status_code == status
    if status != 200:
        assert beek.client.post(f"{place}/inlezen").status_code == status
        assert beek.client.post(f"{place}/weg").status_code == status
        assert hand_over(beek, ABSENCES).status_code == status
        assert count(beek.engine, "absence") == 0
    if status == 404:
        assert "verzuim.csv" not in read(beek, "/bronnen")


def test_b76_a_file_of_another_school_is_refused_in_words(beek: Site) -> None:
    sample = Path(__file__).parents[1] / "connectors/samples/edexml/edexml-2.1.xml"
    seen = read(beek, tried(beek, sample.read_text(), "edexml.xml"))

    assert "edexml.xml is van school 99XX00, niet van 99KD00; er is niets veranderd." in seen
    assert "Inlezen" not in seen.split()


def test_b77_what_is_unusual_waits_for_directie(beek: Site) -> None:
    beek.client.post(f"{tried(beek, parents(1, 2, 3, 4, 5), 'ouders.csv')}/inlezen")
    assert count(beek.engine, "guardianship") == 6  # with the one of the other school

    place = tried(beek, parents(1), "ouders.csv")
    assert "ontbreken 4 van de 5 regels" in read(beek, place)
    assert "Alleen de directie" in read(beek, place)
    beek.client.post(f"{place}/inlezen", data={"confirmed": "true"})
    vanished = "SELECT count(*) FROM ledger WHERE stream = 'guardian' AND status = 'vanished'"
    assert rows(beek.engine, vanished) == [(0,)]

    beek.log_in("hans")
    assert "Ik heb het nagekeken: dit klopt" in read(beek, place)
    beek.client.post(f"{place}/inlezen")
    assert rows(beek.engine, vanished) == [(0,)]
    assert beek.client.post(f"{place}/inlezen", data={"confirmed": "true"}).status_code == 303
    assert rows(beek.engine, vanished) == [(4,)]


def test_a_file_that_is_nothing_of_ours_says_so_and_a_person_may_say_what_it_is(beek: Site) -> None:
    place = tried(beek, "boodschappen;prijs\nmelk;1,20\n", "lijstje.csv")
    assert "Dit bestand herkennen we niet." in read(beek, place)

    beek.client.post(f"{place}/soort", data={"kind": "table:absences"})
    assert "in de eerste rij ontbreekt" in read(beek, place)
    beek.client.post(f"{place}/soort", data={"kind": "geheim"})
    assert "in de eerste rij ontbreekt" in read(beek, place)
    assert beek.client.post(f"{place}/inlezen").headers["location"] == place
    beek.client.post(f"{place}/weg")
    assert beek.client.get(place).status_code == 404
    assert list(folder(beek).iterdir()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\..\\passwd", "/etc/passwd"])
def test_the_name_of_a_file_is_no_path(beek: Site, name: str) -> None:
    assert "passwd Verzuim · klaargezet" in read(beek, tried(beek, ABSENCES, name))
    assert all(re.fullmatch(r"[0-9a-f-]{36}(\.json)?", path.name) for path in folder(beek).iterdir())
    assert {path.stat().st_mode & 0o077 for path in folder(beek).iterdir() if not path.suffix} == {0}


def test_no_file_is_said_so(beek: Site) -> None:
    answer = beek.client.post("/bronnen", data={"school": str(school_id(beek))})
    assert answer.status_code == 422
    assert "Kies eerst een bestand." in answer.text


def test_what_nobody_took_in_is_gone_after_a_day(beek: Site) -> None:
    place = tried(beek, ABSENCES)
    for path in folder(beek).iterdir():
        os.utime(path, (0, 0))

    assert "verzuim.csv" not in read(beek, "/bronnen")
    assert beek.client.get(place).status_code == 404
    assert list(folder(beek).iterdir()) == []


def test_what_somebody_else_took_in_or_threw_away_meanwhile_does_not_come_back(
    beek: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tried(beek, ABSENCES)

    def thrown_away_first(*args: Any, **options: Any) -> Any:
        for path in folder(beek).iterdir():
            path.unlink()
        return run(*args, **options)

    monkeypatch.setattr("api.services.sources.taking_in.run", thrown_away_first)
    assert beek.client.post(f"{place}/inlezen").headers["location"] == place
    assert beek.client.get(place).status_code == 404
    assert list(folder(beek).iterdir()) == []


def test_a_report_that_is_half_written_or_older_than_the_program_is_passed_over(beek: Site) -> None:
    place = tried(beek, ABSENCES)
    (report,) = folder(beek).glob("*.json")
    report.write_text(report.read_text()[:40])
    assert "verzuim.csv" not in read(beek, "/bronnen")
    assert beek.client.get(place).status_code == 404


def test_what_was_not_taken_over_is_tried_again_or_laid_aside(beek: Site, tmp_path: Path) -> None:
    beek.client.post(f"{tried(beek, ABSENCES + '4712;6-11-2026;dag;ziek' + chr(10))}/inlezen")
    seen = beek.client.get("/bronnen/quarantaine").text
    assert "Verzuim · 2 regels" in seen
    one = dict(re.findall(r'type="hidden" name="(school|source|code|message)" value="([^"]*)"', seen))
    one = {name: value.replace("&#34;", '"').replace("&#39;", "'") for name, value in one.items()}

    take_in(beek.engine, known(placed("4711", given="Fee")), tmp_path, school=BRIN)  # what waited for Fee goes along
    assert count(beek.engine, "absence") == 2
    again = beek.client.post("/bronnen/quarantaine/opnieuw", data=one).headers["location"]
    assert "Nog niets is alsnog overgenomen." in read(beek, again)
    aside = beek.client.post("/bronnen/quarantaine/terzijde", data=one).headers["location"]
    assert "1 regel is terzijde gelegd. Alles is overgenomen." in read(beek, aside)
    assert beek.client.post("/bronnen/quarantaine/terzijde", data=one).status_code == 404


def test_a_person_says_who_is_who_and_every_child_that_is_named_is_in_the_log(beek: Site, tmp_path: Path) -> None:
    like = PupilRef("p-1", names=Names("Pien", family_name="Voorbeeld"), birth_date=BORN)
    stranger = PupilRef("p-2", names=Names("Onbekend"))
    take_in(beek.engine, results(result("r-1", like), result("r-2", stranger)), tmp_path, school=BRIN)
    pien = rows(beek.engine, "SELECT id FROM pupil WHERE given_name = 'Pien'")[0][0]
    bo = rows(beek.engine, "SELECT id FROM pupil WHERE given_name = 'Bo'")[0][0]
    linked = "SELECT pupil_id FROM source_person WHERE source_key LIKE 'p-%' ORDER BY source_key"

    seen = beek.client.get("/bronnen/wie-is-wie")
    assert "Pien Voorbeeld, geboren 1 mei 2016, sleutel p-1" in seen.text
    assert (pien, "identity", "read", "administratie") in beek.lines()
    asked = re.findall(r'name="proposal" value="([^"]+)"', seen.text)
    mine, other = asked[0], asked[-1]
    assert rows(beek.engine, linked) == [(None,), (None,)]

    beek.log_in("directie")
    assert beek.client.post("/bronnen/wie-is-wie", data={"proposal": mine, "same": "true"}).status_code == 409
    assert "Van ieder kind is duidelijk" in read(beek, "/bronnen/wie-is-wie")
    beek.log_in("wilma")
    assert beek.client.post("/bronnen/wie-is-wie", data={"proposal": mine, "same": "true"}).status_code == 303
    assert (pien, "identity", "wrote", "administratie") in beek.lines()
    assert beek.client.post("/bronnen/wie-is-wie", data={"proposal": mine, "same": "false"}).status_code == 409

    by_hand = {"proposal": other, "number": "9999"}
    assert "Dat leerlingnummer staat nu niet" in beek.client.post("/bronnen/wie-is-wie/hand", data=by_hand).text
    assert beek.client.post("/bronnen/wie-is-wie/hand", data=by_hand | {"number": "1002"}).status_code == 303
    assert rows(beek.engine, linked) == [(pien,), (bo,)]


def test_who_is_the_same_to_the_letter_is_linked_in_one_go(beek: Site, tmp_path: Path) -> None:
    refs = [
        PupilRef("p-1", names=Names("Pien", family_name="Voorbeeld"), birth_date=BORN),
        PupilRef("p-2", names=Names("Bo", family_name="Zand"), birth_date=BORN),
        PupilRef("p-3", names=Names("Bo"), birth_date=BORN),
    ]
    take_in(beek.engine, results(*(result(f"r-{ref.key}", ref) for ref in refs)), tmp_path, school=BRIN)
    assert "Koppel iedereen met dezelfde naam en geboortedatum (2 van" in read(beek, "/bronnen/wie-is-wie")

    assert beek.client.post("/bronnen/wie-is-wie/gelijk").status_code == 303
    assert count(beek.engine, "source_person", "source_key LIKE 'p-%' AND pupil_id IS NOT NULL") == 2


def test_a_program_reads_the_same(beek: Site, tmp_path: Path) -> None:
    take_in(beek.engine, results(result("r-1", PupilRef("p-2", names=Names("Onbekend")))), tmp_path, school=BRIN)
    beek.client.post(f"{tried(beek, ABSENCES)}/inlezen")

    (school,) = beek.client.get("/api/v1/sources").json()
    assert (school["issues"], school["proposals"]) == (1, 2)
    assert {source["label"]: source["unlinked"] for source in school["sources"]}["Toetsen"] == 1
    (waits,) = beek.client.get("/api/v1/sources/quarantine").json()
    assert (waits["source_label"], waits["count"]) == ("Verzuim", 1)
    assert len(beek.client.get("/api/v1/sources/proposals").json()) == 2
    beek.log_in("els")
    assert beek.client.get("/api/v1/sources").status_code == 403


def test_a_file_that_is_not_there_is_404(beek: Site) -> None:
    assert beek.client.get(f"/bronnen/bestand/{uuid4()}").status_code == 404
