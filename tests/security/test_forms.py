"""Every form of ours holds a token of this reader's own session; without it nothing changes (B51)."""

import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from frontend.render import HERE
from tests.site import SAME_SITE, Site, browser
from tests.world import PASSWORD

FORMS = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@pytest.fixture
def bare(one_site: Site) -> TestClient:
    """Be a browser that sends nothing by itself but cookies and where a request comes from."""
    return browser(one_site.client.app, tokens=False, headers=SAME_SITE)


def signed_in(site: Site, client: TestClient, login: str = "kim") -> None:
    site.log_in(login)
    client.cookies.set("__Host-kindblad", site.client.cookies["__Host-kindblad"])


def test_every_form_in_every_template_writes_the_token() -> None:
    forms = [
        (str(file.relative_to(HERE)), form)
        for file in sorted((HERE / "templates").rglob("*.html"))
        for form in FORMS.findall(file.read_text())
    ]

    assert len(forms) >= 5
    assert [form for form in forms if "{{ token_field() }}" not in form[1]] == []


def test_b51_a_form_without_a_token_changes_nothing(one_site: Site, bare: TestClient) -> None:
    signed_in(one_site, bare)

    for path in ("/logout", "/zoek", "/account/sessies", "/account/wachtwoord"):
        for data in ({}, {"form_token": ""}, {"form_token": "verzonnen"}, {"form_token": "é"}):
            assert bare.post(path, data=data).status_code == 403, (path, data)
    assert bare.get("/api/v1/me").status_code == 200


def test_b51_a_form_with_the_token_of_its_own_page_works(one_site: Site, bare: TestClient) -> None:
    signed_in(one_site, bare)
    token = TOKEN.findall(bare.get("/account").text)[0]

    assert bare.post("/zoek", data={"name": "noor", "form_token": token}).status_code == 303
    assert bare.post("/zoek", files={"name": (None, "noor"), "form_token": (None, token)}).status_code == 303
    assert bare.post("/logout", data={"form_token": token}).headers["location"] == "/login"


def test_b51_the_token_of_another_session_is_worth_nothing(one_site: Site, bare: TestClient) -> None:
    signed_in(one_site, bare, "piet")
    of_piet = TOKEN.findall(bare.get("/account").text)[0]
    signed_in(one_site, bare)

    assert bare.post("/logout", data={"form_token": of_piet}).status_code == 403


def test_b51_nobody_can_be_logged_in_from_elsewhere(bare: TestClient) -> None:
    """The log-in form is bound to a cookie of its own: an attacker's token does not go with a victim's browser."""
    bare.cookies.clear()
    typed = {"login": "kim", "password": PASSWORD}
    theirs = browser(bare.app, tokens=False, headers=SAME_SITE)
    of_attacker = TOKEN.findall(theirs.get("/login").text)[0]

    assert bare.post("/login", data=typed | {"form_token": of_attacker}).status_code == 403
    page = bare.get("/login")
    assert "__Host-kindblad-form" in page.headers["set-cookie"]
    assert bare.post("/login", data=typed | {"form_token": of_attacker}).status_code == 403
    assert bare.post("/login", data=typed | {"form_token": TOKEN.findall(page.text)[0]}).status_code == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_b51_the_right_token_from_another_site_is_refused_too(one_site: Site, bare: TestClient, site: str) -> None:
    signed_in(one_site, bare)
    token = TOKEN.findall(bare.get("/account").text)[0]

    assert bare.post("/logout", data={"form_token": token}, headers={"Sec-Fetch-Site": site}).status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "", "application/xml"])
def test_b51_a_form_in_disguise_is_refused(one_site: Site, bare: TestClient, kind: str) -> None:
    signed_in(one_site, bare)
    token = TOKEN.findall(bare.get("/account").text)[0]

    answer = bare.post("/logout", content=urlencode({"form_token": token}), headers={"content-type": kind})

    assert answer.status_code == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_b51_the_api_reads_json_only(one_site: Site, bare: TestClient, kind: str) -> None:
    signed_in(one_site, bare)

    answer = bare.post("/api/v1/pupils/search", content='{"name": "noor"}', headers={"content-type": kind})

    assert answer.status_code == 403
    assert bare.post("/api/v1/pupils/search", json={"name": "noor"}).status_code == 200


@pytest.mark.parametrize("path", ["/logout", "/account/sessies", "/account/wachtwoord"])
def test_b51_no_picture_or_link_changes_anything(one_site: Site, path: str) -> None:
    one_site.log_in("kim")

    assert one_site.client.get(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 405
    assert one_site.client.get("/api/v1/me").status_code == 200


def test_many_fields_and_broken_parts_are_refused_without_a_fault(one_site: Site, bare: TestClient) -> None:
    signed_in(one_site, bare)
    many = "&".join(f"x{number}=1" for number in range(10_000))
    form = {"content-type": "application/x-www-form-urlencoded"}

    assert bare.post("/zoek", content=many, headers=form).status_code == 403
    assert bare.post("/zoek", content="x", headers={"content-type": "multipart/form-data"}).status_code in {400, 403}
