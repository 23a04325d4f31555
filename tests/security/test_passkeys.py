"""Passkeys: made, used and taken away; and what someone meets who lies about one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from fastapi.testclient import TestClient

from tests.conftest import Database
from tests.passkey_device import Device
from tests.site import SAME_SITE, Site, browser, make_site
from tests.world import PASSWORD

AT = "https://testserver"
SETUP, STEP = "/account/tweede-stap", "/login/tweede-stap"


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    yield from make_site(database, public_url=AT)


@pytest.fixture
def one_site(sqlite: Database) -> Iterator[Site]:
    yield from make_site(sqlite, public_url=AT)


@pytest.fixture
def device() -> Device:
    return Device(AT, "testserver")


def another(site: Site) -> TestClient:
    return browser(site.client.app, headers=SAME_SITE)


def type_password(client: TestClient, login: str = "kim") -> None:
    assert client.post("/login", data={"login": login, "password": PASSWORD}).status_code in {303, 429}


def make(client: TestClient, device: Device, name: str = "laptop") -> Any:
    question = client.post("/account/passkeys/vraag", json={}).json()
    return client.post("/account/passkeys", json={"answer": device.make(question), "name": name})


def use(client: TestClient, device: Device, **more: str) -> Any:
    question = client.post("/login/passkey/vraag", json={}).json()
    return client.post("/login/passkey", json={"answer": device.use(question), **more})


def is_in(client: TestClient) -> bool:
    return client.get("/api/v1/me").status_code == 200


def no_counter(device: Device) -> Device:
    """Be a passkey that lives on several devices: those never count."""
    device.counts = False
    return device


def owner_of(site: Site, device: Device, login: str = "kim") -> TestClient:
    client = another(site)
    type_password(client, login)
    assert make(client, device).json() == {"go": SETUP}
    return client


def test_a_passkey_is_the_second_step_that_staff_needs_and_logs_in_alone(site: Site, device: Device) -> None:
    client = owner_of(site, device)
    assert is_in(client)
    assert "laptop" in client.get(SETUP).text

    other = another(site)
    child = f"/kind/{site.world.uids['noor']}"
    assert use(other, device, naar=child).json() == {"go": child}
    assert other.get(child).status_code == 200
    assert "passkey, sinds" in other.get("/account").text


def test_after_a_password_the_passkey_is_the_second_step(one_site: Site, device: Device) -> None:
    owner_of(one_site, device)
    other = another(one_site)
    type_password(other)
    assert other.get("/").headers["location"] == STEP
    assert not is_in(other)

    assert use(other, device).status_code == 200
    assert is_in(other)


def test_another_ones_passkey_does_not_finish_a_log_in(one_site: Site, device: Device) -> None:
    owner_of(one_site, device)
    of_piet = Device(AT, "testserver")
    owner_of(one_site, of_piet, "piet")
    other = another(one_site)
    type_password(other)

    assert use(other, of_piet).status_code == 401
    assert not is_in(other)


def test_b42_while_a_stranger_hammers_the_owner_comes_in_with_the_passkey(site: Site, device: Device) -> None:
    owner_of(site, device)
    stranger = another(site)
    tried = [stranger.post("/login", data={"login": "kim", "password": "fout"}).status_code for _ in range(4)]
    assert tried == [401] * 3 + [429]

    other = another(site)
    assert use(other, device).status_code == 200
    assert is_in(other)


@pytest.mark.parametrize(
    "lie",
    [
        {"origin": "https://testserver.elders.nl"},
        {"host": "elders.nl"},
        {"verifies": False},
        {"credential_id": b"een andere sleutel"},
        {"count": -1},
    ],
    ids=lambda lie: next(iter(lie)),
)
def test_an_answer_for_elsewhere_or_without_a_look_at_its_owner_is_refused(
    one_site: Site, device: Device, lie: dict[str, Any]
) -> None:
    owner_of(one_site, device)
    device.count = 5
    assert use(another(one_site), device).status_code == 200

    for name, value in lie.items():
        setattr(device, name, value)

    assert use(another(one_site), device).status_code == 401


def test_an_answer_counts_in_its_own_browser_for_its_own_act_and_for_five_minutes(
    one_site: Site, device: Device
) -> None:
    client = owner_of(one_site, no_counter(device))
    thief = another(one_site)
    thief.cookies.set("__Host-kindblad-form", "a browser of a thief")
    asked = another(one_site).post("/login/passkey/vraag", json={}).json()
    caught = {"answer": device.use(asked)}
    to_register = {"answer": device.use(client.post("/account/passkeys/vraag", json={}).json())}

    assert thief.post("/login/passkey", json=caught).status_code == 401
    assert another(one_site).post("/login/passkey", json=to_register).status_code == 401
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
        assert another(one_site).post("/login/passkey", json=caught).status_code == 401
    assert another(one_site).post("/login/passkey", json=caught).status_code == 200
    assert another(one_site).post("/login/passkey", json=caught).status_code == 401, "en maar één keer"


def test_another_key_under_the_same_name_is_refused(one_site: Site, device: Device) -> None:
    owner_of(one_site, device)
    forger = Device(AT, "testserver", credential_id=device.credential_id, owner=device.owner, count=9)

    assert use(another(one_site), forger).status_code == 401


@pytest.mark.parametrize(
    "answer",
    [{}, {"rawId": 1}, {"rawId": "%%%", "response": []}, {"rawId": "YQ", "response": {"clientDataJSON": "e30"}}],
)
def test_nonsense_is_refused_without_a_fault(one_site: Site, device: Device, answer: dict[str, Any]) -> None:
    client = owner_of(one_site, device)

    assert another(one_site).post("/login/passkey", json={"answer": answer}).status_code == 401
    assert client.post("/account/passkeys", json={"answer": answer}).status_code == 422


def test_a_passkey_without_a_look_at_its_owner_is_not_made(one_site: Site) -> None:
    client = another(one_site)
    type_password(client)

    assert make(client, Device(AT, "testserver", verifies=False)).status_code == 422


def test_the_same_device_is_not_asked_twice_and_not_kept_twice(one_site: Site, device: Device) -> None:
    client = owner_of(one_site, device)

    question = client.post("/account/passkeys/vraag", json={}).json()
    assert len(question["excludeCredentials"]) == 1
    assert client.post("/account/passkeys", json={"answer": device.make(question)}).status_code == 422


def test_a_passkey_that_was_taken_away_opens_nothing(site: Site, device: Device) -> None:
    import re

    client = owner_of(site, device)
    handle = re.findall(r'name="handle" value="([0-9a-f]+)"', client.get(SETUP).text)[0]
    stranger = owner_of(site, Device(AT, "testserver"), "piet")
    stranger.post(f"{SETUP}/passkey/weg", data={"handle": handle})
    assert use(another(site), device).status_code == 200, "een ander haalt hem niet weg"

    client.post(f"{SETUP}/passkey/weg", data={"handle": handle})
    assert use(another(site), device).status_code == 401


def test_a_passkey_of_an_account_that_is_off_opens_nothing(one_site: Site, device: Device) -> None:
    from api.services import administration

    owner_of(one_site, device)
    administration.disable(one_site.engine, "kim", datetime.now(UTC))

    assert use(another(one_site), device).status_code == 401


def test_who_is_not_logged_in_makes_no_passkey(one_site: Site) -> None:
    client = another(one_site)

    assert client.post("/account/passkeys/vraag", json={}).headers["location"] == "/login"
    assert client.post("/account/passkeys", json={"answer": {}}).headers["location"] == "/login"
    type_password(client)
    client.post("/logout")
    assert client.post("/account/passkeys/vraag", json={}).headers["location"] == "/login"


def test_without_an_address_in_the_settings_no_passkeys_are_offered(sqlite: Database) -> None:
    for site in make_site(sqlite):
        assert "passkey" not in site.client.get("/login").text
