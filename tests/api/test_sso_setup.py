"""What an administrator types to let people log in with a school account, and what a person then sees in a browser."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser
from typer.testing import CliRunner

from api.cli import app
from api.problem import ForPeopleError
from api.services import sso_setup
from models.account import LoginSession
from models.sso import ExternalIdentity, IdentityProvider, SsoAttempt
from models.vocabulary import Role
from tests.conftest import Database
from tests.identity_provider import IdentityProvider as Elsewhere
from tests.identity_provider import running
from tests.school_account import SETTINGS, SchoolAccount, add, aside, code_on
from tests.site import SECRET_KEY, make_site
from tests.world import NOW, PASSWORD

ISSUED = re.compile(r"/sso/([0-9a-f-]{36})/terug")


@pytest.fixture
def school(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[SchoolAccount]:
    """Serve a school with a provider, and have the command line look at the same database."""
    monkeypatch.setenv("KINDBLAD_DATABASE_URL", database.url)
    monkeypatch.setenv("KINDBLAD_PUBLIC_URL", SETTINGS["public_url"])
    monkeypatch.setenv("KINDBLAD_SECRET_KEY", SECRET_KEY)
    with running() as idp:
        for site in make_site(database, **SETTINGS, second_factor="demo"):
            yield add(site, idp)


def type_in(*words: str, stdin: str = "") -> str:
    """Run a command; what a person can repair is said as the sentence that it is."""
    result = aside(lambda: CliRunner().invoke(app, ["sso", *words], input=stdin))
    if isinstance(result.exception, ForPeopleError):
        return f"Geweigerd: {result.exception}"
    assert result.exit_code == 0, result.output
    return result.output


def adding(idp: Elsewhere, *more: str, secret: str = "geheim") -> str:  # noqa: S107 - invented
    return type_in(
        *("add", "Duin", "--issuer", idp.issuer, "--client-id", "duin", "--school", "99KC", "--secret-stdin", *more),
        stdin=f"{secret}\n",
    )


def test_from_adding_to_removing(school: SchoolAccount) -> None:
    idp, site = school.idp, school.site
    found = ISSUED.search(added := adding(idp, "--second-factor", "amr=mfa", "--require", "hd=duin.nl"))
    assert found, added
    stored = school.rows(IdentityProvider)[-1]
    assert (stored.second_factor, stored.required_claims) == (["amr=mfa"], {"hd": "duin.nl"})
    assert b"geheim" not in stored.client_secret
    assert idp.issuer in type_in("list", "--school", "99KC")
    assert "Daar ook uitloggen: ja" in type_in("test", found[1])

    code = code_on(school.log_in())
    assert "Er is niets gekoppeld" in type_in("link", "kim", code, stdin="n\n")
    assert school.rows(ExternalIdentity) == []
    assert "kan nu met het schoolaccount inloggen" in type_in("link", "kim", code, stdin="y\n")
    assert "is er niet (meer)" in type_in("link", "kim", code, "--yes")
    assert school.log_in().status_code == 303
    assert school.signed_in

    assert "1 koppelingen" in type_in("unlink", "kim")
    assert not school.signed_in, "de sessie eindigt mee"
    type_in("link", "kim", code_on(school.log_in()), "--yes")
    school.log_in()
    site.client.post("/login", data={"login": "ib", "password": PASSWORD})

    assert "1 koppelingen" in type_in("remove", str(school.uid), "--yes")
    assert [row.method for row in school.rows(LoginSession) if row.revoked_at is None] == ["password"]
    assert school.rows(ExternalIdentity) == []
    assert [row.provider_id for row in school.rows(SsoAttempt)] == []
    site.client.post("/logout")
    assert school.leave().status_code == 404


@pytest.mark.parametrize("login", ["duinhoofd", "bestaat-niet"])
def test_someone_of_another_school_or_of_none_is_not_linked(school: SchoolAccount, login: str) -> None:
    school.site.change(lambda world: world.account("duinhoofd", Role.HEAD, "duin"))
    code = code_on(school.log_in())

    assert type_in("link", login, code, "--yes").startswith("Geweigerd")
    assert school.rows(ExternalIdentity) == []


def test_a_school_account_that_is_someones_is_not_given_to_another(school: SchoolAccount) -> None:
    first, second = code_on(school.log_in()), code_on(school.log_in())
    type_in("link", "kim", first, "--yes")

    assert "is al van iemand" in type_in("link", "ib", second, "--yes")
    assert [row.account_id for row in school.rows(ExternalIdentity)] == [school.site.world.accounts["kim"]]


@pytest.mark.parametrize(
    ("issuer", "sentence"),
    [
        ("https://login.microsoftonline.com/common/v2.0", "van alle organisaties samen"),
        ("https://login.microsoftonline.com/organizations/v2.0", "van alle organisaties samen"),
        ("http://elders.nl", "geen adres met https://"),
        ("https://naam:woord@elders.nl", "geen adres met https://"),
        ("file:///etc/passwd", "geen adres met https://"),
        ("http://127.0.0.1:9", "is niet te bereiken"),
    ],
)
def test_a_provider_that_cannot_be_right_is_refused_with_a_sentence(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch, issuer: str, sentence: str
) -> None:
    monkeypatch.setenv("KINDBLAD_DATABASE_URL", sqlite.url)
    monkeypatch.setenv("KINDBLAD_PUBLIC_URL", SETTINGS["public_url"])
    for _ in make_site(sqlite, **SETTINGS):
        said = type_in(
            "add", "X", "--issuer", issuer, "--client-id", "x", "--school", "99KB", "--secret-stdin", stdin="g\n"
        )

    assert sentence in said


def test_what_is_missing_or_wrong_is_said(school: SchoolAccount, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Er is geen geheim" in adding(school.idp, secret="")
    assert "geen kenmerk van een tweede factor" in adding(school.idp, "--second-factor", "mfa")
    assert "geen naam=waarde" in adding(school.idp, "--require", "hd")
    assert "Er is geen dienst" in type_in("test", "00000000-0000-7000-8000-000000000000")
    school.idp.lies["description"] = lambda said: said | {"issuer": "https://elders.nl"}
    assert "noemt een ander adres als issuer" in adding(school.idp)
    monkeypatch.setenv("KINDBLAD_SECRET_KEY", "een heel andere sleutel van 32 tekens")
    assert "met een andere KINDBLAD_SECRET_KEY bewaard" in type_in("test", str(school.uid))
    monkeypatch.delenv("KINDBLAD_PUBLIC_URL")
    assert "Zet eerst KINDBLAD_PUBLIC_URL" in adding(school.idp)


@pytest.mark.browser
def test_in_a_browser_it_is_one_click_there_and_back(sqlite: Database, tmp_path: Path, browser: Browser) -> None:
    """On two sites, so that the browser itself keeps to SameSite, our content policy and the cookies."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ours = f"http://localhost:{port}"
    settings = SETTINGS | {"public_url": ours}
    complaints: list[str] = []
    environment = os.environ | {
        "KINDBLAD_DATABASE_URL": sqlite.url,
        "KINDBLAD_PUBLIC_URL": ours,
        "KINDBLAD_SECRET_KEY": SECRET_KEY,
        "KINDBLAD_COOKIE_SECURE": "false",
        "KINDBLAD_SECOND_FACTOR": "demo",
        "KINDBLAD_PORT": str(port),
        "KINDBLAD_WORKERS": "1",
        "KINDBLAD_LOG_LEVEL": "error",
        "PYTHONPATH": str(Path.cwd()),
    }
    with running() as idp:
        for site in make_site(sqlite, **settings):
            with ThreadPoolExecutor() as thread:  # Playwright keeps this one
                school = thread.submit(add, site, idp).result()
            command = [sys.executable, "-c", "from api.cli import main; main()", "serve"]
            server = subprocess.Popen(command, env=environment, cwd=tmp_path)  # noqa: S603 - our own program
            try:
                _wait_for(f"{ours}/login")
                page = browser.new_page()
                page.on("console", lambda line: complaints.append(line.text) if "Refused" in line.text else None)
                page.goto(f"{ours}/login")
                page.get_by_role("link", name="Inloggen met Devliet").click()
                assert page.get_by_role("heading", level=1).inner_text() == "Nog geen account"
                code = page.locator(".code").inner_text()
                sso_setup.link_waiting(site.engine, code, "kim", "test", NOW)
                page.goto(f"{ours}/login?naar=/kind/{site.world.uids['noor']}")
                page.get_by_role("link", name="Inloggen met Devliet").click()
                assert "Noor" in page.get_by_role("heading", level=1).inner_text()

                page.get_by_role("button", name="Uitloggen").click()
                assert page.url.endswith(f"/sso/{school.uid}/uitgelogd")
                page.get_by_role("link", name="Ook uitloggen bij Devliet").click()
                page.wait_for_url(f"{idp.issuer}/logout**")
                page.close()
                assert complaints == [], "het inhoudsbeleid staat de weg toe"
            finally:
                server.terminate()
                server.wait(20)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx2.get(url)
        except httpx2.HTTPError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{url} komt er niet")
