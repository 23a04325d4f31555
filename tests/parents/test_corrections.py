"""A parent says that something is not right (AVG art. 16): asked, answered, and it stays with what it is about."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
import time_machine

from api.db import reading
from models.correction import CorrectionRequest
from models.support import Goal
from models.vocabulary import Role
from tests.households import move_in
from tests.parents.test_copy import ask as ask_copy
from tests.parents.test_copy import choices, decide, fetch, review
from tests.site import Site
from tests.world import TODAY, World

WISH = "Ik wil leren voorlezen."
SAYS = "Dat heeft Noor nooit gezegd."


@pytest.fixture
def at(site: Site) -> Site:
    return _with_goal(site)


@pytest.fixture
def here(one_site: Site) -> Site:
    return _with_goal(one_site)


def _with_goal(site: Site) -> Site:
    move_in(site)

    def act(world: World) -> None:
        for child in ("noor", "zoë"):
            body = WISH if child == "noor" else "Van een ander kind."
            world.insert(
                Goal, school_id=world.schools["vliet"], pupil_id=world.pupils[child], body=body, stated_on=TODAY
            )
        world.account("duo", Role.SUBSTITUTE, group_id=world.groups["6B"], ends_on=TODAY + timedelta(days=90))

    site.change(act)
    return site


def goal(site: Site, child: str = "noor") -> UUID:
    with reading(site.engine) as connection:
        return connection.scalars(sa.select(Goal.uid).where(Goal.pupil_id == site.world.pupils[child])).one()


def own(site: Site) -> str:
    return f"/mijn-kind/{site.world.uids['noor']}/klopt-niet"


def say(site: Site, thing: str, body: str = SAYS, login: str = "moeder") -> Any:
    site.log_in(login)
    return site.client.post(own(site), data={"thing": thing, "body": body})


def asked(site: Site) -> UUID:
    with reading(site.engine) as connection:
        return connection.scalars(sa.select(CorrectionRequest.uid)).one()


def sheet(site: Site, login: str) -> str:
    site.log_in(login)
    return str(site.client.get(f"/kind/{site.world.uids['noor']}").text)


def answer(site: Site, given: str, body: str = "We vroegen het Noor.", login: str = "ib") -> Any:
    site.log_in(login)
    path = f"/kind/{site.world.uids['noor']}/betwist/{asked(site)}"
    return site.client.post(path, data={"given": given, "body": body})


def test_it_stands_beside_the_thing_for_colleagues_and_goes_when_it_is_corrected(at: Site) -> None:
    assert say(at, f"goal:{goal(at)}").status_code == 303
    assert say(at, f"goal:{goal(at)}").status_code == 303, "twee keer verstuurd is één keer gezegd"

    for login in ("kim", "ib", "directie"):
        text = sheet(at, login)
        assert "Betwist door een ouder" in text, login
        assert WISH in text.partition("Betwist door een ouder")[2]
        assert SAYS not in text, "de woorden van de ouder staan erachter"
        assert SAYS in at.client.get(f"/kind/{at.world.uids['noor']}/betwist/{asked(at)}").text
        assert WISH in at.client.get("/betwist").text
    assert answer(at, "kept").status_code == 303
    assert "school: niet gewijzigd" in sheet(at, "kim"), "het blijft erbij staan"
    assert answer(at, "corrected").status_code == 422, "één antwoord"
    at.log_in("moeder")
    page = at.client.get(own(at)).text
    assert "niet gewijzigd" in page
    assert "We vroegen het Noor." in page


def test_corrected_it_is_no_longer_disputed(here: Site) -> None:
    say(here, f"goal:{goal(here)}")
    assert answer(here, "corrected", body=" ").status_code == 422, "een antwoord heeft woorden"
    answer(here, "corrected")

    assert "Betwist door een ouder" not in sheet(here, "kim")
    here.log_in("ib")
    assert "verbeterd" in here.client.get("/betwist").text, "het blijft te vinden"


def test_the_other_household_sees_neither_the_words_nor_who(at: Site) -> None:
    say(at, f"goal:{goal(at)}")
    at.log_in("vader")

    for path in (own(at), f"/kind/{at.world.uids['noor']}", f"/mijn-kind/{at.world.uids['noor']}/kopie"):
        text = at.client.get(path, follow_redirects=True).text
        assert SAYS not in text
        assert "etwist" not in text
    assert at.client.get(f"/kind/{at.world.uids['noor']}/betwist/{asked(at)}").status_code == 403
    copy = ask_copy(at, "vader")
    decide(at, copy, choices(review(at, copy)))
    whole = "\n".join(fetch(at, copy, "vader").values())
    assert SAYS not in whole
    assert "betwist door een ouder" in whole, "dat het betwist is, hoort bij het gegeven"
    assert "moeder" not in whole


def test_only_what_a_parent_sees_can_be_pointed_at(here: Site) -> None:
    for thing in (f"goal:{goal(here, 'zoë')}", "goal:1", "note:2", "", "other:goal"):
        assert say(here, thing).status_code == 422, thing
    assert say(here, "other", "").status_code == 422
    assert say(here, "birth").status_code == 303
    for login in ("ander", "kim", "directie"):
        assert say(here, "birth", login=login).status_code in {403, 404}, login
    with reading(here.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(CorrectionRequest)) == 1


def test_a_teacher_sees_it_and_ib_or_directie_answers(here: Site) -> None:
    say(here, "birth")

    assert answer(here, "kept", login="kim").status_code == 403
    assert answer(here, "kept", login="duo").status_code == 403
    for login in ("piet", "beheer", "kantoor", "moeder"):
        here.log_in(login)
        assert here.client.get(f"/kind/{here.world.uids['noor']}/betwist/{asked(here)}").status_code in {403, 404}
    here.log_in("piet")
    assert "Noor" not in here.client.get("/betwist").text, "niet zijn groep"
    assert answer(here, "kept", login="directie").status_code == 303


def test_a_month_later_it_is_late(here: Site) -> None:
    say(here, "birth")
    here.log_in("directie")
    assert "zegt een ouder dat iets niet klopt" in here.client.get("/").text
    with time_machine.travel(datetime.now(UTC) + timedelta(days=40)):
        here.log_in("directie")
        assert "(te laat)" in here.client.get("/betwist").text


def test_the_same_as_json(here: Site) -> None:
    here.log_in("moeder")
    path = f"/api/v1/pupils/{here.world.uids['noor']}/corrections"
    things = {thing["key"]: thing for thing in here.client.get(path).json()["things"]}
    assert things[f"goal:{goal(here)}"]["words"] == WISH
    token = {"thing": "birth", "body": SAYS}
    assert here.client.post(path, json=token).status_code == 204
    assert here.client.get(f"/api/v1/pupils/{here.world.uids['noor']}/copies").json()["may_ask"] is True
    assert here.client.post(f"/api/v1/pupils/{here.world.uids['noor']}/copies", json={}).status_code == 204
    here.log_in("directie")
    assert len(here.client.get("/api/v1/copies").json()) == 1
    (line,) = here.client.get("/api/v1/corrections").json()
    given = {"answer": "partly", "body": "De dag is verbeterd."}
    assert here.client.post(f"{path}/{line['id']}/answer", json=given).status_code == 204
    assert here.client.get(f"{path}/{line['id']}").json()["line"]["answer"] == "deels verbeterd"


def test_who_answers_reads_where_they_begin_before_which_day_and_days_are_dutch(at: Site) -> None:
    """Half past midnight in the Netherlands is still the day before in the database."""
    with time_machine.travel(datetime(2026, 11, 22, 23, 30, tzinfo=UTC), tick=False):
        say(at, f"goal:{goal(at)}")
        at.log_in("ib")
        assert "antwoord vóór 23 december 2026" in at.client.get("/").text
