"""Side doors: the Back button, caches, addresses that look like files, what travels along, and what errors tell."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from api.db import writing
from api.security.sessions import cookie_name
from api.settings import Settings
from models.vocabulary import Role
from tests.conftest import ROOT, Database
from tests.served import served
from tests.site import SAME_SITE, Site
from tests.world import PASSWORD, World, build

USERS = 12
VISITS = 25


@pytest.mark.browser
def test_b31_after_logging_out_the_back_button_shows_no_child(sqlite: Database, browser: Browser) -> None:
    with writing(sqlite.engine) as connection:
        build(connection)
    with served(sqlite) as address:
        page = browser.new_page()
        page.goto(f"{address}/login")
        page.fill("#login", "moeder")
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.wait_for_selector("h1:has-text('Noor')")
        page.click("text=Uitloggen")
        page.wait_for_selector("#password")

        for _ in range(2):
            page.go_back()
            assert "Noor" not in page.content()
        page.close()


@pytest.mark.parametrize("path", ["/kind/{noor}", "/groep/{6B}", "/api/v1/pupils/{noor}/sheet", "/"])
def test_b32_nothing_between_us_and_the_reader_may_keep_a_page(one_site: Site, path: str) -> None:
    one_site.log_in("kim")
    names = {"noor": one_site.world.uids["noor"], "6B": one_site.world.group_uids["6B"]}

    answer = one_site.client.get(path.format(**names))

    assert answer.headers["cache-control"] == "no-store"
    assert "Cookie" in answer.headers["vary"]
    assert "etag" not in answer.headers


@pytest.mark.parametrize("tail", ["/x.css", "/x.js", ".css", "%2Fx.css", ";x.css", "/..%2Fstatic/x.css"])
def test_b33_a_sheet_with_the_name_of_a_file_is_not_there(one_site: Site, tail: str) -> None:
    one_site.log_in("kim")

    answer = one_site.client.get(f"/kind/{one_site.world.uids['noor']}{tail}")

    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-store"
    assert "Noor" not in answer.text


def test_b34_many_people_at_once_each_see_their_own_child(site: Site) -> None:
    def grow(world: World) -> None:
        for number in range(USERS):
            group = f"7{chr(65 + number)}"
            world.group("vliet", group)
            world.pupil("vliet", f"canary{number:02}", "Kind", group)
            world.account(f"juf{number}", Role.TEACHER, group_id=world.groups[group])

    site.change(grow)
    clients = []
    for number in range(USERS):
        site.log_in(f"juf{number}")
        assert isinstance(site.client.app, FastAPI)
        client = TestClient(site.client.app, base_url="https://testserver", follow_redirects=False, headers=SAME_SITE)
        client.cookies.set(cookie_name(Settings()), site.client.cookies[cookie_name(Settings())])
        clients.append(client)

    def visit(number: int) -> set[str]:
        name, seen = f"canary{number:02}", set()
        for _ in range(VISITS // 5):
            for path in (f"/kind/{site.world.uids[name]}", f"/groep/{site.world.group_uids[f'7{chr(65 + number)}']}"):
                answer = clients[number].get(path)
                assert answer.status_code == 200
                seen |= set(re.findall(r"canary\d\d", answer.text.lower()))
        return seen

    with ThreadPoolExecutor(USERS) as crowd:
        seen = list(crowd.map(visit, range(USERS)))

    assert seen == [{f"canary{number:02}"} for number in range(USERS)]


def test_b38_no_address_of_ours_travels_along_and_none_leads_elsewhere(one_site: Site) -> None:
    one_site.log_in("kim")

    answer = one_site.client.get(f"/kind/{one_site.world.uids['noor']}")

    assert answer.headers["referrer-policy"] == "no-referrer"
    assert not re.findall(r'(?:href|src|action)="(?:https?:)?//', answer.text)
    for template in (ROOT / "frontend" / "templates").rglob("*.html"):
        assert not re.search(r'(?:href|src|action)="(?:https?:)?//', template.read_text()), template.name


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/er/is/niets"),
        ("GET", "/kind/geen-kind"),
        ("DELETE", "/kind/geen-kind"),
        ("POST", "/api/v1/pupils/search"),
        ("GET", "/api/v1/niets"),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("GET", "/metrics"),
        ("GET", "/.git/config"),
    ],
)
def test_b40_an_error_says_what_to_do_and_nothing_about_us(one_site: Site, method: str, path: str) -> None:
    one_site.log_in("kim")

    answer = one_site.client.request(method, path, content=b"{", headers={"content-type": "application/json"})

    assert answer.status_code in {404, 405, 422}
    told = answer.text.lower()
    assert not [word for word in ("traceback", "pydantic", "sqlalchemy", "starlette", ".py", "fastapi") if word in told]
    assert answer.headers["server"] == "kindblad"
