"""The child's journey in Chromium, by keyboard and without a script: from the code on the board to its portfolio."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, FilePayload, Page, expect

from api.db import writing
from api.security import sessions
from api.services.class_door import keep_pictures
from api.settings import Settings
from frontend.render import render
from models.portfolio import Consent
from models.school import SchoolSetting
from models.vocabulary import ConsentPurpose
from tests import served as application
from tests import world as invented
from tests.accessibility import faults
from tests.child.school import photo, with_pupils
from tests.conftest import FreshDatabase
from tests.frontend import samples_child
from tests.frontend.serving import served, without_complaints
from tests.site import SECRET_KEY
from tests.world import NOW, World

pytestmark = pytest.mark.browser

SIZES = ((1366, 768), (768, 1024), (390, 844))
PAGES = {name: render(template, **context) for name, (template, context) in samples_child.contexts().items()}
MINE = ("sun", "fish", "sun")


@pytest.fixture(scope="module")
def samples() -> Iterator[str]:
    with served(PAGES) as url:
        yield url


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_readable_by_everyone_and_fits(browser: Browser, samples: str, name: str) -> None:
    with without_complaints(browser, SIZES[0]) as page:
        page.route("**/beeld*", lambda route: route.fulfill(body=photo(), content_type="image/jpeg"))
        page.goto(f"{samples}/{name}")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def prepare(world: World) -> str:
    """Let noor have pictures and the consent of her mother; returns a session of her teacher."""
    with_pupils(world)
    school = {"school_id": world.schools["vliet"]}
    who = {"account_id": world.accounts["directie"], "changed_at": NOW}
    world.insert(SchoolSetting, **school, **who, name="picture_login", value="1")
    guardian = world.connection.scalar(sa.text("SELECT guardian_id FROM guardianship"))
    said = {"purpose": ConsentPurpose.PORTFOLIO, "is_given": True, "said_at": NOW, "guardian_id": guardian}
    world.insert(Consent, **school, **said, pupil_id=world.pupils["noor"], account_id=world.accounts["moeder"])
    return sessions.start(
        world.connection, world.accounts["kim"], Settings(), datetime.now(UTC), second_factor_at=datetime.now(UTC)
    )


def press(page: Page, words: str) -> None:
    """Walk with Tab to the button or link that says this, and press Enter."""
    page.get_by_text(words).first.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").count() and words in page.locator(":focus").inner_text():
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    pytest.fail(f"met Tab kom je niet bij {words}")


def test_a_child_comes_in_and_shows_what_it_is_proud_of(browser: Browser, fresh_database: FreshDatabase) -> None:
    with fresh_database("sqlite") as database:
        with writing(database.engine) as connection:
            world = invented.build(connection)
            token = prepare(world)
        settings = Settings(secret_key=SECRET_KEY)
        pupil = world.pupils["noor"]
        keep_pictures(database.engine, settings, world.schools["vliet"], pupil, MINE, world.accounts["kim"], NOW)
        with application.served(database) as address:
            teacher = browser.new_context(viewport={"width": 1366, "height": 768})
            teacher.add_cookies([{"name": "kindblad", "value": token, "url": address}])
            board = teacher.new_page()
            board.goto(f"{address}/groep/{world.group_uids['6B']}/klas-open")
            board.get_by_role("button", name="Open de deur").click()
            code = board.locator(".board strong").inner_text()

            child = browser.new_context(viewport={"width": 768, "height": 1024}, java_script_enabled=False)
            page = child.new_page()
            page.goto(f"{address}/klas")
            expect(page.get_by_label("De code op het bord")).to_be_focused()
            page.keyboard.type(code.lower())
            page.keyboard.press("Enter")
            press(page, "Noor")
            for word in ("zon", "vis", "zon"):
                press(page, word)
            expect(page.get_by_role("heading", level=1)).to_have_text("Hallo Noor")

            page.get_by_label("Wat wil je leren?").fill("Ik wil een radslag leren")
            page.keyboard.press("Enter")
            expect(page.get_by_text("School geeft nog antwoord.")).to_be_visible()
            page.get_by_label("Is het gelukt? Vertel.").fill("nog een beetje scheef")
            press(page, "Bijna")
            expect(page.get_by_text("Ik zeg: bijna, nog een beetje scheef")).to_be_visible()

            press(page, "Iets erbij zetten")
            page.get_by_label("foto", exact=True).check()
            page.get_by_label("Hoe heet het?").fill("Mijn kasteel")
            chosen = FilePayload(name="kasteel.jpg", mimeType="image/jpeg", buffer=photo())
            page.get_by_label("Foto of tekening").set_input_files(chosen)
            page.get_by_label("Hoort bij mijn doel").select_option("Ik wil een radslag leren")
            page.get_by_role("button", name="Erbij zetten").click()
            seen = page.get_by_role("img", name="foto: Mijn kasteel")
            expect(seen).to_be_visible()
            answer = child.request.get(f"{address}{seen.get_attribute('src')}")
            assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")

            board.get_by_role("button", name="Doe de deur dicht").click()
            page.goto(f"{address}/ik")
            expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")
