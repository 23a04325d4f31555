"""Every answer, whatever its status, carries the same protection, and nothing about a child stays in a cache."""

import gzip
import re

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.security.headers import ALWAYS
from frontend.render import assets
from tests.site import SAME_SITE, Site, browser

ANSWERS = {
    "a sheet": ("GET", "/kind/{noor}", 200),
    "JSON": ("GET", "/api/v1/pupils/{noor}/sheet", 200),
    "the log-in page": ("GET", "/login", 200),
    "a redirect": ("POST", "/logout", 303),
    "no such page": ("GET", "/er/is/niets", 404),
    "no such child": ("GET", "/kind/0190a5d2-0000-7000-8000-000000000000", 404),
    "a wrong method": ("DELETE", "/kind/{noor}", 405),
    "a wrong body": ("POST", "/api/v1/pupils/search", 422),
    "another site": ("POST", "/zoek", 403),
    "no such file": ("GET", "/static/x/y.css", 404),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_is_protected(one_site: Site, name: str) -> None:
    method, path, status = ANSWERS[name]
    if name != "the log-in page":
        one_site.log_in("kim")
    extra = {"Sec-Fetch-Site": "cross-site"} if status == 403 else {}

    body: dict[str, str] | None = {} if status == 422 else None
    answer = one_site.client.request(method, path.format(noor=one_site.world.uids["noor"]), headers=extra, json=body)

    assert answer.status_code == status
    assert {header: answer.headers.get(header) for header in ALWAYS} == ALWAYS
    assert answer.headers["strict-transport-security"].startswith("max-age=63072000")
    assert answer.headers["cache-control"] == "no-store"
    assert "x-powered-by" not in answer.headers


@pytest.mark.parametrize("login", [None, "kim", "directie", "moeder"])
def test_every_route_is_protected(one_site: Site, login: str | None) -> None:
    if login:
        one_site.log_in(login)
    assert isinstance(one_site.client.app, FastAPI)
    addresses = {
        (method, re.sub(r"\{\w+\}", str(one_site.world.uids["noor"]), str(route.path)))
        for route in iter_route_contexts(one_site.client.app.routes)
        for method in route.methods or ()
    }

    for method, path in sorted(addresses, key=lambda each: each[1] == "/logout"):
        answer = one_site.client.request(method, path)
        assert answer.status_code < 500, (method, path)
        assert {header: answer.headers.get(header) for header in ALWAYS} == ALWAYS, (method, path)
        assert answer.headers["strict-transport-security"].startswith("max-age=63072000")
        assert answer.headers["cache-control"] == "no-store", (method, path)
        assert not answer.headers.get("content-type", "").startswith("text/html") or (
            answer.headers["content-type"] == "text/html; charset=utf-8"
        )


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = ALWAYS["content-security-policy"]

    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


def test_a_fault_shows_a_page_with_a_number_and_no_detail(one_site: Site) -> None:
    one_site.log_in("kim")
    one_site.change(lambda world: world.connection.exec_driver_sql("ALTER TABLE enrolment RENAME TO gone"))
    client = TestClient(one_site.client.app, base_url="https://testserver", raise_server_exceptions=False)
    client.cookies = one_site.client.cookies

    for path in ("/kind/{}", "/api/v1/pupils/{}/sheet"):
        answer = client.get(path.format(one_site.world.uids["noor"]))
        assert answer.status_code == 500
        assert {header: answer.headers.get(header) for header in ALWAYS} == ALWAYS
        assert answer.headers["cache-control"] == "no-store"
        assert not any(word in answer.text for word in ("enrolment", "Traceback", "sqlite", "Noor", ".py"))


def test_only_static_files_may_be_kept_and_they_are_protected_too(one_site: Site) -> None:
    for asset in assets().values():
        answer = one_site.client.get(asset.path)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert {header: answer.headers.get(header) for header in ALWAYS} == ALWAYS
        assert answer.content == asset.content


def test_pages_travel_compressed_to_who_can_read_that(one_site: Site) -> None:
    one_site.log_in("kim")
    path = f"/api/v1/pupils/{one_site.world.uids['noor']}/sheet"

    plain = one_site.client.get(path, headers={"accept-encoding": "identity"})
    with one_site.client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())

    assert "content-encoding" not in plain.headers
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(packed) < len(plain.content)
    assert gzip.decompress(packed) == plain.content


def test_a_large_body_is_refused(one_site: Site) -> None:
    one_site.log_in("kim")

    answer = one_site.client.post("/zoek", data={"name": "x" * 2_000_000})

    assert answer.status_code == 413
    assert "te groot" in answer.text
    assert {header: answer.headers.get(header) for header in ALWAYS} == ALWAYS


def test_a_large_body_in_pieces_without_a_size_is_refused_too(one_site: Site) -> None:
    one_site.log_in("kim")
    pieces = (b"name=" if number == 0 else b"x" * 100_000 for number in range(30))

    answer = one_site.client.post(
        "/zoek", content=pieces, headers={"content-type": "application/x-www-form-urlencoded"}
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("sent", "allowed"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "https://testserver"}, False),
        ({"Origin": "https://testserver"}, True),
        ({"Origin": "https://elders.nl"}, False),
        ({"Origin": "https://testserver.elders.nl"}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
@pytest.mark.parametrize("path", ["/zoek", "/login", "/logout", "/account/wachtwoord", "/api/v1/pupils/search"])
def test_another_site_changes_nothing_here(one_site: Site, path: str, sent: dict[str, str], *, allowed: bool) -> None:
    client = browser(one_site.client.app)
    one_site.log_in("kim")
    client.cookies = one_site.client.cookies

    answer = client.post(path, headers=sent, json={} if path.startswith("/api/") else None)

    assert (answer.status_code != 403) is allowed


def test_json_in_disguise_is_refused(one_site: Site) -> None:
    one_site.log_in("kim")

    answer = one_site.client.post(
        "/api/v1/pupils/search", content='{"name": "noor"}', headers=SAME_SITE | {"content-type": "text/plain"}
    )

    assert answer.status_code == 403
