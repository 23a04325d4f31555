"""A parent without custody asks, directie decides with a reason, and what is granted opens once (BW 1:377c)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from api.db import reading
from api.services.requests import OFFERED, month_later
from models.attendance import Absence
from models.custody import InformationRequest
from models.journal import Note
from models.rules.access import Kind
from models.vocabulary import AbsencePart, AbsenceReason, NoteKind, Readers, Tone
from tests.conftest import Database
from tests.households import FATHER_MAIL, FATHER_PHONE, MOTHER_PHONE, OTHER_PHONE, move_in
from tests.site import Site, make_site
from tests.world import NOW, TODAY, World

REASON = "Deze ouder wil weten hoe het op school gaat; dat mag."
FREE_TEXT = "kanarie: notitie over thuis"


@pytest.fixture
def site(sqlite: Database) -> Iterator[Site]:
    yield from _site(sqlite)


@pytest.fixture
def both(database: Database) -> Iterator[Site]:
    yield from _site(database)


@pytest.fixture
def asked(site: Site) -> UUID:
    return ask(site)


def _site(database: Database) -> Iterator[Site]:
    for site in make_site(database):
        site.change(write)
        yield site


def ask(site: Site) -> UUID:
    people = move_in(site)
    site.log_in("kantoor")
    form = {"guardian": str(people["ander"]), "question": "Hoe gaat het met Noor?", "asked_on": str(TODAY)}
    assert site.client.post(f"/kind/{site.world.uids['noor']}/gezag/verzoek", data=form).status_code == 303
    return UUID(str(row(site).uid))


def write(world: World) -> None:
    here = {"school_id": world.schools["vliet"], "pupil_id": world.pupils["noor"]}
    origin = {"delivery_id": next(iter(world.deliveries.values()))}
    world.insert(
        Note,
        **here,
        **origin,
        kind=NoteKind.NOTE,
        observed_on=TODAY,
        tone=Tone.WORRY,
        readers=Readers.TEAM,
        body=FREE_TEXT,
        written_at=NOW,
    )
    world.insert(Absence, **here, **origin, day=TODAY, part=AbsencePart.DAY, reason=AbsenceReason.ILL)


def row(site: Site) -> Any:
    with reading(site.engine) as connection:
        return connection.execute(sa.select(InformationRequest.__table__)).one()


def decide(site: Site, uid: UUID, **form: Any) -> int:
    given = {"decision": "granted", "reason": REASON, "kinds": ["attendance", "placement"]} | form
    return site.client.post(f"/verzoeken/{uid}/besluit", data=given).status_code


def extract(site: Site, uid: UUID) -> Any:
    return site.client.post(f"/verzoeken/{uid}/uittreksel")


def test_the_question_waits_for_directie_with_the_day_of_the_answer(site: Site, asked: UUID) -> None:
    assert row(site).due_on == month_later(TODAY)
    assert str(asked) not in site.client.get(f"/kind/{site.world.uids['noor']}/gezag").text
    site.log_in("directie")

    start = site.client.get("/").text
    assert "1 verzoek van een ouder zonder gezag wacht op uw besluit" in start
    assert "ander over Noor van der Ven" in site.client.get("/verzoeken").text
    assert "Hoe gaat het met Noor?" in site.client.get(f"/verzoeken/{asked}").text


def test_what_is_granted_opens_once_and_says_only_what_was_granted(both: Site) -> None:
    site, asked = both, ask(both)
    site.log_in("directie")
    assert decide(site, asked) == 303
    opened = extract(site, asked)

    assert opened.status_code == 200
    assert REASON in opened.text
    assert "Noor zit in groep 6B" in opened.text
    assert "1 keer afwezig" in opened.text
    for canary in (FREE_TEXT, FATHER_MAIL, FATHER_PHONE, MOTHER_PHONE, OTHER_PHONE, "vader", "Zoë", "Daan"):
        assert canary not in opened.text, canary
    again = extract(site, asked)
    assert again.status_code == 422
    assert "niet toegewezen of al een keer geopend" in again.text
    assert "afwezig" not in again.text
    assert row(site).opened_by == "Juf directie"


def test_each_step_is_a_line_in_the_log(site: Site, asked: UUID) -> None:
    site.log_in("directie")
    decide(site, asked)
    extract(site, asked)

    assert [line[1:] for line in site.lines()] == [
        ("custody", "read", "administratie"),
        ("request", "wrote", "administratie"),
        ("request", "wrote", "verzoek 1"),
        ("attendance", "opened", "verzoek 1"),
        ("placement", "opened", "verzoek 1"),
    ]


def test_a_refusal_names_one_of_the_two_grounds_and_a_reason(site: Site, asked: UUID) -> None:
    site.log_in("directie")

    assert decide(site, asked, decision="refused", kinds=[]) == 422
    assert decide(site, asked, decision="refused", ground="childs_interest", reason="nee") == 422
    assert decide(site, asked, decision="refused", ground="geen zin") == 422
    assert row(site).decision is None
    assert decide(site, asked, decision="refused", ground="childs_interest", reason="Er loopt een onderzoek.") == 303
    assert (row(site).refusal_ground, row(site).kinds) == ("childs_interest", None)
    assert extract(site, asked).status_code == 422
    assert decide(site, asked) == 422, "decided once; another decision is another question"


def test_free_text_and_what_the_law_does_not_give_are_not_offered(site: Site, asked: UUID) -> None:
    assert Kind.NOTES not in OFFERED
    assert Kind.TALKS not in OFFERED
    site.log_in("directie")

    assert decide(site, asked, kinds=["notes"]) == 422
    assert decide(site, asked, kinds=[]) == 422
    assert row(site).decision is None


def test_only_directie_of_this_school_decides_and_opens(site: Site, asked: UUID) -> None:
    for login in ("kantoor", "ib", "kim", "bestuur", "beheer", "ander", "moeder"):
        site.log_in(login)
        assert site.client.get("/verzoeken").status_code == 403, login
        assert decide(site, asked) == 403
        assert extract(site, asked).status_code == 403

    def elsewhere(world: World) -> None:
        from models.vocabulary import Role

        world.account("overkant", Role.HEAD, "duin")

    site.change(elsewhere)
    site.log_in("overkant")
    assert site.client.get(f"/verzoeken/{asked}").status_code == 404
    assert decide(site, asked) == 404
    assert "ander" not in site.client.get("/verzoeken").text


def test_a_parent_with_custody_needs_no_request(site: Site) -> None:
    people = move_in(site)
    site.log_in("kantoor")
    path = f"/kind/{site.world.uids['noor']}/gezag/verzoek"
    form = {"question": "Hoe gaat het?", "asked_on": str(TODAY)}

    assert site.client.post(path, data=form | {"guardian": str(people["moeder"])}).status_code == 422
    tomorrow = form | {"guardian": str(people["ander"]), "asked_on": str(TODAY + timedelta(days=1))}
    assert site.client.post(path, data=tomorrow).status_code == 422


def test_a_month_is_a_month() -> None:
    days = [date(2026, 1, 31), date(2027, 12, 15), date(2028, 1, 30), date(2026, 11, 22)]

    assert [month_later(day) for day in days] == [
        date(2026, 2, 28),
        date(2028, 1, 15),
        date(2028, 2, 29),
        date(2026, 12, 22),
    ]
