"""A parent's whole way in a real browser on a telephone, with the keyboard: letter, password, child, talk, copy."""

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, ViewportSize, expect

from api.db import reading
from models.account import Account, RoleGrant
from models.copy_request import CopyRequest
from models.person import Guardian
from models.release import Release
from models.result import Assessment, Instrument
from models.vocabulary import Custody, InstrumentKind, Role
from tests.accessibility import faults
from tests.conftest import Database
from tests.parents.test_accounts import LETTER
from tests.parents.test_copy import choices
from tests.served import served
from tests.site import Site, make_site
from tests.world import NOW, TODAY, World

pytestmark = pytest.mark.browser

PHONE = ViewportSize(width=360, height=740)
CHOSEN = "fiets kaas lamp boom"


def fits(page: Page) -> None:
    """Nothing falls off the side of the screen and axe finds nothing."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert faults(page) == [], page.url


def typed(page: Page, label: str, text: str) -> None:
    """Come to a field with Tab, as who has no mouse, and type."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if label in page.evaluate("(document.activeElement.labels || [{innerText: ''}])[0]?.innerText || ''"):
            break
    else:
        pytest.fail(f"{label} is met Tab niet te bereiken")
    page.keyboard.type(text)


def test_from_the_letter_to_the_child_and_its_copy(browser: Browser, sqlite: Database, tmp_path: Path) -> None:
    for site in make_site(sqlite, second_factor="demo"):
        site.change(_settle)
        site.log_in("kantoor")
        made = site.client.post(f"/groep/{site.world.group_uids['6B']}/ouders", data={"again": "false"})
        ((login, code),) = LETTER.findall(made.text)
        with served(sqlite, SECOND_FACTOR="demo", DATA_DIR=str(tmp_path)) as url:
            page = browser.new_page(viewport=PHONE, accept_downloads=True)
            home = f"{url}/mijn-kind/{site.world.uids['zoë']}"
            _come_in(page, url, login, code, home)
            _ask_to_talk(page)
            _say_what_is_wrong(page, home)
            _ask_a_copy(page, home)
            _let_it_go(site)
            page.reload()
            fits(page)
            with page.expect_download() as waiting:
                page.get_by_role("link", name="Haal de kopie op").click()
            kept = tmp_path / "kopie.zip"
            waiting.value.save_as(kept)
            _read(browser, kept, tmp_path)
            page.get_by_role("button", name=re.compile("Uitloggen")).first.click()
            page.goto(home)
            assert "/login" in page.url
            page.close()


def _come_in(page: Page, url: str, login: str, code: str, home: str) -> None:
    page.goto(f"{url}/uitnodiging")
    fits(page)
    expect(page.locator("#login")).to_be_focused()
    page.keyboard.type(login)
    typed(page, "Code", code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url("**/uitnodiging/kiezen")
    fits(page)
    typed(page, "Nieuw wachtwoord", CHOSEN)
    page.keyboard.press("Enter")
    page.wait_for_url(home)
    fits(page)
    assert "Zoë" in page.inner_text("h1")
    assert "Noor" not in page.content()


def _ask_to_talk(page: Page) -> None:
    page.get_by_text("Hierover praten").focus()
    page.keyboard.press("Enter")
    typed(page, "Wat wilt u vragen", "Hoe oefenen wij thuis?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=U wilt hierover praten")


def _say_what_is_wrong(page: Page, home: str) -> None:
    page.goto(home)
    page.get_by_role("link", name="Klopt dit niet?").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/klopt-niet?over=*")
    fits(page)
    page.select_option("#thing", "birth")
    typed(page, "Wat klopt er niet", "Zij is een dag later geboren.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Wat u eerder zei")


def _ask_a_copy(page: Page, home: str) -> None:
    page.goto(f"{home}/kopie")
    fits(page)
    page.get_by_role("button", name="Vraag een kopie").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=De school kijkt ernaar")


def _let_it_go(site: Site) -> None:
    """Directie looks through it and decides, in its own browser."""
    site.log_in("directie")
    with reading(site.engine) as connection:
        copy = connection.scalars(sa.select(CopyRequest.uid)).one()
    path = f"/kind/{site.world.uids['zoë']}/kopie/{copy}"
    text = site.client.post(f"{path}/doorkijken").text
    assert site.client.post(f"{path}/besluit", data={"choices": choices(text)}).status_code == 303


def _settle(world: World) -> None:
    """Zoë has a mother without an account yet; Noor's mother has one."""
    world.account("kantoor", Role.OFFICE)
    mother = world.insert(Guardian, school_id=world.schools["vliet"], given_name="Sanne", family_name="Meer")
    world.guardianship(mother, "zoë", Custody.YES)
    about = {"school_id": world.schools["vliet"]}
    test = world.insert(Instrument, provider="t", code="r", name="Rekenen", kind=InstrumentKind.TEST)
    taken = world.insert(
        Assessment,
        **about,
        source_person_id=world.persons["zoë"],
        instrument_id=test,
        source_key="toets",
        taken_on=TODAY,
        delivery_id=world.deliveries[world.sources["vliet las"]],
        locator="regel 1",
    )
    shown = {"child_from": TODAY, "parents_from": TODAY, "explanation": "Zij groeit langs haar eigen lijn."}
    by = {"account_id": world.accounts["kim"], "released_at": NOW}
    world.insert(Release, **about, **shown, **by, pupil_id=world.pupils["zoë"], assessment_id=taken)


def _read(browser: Browser, kept: Path, folder: Path) -> None:
    """Open the copy as a parent does: from the disk, without a server, page by page."""
    with zipfile.ZipFile(io.BytesIO(kept.read_bytes())) as file:
        file.extractall(folder)
    data = json.loads((folder / "kopie-kindblad" / "alles.json").read_text())
    assert data["pupil"][0]["roepnaam"] == "Zoë"
    page = browser.new_page(viewport=PHONE)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"file://{folder}/kopie-kindblad/lees-dit-eerst.html")
    fits(page)
    for link in page.locator("main li a").all():
        assert (folder / "kopie-kindblad" / str(link.get_attribute("href"))).is_file()
    page.get_by_role("link", name="Toegang en verzoeken").click()
    fits(page)
    assert "Zij is een dag later geboren." in page.inner_text("main")
    assert not complaints
    page.close()


def test_nobody_made_an_account_for_who_has_none(sqlite: Database) -> None:
    """The journey rests on this: before the letter there is no way in."""
    for site in make_site(sqlite):
        site.change(_settle)
        with reading(site.engine) as connection:
            parents = (
                sa.select(sa.func.count()).select_from(RoleGrant).join(Account, Account.id == RoleGrant.account_id)
            )
            assert connection.scalar(parents.where(RoleGrant.role == Role.PARENT)) == 1
