"""The whole round in a real browser on the served application: three voices, a decision, and hours given back."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page

from api.db import writing
from api.security import sessions
from api.settings import Settings
from tests import world as invented
from tests.accessibility import faults
from tests.conftest import Database
from tests.served import served
from tests.world import TODAY, World

pytestmark = pytest.mark.browser
PLAIN = Settings(cookie_secure=False)


@pytest.fixture
def address(sqlite: Database) -> Iterator[tuple[str, World]]:
    with writing(sqlite.engine) as connection:
        world = invented.build(connection)
    with served(sqlite) as url:
        yield url, world


def enter(browser: Browser, sqlite: Database, at: tuple[str, World], login: str) -> Page:
    """Be logged in, in a browser of one's own."""
    url, world = at
    now = datetime.now(UTC)
    with writing(sqlite.engine) as connection:
        token = sessions.start(connection, world.accounts[login], PLAIN, now, second_factor_at=now)
    context = browser.new_context(base_url=url, viewport={"width": 1366, "height": 768})
    context.add_cookies([{"name": sessions.cookie_name(PLAIN), "value": token, "url": url}])
    return context.new_page()


def choose(page: Page, item: str, ruling: str, because: str) -> None:
    question = page.locator(".ballot li", has=page.get_by_role("heading", name=item, exact=True))
    question.get_by_label(ruling, exact=True).check()
    question.get_by_label("Waarom").fill(because)


def well(page: Page) -> None:
    """Axe finds nothing on the page as it stands."""
    assert faults(page) == []


def begin(head: Page) -> None:
    """Put the groepsplan on the list, with what it takes."""
    head.goto("/registraties")
    head.get_by_role("button", name="Begin met de lijst").click()
    head.get_by_role("link", name="Iets toevoegen").click()
    head.get_by_label("Groepsplan", exact=False).first.check()
    head.get_by_role("button", name="Op de lijst zetten").click()
    head.get_by_role("link", name="Groepsplan", exact=True).click()
    head.get_by_label("In welk systeem").fill("Word")
    head.get_by_label("aantal", exact=True).fill("28")
    head.get_by_label("waarvan").select_option("group")
    head.get_by_label("minuten, van").fill("60")
    head.get_by_label("minuten, tot").fill("120")
    head.locator("#werk ~ details").get_by_role("button", name="Bewaren").click()
    assert "28 tot 56 uur per jaar" in head.locator("main").inner_text()
    well(head)


def lay_before(head: Page) -> tuple[str, str]:
    """Open a round; gives its page and a code for one parent."""
    head.goto("/registraties/rondes")
    head.get_by_label("Laatste dag").fill((TODAY + timedelta(days=14)).isoformat())
    head.get_by_role("button", name="Ronde openen").click()
    round_page = head.url
    head.get_by_text("Meedoen zonder account").click()
    head.get_by_role("button", name="Code maken").click()
    code = head.locator(".big-code").inner_text()
    well(head)
    return round_page, code


def speak_as_parent(parent: Page, code: str) -> None:
    """Take part on a telephone with the code on a paper, and get no further."""
    parent.goto("/meepraten")
    parent.get_by_label("Code").fill(code.lower())
    parent.get_by_role("button", name="Verder").click()
    well(parent)
    assert parent.evaluate("document.documentElement.scrollWidth") <= 390
    choose(parent, "Groepsplan", "weg", "liever tijd voor de kinderen")
    parent.get_by_role("button", name="Mening bewaren").click()
    assert parent.get_by_role("heading", name="Bedankt").is_visible()
    parent.goto("/registraties")
    assert "/login" in parent.url


def test_from_an_empty_list_to_hours_given_back(browser: Browser, sqlite: Database, address: tuple[str, World]) -> None:
    head = enter(browser, sqlite, address, "directie")
    begin(head)
    round_page, code = lay_before(head)

    teacher = enter(browser, sqlite, address, "kim")
    teacher.goto("/registraties")
    teacher.get_by_role("link", name=re.compile("Geef uw mening")).click()
    choose(teacher, "Groepsplan", "weg", "ik doe dit al op de groepspagina")
    teacher.get_by_role("button", name="Mening bewaren").click()

    support = enter(browser, sqlite, address, "ib")
    support.goto(round_page)
    support.get_by_role("link", name="Uw mening geven").click()
    choose(support, "Groepsplan", "wens", "voor nieuwe leraren")
    support.get_by_role("button", name="Mening bewaren").click()

    speak_as_parent(browser.new_context(base_url=address[0], viewport={"width": 390, "height": 844}).new_page(), code)

    head.goto(round_page)
    row = head.locator("tr", has=head.get_by_role("link", name="Groepsplan", exact=True)).inner_text()
    assert "weg 1" in row
    assert "wens 1" in row
    assert "liever tijd voor de kinderen" in row
    head.get_by_role("link", name="Groepsplan", exact=True).click()
    head.get_by_label("weg", exact=True).check()
    head.get_by_label("Waarom?").fill("De groepspagina laat dit zien zonder typen.")
    head.get_by_role("button", name="Besluit vastleggen").click()
    head.goto("/registraties")
    assert "28 tot 56 uur per jaar teruggegeven" in " ".join(head.locator(".audit-sum").inner_text().split())
    head.goto("/registraties/vervolg")
    assert "niet meer invullen in Word" in head.locator("main").inner_text()
    well(head)


def test_the_timer_measures_and_a_person_keeps_it(
    browser: Browser, sqlite: Database, address: tuple[str, World]
) -> None:
    page = enter(browser, sqlite, address, "kim")
    page.clock.install()
    page.goto("/registraties/meer")
    page.get_by_label("Iets van de school zelf").fill("Logboek leesplan")
    page.get_by_role("button", name="Op de lijst zetten").click()
    page.locator("#werk ~ details").get_by_role("button", name="Bewaren").click()
    for seconds in (150, 90):
        page.get_by_text("Meten met de klok").click()
        page.get_by_role("button", name="Start").click()
        page.clock.fast_forward(seconds * 1000)
        page.get_by_role("button", name="Stop").click()
        page.get_by_role("button", name="Meting bewaren").click()

    assert "1,5 tot 2,5 minuten per keer, 2 keer gemeten" in page.locator("main").inner_text()
