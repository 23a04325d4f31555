"""Letters with a code: for who is new or forgot the password, once, for one account and until a day (B50)."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from fastapi.testclient import TestClient

from api.db import reading
from models.account import Account, Invitation
from models.audit import AccessLog
from models.person import SourcePerson
from models.vocabulary import LinkMethod, PersonRole, Role
from tests.conftest import Database
from tests.passkey_device import Device
from tests.site import SAME_SITE, Site, browser, make_site
from tests.world import PASSWORD, World

AT = "https://testserver"
NEW = "fiets kaas lamp boom"
CODE = re.compile(r'<dd class="code">([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})</dd>')
CHOOSE = "/uitnodiging/kiezen"


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    yield from make_site(database, second_factor="demo", public_url=AT)


@pytest.fixture
def one_site(sqlite: Database) -> Iterator[Site]:
    yield from make_site(sqlite, second_factor="demo", public_url=AT)


def another(site: Site) -> TestClient:
    return browser(site.client.app, headers=SAME_SITE)


def uid(site: Site, login: str) -> str:
    with reading(site.engine) as connection:
        return str(connection.scalars(sa.select(Account.uid).where(Account.login == login)).one())


def letter(site: Site, login: str = "kim", by: str = "directie", act: str = "brief") -> str:
    site.log_in(by)
    answer = site.client.post(f"/beheer/accounts/{act}", data={"account": uid(site, login)})
    assert answer.status_code == 200
    return str(CODE.findall(answer.text)[0])


def enter(client: TestClient, login: str, code: str) -> int:
    return client.post("/uitnodiging", data={"login": login, "code": code}).status_code


def log_in(client: TestClient, login: str, password: str) -> int:
    return client.post("/login", data={"login": login, "password": password}).status_code


def is_in(client: TestClient) -> bool:
    return client.get("/api/v1/me").status_code == 200


def test_with_a_letter_someone_chooses_a_password(site: Site) -> None:
    site.change(lambda world: world.account("juf.els", Role.TEACHER, group_id=world.groups["6A"]))
    code = letter(site, "juf.els")
    els, old = another(site), another(site)
    log_in(old, "juf.els", PASSWORD)

    assert enter(els, "Juf.Els", code.lower().replace("-", " ")) == 303
    for path in ("/", "/account", f"/kind/{site.world.uids['daan']}"):
        assert els.get(path).headers["location"].startswith(CHOOSE), "eerst kiezen"
    assert els.get("/api/v1/me").status_code == 401
    assert els.post(CHOOSE, data={"new": "Welkom2026Welkom2026"}).status_code == 422
    assert els.post(CHOOSE, data={"new": NEW}).headers["location"] == "/"

    assert is_in(els)
    assert not is_in(old), "wat nog openstond is uit"
    assert [log_in(another(site), "juf.els", password) for password in (PASSWORD, NEW)] == [401, 303]


def test_with_a_letter_someone_chooses_a_passkey_and_the_old_password_is_gone(site: Site) -> None:
    code, device, client = letter(site), Device(AT, "testserver"), another(site)
    enter(client, "kim", code)

    question = client.post("/account/passkeys/vraag", json={}).json()
    assert client.post("/account/passkeys", json={"answer": device.make(question)}).status_code == 200

    assert is_in(client)
    assert log_in(another(site), "kim", PASSWORD) == 401
    other = another(site)
    asked = other.post("/login/passkey/vraag", json={}).json()
    assert other.post("/login/passkey", json={"answer": device.use(asked)}).status_code == 200


def test_b50_a_code_works_once_for_one_account_and_two_weeks(site: Site) -> None:
    code = letter(site)
    assert enter(another(site), "piet", code) == 401, "van een ander"
    assert enter(another(site), "wie?", code) == 401
    with time_machine.travel(datetime.now(UTC) + timedelta(days=14, seconds=1)):
        assert enter(another(site), "kim", code) == 401, "te oud"

    first, second = another(site), another(site)
    assert [enter(first, "kim", code), enter(second, "kim", code)] == [303, 303]
    assert first.post(CHOOSE, data={"new": NEW}).status_code == 303
    assert second.post(CHOOSE, data={"new": "ezel zadel storm kast"}).headers["location"] == "/login"
    assert enter(another(site), "kim", code) == 401, "al gebruikt"
    assert log_in(another(site), "kim", NEW) == 303


def test_b50_two_at_once_with_one_code_are_not_both_let_in(one_site: Site) -> None:
    """The sessions of both are open; who chooses last finds the letter used."""
    from api.db import writing
    from models.account import LoginSession

    code = letter(one_site)
    first, second = another(one_site), another(one_site)
    enter(first, "kim", code)
    enter(second, "kim", code)
    first.post(CHOOSE, data={"new": NEW})
    with writing(one_site.engine) as connection:
        connection.execute(sa.update(LoginSession).values(revoked_at=None))

    answer = second.post(CHOOSE, data={"new": "ezel zadel storm kast"})

    assert answer.status_code == 422
    assert "al gebruikt of verlopen" in answer.text


def test_b50_a_newer_letter_ends_the_older(one_site: Site) -> None:
    older, newer = letter(one_site), letter(one_site)

    assert [enter(another(one_site), "kim", code) for code in (older, newer)] == [401, 303]


def test_b50_the_letter_names_the_address_of_the_settings_whatever_the_browser_says(one_site: Site) -> None:
    one_site.log_in("directie")

    answer = one_site.client.post(
        "/beheer/accounts/brief",
        data={"account": uid(one_site, "kim")},
        headers={"X-Forwarded-Host": "elders.nl", "Forwarded": "host=elders.nl"},
    )
    forged = one_site.client.get("/login", headers={"Host": "elders.nl"})

    assert f"{AT}/uitnodiging" in answer.text
    assert "elders.nl" not in answer.text + forged.text


def test_b50_guessing_codes_is_waiting_after_five(one_site: Site) -> None:
    code = letter(one_site)
    client = another(one_site)

    assert [enter(client, "kim", f"AAAA-BBBB-CCC{number}") for number in range(2, 7)] == [401] * 5
    assert enter(client, "kim", code) == 429


def test_the_database_holds_no_code_and_no_address_shows_one(one_site: Site) -> None:
    code = letter(one_site)

    with reading(one_site.engine) as connection:
        kept = connection.execute(sa.select(Invitation)).one()
    assert code.encode() not in kept.code_hash
    assert code not in str(tuple(kept))
    assert one_site.client.get(f"/uitnodiging?code={code}").text.count(code) == 0


def test_a_letter_leaves_the_second_step_as_it_was(sqlite: Database) -> None:
    for site in make_site(sqlite, public_url=AT):
        device, owner = Device(AT, "testserver"), another(site)
        log_in(owner, "kim", PASSWORD)
        question = owner.post("/account/passkeys/vraag", json={}).json()
        owner.post("/account/passkeys", json={"answer": device.make(question)})
        client = another(site)
        enter(client, "kim", letter(site))

        assert "Passkey maken" not in client.get(CHOOSE).text
        assert client.post("/account/passkeys/vraag", json={}).json() == {
            "go": "/login/tweede-stap?naar=/account/tweede-stap"
        }
        client.post(CHOOSE, data={"new": "fietsbel-hoi"})
        assert client.get("/").headers["location"] == "/login/tweede-stap"


def test_who_lost_the_phone_is_let_in_anew_and_all_the_old_is_gone(sqlite: Database) -> None:
    for site in make_site(sqlite, public_url=AT):
        device, owner = Device(AT, "testserver"), another(site)
        log_in(owner, "kim", PASSWORD)
        question = owner.post("/account/passkeys/vraag", json={}).json()
        owner.post("/account/passkeys", json={"answer": device.make(question)})

        code = letter(site, act="opnieuw")

        assert not is_in(owner)
        other = another(site)
        asked = other.post("/login/passkey/vraag", json={}).json()
        assert other.post("/login/passkey", json={"answer": device.use(asked)}).status_code == 401
        assert log_in(other, "kim", PASSWORD) == 401, "ook het wachtwoord: alleen dat is te weinig"
        client = another(site)
        enter(client, "kim", code)
        client.post(CHOOSE, data={"new": "fietsbel-hoi"})
        assert client.get("/").headers["location"] == "/account/tweede-stap"


NEW_ONE = {"name": "Els", "login": "Juf.Els", "role": "teacher", "class_group": "6A"}


def test_directie_makes_an_account_with_a_role_and_the_letter_lets_them_in(site: Site) -> None:
    site.log_in("directie")
    made = site.client.post("/beheer/accounts/nieuw", data=NEW_ONE)
    els = another(site)

    assert enter(els, "juf.els", CODE.findall(made.text)[0]) == 303
    els.post(CHOOSE, data={"new": NEW})

    assert els.get(f"/kind/{site.world.uids['daan']}").status_code == 200
    assert els.get(f"/kind/{site.world.uids['noor']}").status_code == 404
    again = site.client.post("/beheer/accounts/nieuw", data=NEW_ONE)
    assert (again.status_code, "al een account met deze inlognaam" in again.text) == (422, True)


@pytest.mark.parametrize(
    ("by", "fields", "sentence"),
    [
        ("directie", {"class_group": "9Q"}, "Noem de groep"),
        ("directie", {"class_group": "6Z"}, "Noem de groep"),
        ("directie", {"name": " "}, "Vul naam"),
        ("directie", {"role": "parent"}, "Vul naam"),
        ("directie", {"role": "substitute"}, "tot en met een dag"),
        ("directie", {"role": "substitute", "until": "2020-01-01"}, "tot en met een dag"),
        ("directie", {"until": "morgen"}, "jjjj-mm-dd"),
        ("beheer", {"role": "ib"}, "Vul naam"),
        ("beheer", {}, "Vul naam"),
    ],
)
def test_an_account_that_cannot_be_or_is_not_theirs_to_give_is_not_made(
    one_site: Site, by: str, fields: dict[str, str], sentence: str
) -> None:
    one_site.log_in(by)

    answer = one_site.client.post("/beheer/accounts/nieuw", data=NEW_ONE | fields)

    assert (answer.status_code, sentence in answer.text) == (422, True)
    with reading(one_site.engine) as connection:
        assert not connection.scalar(sa.select(sa.exists().where(Account.login == "juf.els")))


@pytest.mark.parametrize("login", ["kim", "ib", "moeder", "niemand"])
def test_b22_accounts_are_of_directie_and_beheer(one_site: Site, login: str) -> None:
    one_site.log_in(login)

    assert one_site.client.get("/beheer/accounts").status_code == 403
    for act in ("brief", "opnieuw", "uit", "aan", "uitloggen"):
        answer = one_site.client.post(f"/beheer/accounts/{act}", data={"account": uid(one_site, "kim")})
        assert answer.status_code == 403


def test_beheer_writes_no_letter_to_who_sees_children(site: Site) -> None:
    site.change(lambda world: world.account("ict", Role.ADMIN))
    site.log_in("beheer")

    for act in ("brief", "opnieuw"):
        answer = site.client.post(f"/beheer/accounts/{act}", data={"account": uid(site, "ib")})
        assert (answer.status_code, "alleen de directie" in answer.text) == (422, True)
        assert not CODE.findall(answer.text)
    assert site.client.post("/beheer/accounts/uit", data={"account": uid(site, "ib")}).status_code == 303
    assert CODE.findall(site.client.post("/beheer/accounts/brief", data={"account": uid(site, "ict")}).text)


@pytest.mark.parametrize("act", ["brief", "opnieuw", "uit", "aan", "uitloggen"])
def test_nobody_does_it_to_oneself_to_another_school_or_to_who_works_there_too(site: Site, act: str) -> None:
    def elsewhere(world: World) -> None:
        world.account("sjef", Role.TEACHER, "duin", group_id=world.groups["6Z"])
        world.account("beide", Role.IB)
        world.grant("beide", Role.IB, "duin")

    site.change(elsewhere)
    site.log_in("directie")

    def outcome(login: str) -> int:
        return site.client.post(f"/beheer/accounts/{act}", data={"account": uid(site, login)}).status_code

    assert [outcome(login) for login in ("directie", "sjef", "beide")] == [422, 404, 422]
    assert "sjef" not in site.client.get("/beheer/accounts").text


def test_what_is_done_to_an_account_stands_in_the_log_without_a_name(one_site: Site) -> None:
    letter(one_site)
    for act in ("uitloggen", "uit", "aan"):
        one_site.client.post(f"/beheer/accounts/{act}", data={"account": uid(one_site, "kim")})

    with reading(one_site.engine) as connection:
        lines = connection.execute(
            sa.select(AccessLog.action, AccessLog.account_id, AccessLog.ground).where(AccessLog.kind == "account")
        ).all()

    assert [line.action for line in lines] == ["invited", "ended sessions", "switched off", "switched on"]
    assert {line.account_id for line in lines} == {one_site.world.accounts["directie"]}
    assert {line.ground for line in lines} == {f"directie, account {uid(one_site, 'kim')}"}


def test_switched_off_is_out_at_once_and_on_again_comes_back(site: Site) -> None:
    kim = another(site)
    log_in(kim, "kim", PASSWORD)
    site.log_in("directie")

    site.client.post("/beheer/accounts/uit", data={"account": uid(site, "kim")})
    assert not is_in(kim)
    assert log_in(kim, "kim", PASSWORD) == 401
    assert "staat uit" in site.client.get("/beheer/accounts").text

    site.client.post("/beheer/accounts/aan", data={"account": uid(site, "kim")})
    assert log_in(kim, "kim", PASSWORD) == 303


def test_b49_who_is_no_longer_on_the_roll_is_shown_where_directie_begins(site: Site) -> None:
    def left(world: World) -> None:
        found = sa.select(SourcePerson.staff_id).where(SourcePerson.role == PersonRole.STAFF)
        staff_id = world.connection.scalars(found).one()
        world.account("weg", Role.IB, staff_id=staff_id)
        world.connection.execute(
            sa.update(SourcePerson)
            .where(SourcePerson.staff_id == staff_id)
            .values(vanished_at=datetime.now(UTC), link_method=LinkMethod.ROLL)
        )

    site.log_in("directie")
    assert "personeelslijst" not in site.client.get("/").text

    site.change(left)

    assert "1 medewerker met een account staat niet meer in de personeelslijst" in site.client.get("/").text
    assert "niet meer in de personeelslijst" in site.client.get("/beheer/accounts").text
    site.client.post("/beheer/accounts/uit", data={"account": uid(site, "weg")})
    assert "personeelslijst" not in site.client.get("/").text


def test_no_page_about_accounts_shows_a_child(site: Site) -> None:
    site.log_in("beheer")

    shown = site.client.get("/beheer/accounts").text

    assert not [name for name in ("Noor", "Daan", "Zoë", "der Meer", "Berg") if name in shown]
