"""Passkeys in a real browser with a virtual device, on the served application: the script, the policy and the pages."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from api.db import writing
from tests import world as invented
from tests.accessibility import faults
from tests.conftest import Database
from tests.served import served
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def address(sqlite: Database) -> Iterator[str]:
    with writing(sqlite.engine) as connection:
        invented.build(connection)
    with served(sqlite) as url:
        yield url


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a laptop's screen; whatever the browser complains of fails the test."""
    opened = browser.new_page(viewport={"width": 1366, "height": 768})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    assert [text for text in complaints if "401" not in text] == []


def _device(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return session, made["authenticatorId"]


def _type_password(page: Page, address: str) -> None:
    page.goto(f"{address}/login")
    page.fill("#login", "kim")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()


def _check(page: Page) -> None:
    assert faults(page) == []


def _log_out(page: Page) -> None:
    page.get_by_role("button", name="Uitloggen", exact=True).first.click()
    page.wait_for_url("**/login")


def test_a_teacher_makes_a_passkey_and_logs_in_with_it_alone_and_after_the_password(page: Page, address: str) -> None:
    session, device = _device(page)
    _type_password(page, address)
    page.wait_for_url("**/account/tweede-stap")
    _check(page)

    page.fill("#passkey-name", "laptop op school")
    page.get_by_role("button", name="Passkey maken op dit apparaat").click()
    page.get_by_role("button", name="Tien herstelcodes maken").click()
    expect(page.locator(".codes li")).to_have_count(10)
    _check(page)
    page.get_by_role("link", name="Ik heb ze bewaard").click()
    expect(page.get_by_role("button", name="Verwijderen laptop op school")).to_be_visible()
    _check(page)
    page.goto(f"{address}/account")
    _check(page)
    _log_out(page)

    _check(page)
    page.get_by_role("button", name="Inloggen met een passkey").click()
    page.wait_for_url(re.compile("/vandaag"))
    _log_out(page)

    _type_password(page, address)
    page.wait_for_url("**/login/tweede-stap")
    _check(page)
    page.get_by_role("button", name="Verder met een passkey").click()
    page.wait_for_url(re.compile("/vandaag"))
    _log_out(page)

    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.goto(f"{address}/login")
    page.get_by_role("button", name="Inloggen met een passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Probeer het nog eens")
    assert page.url.endswith("/login")


def test_at_another_address_or_without_a_device_the_button_is_not_there(page: Page, address: str) -> None:
    page.goto(address.replace("localhost", "127.0.0.1") + "/login")
    expect(page.get_by_role("button", name="Inloggen met een passkey")).to_have_count(0)
    expect(page.get_by_role("button", name="Inloggen", exact=True)).to_be_visible()
