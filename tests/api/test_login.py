"""Logging in and out, how long that lasts, and what someone who guesses meets."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.cookies import Morsel, SimpleCookie
from typing import Any

import pytest
import sqlalchemy as sa
import time_machine
from fastapi.testclient import TestClient

from api.db import reading
from models.account import Account, LoginSession
from models.audit import AccessLog
from tests.conftest import Database
from tests.site import SAME_SITE, SECRET_KEY, Site, browser, make_site
from tests.world import PASSWORD, World

NEW_PASSWORD = "paard batterij nietje trein"


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    """Here the password is all that is asked; tests/api/test_second_factor.py is about the rest."""
    yield from make_site(database, second_factor="demo")


@pytest.fixture
def one_site(sqlite: Database) -> Iterator[Site]:
    yield from make_site(sqlite, second_factor="demo")


def log_in(client: TestClient, login: str = "kim", password: str = PASSWORD) -> int:
    return client.post("/login", data={"login": login, "password": password}).status_code


def session_cookie(answer: Any) -> "Morsel[str]":
    cookies: SimpleCookie = SimpleCookie()
    for header in answer.headers.get_list("set-cookie"):
        cookies.load(header)
    return cookies["__Host-kindblad"]


def signed_in(client: TestClient) -> bool:
    return client.get("/api/v1/me").status_code == 200


def another_browser(site: Site, **more: str) -> TestClient:
    return browser(site.client.app, headers=SAME_SITE | more)


def test_the_right_password_opens_a_session_in_a_cookie_that_only_we_can_read(site: Site) -> None:
    answer = site.client.post("/login", data={"login": " KIM ", "password": PASSWORD})

    cookie = session_cookie(answer)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "lax", "/")
    assert [cookie["domain"], cookie["max-age"], cookie["expires"]] == ["", "", ""], "tot de browser sluit"
    assert len(cookie.value) >= 43
    assert site.client.get("/api/v1/me").json()["name"] == "Juf kim"


def test_the_database_does_not_hold_the_token(one_site: Site) -> None:
    log_in(one_site.client)
    token = one_site.client.cookies["__Host-kindblad"]

    with reading(one_site.engine) as connection:
        stored = connection.scalars(sa.select(LoginSession.token_hash)).one()

    assert len(stored) == 32
    assert token.encode() not in stored


def test_b41_a_wrong_password_an_unknown_login_and_a_disabled_account_answer_alike(one_site: Site) -> None:
    def disable(world: World) -> None:
        world.connection.execute(
            sa.update(Account).where(Account.login == "piet").values(disabled_at=datetime.now(UTC))
        )

    one_site.change(disable)

    answers = [
        one_site.client.post("/login", data={"login": login, "password": password})
        for login, password in (("kim", "fout"), ("wie?", PASSWORD), ("piet", PASSWORD), ("", ""))
    ]

    assert {answer.status_code for answer in answers[:3]} == {401}
    texts = {re.sub(r"(kim|wie\?|piet)", "", answer.text) for answer in answers[:3]}
    assert len(texts) == 1
    assert all("set-cookie" not in answer.headers for answer in answers)


def test_b41_an_unknown_login_costs_the_same_work(one_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from pwdlib.hashers.argon2 import Argon2Hasher

    verified: list[str] = []
    verify = Argon2Hasher.verify

    def watched(self: Argon2Hasher, password: str, stored: str) -> bool:
        verified.append(stored)
        return verify(self, password, stored)

    monkeypatch.setattr(Argon2Hasher, "verify", watched)

    log_in(one_site.client, "kim", "fout")
    log_in(one_site.client, "wie?", "fout")

    parameters = {stored.rpartition("$")[0].rpartition("$")[0] for stored in verified}
    assert len(verified) == 2
    assert len(parameters) == 1


def test_b46_a_token_from_before_the_log_in_is_worth_nothing_after_it(site: Site) -> None:
    planted = "door-een-ander-gekozen"
    cookie = {"Cookie": f"__Host-kindblad={planted}"}
    first = site.client.post("/login", data={"login": "kim", "password": PASSWORD}, headers=cookie)
    token = session_cookie(first).value
    log_in(site.client)

    other = another_browser(site)
    statuses = [
        other.get("/api/v1/me", headers={"Cookie": f"__Host-kindblad={old}"}).status_code for old in (planted, token)
    ]
    assert statuses == [401, 401]
    assert signed_in(site.client)


def test_b47_after_logging_out_the_old_cookie_opens_nothing(site: Site) -> None:
    log_in(site.client)
    token = site.client.cookies["__Host-kindblad"]

    answer = site.client.post("/logout")

    site.client.cookies.set("__Host-kindblad", token)
    assert answer.headers["location"] == "/login"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert not signed_in(site.client)


def test_logging_out_is_not_a_link(one_site: Site) -> None:
    log_in(one_site.client)

    assert one_site.client.get("/logout").status_code == 405
    assert signed_in(one_site.client)


def test_b48_half_an_hour_of_rest_ends_a_session_and_use_prolongs_it(site: Site) -> None:
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        log_in(site.client)
        for _ in range(3):
            clock.shift(timedelta(minutes=29))
            assert signed_in(site.client)
        clock.shift(timedelta(minutes=30, seconds=1))
        assert not signed_in(site.client)


def test_b48_twelve_hours_end_a_session_however_busy(site: Site) -> None:
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        log_in(site.client)
        while datetime.now(UTC) - start < timedelta(hours=11, minutes=30):
            clock.shift(timedelta(minutes=25))
            assert signed_in(site.client)
        clock.move_to(start + timedelta(hours=12, seconds=1))
        assert not signed_in(site.client)


def test_b47_switching_an_account_off_ends_its_sessions_at_once(site: Site) -> None:
    from api.services import administration

    log_in(site.client)

    administration.disable(site.engine, "kim", datetime.now(UTC))

    assert not signed_in(site.client)
    assert log_in(site.client) == 401


def test_b42_after_three_failures_each_next_try_waits_twice_as_long(site: Site) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        assert [log_in(site.client, "kim", "fout") for _ in range(4)] == [401] * 3 + [429]
        waits = []
        for _ in range(4):
            refused = site.client.post("/login", data={"login": "kim", "password": PASSWORD})
            assert refused.status_code == 429, "ook het goede wachtwoord wacht"
            waits.append(int(refused.headers["retry-after"]))
            clock.shift(timedelta(seconds=waits[-1]))
            assert log_in(site.client, "kim", "fout") == 401
        assert waits == [11, 21, 41, 81]
        assert log_in(site.client, "piet") == 303, "een collega op dezelfde plek niet"

        clock.shift(timedelta(minutes=11))
        assert log_in(site.client, "kim") == 303


def test_b42_it_makes_no_difference_from_how_many_addresses_one_guesses(sqlite: Database) -> None:
    for site in make_site(sqlite, second_factor="demo", behind_proxy=True):
        tries = [another_browser(site, **{"X-Forwarded-For": f"203.0.113.{number}"}) for number in range(4)]
        assert [log_in(browser, "kim", "fout") for browser in tries] == [401] * 3 + [429]


def test_b42_a_stranger_who_hammers_keeps_nobody_out_of_a_browser_that_was_theirs(site: Site) -> None:
    own, stranger = another_browser(site), another_browser(site)
    assert log_in(own) == 303
    own.post("/logout")

    assert [log_in(stranger, "kim", "fout") for _ in range(4)] == [401] * 3 + [429]

    assert log_in(own) == 303
    assert [log_in(own, "kim", "fout") for _ in range(4)] == [401] * 3 + [429], "maar raden mag ook daar niet"


def test_b42_the_cookie_of_a_known_browser_is_of_one_person_and_cannot_be_made_up(one_site: Site) -> None:
    own = another_browser(one_site)
    log_in(own, "piet")
    made_up = another_browser(one_site)
    made_up.cookies.set("__Host-kindblad-known", "nummer.verzonnen")
    assert [log_in(one_site.client, "kim", "fout") for _ in range(3)] == [401] * 3

    assert [log_in(own, "kim"), log_in(made_up, "kim")] == [429, 429]


def test_b42_one_address_may_fail_fifty_times_in_ten_minutes(one_site: Site) -> None:
    """Counted for letters and passwords together; a letter takes no tenth of a second to refuse."""
    letters = [{"login": f"iemand{number}", "code": "K7QF-9MTA-2BCD"} for number in range(50)]

    assert {one_site.client.post("/uitnodiging", data=letter).status_code for letter in letters} == {401}
    assert log_in(one_site.client, "kim") == 429


def test_b41_a_login_that_does_not_exist_waits_just_the_same(one_site: Site) -> None:
    assert [log_in(one_site.client, "wie?", "fout") for _ in range(4)] == [401] * 3 + [429]


def test_failures_are_counted_for_all_processes_together(one_site: Site) -> None:
    from api.app import create_app
    from api.settings import Settings

    for _ in range(3):
        log_in(one_site.client, "kim", "fout")

    second = create_app(Settings(database_url=str(one_site.engine.url), log_level="error", secret_key=SECRET_KEY))
    with browser(second, headers=SAME_SITE) as client:
        assert log_in(client, "kim") == 429


def test_failures_are_logged_without_the_login_or_the_address(one_site: Site) -> None:
    log_in(one_site.client, "kim", "fout")

    with reading(one_site.engine) as connection:
        line = connection.execute(sa.select(AccessLog)).one()

    assert (line.kind, line.action, line.account_id) == ("login", "refused", one_site.world.accounts["kim"])
    assert "kim" not in line.ground
    assert "testclient" not in line.ground


def test_b47_a_new_password_ends_all_other_sessions(site: Site) -> None:
    other = another_browser(site)
    log_in(other)
    log_in(site.client)

    answer = site.client.post("/account/wachtwoord", data={"old": PASSWORD, "new": NEW_PASSWORD})

    assert answer.status_code == 303
    assert signed_in(site.client)
    assert not signed_in(other)
    assert [log_in(other), log_in(other, "kim", NEW_PASSWORD)] == [401, 303]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("fout", NEW_PASSWORD, "huidige wachtwoord klopt niet"),
        (PASSWORD, "kort", "minstens 15 tekens"),
        (PASSWORD, "Welkom2026!!!!!", "te makkelijk te raden"),
        (PASSWORD, "Juf Kim 2026 vliet", "te makkelijk te raden"),
    ],
)
def test_a_bad_new_password_is_refused_with_a_reason(one_site: Site, old: str, new: str, reason: str) -> None:
    log_in(one_site.client)

    answer = one_site.client.post("/account/wachtwoord", data={"old": old, "new": new})

    assert answer.status_code == 422
    assert reason in answer.text


def test_someone_can_end_their_own_sessions_and_nobody_elses(site: Site) -> None:
    other, stranger = another_browser(site), another_browser(site)
    log_in(other)
    log_in(stranger, "piet")
    log_in(site.client)

    def handles(client: TestClient) -> list[str]:
        return re.findall(r'name="handle" value="([0-9a-f]+)"', client.get("/account").text)

    theirs = handles(site.client)
    assert len(theirs) == 1, "de eigen sessie staat er zonder knop"
    for handle in (*theirs, "0" * 16, ""):
        site.client.post("/account/sessies", data={"handle": handle})

    assert [signed_in(client) for client in (other, stranger, site.client)] == [False, True, True]


@pytest.mark.parametrize("path", ["//elders.nl", "https://elders.nl", "/\\elders.nl", "javascript:alert(1)", "/a?b=c"])
def test_logging_in_never_leads_elsewhere(one_site: Site, path: str) -> None:
    answer = one_site.client.post("/login", data={"login": "kim", "password": PASSWORD, "naar": path})

    assert answer.headers["location"] == "/"


def test_logging_in_leads_back_to_the_page_that_was_asked_for(one_site: Site) -> None:
    sheet = f"/kind/{one_site.world.uids['noor']}"

    asked = one_site.client.get(sheet)
    answer = one_site.client.post("/login", data={"login": "kim", "password": PASSWORD, "naar": sheet})

    assert asked.headers["location"] == f"/login?naar={sheet}"
    assert answer.headers["location"] == sheet


@pytest.mark.parametrize(
    "password",
    [
        "één twee drie vier vijf zes zeven",
        "abcd efgh ijklm " * 8,
        "🐴🔋📎🚂🌳🏠🚲🧀🌷⚓🦆🐄🎈🍎🎺",
        "zon boom kaas lamp " * 50,
    ],
)
def test_b44_any_long_password_works_uncut(one_site: Site, password: str) -> None:
    from api.services import administration

    administration.set_password(one_site.engine, "kim", password, datetime.now(UTC))

    assert log_in(one_site.client, "kim", password[:-1]) == 401
    assert log_in(one_site.client, "kim", password) == 303
