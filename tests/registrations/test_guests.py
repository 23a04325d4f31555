"""Taking part with a code from several browsers at once: one seat is one seat, one voice says one thing."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.requests import Request

from api.db import reading, writing
from api.problem import ForPeopleError
from api.security.access import Visit
from api.services.registrations.voting import take_turns
from models.registration import RegistrationOpinion, RegistrationRound, RegistrationVoice
from tests.site import SAME_SITE, Site, browser
from tests.world import NOW, TODAY

SOON = (TODAY + timedelta(days=7)).isoformat()


def laid(site: Site, *, seats: int = 1) -> tuple[str, str, list[str]]:
    """Lay two items before the council; gives the round, a code, and the items."""
    site.log_in("directie")
    for code in ("groepsplan", "rapport"):
        site.client.post("/api/v1/registrations/items", json={"codes": [code]})
    items = [item["id"] for item in site.client.get("/api/v1/registrations").json()["items"]]
    opened = site.client.post("/registraties/rondes", data={"title": "Wat kan weg?", "closes_on": SOON})
    number = opened.headers["location"].rpartition("/")[2]
    page = site.client.post(f"/registraties/ronde/{number}/code", data={"voice": "council", "seats": str(seats)}).text
    (code,) = re.findall(r'class="big-code">([A-Z2-9-]+)<', page)
    return number, code, items


def guest(site: Site) -> Any:
    return browser(site.client.app, headers=SAME_SITE)


def count(site: Site, table: type[Any]) -> int:
    with reading(site.engine) as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


@pytest.mark.parametrize(("seats", "inside"), [(1, 1), (3, 3)])
def test_however_many_come_at_once_there_are_as_many_voices_as_seats(site: Site, seats: int, inside: int) -> None:
    _, code, _ = laid(site, seats=seats)
    people = [guest(site) for _ in range(4)]

    with ThreadPoolExecutor(4) as at_once:
        answers = list(at_once.map(lambda one: one.post("/meepraten", data={"code": code}).status_code, people))
    assert sorted(answers) == [303] * inside + [401] * (4 - inside)
    assert count(site, RegistrationVoice) == inside


def test_pressing_twice_is_one_opinion_and_the_last_one_counts(site: Site) -> None:
    _, code, (item, *_) = laid(site)
    someone = guest(site)
    someone.post("/meepraten", data={"code": code})

    def say(ruling: str) -> int:
        return int(someone.post("/meepraten/lijst", data={f"ruling-{item}": ruling}).status_code)

    with ThreadPoolExecutor(4) as at_once:
        assert set(at_once.map(say, ("go", "wish", "go", "wish"))) == {303}
    assert count(site, RegistrationOpinion) == 1
    say("must")
    with reading(site.engine) as connection:
        assert connection.scalars(sa.select(RegistrationOpinion.ruling)).all() == ["must"]


def test_a_teacher_who_presses_twice_has_one_voice(site: Site) -> None:
    number, _, (item, *_) = laid(site)
    site.log_in("kim")

    def say(ruling: str) -> int:
        return int(site.client.post(f"/registraties/stem/{number}", data={f"ruling-{item}": ruling}).status_code)

    with ThreadPoolExecutor(4) as at_once:
        assert set(at_once.map(say, ("go", "wish", "go", "wish"))) == {303}
    assert (count(site, RegistrationVoice), count(site, RegistrationOpinion)) == (1, 1)


def test_a_guest_reaches_nothing_but_the_questions(one_site: Site) -> None:
    number, code, (item, *_) = laid(one_site)
    someone = guest(one_site)
    someone.post("/meepraten", data={"code": code})
    child, group = one_site.world.uids["noor"], one_site.world.group_uids["6B"]

    for path in (
        *("/registraties", "/registraties/rondes", f"/registraties/ronde/{number}", f"/registraties/onderdeel/{item}"),
        *("/registraties/dubbel", "/registraties/schema.csv", f"/kind/{child}", f"/groep/{group}", "/vandaag"),
        *("/api/v1/registrations", f"/api/v1/registrations/rounds/{number}", "/groepen", "/account"),
    ):
        assert someone.get(path).status_code in {303, 401, 404}, path
    seen = someone.get("/meepraten/lijst").text
    assert [name for name in ("Noor", "Kim", "6B") if name in seen] == []


def test_who_types_the_code_again_in_the_same_browser_goes_on_in_the_same_seat(site: Site) -> None:
    """A code for one person works once, and that person may change their mind until the last day."""
    _, code, (item, *_) = laid(site)
    someone, stranger = guest(site), guest(site)
    assert "Verder met" not in someone.get("/meepraten").text
    someone.post("/meepraten", data={"code": code})
    someone.post("/meepraten/lijst", data={f"ruling-{item}": "go"})

    assert "Verder met: Wat kan weg?" in someone.get("/meepraten").text
    assert someone.post("/meepraten", data={"code": code.lower()}).status_code == 303
    assert re.search(f'name="ruling-{item}" value="go" checked', someone.get("/meepraten/lijst").text)
    assert stranger.post("/meepraten", data={"code": code}).status_code == 401
    assert count(site, RegistrationVoice) == 1


def test_codes_that_are_guessed_from_one_address_end_in_waiting_also_for_the_right_one(one_site: Site) -> None:
    _, code, _ = laid(one_site)
    someone = guest(one_site)
    guesses = [someone.post("/meepraten", data={"code": f"AAAA-BBBB-C{at:03}"}) for at in range(51)]

    assert [guess.status_code for guess in guesses] == [401] * 50 + [429]
    assert guesses[-1].headers["retry-after"] == "600"
    assert someone.post("/meepraten", data={"code": code}).status_code == 429
    assert count(one_site, RegistrationVoice) == 0


def test_what_the_law_asks_is_asked_last_and_says_so(one_site: Site) -> None:
    _, code, _ = laid(one_site)
    someone = guest(one_site)
    someone.post("/meepraten", data={"code": code})

    page = someone.get("/meepraten/lijst").text
    assert page.index(">Groepsplan<") < page.index("Dit vraagt de wet (1)") < page.index(">Rapport aan ouders<")


def test_a_closed_round_can_be_read_and_not_filled_in(one_site: Site) -> None:
    number, code, (item, *_) = laid(one_site)
    someone = guest(one_site)
    someone.post("/meepraten", data={"code": code})
    someone.post("/meepraten/lijst", data={f"ruling-{item}": "go"})
    one_site.client.post(f"/registraties/ronde/{number}/sluiten", data={})

    page = someone.get("/meepraten/lijst").text
    assert "gesloten: uw mening kan niet meer wijzigen" in page
    assert "Mening bewaren" not in page
    assert "Verder met" not in someone.get("/meepraten").text


def test_when_the_round_is_closed_no_opinion_comes_in(one_site: Site) -> None:
    number, code, (item, *_) = laid(one_site, seats=2)
    someone, late = guest(one_site), guest(one_site)
    someone.post("/meepraten", data={"code": code})
    one_site.client.post(f"/registraties/ronde/{number}/sluiten", data={})

    someone.post("/meepraten/lijst", data={f"ruling-{item}": "go"})
    assert late.post("/meepraten", data={"code": code}).status_code == 401
    assert count(one_site, RegistrationOpinion) == 0


def test_an_opinion_on_its_way_while_directie_closes_is_told_and_not_kept(site: Site) -> None:
    """The page was asked for while the round was open; the row is looked at again before anything is written."""
    number, _, _ = laid(site)
    site.client.post(f"/registraties/ronde/{number}/sluiten", data={})
    with reading(site.engine) as connection:
        round_id = connection.scalars(sa.select(RegistrationRound.id)).one()
        kit = site.client.app.state.kit  # type: ignore[attr-defined]
        visit = Visit(Request({"type": "http"}), kit, connection, NOW, None)
    with pytest.raises(ForPeopleError, match="gesloten"), writing(site.engine) as connection:
        take_turns(connection, visit, round_id)
