"""Deny by default: each route says who may use it, and none gives anything to someone who is not logged in."""

import re
from uuid import uuid4

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import iter_route_contexts

from api.security.access import PUBLIC, SIGNED_IN, Visit, check_routes, guarded
from tests.site import Site

SSO = {("GET", f"/sso/{{uid}}{step}") for step in ("", "/terug", "/uitgelogd", "/uitloggen")}
OPEN = SSO | {
    ("GET", "/login"),
    ("POST", "/login"),
    ("POST", "/login/passkey/vraag"),
    ("POST", "/login/passkey"),
    ("GET", "/uitnodiging"),
    ("POST", "/uitnodiging"),
    ("GET", "/meepraten"),
    ("POST", "/meepraten"),
    ("GET", "/meepraten/lijst"),
    ("POST", "/meepraten/lijst"),
    ("GET", "/meepraten/bedankt"),
    ("GET", "/static/{digest}/{name}"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/klas"),
    ("POST", "/klas"),
}


def routes(app: object) -> list[tuple[str, str]]:
    assert isinstance(app, FastAPI)
    found = iter_route_contexts(app.routes)
    return sorted((method, str(route.path)) for route in found for method in route.methods or ())


def test_the_walk_sees_the_routes_of_the_application(one_site: Site) -> None:
    seen = routes(one_site.client.app)

    assert ("GET", "/kind/{uid}") in seen
    assert ("POST", "/api/v1/pupils/search") in seen
    assert len(seen) >= 15


def test_a_route_without_a_rule_stops_the_start() -> None:
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    router = APIRouter()

    @router.get("/declared")
    @guarded(SIGNED_IN)
    def declared(visit: Visit) -> str:
        return str(visit.today)

    app.include_router(router)
    check_routes(app)

    @router.get("/forgotten")
    def forgotten() -> str:
        return ""

    with pytest.raises(RuntimeError, match="/forgotten"):
        check_routes(app)


def test_fastapis_own_pages_count_as_routes_without_a_rule() -> None:
    with pytest.raises(RuntimeError, match=r"/openapi.json, /docs"):
        check_routes(FastAPI())


def test_without_logging_in_there_is_nothing_but_the_log_in_page(one_site: Site) -> None:
    for method, path in routes(one_site.client.app):
        if (method, path) in OPEN:
            continue
        address = re.sub(r"\{\w+\}", str(one_site.world.uids["noor"]), path)
        # A body that fits no form: who may not come in does not even hear what was wrong with it.
        answer = one_site.client.request(method, address, json={"name": "noor"})
        if path.startswith("/api/"):
            assert (answer.status_code, answer.json()["title"]) == (401, "Log eerst in"), path
        else:
            assert answer.status_code in {303, 422}, path
            assert answer.status_code == 422 or answer.headers["location"].startswith("/login"), path
        assert "Noor" not in answer.text


def test_only_the_log_in_and_the_style_are_public(one_site: Site) -> None:
    assert isinstance(one_site.client.app, FastAPI)
    public = {
        (method, str(route.path))
        for route in iter_route_contexts(one_site.client.app.routes)
        for method in route.methods or ()
        if route.endpoint is not None and route.endpoint.access is PUBLIC  # type: ignore[attr-defined]
    }

    assert public == OPEN


@pytest.mark.parametrize(("login", "status"), [(None, 401), ("moeder", 403), ("niemand", 403), ("kim", 200)])
def test_the_description_of_the_api_is_for_staff(one_site: Site, login: str | None, status: int) -> None:
    if login:
        one_site.log_in(login)

    assert one_site.client.get("/api/v1/openapi.json").status_code == status


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json", "/metrics", "/.git/config", "/api/docs"])
def test_what_frameworks_and_admins_leave_lying_about_is_not_there(one_site: Site, path: str) -> None:
    one_site.log_in("ib")

    assert one_site.client.get(path).status_code == 404


def test_other_spellings_of_a_path_open_nothing(one_site: Site) -> None:
    one_site.log_in("kim")
    daan, noor = one_site.world.uids["daan"], one_site.world.uids["noor"]

    for path in (f"/kind/{daan}/", f"//kind/{daan}", f"/KIND/{daan}", f"/kind/{daan};a", f"/kind/{daan}/x.css"):
        assert one_site.client.get(path).status_code == 404, path
    for method in ("PUT", "PATCH", "DELETE", "OPTIONS"):
        assert one_site.client.request(method, f"/kind/{noor}").status_code == 405
    assert one_site.client.get(f"/kind/{uuid4()}", headers={"X-HTTP-Method-Override": "DELETE"}).status_code == 404
