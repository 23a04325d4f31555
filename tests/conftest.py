"""What every test may ask for: a migrated database of each kind, a browser, the folder with official examples.

A part that this machine lacks is skipped and named at the end; KINDBLAD_REQUIRE=browser,postgresql (as in .ci/run)
makes it a failure instead.
"""

import gc
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from api.db import make_engine
from api.security import passwords
from tests import databases
from tests.terminal import Terminal, TypeIn, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.demo_school import DemoSchool

ROOT = Path(__file__).parents[1]
KINDS = ("sqlite", "postgresql")
LEFT_OUT = "zonder "
REAL_HASHING = passwords._hashing


@dataclass(frozen=True)
class Database:
    """A database of its own, at the newest migration and without rows.

    `url` is for the application; `engine` is for the test itself: it sees and fills all schools.
    """

    url: str
    engine: sa.Engine


FreshDatabase = Callable[[str], AbstractContextManager[Database]]


def missing(part: str, reason: str) -> NoReturn:
    """Skip the test that needs `part`, or fail it where `part` is required."""
    if part in os.environ.get("KINDBLAD_REQUIRE", "").split(","):
        pytest.fail(f"{part} is vereist (KINDBLAD_REQUIRE), maar: {reason}", pytrace=False)
    pytest.skip(f"{LEFT_OUT}{part}: {reason}")


def pytest_collection_finish() -> None:
    """Look less often for garbage: the code and the collected tests stay, and going by them took an eighth of the time.

    Pytest still collects at the end, so a file or connection that nobody closed is told as before.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the end what was left out because this machine lacks something."""
    reasons = (report.longrepr[2] for report in terminalreporter.getreports("skipped"))
    for reason, number in Counter(text.partition(LEFT_OUT)[2] for text in reasons if LEFT_OUT in text).items():
        terminalreporter.write_line(f"Weggelaten: {number} tests, want zonder {reason}", yellow=True)


@pytest.fixture(scope="session", autouse=True)
def quick_statements() -> Iterator[None]:
    """Compile a statement once per process, not anew for each of thousands of databases: a seventh of all time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", databases.sharing_statements(sa.create_engine))
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Hash passwords with the same program and a thousandth of its work, save where `real_hashes` is asked for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hashing", PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64),)))
        yield


@pytest.fixture
def real_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hash as the application does."""
    monkeypatch.setattr(passwords, "_hashing", REAL_HASHING)
    yield
    passwords._nobodys_hash.cache_clear()


@pytest.fixture(scope="session")
def fresh_database() -> FreshDatabase:
    """Make a database for longer than one test: `with fresh_database("sqlite") as database`."""

    @contextmanager
    def make(kind: str) -> Iterator[Database]:
        with ExitStack() as stack:
            try:
                url = stack.enter_context(databases.fresh(kind))
            except databases.NoPostgresqlError as reason:
                missing("postgresql", str(reason))
            engine = make_engine(databases.all_seeing(url))
            stack.callback(engine.dispose)
            yield Database(url, engine)

    return make


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, fresh_database: FreshDatabase) -> Iterator[Database]:
    """Run the test twice, on a fresh SQLite and on a fresh PostgreSQL database."""
    with fresh_database(request.param) as fresh:
        yield fresh


@pytest.fixture
def sqlite(fresh_database: FreshDatabase) -> Iterator[Database]:
    """Run the test on SQLite only, where the database makes no difference."""
    with fresh_database("sqlite") as fresh:
        yield fresh


@pytest.fixture(scope="session", params=KINDS)
def demo_school(request: pytest.FixtureRequest, fresh_database: FreshDatabase) -> Iterator["DemoSchool"]:
    """Offer the small demo school on both databases, to read only: it is filled once per process."""
    from tests.demo_school import DemoSchool, fill

    with fresh_database(request.param) as fresh:
        fill(fresh.engine)
        yield DemoSchool(fresh.url, fresh.engine)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Start the machine's own Chromium once; each test opens a page or a context of its own."""
    from playwright.sync_api import sync_playwright

    program = os.environ.get("KINDBLAD_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        missing("browser", "geen Chromium gevonden; `apt install chromium`, of wijs er een aan met KINDBLAD_CHROMIUM")
    with sync_playwright() as playwright:
        as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=program, args=["--disable-gpu", *as_root])
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def terminal() -> Iterator[Terminal]:
    """Give what types a command in a folder."""
    with opened() as terminal:
        yield terminal


@pytest.fixture
def type_in(terminal: Terminal, tmp_path: Path) -> TypeIn:
    """Type a command in an empty folder."""
    return partial(terminal, tmp_path)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Point to the official schemas and examples, which are not ours to copy into the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        missing("shared", f"de map {folder} met officiële schema's en voorbeelden is er niet")
    return folder
