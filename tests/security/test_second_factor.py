"""The second step: who must have one, what opens before it is taken, and that no code works twice (B45, B46, B56)."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa
import time_machine
from fastapi.testclient import TestClient

from api.db import reading
from models.account import Authenticator, LoginSession
from models.vocabulary import Role
from tests.conftest import Database
from tests.site import SAME_SITE, Site, browser, make_site
from tests.world import PASSWORD, World

STEP, SETUP = "/login/tweede-stap", "/account/tweede-stap"
START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime.now(UTC), tick=False) as stopped:
        yield stopped


def type_password(client: TestClient, login: str = "kim") -> int:
    return client.post("/login", data={"login": login, "password": PASSWORD}).status_code


def where(client: TestClient, path: str = "/") -> str:
    """Where someone ends up who asks for a page; the page itself when it opens."""
    answer = client.get(path)
    return path if answer.status_code == 200 else answer.headers["location"].partition("?")[0]


def connect_app(client: TestClient) -> pyotp.TOTP:
    assert client.post(f"{SETUP}/app").headers["location"] == f"{SETUP}/app"
    shown = client.get(f"{SETUP}/app").text
    app = pyotp.TOTP(re.findall(r'<span class="code">([A-Z2-7 ]+)</span>', shown)[0].replace(" ", ""))
    assert client.post(f"{SETUP}/app/code", data={"code": app.now()}).status_code == 303
    return app


def code_at(app: pyotp.TOTP, moment: datetime) -> str:
    return app.at(moment)


def take_step(client: TestClient, code: str) -> int:
    return client.post(STEP, data={"code": code}).status_code


def another(site: Site) -> TestClient:
    return browser(site.client.app, headers=SAME_SITE)


@pytest.mark.parametrize("login", ["kim", "ib", "directie", "beheer"])
def test_b56_staff_without_a_second_step_sets_one_up_before_anything_opens(site: Site, login: str) -> None:
    assert type_password(site.client, login) == 303

    child = f"/kind/{site.world.uids['noor']}"
    for path in ("/", child, f"/groep/{site.world.group_uids['6B']}", "/account", "/beheer/accounts"):
        assert where(site.client, path) == SETUP
    for path in ("/api/v1/me", child.replace("/kind/", "/api/v1/pupils/") + "/sheet"):
        assert site.client.get(path).status_code == 401
    assert site.client.post("/zoek", data={"name": "noor"}).headers["location"] == SETUP
    assert "Uitloggen" not in site.client.get(SETUP).text.partition("<main")[0], "geen zoekbalk, geen naam"


def test_a_parent_may_but_need_not(site: Site) -> None:
    type_password(site.client, "moeder")

    assert site.client.get(f"/mijn-kind/{site.world.uids['noor']}").status_code == 200
    assert where(site.client, SETUP) == SETUP


@pytest.mark.parametrize(
    ("policy", "login", "free"),
    [("optional", "kim", True), ("optional", "beheer", False), ("demo", "kim", True), ("demo", "beheer", True)],
)
def test_b56_the_setting_lets_staff_off_but_beheer_only_in_the_demo(
    sqlite: Database, policy: str, login: str, *, free: bool
) -> None:
    for site in make_site(sqlite, second_factor=policy):
        type_password(site.client, login)
        assert (where(site.client, "/account") == "/account") is free


def test_a_teacher_with_a_role_as_parent_is_staff(one_site: Site) -> None:
    one_site.change(lambda world: world.grant("moeder", Role.IB))

    type_password(one_site.client, "moeder")

    assert where(one_site.client) == SETUP


def test_with_an_app_one_logs_in_in_two_steps(site: Site, clock: time_machine.Traveller) -> None:
    type_password(site.client)
    app = connect_app(site.client)
    assert where(site.client, "/account") == "/account", "wie de app net koppelde is binnen"

    clock.shift(timedelta(minutes=5))
    other = another(site)
    type_password(other)
    child = f"/kind/{site.world.uids['noor']}"
    asked = other.get(child)
    assert asked.headers["location"] == f"{STEP}?naar={child}"
    assert where(other, SETUP) == STEP, "wie er een heeft, zet er niet zomaar nog een bij"
    assert other.get("/api/v1/me").status_code == 401

    taken = other.post(STEP, data={"code": app.now(), "naar": child})
    assert taken.headers["location"] == child
    assert other.get(child).status_code == 200


def test_b46_the_second_step_gives_another_token_and_the_old_one_is_dead(
    site: Site, clock: time_machine.Traveller
) -> None:
    type_password(site.client)
    app = connect_app(site.client)
    clock.shift(timedelta(minutes=5))
    other, thief = another(site), another(site)
    type_password(other)
    before = other.cookies["__Host-kindblad"]
    take_step(other, app.now())

    thief.cookies.set("__Host-kindblad", before)

    assert other.cookies["__Host-kindblad"] != before
    assert thief.get("/api/v1/me").status_code == 401
    assert other.get("/api/v1/me").status_code == 200


def test_b45_a_code_works_once_and_one_period_early_or_late(site: Site, clock: time_machine.Traveller) -> None:
    type_password(site.client)
    app = connect_app(site.client)
    clock.shift(timedelta(minutes=5))
    now = datetime.now(UTC)

    def outcome(periods: int) -> int:
        client = another(site)
        type_password(client)
        return take_step(client, code_at(app, now + timedelta(seconds=30 * periods)))

    assert outcome(-2) == 401, "van twee perioden geleden"
    assert outcome(2) == 401, "van twee perioden later"
    assert outcome(-1) == 303
    assert outcome(-1) == 401, "al gebruikt"
    assert outcome(1) == 303
    assert outcome(0) == 401, "ouder dan de laatst gebruikte"


@pytest.mark.usefixtures("clock")
def test_b45_the_code_that_connected_the_app_does_not_log_in_too(one_site: Site) -> None:
    type_password(one_site.client)
    app = connect_app(one_site.client)
    other = another(one_site)
    type_password(other)

    assert take_step(other, app.now()) == 401


def test_b45_after_five_wrong_codes_it_is_waiting_also_with_the_right_one(
    site: Site, clock: time_machine.Traveller
) -> None:
    type_password(site.client)
    app = connect_app(site.client)
    clock.shift(timedelta(minutes=5))
    other = another(site)
    type_password(other)

    assert [take_step(other, f"00000{number}") for number in range(5)] == [401] * 5
    refused = other.post(STEP, data={"code": app.now()})
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) <= 11
    fresh = another(site)
    type_password(fresh)
    assert take_step(fresh, app.now()) == 429, "niet per sessie maar per account"

    clock.shift(timedelta(seconds=11))
    assert take_step(other, app.now()) == 303


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "١٢٣٤٥٦", "0" * 40, "'; --"])
def test_what_is_no_code_is_refused_without_a_fault(one_site: Site, code: str) -> None:
    type_password(one_site.client)
    connect_app(one_site.client)
    other = another(one_site)
    type_password(other)

    assert take_step(other, code) in {401, 422}


def test_the_seed_is_of_160_bits_and_not_readable_in_the_database(one_site: Site) -> None:
    type_password(one_site.client)
    app = connect_app(one_site.client)

    with reading(one_site.engine) as connection:
        stored = connection.scalars(sa.select(Authenticator.secret)).one()

    assert len(app.byte_secret()) == 20
    assert app.secret.encode() not in stored
    assert app.byte_secret() not in stored


@pytest.mark.usefixtures("clock")
def test_ten_recovery_codes_are_shown_once_and_work_once_each(site: Site) -> None:
    type_password(site.client)
    connect_app(site.client)
    shown = site.client.post(f"{SETUP}/herstelcodes").text
    codes = re.findall(r'<li class="code">([A-Z0-9-]+)</li>', shown)
    assert len(set(codes)) == 10
    assert codes[0] not in site.client.get(SETUP).text

    def outcome(code: str) -> int:
        client = another(site)
        type_password(client)
        return take_step(client, code)

    assert [outcome(codes[0].lower().replace("-", " ")), outcome(codes[1])] == [303, 303]
    assert outcome(codes[0]) == 401
    assert "nog 8 codes" in site.client.get(SETUP).text

    again = re.findall(r'<li class="code">([A-Z0-9-]+)</li>', site.client.post(f"{SETUP}/herstelcodes").text)
    assert [outcome(codes[2]), outcome(again[2])] == [401, 303]


def test_the_code_of_a_colleague_is_worth_nothing(one_site: Site, clock: time_machine.Traveller) -> None:
    type_password(one_site.client)
    connect_app(one_site.client)
    of_kim = re.findall(r'<li class="code">([A-Z0-9-]+)</li>', one_site.client.post(f"{SETUP}/herstelcodes").text)
    other = another(one_site)
    type_password(other, "piet")
    app = connect_app(other)
    clock.shift(timedelta(minutes=5))
    kim = another(one_site)
    type_password(kim)

    assert take_step(kim, app.now()) == 401
    piet = another(one_site)
    type_password(piet, "piet")
    assert take_step(piet, of_kim[0]) == 401


def test_who_changes_how_they_log_in_shows_the_second_step_again(site: Site, clock: time_machine.Traveller) -> None:
    type_password(site.client)
    app = connect_app(site.client)
    clock.shift(timedelta(minutes=16))

    for path in ("app/weg", "herstelcodes", "passkey/weg", "app"):
        answer = site.client.post(f"{SETUP}/{path}", data={"handle": "x"})
        assert answer.headers["location"] == f"{STEP}?naar={SETUP}"
    assert site.client.post(STEP, data={"code": app.now(), "naar": SETUP}).headers["location"] == SETUP
    assert site.client.post(f"{SETUP}/app/weg").headers["location"] == SETUP
    assert "Er is een app gekoppeld" not in site.client.get(SETUP).text


def test_a_second_app_does_not_take_the_place_of_the_first(one_site: Site) -> None:
    type_password(one_site.client)
    connect_app(one_site.client)

    assert one_site.client.post(f"{SETUP}/app").headers["location"] == SETUP
    assert one_site.client.get(f"{SETUP}/app").headers["location"] == SETUP


def test_b48_beheer_is_logged_out_after_a_quarter(site: Site, clock: time_machine.Traveller) -> None:
    site.log_in("beheer")
    clock.shift(timedelta(minutes=14))
    assert site.client.get("/api/v1/me").status_code == 200
    clock.shift(timedelta(minutes=15, seconds=1))
    assert site.client.get("/api/v1/me").status_code == 401


def test_b48_what_was_typed_in_a_form_is_given_back_when_the_session_has_ended(
    one_site: Site, clock: time_machine.Traveller
) -> None:
    one_site.log_in("kim")
    person = browser(one_site.client.app, tokens=False, headers=SAME_SITE)
    person.cookies.set("__Host-kindblad", one_site.client.cookies["__Host-kindblad"])
    token = {"form_token": re.findall(r'name="form_token" value="([^"]+)"', person.get("/account").text)[0]}
    clock.shift(timedelta(minutes=31))
    noted = "Noor hielp vandaag een ander kind met <b>breuken</b>, zonder dat iemand het vroeg."

    answer = person.post("/zoek", data={"name": noted} | token)
    short = person.post("/zoek", data={"name": "noor"} | token)
    secret = person.post("/account/wachtwoord", data={"old": "x" * 50, "new": noted} | token)

    assert answer.status_code == 401
    assert html.unescape(answer.text).count(noted) == 1
    assert "<b>" not in answer.text
    assert [short.headers["location"], secret.headers["location"]] == ["/login", "/login"]


def test_b49_whose_last_day_has_passed_is_out_in_the_same_minute_and_does_not_come_back(
    site: Site, clock: time_machine.Traveller
) -> None:
    def until_today(world: World) -> None:
        world.account("tijdelijk", Role.TEACHER, group_id=world.groups["6B"], ends_on=datetime.now(UTC).date())

    clock.move_to(START)
    site.change(until_today)
    site.log_in("tijdelijk")
    assert site.client.get("/api/v1/me").status_code == 200

    clock.move_to(START.replace(hour=22, minute=59))
    site.log_in("tijdelijk")
    assert site.client.get("/api/v1/me").status_code == 200
    clock.shift(timedelta(minutes=1))
    assert site.client.get("/api/v1/me").status_code == 401, "middernacht in Nederland"
    assert type_password(site.client, "tijdelijk") == 401


def test_the_list_of_sessions_says_on_what_and_how(site: Site, clock: time_machine.Traveller) -> None:
    type_password(site.client)
    app = connect_app(site.client)
    clock.shift(timedelta(minutes=5))
    phone = another(site)
    phone.headers["user-agent"] = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1"
    type_password(phone)
    take_step(phone, app.now())

    shown = site.client.get("/account").text

    assert "Safari op iPhone" in shown
    assert "wachtwoord en tweede stap" in shown
    with reading(site.engine) as connection:
        assert "Mozilla" not in str(connection.scalars(sa.select(LoginSession.device)).all())
