"""A school whose people log in at a provider: the site, the provider, and a browser that goes between the two."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import httpx2
import sqlalchemy as sa

from api.db import reading, writing
from api.services import letters, sso_setup
from models.audit import AccessLog
from tests.conftest import Database
from tests.identity_provider import IdentityProvider, running
from tests.site import SECRET_KEY, Site, make_site
from tests.world import NOW

Result = TypeVar("Result")

URL = "https://testserver"
SETTINGS: dict[str, Any] = {"public_url": URL, "secret_key": SECRET_KEY}


@dataclass
class SchoolAccount:
    """One provider of one school, and the browser of `site`."""

    site: Site
    idp: IdentityProvider
    uid: UUID

    def leave(self, **headers: str) -> Any:
        """Click on the button on the log-in page."""
        return self.site.client.get(f"/sso/{self.uid}", headers=headers)

    def log_in_there(self, url: str) -> str:
        """Follow to the provider and log in; returns where the provider sends the browser then."""
        answer = httpx2.get(url)
        assert answer.status_code == 303, answer.text
        return answer.headers["location"]

    def come_back(self, url: str) -> Any:
        """Follow the provider's answer to our own page."""
        assert url.startswith(URL), url
        return self.site.client.get(url.removeprefix(URL), headers={"Sec-Fetch-Site": "cross-site"})

    def log_in(self) -> Any:
        """Go there and back."""
        return self.come_back(self.log_in_there(self.leave().headers["location"]))

    @property
    def signed_in(self) -> bool:
        return self.site.client.get("/account").status_code != 303 or "/login?" not in self._account()

    def _account(self) -> str:
        return str(self.site.client.get("/account").headers.get("location", ""))

    def link(self, login: str = "kim", who: str = "kim") -> None:
        """Have someone linked already."""
        self.idp.who = who
        code = code_on(self.log_in())
        sso_setup.link_waiting(self.site.engine, code, login, "test", NOW)
        self.idp.asked.clear()

    def invited(self, login: str) -> None:
        """Type in the code of a letter, and stand where one chooses how to log in from now on."""
        client = self.site.client
        settings = client.app.state.kit.settings  # type: ignore[attr-defined]
        with writing(self.site.engine) as connection:
            account = self.site.world.accounts[login]
            letter = letters.write(connection, settings, account, "test", datetime.now(UTC))
        answer = client.post("/uitnodiging", data={"login": login, "code": letter.code})
        assert answer.headers["location"] == "/uitnodiging/kiezen", answer.text

    def rows(self, table: type[Any]) -> list[Any]:
        """All rows of a table."""
        with reading(self.site.engine) as connection:
            return list(connection.execute(sa.select(*table.__table__.columns).order_by(table.id)))

    def reasons(self) -> list[str]:
        """What the log says of refused log-ins."""
        return [row.ground.split(" ")[-1] for row in self.rows(AccessLog) if row.action == "refused"]


def code_on(answer: Any) -> str:
    """The code on the screen of who is not known here."""
    assert answer.status_code == 403, answer.text
    return str(answer.text.partition('<strong class="code">')[2][:9])


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(url).query))


def aside(work: Callable[[], Result]) -> Result:
    """Do what asks a provider in a thread of its own: in this one the browser of other tests may keep its own loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(copy_context().run, work).result()


def add(site: Site, idp: IdentityProvider, school: str = "vliet", **more: Any) -> SchoolAccount:
    """Have the school's administrator add a provider."""
    settings = site.client.app.state.kit.settings  # type: ignore[attr-defined]
    what: dict[str, Any] = {
        "label": "Devliet",
        "issuer": idp.issuer,
        "client_id": idp.client_id,
        "client_secret": idp.client_secret,
        "required": {},
        "now": NOW,
    }
    uid = aside(lambda: sso_setup.add(site.engine, settings, site.world.schools[school], **(what | more)))
    idp.register(sso_setup.redirect_uri(settings, uid))
    return SchoolAccount(site, idp, uid)


def make(database: Database, **settings: Any) -> Iterator[SchoolAccount]:
    """Serve a school with a provider."""
    with running() as idp:
        for site in make_site(database, **(SETTINGS | settings)):
            yield add(site, idp)
