"""The two days of the school from log-in to log-out, with the keyboard alone: the teacher's and the IB'er's.

On the served application; only the address of the log-in page is typed in the browser.
"""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from api.db import reading, writing
from models.account import Account
from models.attendance import Absence
from models.journal import Note
from models.support import Agreement
from models.vocabulary import AbsencePart, AbsenceReason, AgreementOutcome
from tests import world as invented
from tests.api.test_today import a_class, full_day
from tests.conftest import Database
from tests.frontend.keyboard import enter, log_in, looks_well, press, walk_to
from tests.frontend.serving import without_complaints
from tests.served import served
from tests.world import TODAY

pytestmark = pytest.mark.browser

LAPTOP = (1366, 768)
NOOR, ZOE, STUCK, ILL = "Noor van der Ven", "Zoë van der Meer", "Kind1", "Kind0 van der Klas"
TABLE = "Getallenlijn tot 1000"
DONE = AgreementOutcome.DONE
PROMISE = "Elke dag vijf minuten tafels"


@pytest.fixture
def school(sqlite: Database) -> Iterator[tuple[str, sa.Engine]]:
    """De Vliet with a class that practised, two of them stuck, and Noor with something of everything today."""
    with writing(sqlite.engine) as connection:
        world = invented.build(connection)
        a_class(world)
        full_day(world)
    with served(sqlite, SECOND_FACTOR="demo") as address:
        yield address, sqlite.engine


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with without_complaints(browser, LAPTOP) as opened:
        yield opened


def only(engine: sa.Engine, query: sa.Executable) -> Any:
    with reading(engine) as connection:
        return connection.execute(query).one()


def test_the_day_of_a_teacher(page: Page, school: tuple[str, sa.Engine]) -> None:
    address, engine = school
    log_in(page, address, "kim")
    expect(page.get_by_role("heading", name="Vandaag", exact=True)).to_be_visible()
    answer_what_needs_attention(page, engine)
    tick_off_and_report_absence(page, engine)
    find_a_child_in_the_grid(page)

    press(page, "Vandaag")
    press(page, "Naar wat de groep deed")
    press(page, f"Instructietafel maken: {TABLE}", "button")
    expect(page.locator(".table")).to_contain_text(f"{TABLE}: Kind0 en Kind1")

    page.keyboard.press("/")
    page.keyboard.type("noor")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(NOOR)
    press(page, "Uitloggen", "button")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def answer_what_needs_attention(page: Page, engine: sa.Engine) -> None:
    """One sentence with a note, the other with a reason; both leave the page."""
    said = page.locator(".said li:visible", has_text="loopt vast")
    expect(said).to_have_count(2)
    press(page, "Naar de inhoud")
    walk_to(page, STUCK)
    page.keyboard.press("n")
    about = page.get_by_role("dialog").get_by_role("checkbox", name=f"{STUCK} van der Klas")
    expect(about).to_be_checked()
    page.keyboard.type("Samen met kralen gelegd; zag het toen.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".note-toast")).to_contain_text("Bewaard")
    looks_well(page)
    expect(said).to_have_count(1)
    assert only(engine, sa.select(Note.body)).body == "Samen met kralen gelegd; zag het toen."

    walk_to(page, "gezien, over Kind0", "fold")
    page.keyboard.press("Enter")
    press(page, "ik het nog even aankijk", "button")
    assert page.url.endswith("/vandaag")
    expect(said).to_have_count(0)


def tick_off_and_report_absence(page: Page, engine: sa.Engine) -> None:
    press(page, "Naar afspraken en doelen")
    press(page, "Werkkaart maken")
    press(page, "Gedaan", "button")
    assert page.url.endswith("/vandaag")
    expect(page.get_by_role("link", name="Werkkaart maken")).to_have_count(0)
    assert only(engine, sa.select(Agreement.outcome).where(Agreement.body == "Werkkaart maken")).outcome is DONE

    press(page, "Naar de agenda")
    press(page, "doorgeven")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("z")
    expect(page.get_by_role("status")).to_have_text(f"{ILL}: ziek. Bewaard.")
    absent = only(engine, sa.select(Absence.reason, Absence.part).where(Absence.reason != AbsenceReason.DOCTOR))
    assert absent == (AbsenceReason.ILL, AbsencePart.DAY)


def find_a_child_in_the_grid(page: Page) -> None:
    """Sorted from the other side, filtered while a name is typed, and on with the arrows."""
    press(page, "Groep 6B")
    press(page, "Kind")
    expect(page.locator("tbody th a").first).to_have_text(NOOR)
    walk_to(page, "Naam", "textbox")
    page.keyboard.type("zo")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name=ZOE)).to_be_focused()
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(ZOE)


def on_the_day(page: Page, day: date) -> None:
    """Type a day in the field that has the focus, in the order of the browser's own language."""
    for order in ("%m%d%Y", "%d%m%Y"):
        page.keyboard.type(day.strftime(order))
        if page.locator(":focus").input_value() == day.isoformat():
            return
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
    pytest.fail("een dag is niet te typen")


def plan_a_talk(page: Page, question: str) -> None:
    press(page, "Bespreken")
    walk_to(page, "Dag", "day")
    on_the_day(page, TODAY)
    walk_to(page, "Wat is de vraag? (mag leeg)", "textbox")
    page.keyboard.type(question)
    press(page, "Bespreking plannen", "button")


def test_the_day_of_the_ib(page: Page, school: tuple[str, sa.Engine]) -> None:
    address, engine = school
    log_in(page, address, "ib")
    press(page, "Bespreking")
    page.keyboard.press("/")
    page.keyboard.type("noor")
    enter(page)
    plan_a_talk(page, "Hoe helpen we bij rekenen?")
    walk_to(page, "Wat gaat goed?", "textbox")
    page.keyboard.type("Noor helpt anderen")
    page.get_by_text("Bewaard.", exact=True).wait_for()
    press(page, "Klaar", "button")
    press(page, "Bespreking beginnen", "button")

    walk_to(page, "Wat zien we?", "textbox")
    page.keyboard.type("Ze telt op haar vingers.")
    page.get_by_text("Bewaard.", exact=True).wait_for()
    walk_to(page, "Wat helpt?", "textbox")
    page.keyboard.type("Eerst samen een voorbeeld")
    enter(page)
    expect(page.get_by_label("Wat helpt?")).to_be_focused()
    expect(page.locator("#helpt li", has_text="Eerst samen")).to_be_in_viewport()
    page.keyboard.type("Een maatje")
    walk_to(page, "Wat", "textbox")
    page.keyboard.type(PROMISE)
    walk_to(page, "Wie", "combobox")
    page.keyboard.type("Juf kim")
    walk_to(page, "Wat zegt het kind zelf?", "textbox")
    page.keyboard.type("Ik wil het met kralen doen.")
    press(page, "Afronden: verslag klaar", "button")

    assert page.url.endswith("/verslag")
    for told in ("Ze telt op haar vingers.", "Eerst samen een voorbeeld", "Een maatje", "Ik wil het met kralen doen."):
        expect(page.locator("main")).to_contain_text(told)
    paper = page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    assert len(PdfReader(BytesIO(paper)).pages) == 1
    owner = sa.select(Account.login).join(Agreement, Agreement.owner_account_id == Account.id)
    assert only(engine, owner.where(Agreement.body == PROMISE)).login == "kim"

    follow_up(page, engine)

    press(page, "School")
    press(page, "6B")
    press(page, "Overdracht")
    press(page, NOOR)
    expect(page.locator("main")).to_contain_text("Eerst samen een voorbeeld")
    press(page, "Uitloggen", "button")
    expect(page.get_by_role("heading", level=1)).to_have_text("Inloggen")


def follow_up(page: Page, engine: sa.Engine) -> None:
    """The next talk opens with what was agreed, and one sentence says how it went."""
    press(page, "Naar het blad")
    plan_a_talk(page, "Ging het?")
    expect(page.get_by_role("region", name="Vorige keer spraken we af")).to_contain_text(PROMISE)
    press(page, "Bespreking beginnen", "button")
    walk_to(page, f"Hoe ging het: {PROMISE}", "textbox")
    page.keyboard.type("elke ochtend")
    press(page, "Gedaan", "button")
    expect(page.get_by_role("region", name="Vorige keer spraken we af")).to_contain_text("gedaan: elke ochtend")
    press(page, "Afronden: verslag klaar", "button")
    assert only(engine, sa.select(Agreement.outcome).where(Agreement.body == PROMISE)).outcome is DONE
