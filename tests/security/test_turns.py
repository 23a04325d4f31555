"""Two hundred people who log in at once slow down each other and nobody else (B88)."""

import asyncio
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import httpx2
import pytest
from fastapi.testclient import TestClient
from pwdlib.hashers.argon2 import Argon2Hasher

from api.pages import figures
from api.security import csrf, turns
from api.security.turns import AT_ONCE, QUEUE, QueueFullError, Turns
from api.services.figures import compose_figures
from api.settings import Settings
from tests.site import SAME_SITE, Site
from tests.world import PASSWORD

Result = TypeVar("Result")


def run(task: Coroutine[Any, Any, Result]) -> Result:
    """Run in a thread of its own: in this one the browser of other tests may keep its own loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, task).result()


MANY = 200


class Counted:
    """Stands where argon2 does its work: tells how many are at it at the same moment, and takes a little time."""

    def __init__(self) -> None:
        self.now, self.most, self.all = 0, 0, 0
        self.lock = threading.Lock()

    def verify(self, *_: Any) -> bool:
        with self.lock:
            self.now += 1
            self.all += 1
            self.most = max(self.most, self.now)
        time.sleep(0.005)
        with self.lock:
            self.now -= 1
        return True


@pytest.mark.parametrize("workers", [1, 4])
def test_b88_never_more_than_four_hash_at_once_and_others_are_served_meanwhile(
    one_site: Site, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    counted = Counted()
    monkeypatch.setattr(Argon2Hasher, "verify", counted.verify)
    app: Any = one_site.client.app
    settings: Settings = app.state.kit.settings.model_copy(update={"workers": workers})
    shell = _shell(app)
    shell.turns = Turns(settings)
    token = csrf.token(settings, "browser")
    headers = SAME_SITE | {"cookie": "__Host-kindblad-form=browser", csrf.HEADER: token}

    async def all_at_once() -> tuple[list[int], float, float]:
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="https://testserver", headers=headers) as client:
            started = time.perf_counter()
            typed = {"login": "kim", "password": PASSWORD}
            crowd = [asyncio.create_task(client.post("/login", data=typed)) for _ in range(MANY)]
            await asyncio.sleep(0.05)
            page = await client.get("/login")
            served = time.perf_counter() - started
            statuses = [(await task).status_code for task in crowd]
            assert page.status_code == 200
            return statuses, served, time.perf_counter() - started

    statuses, served, whole = run(all_at_once())

    assert statuses == [303] * MANY
    assert counted.all == MANY
    assert counted.most <= AT_ONCE // workers
    assert served < whole / 3, "wie geen wachtwoord typt wacht niet achter wie dat wel doet"


def test_b88_the_queue_has_an_end() -> None:
    async def crowd() -> list[Any]:
        logging_in = Turns(Settings(secret_key="x" * 32))

        async def one() -> None:
            async with logging_in.turn("POST", "/login"):
                await asyncio.sleep(0.01)

        return await asyncio.gather(*(one() for _ in range(QUEUE + 3)), return_exceptions=True)

    outcomes = run(crowd())

    assert sum(isinstance(outcome, QueueFullError) for outcome in outcomes) == 3
    assert outcomes.count(None) == QUEUE


def test_b88_who_sends_half_a_form_holds_no_turn(one_site: Site) -> None:
    """Four browsers that promise a password and never send it would keep everybody else out."""
    app: Any = one_site.client.app
    token = csrf.token(app.state.kit.settings, "browser")
    bound = {"cookie": "__Host-kindblad-form=browser", csrf.HEADER: token, "content-length": "60"}
    headers = SAME_SITE | bound | {"content-type": "application/x-www-form-urlencoded"}
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": "/login", "raw_path": b"/login", "query_string": b""}
    scope |= {"headers": raw, "scheme": "https", "server": ("testserver", 443), "http_version": "1.1"}

    async def half(forever: asyncio.Event) -> None:
        async def receive() -> Any:
            await forever.wait()
            return {"type": "http.disconnect"}

        async def send(_: Any) -> None: ...

        await app(dict(scope), receive, send)

    async def crowd() -> int:
        forever = asyncio.Event()
        slow = [asyncio.create_task(half(forever)) for _ in range(AT_ONCE + 1)]
        await asyncio.sleep(0.05)
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="https://testserver") as client:
            typed = {"login": "kim", "password": PASSWORD}
            own = {name: value for name, value in headers.items() if not name.startswith("content")}
            try:
                return (await asyncio.wait_for(client.post("/login", data=typed, headers=own), 5)).status_code
            finally:
                forever.set()
                await asyncio.gather(*slow, return_exceptions=True)

    assert run(crowd()) == 303


def _shell(app: Any) -> Any:
    from api.middleware import Shell

    layer = app.middleware_stack
    while not isinstance(layer, Shell):
        layer = layer.app
    return layer


@contextmanager
def a_page_being_composed(client: TestClient) -> Iterator[None]:
    """Hold the turn of pages of a child and a group, as a page would."""
    assert client.portal is not None
    page = object()

    async def begin() -> None:
        await turns._turns_of_composing().acquire_on_behalf_of(page)

    async def end() -> None:
        turns._turns_of_composing().release_on_behalf_of(page)

    client.portal.call(begin)
    try:
        yield
    finally:
        client.portal.call(end)


def test_a_sheet_waits_for_a_page_being_composed_and_an_emergency_or_the_whole_school_does_not(
    one_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 60.0)
    one_site.log_in("kim")
    client, noor = one_site.client, one_site.world.uids["noor"]
    with ThreadPoolExecutor(2) as others:
        with a_page_being_composed(client):
            sheet = others.submit(client.get, f"/kind/{noor}")
            for path in (f"/kind/{noor}/nood", "/klas"):
                assert others.submit(client.get, path).result(timeout=20).status_code == 200
            found = others.submit(client.post, "/zoek", data={"name": "noor"}).result(timeout=20)
            assert found.status_code in {200, 303}
            assert not sheet.done()
        assert sheet.result(timeout=20).status_code == 200


def test_a_slow_page_of_the_whole_school_holds_up_no_sheet(one_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 60.0)
    begun, may_end = threading.Event(), threading.Event()

    def slow(*given: Any) -> Any:
        begun.set()
        assert may_end.wait(20)
        return compose_figures(*given)

    monkeypatch.setattr(figures, "compose_figures", slow)
    one_site.log_in("directie")
    client, noor = one_site.client, one_site.world.uids["noor"]
    with ThreadPoolExecutor(1) as others:
        whole_school = others.submit(client.get, "/cijfers")
        assert begun.wait(20)
        assert client.get(f"/kind/{noor}").status_code == 200
        assert not whole_school.done()
        may_end.set()
        assert whole_school.result(timeout=20).status_code == 200


def test_who_waits_too_long_for_the_page_before_goes_on(one_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    one_site.log_in("kim")
    path = f"/kind/{one_site.world.uids['noor']}"
    with ThreadPoolExecutor(1) as others, a_page_being_composed(one_site.client):
        assert others.submit(one_site.client.get, path).result(timeout=20).status_code == 200
