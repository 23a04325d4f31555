"""Attempts to keep, or to take over, somebody else's account in the moments between two steps (B42, B45, B47, B50)."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
import sqlalchemy as sa
import time_machine
from fastapi.testclient import TestClient

from api.db import writing
from api.security import passwords
from api.services import administration, letters
from models.account import Passkey
from tests.conftest import Database
from tests.passkey_device import Device
from tests.site import SAME_SITE, Site, browser, make_site
from tests.world import PASSWORD

AT = "https://testserver"
NEW = "fiets kaas lamp boom"
SETUP, CHOOSE = "/account/tweede-stap", "/uitnodiging/kiezen"


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    yield from make_site(database, public_url=AT)


@pytest.fixture
def one_site(sqlite: Database) -> Iterator[Site]:
    yield from make_site(sqlite, public_url=AT)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now(UTC), tick=False) as stopped:
        yield stopped


def another(site: Site) -> TestClient:
    return browser(site.client.app, headers=SAME_SITE)


def type_password(client: TestClient, login: str = "kim", password: str = PASSWORD) -> int:
    return client.post("/login", data={"login": login, "password": password}).status_code


def connect_app(client: TestClient) -> pyotp.TOTP:
    client.post(f"{SETUP}/app")
    shown = client.get(f"{SETUP}/app").text
    app = pyotp.TOTP(re.findall(r'<span class="code">([A-Z2-7 ]+)</span>', shown)[0].replace(" ", ""))
    assert client.post(f"{SETUP}/app/code", data={"code": app.now()}).status_code == 303
    return app


def write_letter(site: Site, login: str = "kim") -> str:
    settings = site.client.app.state.kit.settings  # type: ignore[attr-defined]
    with writing(site.engine) as connection:
        now = datetime.now(UTC)
        return letters.write(connection, settings, site.world.accounts[login], "directie", now).code


def enter(client: TestClient, code: str, login: str = "kim") -> int:
    return client.post("/uitnodiging", data={"login": login, "code": code}).status_code


def let_in_anew(site: Site, login: str = "kim") -> None:
    """What directie does when somebody else seems to have the password."""
    settings = site.client.app.state.kit.settings  # type: ignore[attr-defined]
    administration.reset_second_factor(site.engine, settings, login, "directie", datetime.now(UTC))


def switch_off(site: Site) -> None:
    administration.disable(site.engine, "kim", datetime.now(UTC))


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], None]) -> None:
    """Let something happen while a password is hashed, a tenth of a second in which others go on."""
    hashes = getattr(passwords, name)
    left = [act]

    def slowly(*given: Any) -> Any:
        answer = hashes(*given)
        if left:
            left.pop()()
        return answer

    monkeypatch.setattr(passwords, name, slowly)


def test_b45_the_page_that_connects_an_app_does_not_take_a_code_for_one_that_is_connected(
    site: Site, clock: time_machine.Traveller
) -> None:
    """Else it would try out codes without an end, also used ones, and let in anew who only found a computer open."""
    type_password(site.client)
    app = connect_app(site.client)
    again = {"code": app.now()}
    assert site.client.post(f"{SETUP}/app/code", data=again).headers["location"] == SETUP
    clock.shift(timedelta(minutes=16))

    for code in (app.now(), again["code"], "000000"):
        answer = site.client.post(f"{SETUP}/app/code", data={"code": code})
        assert answer.headers["location"].startswith("/login/tweede-stap")
    assert site.client.post(f"{SETUP}/app/weg").headers["location"].startswith("/login/tweede-stap")


def test_recovery_codes_are_not_made_before_there_is_a_second_step(one_site: Site) -> None:
    """Who has just a password of a new colleague would keep ten ways past the app that is connected later."""
    type_password(one_site.client)

    answer = one_site.client.post(f"{SETUP}/herstelcodes")

    assert (answer.status_code, answer.headers.get("location")) == (303, SETUP)


def test_b50_who_came_in_with_an_older_letter_does_not_use_up_the_newer(
    site: Site, clock: time_machine.Traveller
) -> None:
    thief = another(site)
    assert enter(thief, write_letter(site)) == 303
    clock.shift(timedelta(minutes=1))
    newer = write_letter(site)

    answer = thief.post(CHOOSE, data={"new": NEW})

    assert answer.status_code == 422
    assert "al gebruikt of verlopen" in answer.text
    assert enter(another(site), newer) == 303


def test_b47_a_password_that_is_being_checked_when_it_is_taken_away_lets_nobody_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, "verify", lambda: let_in_anew(site))

    assert type_password(site.client) == 401
    assert site.client.get("/").headers["location"] == "/login"


@pytest.mark.parametrize("act", [let_in_anew, switch_off])
def test_b47_who_is_logged_out_while_choosing_another_password_stays_out(
    site: Site, monkeypatch: pytest.MonkeyPatch, act: Callable[[Site], None]
) -> None:
    site.log_in("kim")
    meanwhile(monkeypatch, "make_hash", lambda: act(site))

    answer = site.client.post("/account/wachtwoord", data={"old": PASSWORD, "new": NEW})

    assert answer.headers["location"] == "/login"
    assert type_password(another(site), password=NEW) == 401


def test_b47_who_is_logged_out_while_choosing_by_letter_stays_out(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(site.client, write_letter(site))
    meanwhile(monkeypatch, "make_hash", lambda: let_in_anew(site))

    answer = site.client.post(CHOOSE, data={"new": NEW})

    assert answer.headers["location"] == "/login"
    assert type_password(another(site), password=NEW) == 401


def test_b47_a_passkey_that_is_taken_away_while_it_is_checked_lets_nobody_in(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.security import passkeys

    device = Device(AT, "testserver")
    type_password(site.client)
    question = site.client.post("/account/passkeys/vraag", json={}).json()
    site.client.post("/account/passkeys", json={"answer": device.make(question)})
    used = passkeys.used

    def slowly(*given: Any) -> int:
        count = used(*given)
        with writing(site.engine) as connection:
            connection.execute(sa.delete(Passkey))
        return count

    monkeypatch.setattr(passkeys, "used", slowly)
    other = another(site)
    asked = other.post("/login/passkey/vraag", json={}).json()

    assert other.post("/login/passkey", json={"answer": device.use(asked)}).status_code == 401


def test_a_time_beyond_all_time_in_a_passkeys_question_is_refused_without_a_fault(one_site: Site) -> None:
    device = Device(AT, "testserver")
    type_password(one_site.client)
    question = one_site.client.post("/account/passkeys/vraag", json={}).json()

    answer = one_site.client.post("/account/passkeys", json={"answer": device.make(question | {"challenge": "_" * 54})})

    assert answer.status_code == 422


def test_b42_a_browser_is_known_however_the_login_was_typed(one_site: Site) -> None:
    owner, stranger = another(one_site), another(one_site)
    assert type_password(owner, " Kim ") == 303
    owner.post("/logout")
    assert [type_password(stranger, password="fout") for _ in range(4)] == [401] * 3 + [429]

    assert type_password(owner) == 303


@pytest.mark.parametrize(
    "own_lines",
    [
        [("x-forwarded-for", "203.0.113.{n}, 198.51.100.7")],
        [("x-forwarded-for", "203.0.113.{n}"), ("x-forwarded-for", "198.51.100.7")],
        [("x-forwarded-for", "2001:db8:1:2:{n}::1")],
    ],
)
def test_b42_nobody_chooses_the_address_that_guesses_are_counted_by(
    sqlite: Database, own_lines: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some proxies add a line of their own under what was sent; and who has one IPv6 address has billions."""
    from api.security import patience

    monkeypatch.setattr(patience, "PER_ADDRESS", 3)
    for site in make_site(sqlite, behind_proxy=True):
        client = another(site)

        def guess(n: int) -> int:
            headers = [(name, value.format(n=n)) for name, value in own_lines]
            typed = {"login": f"wie{n}", "password": "fout"}
            return client.post("/login", data=typed, headers=headers).status_code  # noqa: B023

        assert [guess(n) for n in range(1, 5)] == [401] * 3 + [429]


def test_b42_a_child_on_the_network_of_the_school_does_not_keep_its_teachers_out(
    site: Site, clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.security import patience

    monkeypatch.setattr(patience, "PER_ADDRESS", 3)
    teacher, child = another(site), another(site)
    type_password(teacher)
    app = connect_app(teacher)
    teacher.post("/logout")
    clock.shift(timedelta(minutes=1))

    assert [type_password(child, f"wie{n}", "fout") for n in range(4)] == [401] * 3 + [429]
    assert type_password(child, "piet") == 429, "in een andere browser is het wachten"
    assert type_password(teacher) == 303
    assert teacher.post("/login/tweede-stap", data={"code": app.now()}).headers["location"] == "/"
    assert type_password(teacher, "piet") == 429, "bekend als wie er was, niet als ieder"


def test_what_no_database_can_hold_is_refused_without_a_fault(site: Site) -> None:
    assert site.client.post("/login", data={"login": "kim\x00", "password": PASSWORD}).status_code in {401, 422}
    assert enter(site.client, "AAAA-BBBB-CCCC", "kim\x00") in {401, 422}
    assert type_password(site.client, "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")) == 401
