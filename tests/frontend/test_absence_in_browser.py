"""Absence of the day in a real browser: keyboard only, without script, undo, a colleague in between, axe, phone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page, expect

from api.db import reading, writing
from api.security import sessions
from api.settings import Settings
from frontend.render import render
from models.attendance import Absence
from models.vocabulary import AbsencePart, AbsenceReason
from tests import served as application
from tests import world as invented
from tests.accessibility import faults
from tests.conftest import FreshDatabase
from tests.frontend import samples_absence
from tests.frontend.serving import served, without_complaints
from tests.world import TODAY, World

pytestmark = pytest.mark.browser

LAPTOP, PHONE = (1366, 768), (390, 844)
PAGES = {name: render(template, **context) for name, (template, context) in samples_absence.contexts().items()}
DAY, MORNING, AFTERNOON = AbsencePart.DAY, AbsencePart.MORNING, AbsencePart.AFTERNOON
ILL, DOCTOR, LATE = AbsenceReason.ILL, AbsenceReason.DOCTOR, AbsenceReason.LATE
NOOR, ZOE = "Noor van der Ven", "Zoë van der Meer"


@pytest.fixture(scope="module")
def samples() -> Iterator[str]:
    with served(PAGES) as url:
        yield url


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_readable_by_everyone_and_fits_a_laptop_and_a_phone(
    browser: Browser, samples: str, name: str
) -> None:
    with without_complaints(browser, LAPTOP) as page:
        page.goto(f"{samples}/{name}")
        for size in (LAPTOP, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            assert faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@dataclass
class Roll:
    """The application as it runs, with kim logged in."""

    page: Page
    address: str
    world: World
    engine: sa.Engine

    def kept(self) -> list[tuple[str, AbsencePart, AbsenceReason]]:
        named = {row_id: name for name, row_id in self.world.pupils.items()}
        with reading(self.engine) as connection:
            rows = connection.execute(sa.select(Absence.pupil_id, Absence.part, Absence.reason).order_by(Absence.id))
            return [(named[row.pupil_id], row.part, row.reason) for row in rows]

    def says(self, text: str) -> None:
        expect(self.page.get_by_role("status")).to_have_text(text)


@pytest.fixture
def roll(request: pytest.FixtureRequest, browser: Browser, fresh_database: FreshDatabase) -> Iterator[Roll]:
    """Serve the small world; with the parameter False the browser has no script."""
    with fresh_database("sqlite") as database:
        with writing(database.engine) as connection:
            world = invented.build(connection)
            now = datetime.now(UTC)
            token = sessions.start(connection, world.accounts["kim"], Settings(), now, second_factor_at=now)
        with application.served(database) as url:
            context = browser.new_context(java_script_enabled=getattr(request, "param", True))
            context.add_cookies([{"name": "kindblad", "value": token, "url": url}])
            page = context.new_page()
            address = f"{url}/groep/{world.group_uids['6B']}/verzuim"
            page.goto(address)
            yield Roll(page, address, world, database.engine)
            context.close()


def test_with_keys_only_each_mark_is_kept_at_once_and_can_be_taken_back(roll: Roll) -> None:
    press = roll.page.keyboard.press
    press("ArrowDown")
    press("z")
    roll.says(f"{ZOE}: ziek. Bewaard.")
    press("a")
    roll.says(f"{ZOE}: ziek, middag. Bewaard.")
    press("ArrowDown")
    press("l")
    roll.says(f"{NOOR}: te laat. Bewaard.")
    assert roll.kept() == [("zoë", AFTERNOON, ILL), ("noor", DAY, LATE)]

    press("u")
    roll.says(f"{NOOR}: aanwezig. Teruggezet.")
    press("Control+z")
    roll.says(f"{ZOE}: ziek. Teruggezet.")
    assert roll.kept() == [("zoë", DAY, ILL)]
    press("d")
    roll.says(f"{ZOE}: dokter. Bewaard.")
    press("Space")
    roll.says(f"{ZOE}: aanwezig. Bewaard.")
    assert roll.kept() == []


def test_what_a_colleague_wrote_meanwhile_stays_and_is_told(roll: Roll) -> None:
    with writing(roll.engine) as connection:
        roll.world.connection = connection
        roll.world.insert(
            Absence, school_id=roll.world.schools["vliet"], pupil_id=roll.world.pupils["zoë"], day=TODAY, part=DAY,
            reason=DOCTOR,
        )  # fmt: skip
    roll.page.keyboard.press("ArrowDown")
    roll.page.keyboard.press("z")
    roll.says(f"{ZOE} staat intussen op dokter; ziek is niet bewaard.")
    assert roll.kept() == [("zoë", DAY, DOCTOR)]
    roll.page.keyboard.press("z")
    roll.says(f"{ZOE}: ziek. Bewaard.")


def test_with_the_mouse_a_click_keeps_it(roll: Roll) -> None:
    roll.page.get_by_role("radiogroup", name=NOOR, exact=True).get_by_role("radio", name="dokter").check(force=True)
    roll.says(f"{NOOR}: dokter. Bewaard.")
    roll.page.get_by_role("button", name="Zet terug").click()
    roll.says(f"{NOOR}: aanwezig. Teruggezet.")
    assert roll.kept() == []


@pytest.mark.parametrize("roll", [False], indirect=True)
def test_without_script_radio_buttons_and_one_button(roll: Roll) -> None:
    child = roll.page.get_by_role("listitem").filter(has_text=NOOR)
    child.get_by_role("radio", name="te laat").check(force=True)
    child.get_by_role("radio", name="ochtend").check(force=True)
    roll.page.get_by_role("button", name="Bewaren").click()
    roll.page.wait_for_url("**/verzuim?dag=*")
    expect(child.get_by_role("radio", name="te laat")).to_be_checked()
    assert roll.kept() == [("noor", MORNING, LATE)]
