"""A copy of all that is kept of a child (AVG art. 15): asked, looked through, fetched; and what is not in it."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine

from api.db import reading, writing
from models.copy_request import CopyRequest
from models.custody import CustodyRecord
from models.journal import Note
from models.person import Guardian
from models.rules.access import Kind
from models.vocabulary import Custody, CustodyEvidence, NoteKind, Readers, Tone
from tests.canaries import Planted, plant
from tests.conftest import Database
from tests.households import FATHER_MAIL, FATHER_PHONE, move_in
from tests.parents.test_growth import a_test
from tests.site import Site, make_site
from tests.world import NOW, TODAY, World

SELECT = re.compile(r'<select id="keuze-\d+" name="choices"( required)?>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([0-9a-f]{32})([^"]*)"( selected)?>')


@pytest.fixture
def planted(database: Database) -> Iterator[tuple[Site, Planted]]:
    with contextmanager(make_site)(database) as site:
        move_in(site)
        with writing(site.engine) as connection:
            site.world.connection = connection
            words = plant(site.world)
            connection.execute(sa.delete(CopyRequest))
        yield site, words


@pytest.fixture
def family(one_site: Site) -> Site:
    move_in(one_site)
    return one_site


def mine(site: Site, child: str = "noor") -> str:
    return f"/mijn-kind/{site.world.uids[child]}/kopie"


def ask(site: Site, login: str = "moeder") -> UUID:
    site.log_in(login)
    assert site.client.post(mine(site)).status_code == 303
    with reading(site.engine) as connection:
        return connection.scalars(sa.select(CopyRequest.uid).order_by(CopyRequest.id.desc())).first() or UUID(int=0)


def review(site: Site, copy: UUID) -> str:
    site.log_in("directie")
    answer = site.client.post(f"/kind/{site.world.uids['noor']}/kopie/{copy}/doorkijken")
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def choices(text: str, *, flagged: str = " others") -> list[str]:
    """Choose what is filled in; for what must be chosen `flagged`."""
    found = []
    for is_required, options in SELECT.findall(text):
        every = OPTION.findall(options)
        selected = [key + ground for key, ground, chosen in every if chosen]
        found += [every[0][0] + flagged] if is_required else selected
    return found


def decide(site: Site, copy: UUID, chosen: list[str], reason: str = "Dat gaat over een ander.") -> Any:
    site.log_in("directie")
    path = f"/kind/{site.world.uids['noor']}/kopie/{copy}/besluit"
    return site.client.post(path, data={"choices": chosen, "reason": reason})


def fetch(site: Site, copy: UUID, login: str = "moeder") -> dict[str, str]:
    site.log_in(login)
    answer = site.client.get(f"{mine(site)}/{copy}/kopie.zip")
    assert answer.status_code == 200, answer.text[:2000]
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.testzip() is None
        return {name: file.read(name).decode(errors="replace") for name in file.namelist()}


def note(site: Site, body: str, readers: Readers = Readers.TEAM) -> None:
    def act(world: World) -> None:
        world.insert(
            Note,
            school_id=world.schools["vliet"],
            pupil_id=world.pupils["noor"],
            account_id=world.accounts["kim"],
            observed_on=TODAY,
            written_at=NOW,
            kind=NoteKind.OBSERVATION,
            tone=Tone.NEUTRAL,
            readers=readers,
            body=body,
        )

    site.change(act)


def test_nothing_of_another_child_or_household_is_in_it(planted: tuple[Site, Planted]) -> None:
    site, words = planted
    copy = ask(site)
    text = review(site, copy)
    assert decide(site, copy, choices(text, flagged="")).status_code == 303
    found = fetch(site, copy)
    whole = "\n".join(found.values())

    seen = [words.canaries[word] for word in words.canaries if word in whole]
    assert {canary.child for canary in seen} == {"noor"}
    places = {canary.place for canary in seen}
    assert {
        "note.body", "goal.body", "agreement.body", "support_point.body", "portfolio_piece.title",
        "emergency_card.body", "talk.question", "signal_answer.because", "pupil.family_name",
    } <= places  # fmt: skip
    of_others = {"custody_record", "information_request", "correction_request", "message_copy", "guardian", "issue"}
    assert not {place for place in places if place.partition(".")[0] in of_others}
    assert all(secret not in whole for secret in (FATHER_MAIL, FATHER_PHONE))
    for child, uids in words.uids.items():
        if child != "noor":
            assert not [uid for several in uids.values() for uid in several if str(uid) in whole]
    assert site.world.group_uids  # de school is echt


def test_every_part_with_rows_is_readable_and_for_a_program(planted: tuple[Site, Planted]) -> None:
    site, _ = planted
    copy = ask(site)
    decide(site, copy, choices(review(site, copy), flagged=""))
    found = fetch(site, copy)

    data = json.loads(found["kopie-kindblad/alles.json"])
    filled = {table for table, rows in data.items() if rows}
    assert len(filled) >= 24, sorted(data.keys() - filled)
    assert "lees-dit-eerst.html" in " ".join(found)
    assert all(re.fullmatch(r"kopie-kindblad/[a-z0-9./-]+", name) for name in found)
    pages = [text for name, text in found.items() if name.endswith(".html")]
    assert len(pages) == 9
    assert not [page for page in pages if "<script" in page or "http://" in page or "https://" in page]
    assert "Wie keek in het afgelopen jaar" in "".join(pages)


def test_another_parent_asks_their_own_and_does_not_see_this_one(planted: tuple[Site, Planted]) -> None:
    site, _ = planted
    copy = ask(site)
    decide(site, copy, choices(review(site, copy), flagged=""))

    site.log_in("vader")
    page = site.client.get(mine(site)).text
    assert "Haal de kopie op" not in page
    assert str(copy) not in page
    for login in ("vader", "ander", "kim", "ib", "directie", "kantoor"):
        site.log_in(login)
        assert site.client.get(f"{mine(site)}/{copy}/kopie.zip").status_code in {403, 404}, login
    site.log_in("moeder")
    assert site.client.get(f"{mine(site, 'zoë')}/{copy}/kopie.zip").status_code == 404


def test_what_may_speak_of_someone_else_is_pointed_out_and_stays_behind(family: Site) -> None:
    note(family, "Noor las voor.")
    note(family, "Noor had ruzie met Daan.")
    note(family, "Gebeld met Vader over vakantie.")
    family.change(
        lambda world: world.connection.execute(
            sa.update(Guardian).where(Guardian.given_name == "vader").values(given_name="Vader")
        )
    )
    copy = ask(family)
    text = review(family, copy)

    assert text.count("noemt misschien een ander kind") == 1
    assert text.count("noemt misschien een andere ouder") == 1
    assert decide(family, copy, choices(text), reason="").status_code == 422, "weglaten vraagt een reden"
    assert decide(family, copy, choices(text)).status_code == 303
    whole = "\n".join(fetch(family, copy).values())
    assert "Noor las voor." in whole
    assert "Daan" not in whole
    assert "Vader" not in whole
    assert "niet meegegeven: er staat iets in over iemand anders" in whole
    assert "Dat gaat over een ander." in whole


def test_a_shielded_note_must_be_chosen(family: Site) -> None:
    note(family, "Alleen voor het zorgteam.", Readers.IB)
    copy = ask(family)
    text = review(family, copy)

    refused = decide(family, copy, [])
    assert (refused.status_code, "Kies bij 1 afgeschermde notitie" in refused.text) == (422, True)
    assert decide(family, copy, choices(text, flagged=" child")).status_code == 303
    whole = "\n".join(fetch(family, copy).values())
    assert "zorgteam" not in whole
    assert "de veiligheid of het belang van uw kind" in whole


def test_what_came_or_changed_after_the_decision_stays_behind(family: Site) -> None:
    note(family, "Eerst geschreven.")
    copy = ask(family)
    decide(family, copy, choices(review(family, copy)))
    note(family, "Later geschreven.")
    family.change(
        lambda world: world.connection.execute(
            sa.update(Note).where(Note.body == "Eerst geschreven.").values(body="Nu anders.")
        )
    )

    whole = "\n".join(fetch(family, copy).values())

    assert not [text for text in ("Eerst geschreven", "Later geschreven", "Nu anders") if text in whole]
    assert "Dit kwam erbij of veranderde nadat de directie keek" in whole


def test_before_the_decision_and_after_two_weeks_there_is_nothing(family: Site) -> None:
    copy = ask(family)
    assert ask(family) == copy, "twee keer vragen is één verzoek"
    family.log_in("moeder")
    assert family.client.get(f"{mine(family)}/{copy}/kopie.zip").status_code == 409
    decide(family, copy, choices(review(family, copy)))
    fetch(family, copy)
    fetch(family, copy)
    assert decide(family, copy, []).status_code == 409, "één besluit"
    with time_machine.travel(datetime.now(UTC) + timedelta(days=15)):
        family.log_in("moeder")
        assert family.client.get(f"{mine(family)}/{copy}/kopie.zip").status_code == 409
        assert "Vraag een kopie" in family.client.get(mine(family)).text


def test_custody_that_ended_ends_the_copy_too(family: Site) -> None:
    copy = ask(family)
    decide(family, copy, choices(review(family, copy)))
    family.change(_end_custody)

    family.log_in("moeder")

    assert family.client.get(f"{mine(family)}/{copy}/kopie.zip").status_code in {403, 404}


def _end_custody(world: World) -> None:
    mother = world.connection.scalars(sa.select(Guardian.id).where(Guardian.given_name == "moeder")).one()
    world.insert(
        CustodyRecord,
        school_id=world.schools["vliet"],
        pupil_id=world.pupils["noor"],
        guardian_id=mother,
        version=1,
        custody=Custody.NO,
        starts_at=datetime.now(UTC),
        evidence=CustodyEvidence.COURT,
        recorded_at=datetime.now(UTC),
        recorded_by="test",
    )


def test_each_step_is_a_line_and_directie_is_told(family: Site) -> None:
    copy = ask(family)
    family.log_in("directie")
    assert "vraagt een kopie van alles" in family.client.get("/").text
    assert f"/kopie/{copy}" in family.client.get("/verzoeken").text
    with time_machine.travel(datetime.now(UTC) + timedelta(days=40)):
        family.log_in("directie")
        assert "te laat" in family.client.get("/verzoeken").text
    decide(family, copy, choices(review(family, copy)))
    fetch(family, copy)

    done = [line[2] for line in family.lines() if line[1] == "copy"]
    assert {"wrote", "opened", "exported", "read"} <= set(done)
    assert Kind.NOTES not in {line[1] for line in family.lines() if line[2] == "read"}


def test_what_was_typed_stays_text(family: Site) -> None:
    note(family, '<script>alert(1)</script> =HYPERLINK("x") <img src=x onerror=y>')
    copy = ask(family)
    decide(family, copy, choices(review(family, copy)))

    pages = "\n".join(text for name, text in fetch(family, copy).items() if name.endswith(".html"))

    assert "&lt;script&gt;alert(1)" in pages
    assert not re.search(r"<(script|img)\b", pages)


def test_the_copy_holds_what_was_not_released_and_says_so_and_no_page_does(family: Site) -> None:
    """The right to a copy goes wider than what school tells by itself: docs/decisions/0008."""

    def taken(world: World) -> None:
        a_test(world, TODAY - timedelta(days=200), 100, explanation="Dit lukt Noor al.")
        a_test(world, TODAY - timedelta(days=10), 4321, released=False)

    family.change(taken)
    copy = ask(family)
    decide(family, copy, choices(review(family, copy)))
    found = fetch(family, copy)

    data = json.loads(found["kopie-kindblad/alles.json"])
    assert [row["met u gedeeld"] for row in data["assessment"]] == ["ja", "nog niet"]
    learning = found["kopie-kindblad/3-toetsen-en-oefenen.html"]
    assert "4321" in learning
    assert "ook wat school u nog niet vertelde" in learning
    assert "Praat erover met de leraar" in learning
    assert "uitslagen in die school u nog niet vertelde" in found["kopie-kindblad/lees-dit-eerst.html"]
    assert "ook wat school u nog niet vertelde" not in found["kopie-kindblad/2-school-en-groepen.html"]
    noor = family.world.uids["noor"]
    for path in (f"/mijn-kind/{noor}", f"/api/v1/my-children/{noor}", f"/api/v1/pupils/{noor}/sheet"):
        assert "4321" not in family.client.get(path).text, path
