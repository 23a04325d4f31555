"""What people and files write is text, wherever it is shown: it never runs and never becomes a query or a line."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from playwright.sync_api import Browser, Dialog, Page, Route

from api.db import reading
from api.settings import Settings
from connectors import registry, runner
from models.account import Account
from models.group import ClassGroup
from models.journal import Note
from models.person import Pupil, Staff
from models.school import School
from models.support import Agreement, Goal, SupportPoint
from models.vocabulary import NoteKind, SupportKind
from tests.conftest import ROOT, Database
from tests.site import SAME_SITE, Site
from tests.world import NOW, TODAY, World

RUNS = (
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "'-alert(1)-'",
    "{{7*7}}",
    "${7*7}",
    "javascript:alert(1)",
)
HOSTILE = " ".join(RUNS)
TEMPLATES = ROOT / "frontend" / "templates"


def plant(world: World) -> None:
    """Write the hostile text wherever a person or a file can write one."""
    school = world.schools["vliet"]
    child = {"school_id": school, "pupil_id": world.pupils["noor"]}
    for column in (
        Pupil.given_name,
        Pupil.family_name,
        Staff.family_name,
        ClassGroup.name,
        School.name,
        Account.display_name,
    ):
        longest = column.type.length or 200
        world.connection.execute(sa.update(column.class_).values({column: HOSTILE[:longest]}))
    origin = {"delivery_id": world.deliveries[world.sources["vliet las"]], "locator": HOSTILE}
    world.insert(Note, **child, kind=NoteKind.NOTE, body=HOSTILE, observed_on=TODAY, written_at=NOW, **origin)
    world.insert(Note, **child, kind=NoteKind.TALENT, body=HOSTILE, observed_on=TODAY, written_at=NOW, **origin)
    world.insert(Goal, **child, body=HOSTILE, stated_on=TODAY)
    world.insert(Agreement, **child, body=HOSTILE, agreed_on=TODAY)
    for kind in SupportKind:
        world.insert(SupportPoint, **child, kind=kind, body=HOSTILE, observed_on=TODAY)


@pytest.fixture
def hostile(one_site: Site) -> Site:
    one_site.change(plant)
    return one_site


@pytest.fixture
def page(browser: Browser, hostile: Site) -> Iterator[Page]:
    """A real browser whose requests the application answers; a dialog, an error or a CSP report fails the test."""

    def answer(route: Route) -> None:
        request = route.request
        got = hostile.client.request(request.method, request.url, content=request.post_data_buffer, headers=SAME_SITE)
        headers = {k: v for k, v in got.headers.items() if k not in {"content-encoding", "content-length"}}
        route.fulfill(status=got.status_code, headers=headers, body=got.content)

    seen: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    opened = browser.new_page(viewport={"width": 1366, "height": 768})
    opened.on("dialog", dismiss)
    opened.on("pageerror", lambda error: seen.append(str(error)))
    opened.on("console", lambda line: seen.append(line.text) if line.type == "error" else None)
    opened.route("**/*", answer)
    yield opened
    opened.close()
    assert not seen


@pytest.mark.parametrize("login", ["kim", "ib", "directie", "moeder"])
def test_b57_a_name_that_is_a_script_is_shown_as_text_to(hostile: Site, page: Page, login: str) -> None:
    hostile.log_in(login)
    uids = hostile.world.uids["noor"], hostile.world.group_uids["6B"]
    assert isinstance(hostile.client.app, FastAPI)
    shown = 0
    for route in iter_route_contexts(hostile.client.app.routes):
        if "GET" not in (route.methods or ()) or str(route.path).startswith(
            ("/api/", "/static/", "/registraties/schema.")
        ):
            continue
        for uid in uids if "{" in str(route.path) else uids[:1]:
            path = re.sub(r"\{\w+\}", str(uid), str(route.path))
            if hostile.client.get(path).status_code != 200:
                continue
            page.goto(f"https://testserver{path}")
            shown += "onerror" in page.inner_text("body")
            assert page.locator("img[src=x]").count() == 0
            assert page.locator("script:not([src])").count() == 0

    assert shown >= 3


def test_b58_json_gives_the_text_unchanged_and_cannot_be_taken_for_a_page(hostile: Site) -> None:
    hostile.log_in("kim")

    answer = hostile.client.get(f"/api/v1/pupils/{hostile.world.uids['noor']}/sheet")

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert HOSTILE in json.dumps(answer.json(), ensure_ascii=False).replace('\\"', '"')


def test_b59_what_was_typed_never_becomes_an_address(hostile: Site) -> None:
    hostile.log_in("kim")

    page = hostile.client.get(f"/kind/{hostile.world.uids['noor']}").text

    assert not re.findall(r'(?:href|src|action)="(?!/|#)[^"]*"', page)


def test_b60_templates_quote_every_attribute_and_trust_no_text() -> None:
    for template in TEMPLATES.rglob("*.html"):
        text = template.read_text()
        assert not re.search(r"\s[\w-]+=\{\{", text), f"{template.name}: een attribuut zonder aanhalingstekens"
        assert not re.search(r"\|\s*safe\b", text), f"{template.name}: |safe"
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), f"{template.name}: script in de bladzijde"
        assert not re.search(r"\son\w+=|\sstyle=", text), f"{template.name}: iets in de bladzijde zelf"


QUERIES = (
    "' OR 1=1--",
    "'; DROP TABLE pupil;--",
    "%' OR '%'='",
    "\x00",
    "1) UNION SELECT password_hash FROM account--",
)


@pytest.mark.parametrize("sql", QUERIES)
def test_b61_a_query_as_search_text_finds_nobody_and_breaks_nothing(site: Site, sql: str) -> None:
    site.log_in("kim")

    page = site.client.post("/zoek", data={"name": sql})
    answer = site.client.post("/api/v1/pupils/search", json={"name": sql})

    assert (page.status_code, answer.status_code) in {(200, 200), (422, 422)}
    assert "Noor" not in page.text
    assert answer.status_code == 422 or answer.json() == []
    with reading(site.engine) as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(Pupil)) == len(site.world.pupils)


@pytest.mark.parametrize("key", [*QUERIES, "pupil_id", "school_id", "__class__", "name[$ne]"])
def test_b61_the_name_of_a_field_is_never_a_column(one_site: Site, key: str) -> None:
    one_site.log_in("kim")

    answer = one_site.client.post("/api/v1/pupils/search", json={"name": "noor", key: 1})
    asked = one_site.client.get("/api/v1/groups", params={key: "1"})

    assert answer.status_code == 422
    assert asked.status_code == 200
    assert len(asked.json()) == 1


def test_b62_a_title_stored_by_someone_else_is_harmless_when_it_is_used_later(site: Site) -> None:
    site.change(lambda world: world.connection.execute(sa.update(ClassGroup).values(name="x' OR '1'='1")))
    site.log_in("kim")

    groups = site.client.get("/api/v1/groups").json()

    assert [group["name"] for group in groups] == ["x' OR '1'='1"]
    assert [child["name"] for child in site.client.post("/api/v1/pupils/search", json={"name": "noor"}).json()] == [
        "Noor van der Ven"
    ]


def test_b65_a_name_with_a_line_end_makes_no_second_line_in_the_log(
    sqlite: Database, one_site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    from api import observability

    observability.configure(Settings(database_url=sqlite.url, log_level="info"))
    one_site.client.get("/kind/x%0d%0a2026-11-22%20INFO%20login%20ok")

    lines = (capsys.readouterr().out + capsys.readouterr().err).splitlines()
    assert not [line for line in lines if line.startswith("2026-11-22 INFO login ok")]


def test_b66_odd_letters_are_one_child_and_stay_within_their_line(one_site: Site) -> None:
    composed, taken_apart = (unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD"))

    def write(world: World) -> None:
        world.connection.execute(sa.update(Pupil).where(Pupil.given_name == "Zoë").values(given_name=taken_apart))
        odd = "a\u202ealert\u200b" + "\u0301" * 40
        world.connection.execute(sa.update(Pupil).where(Pupil.given_name == "Noor").values(given_name=odd))

    one_site.change(write)
    one_site.log_in("kim")

    for typed in (composed, taken_apart, "zoe"):
        found = one_site.client.post("/api/v1/pupils/search", json={"name": typed}).json()
        assert [child["id"] for child in found] == [str(one_site.world.uids["zoë"])]
    page = one_site.client.get(f"/groep/{one_site.world.group_uids['6B']}")
    assert page.status_code == 200


def test_b57_a_file_with_hostile_names_is_taken_in_as_it_stands(tmp_path: Path, database: Database) -> None:
    name = "&lt;img src=x onerror=alert(1)&gt;"
    file = tmp_path / "rol.xml"
    file.write_text(_roll(name))

    connector = registry.find("edexml")
    assert connector is not None

    outcome = runner.run(database.engine, connector, file, school="99XX")

    assert outcome.rejected == 0
    with reading(database.engine) as connection:
        names: list[Any] = list(connection.scalars(sa.select(Pupil.given_name)))
    assert names == ["<img src=x onerror=alert(1)>"]


def _roll(name: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<EDEX><school><schooljaar>2026-2027</schooljaar><brincode>99XX</brincode><dependancecode>00</dependancecode>
<aanmaakdatum>2026-10-01T07:00:00</aanmaakdatum><xsdversie>2.0</xsdversie></school>
<groepen><groep key="1"><naam>Groep 7</naam><jaargroep>7</jaargroep></groep></groepen>
<leerlingen><leerling key="1"><achternaam>Jansen</achternaam><roepnaam>{name}</roepnaam>
<geboortedatum>2016-01-31</geboortedatum><geslacht>1</geslacht><groep key="1"/></leerling></leerlingen>
<leerkrachten/></EDEX>"""
