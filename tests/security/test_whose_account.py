"""Whose account it is on the roll: proposed, and said by a person; and two who make one account at once."""

import re
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from api.db import reading
from api.services import colleagues
from models.account import Account, RoleGrant
from models.person import Staff
from models.rules.colleagues import likely
from models.vocabulary import PersonRole, Role
from tests.site import SAME_SITE, Site, browser
from tests.world import World

TIE = "/beheer/accounts/medewerker"


def one(given: str, family: str, prefix: str | None = None, email: str | None = None) -> Any:
    return SimpleNamespace(given_name=given, family_name=family, prefix=prefix, email=email)


KIM, PIET, OTHER_PIET = (
    one("Kim", "Bruijn", "de", "k.debruijn@school.example"),
    one("Piet", "Smit"),
    one("Piet", "Smit"),
)


@pytest.mark.parametrize(
    ("login", "name", "roll", "expected"),
    [
        ("K.deBruijn@school.example", "Iemand anders", [KIM, PIET], "zelfde e-mailadres"),
        ("kim", "Juf Kim de Bruijn", [KIM, PIET], "zelfde naam"),
        ("kim", "Kim Bruijn", [KIM, PIET], "zelfde naam"),
        ("kim", "Juf Kim", [KIM, PIET], None),
        ("piet", "Piet Smit", [PIET, OTHER_PIET], None),
        ("kim", "Kïm de Brüijn", [KIM], "zelfde naam"),
        ("kim", "", [KIM], None),
    ],
)
def test_who_it_may_be(login: str, name: str, roll: list[Any], expected: str | None) -> None:
    found = likely(login, name, roll)
    assert (found and found.why) == expected


def rename(world: World) -> None:
    """Kim writes the whole name; Piet is on the roll as nobody the accounts know by name."""
    world.connection.execute(sa.update(Account).where(Account.login == "kim").values(display_name="Juf Kim Bruijn"))
    school = world.schools["vliet"]
    for name, family in (("Petra", "Jansen"), ("Els", "Vos")):
        staff = world.insert(Staff, school_id=school, given_name=name, family_name=family)
        world.person("vliet", "vliet las", name, role=PersonRole.STAFF, staff_id=staff)
    world.insert(Staff, school_id=world.schools["duin"], given_name="Kees", family_name="Duin")


def ties(site: Site, login: str) -> set[str | None]:
    with reading(site.engine) as connection:
        chosen = (
            sa.select(Staff.given_name)
            .select_from(RoleGrant)
            .outerjoin(Staff, Staff.id == RoleGrant.staff_id)
            .where(RoleGrant.account_id == site.world.accounts[login])
        )
        return set(connection.scalars(chosen))


def staff_uid(site: Site, given_name: str) -> str:
    with reading(site.engine) as connection:
        return str(connection.scalars(sa.select(Staff.uid).where(Staff.given_name == given_name)).one())


def account_uid(site: Site, login: str) -> str:
    with reading(site.engine) as connection:
        return str(connection.scalars(sa.select(Account.uid).where(Account.login == login)).one())


@pytest.mark.parametrize("by", ["directie", "beheer"])
def test_a_proposal_is_only_that_until_someone_says_yes(site: Site, by: str) -> None:
    site.change(rename)
    site.log_in(by)

    page = site.client.get("/beheer/accounts").text
    assert "Is dit Kim Bruijn van de personeelslijst (zelfde naam)?" in page
    assert ties(site, "kim") == {None}

    fields = {"account": account_uid(site, "kim"), "staff": staff_uid(site, "Kim")}
    assert site.client.post(TIE, data=fields).status_code == 303
    assert ties(site, "kim") == {"Kim"}
    page = site.client.get("/beheer/accounts").text
    assert "op de personeelslijst: Kim Bruijn" in page
    assert "Is dit Kim Bruijn" not in page


def test_any_colleague_can_be_chosen_and_nobody_again(site: Site) -> None:
    site.change(rename)
    site.log_in("directie")
    piet = account_uid(site, "piet")
    names = set(re.findall(r"<option value=\"[0-9a-f-]{36}\">([^<]+)<", site.client.get("/beheer/accounts").text))
    assert names == {"Kim Bruijn", "Petra Jansen", "Els Vos"}, "of this school only"

    site.client.post(TIE, data={"account": piet, "staff": staff_uid(site, "Petra")})
    assert ties(site, "piet") == {"Petra"}
    site.client.post(TIE, data={"account": piet, "staff": ""})
    assert ties(site, "piet") == {None}


def test_what_is_not_theirs_to_tie_is_not_tied(one_site: Site) -> None:
    one_site.change(rename)
    one_site.log_in("directie")
    for account, staff in (("kim", "Kees"), ("moeder", "Petra")):
        answer = one_site.client.post(
            TIE, data={"account": account_uid(one_site, account), "staff": staff_uid(one_site, staff)}
        )
        assert answer.status_code == 422, account
        assert ties(one_site, account) == {None}
    one_site.log_in("kim")
    fields = {"account": account_uid(one_site, "kim"), "staff": staff_uid(one_site, "Kim")}
    assert one_site.client.post(TIE, data=fields).status_code == 403


def test_two_who_make_the_same_account_at_once_get_one_and_a_sentence(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.change(lambda world: world.account("directie-2", Role.HEAD))
    both = Barrier(2, timeout=20)
    make = colleagues._make

    def together(*what: Any) -> Any:
        both.wait()
        return make(*what)

    monkeypatch.setattr(colleagues, "_make", together)
    answers: list[Any] = []

    def ask(login: str) -> None:
        client = browser(site.client.app, headers=SAME_SITE)  # no block: its end would end the application
        mine = Site(site.engine, site.world, client)
        mine.log_in(login)
        new = {"name": "Els", "login": "juf.els", "role": "teacher", "class_group": "6A"}
        answers.append(client.post("/beheer/accounts/nieuw", data=new))

    asking = [Thread(target=ask, args=(login,)) for login in ("directie", "directie-2")]
    for each in asking:
        each.start()
    for each in asking:
        each.join()

    assert sorted(answer.status_code for answer in answers) == [200, 422]
    [refused] = [answer for answer in answers if answer.status_code == 422]
    assert "Er is al een account met deze inlognaam" in refused.text
