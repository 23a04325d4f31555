"""The application on a fresh database with two small schools, and a browser-like client to ask it things."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from starlette.requests import cookie_parser

from api.app import create_app
from api.db import reading, writing
from api.security import csrf, sessions
from api.settings import Settings
from models.audit import AccessLog
from tests import world as invented
from tests.asking import InOneGo
from tests.conftest import Database
from tests.world import World

SECRET_KEY = "a key for the tests, thirty-two or more"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def browser(app: Any, *, tokens: bool = True, **more: Any) -> TestClient:
    """Make a client that, like a person who fills in our own forms, sends their token along."""
    client = TestClient(app, base_url="https://testserver", follow_redirects=False, **more)
    client._transport = InOneGo(client)
    client.cookies.set("__Host-kindblad-form", "a browser of the tests")
    settings = app.state.kit.settings

    def fill_in(request: Any) -> None:
        if csrf.HEADER not in request.headers and not request.url.path.startswith("/api/"):
            bound = csrf.bound_to(cookie_parser(request.headers.get("cookie", "")), settings)
            request.headers[csrf.HEADER] = csrf.token(settings, bound)

    if tokens:
        client.event_hooks = {"request": [fill_in]}
    return client


@dataclass
class Site:
    """A running application and the rows behind it."""

    engine: sa.Engine
    world: World
    client: TestClient

    def change(self, act: Callable[[World], object]) -> None:
        """Let something happen in the database."""
        with writing(self.engine) as connection:
            self.world.connection = connection
            act(self.world)

    def log_in(self, login: str) -> None:
        """Be logged in, second factor and all, without typing it as tests/api/test_login.py does."""
        with writing(self.engine) as connection:
            account = self.world.accounts[login]
            now = datetime.now(UTC)
            token = sessions.start(connection, account, Settings(), now, second_factor_at=now)
        self.client.cookies.set("__Host-kindblad", token)

    def status(self, path: str) -> int:
        """What a path answers; who is sent from the sheet to Mijn kind or to their own page may see it."""
        answer = self.client.get(path)
        homes = {path.replace("/kind/", "/mijn-kind/", 1), "/ik"} - {path}
        return 200 if answer.headers.get("location") in homes else answer.status_code

    def lines(self) -> list[tuple[Any, ...]]:
        """The access log without log-ins: pupil, kind, action, ground."""
        with reading(self.engine) as connection:
            chosen = sa.select(AccessLog.pupil_id, AccessLog.kind, AccessLog.action, AccessLog.ground)
            rows = connection.execute(chosen.where(AccessLog.kind != "login").order_by(AccessLog.id))
            return [tuple(row) for row in rows]


def make_site(database: Database, **settings: object) -> Iterator[Site]:
    """Build the world and serve it, with a folder of its own for the files beside the database."""
    with writing(database.engine) as connection:
        world = invented.build(connection)
    with tempfile.TemporaryDirectory(prefix="kindblad-site-") as folder:
        settings = {"secret_key": SECRET_KEY, "data_dir": Path(folder)} | settings
        app = create_app(Settings(database_url=database.url, log_level="error", **settings))  # type: ignore[arg-type]
        with browser(app, headers=SAME_SITE) as client:
            yield Site(database.engine, world, client)


@pytest.fixture
def site(database: Database) -> Iterator[Site]:
    """Serve on each kind of database."""
    yield from make_site(database)


@pytest.fixture
def one_site(sqlite: Database) -> Iterator[Site]:
    """Serve on SQLite only, where the database makes no difference."""
    yield from make_site(sqlite)
