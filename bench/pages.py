"""The sheet and the group page of the demo school, signed in, with access rules and the log line of every view.

Two workers, loopback, 1, 8 and 32 connections, each child that is in a group today in turn. Floor: the same templates
on the same server without a query. Client and server share the cores; what the client takes is a row of its own.
"""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from fastapi.testclient import TestClient

from api.app import create_app
from api.db import make_engine, reading, writing
from api.security import sessions
from api.settings import Settings
from bench.figures import FOLDER, Row, kindblad, median
from models.account import Account
from models.person import Pupil

BIN = Path(sys.executable).parent
CONNECTIONS = (1, 8, 32)
SECONDS = 4.0
ROUNDS = 3
PORT, FLOOR_PORT = 8971, 8972
FIGURES = {"per_second": "/s", "p50": "ms", "p95": "ms", "p99": "ms"}
GOALS = {1: "p99 <= 6 ms", 8: ">= 600/s, p95 <= 25 ms", 32: ">= 600/s, p95 <= 90 ms"}


def run() -> list[Row]:
    """Measure both pages against their floor in turn; the figures are medians of the rounds."""
    data = FOLDER / "pages"
    kindblad("demo", "--no-serve", KINDBLAD_DATA_DIR=str(data), KINDBLAD_DATABASE_URL="")
    url = f"sqlite:///{data / 'demo' / 'kindblad.sqlite'}"
    settings = Settings(database_url=url, cookie_secure=False, log_level="error", second_factor="demo")
    token, sheets, groups, queries, weight = _look_around(settings, data)
    environment = {
        **os.environ,
        "KINDBLAD_DATABASE_URL": url,
        "KINDBLAD_COOKIE_SECURE": "false",
        "KINDBLAD_LOG_LEVEL": "warning",
        "KINDBLAD_SECOND_FACTOR": "demo",
        "KINDBLAD_BENCH_EXAMPLES": str(data),
    }
    floor = [str(BIN / "granian"), "--interface", "asgi", "--workers", "2", "--port", str(FLOOR_PORT), "--no-ws"]
    with ExitStack() as stack:
        serve = [str(BIN / "kindblad"), "serve", "--workers", "2", "--port", str(PORT)]
        stack.enter_context(_serving(serve, environment, f"http://127.0.0.1:{PORT}/login"))
        stack.enter_context(_serving([*floor, "bench.floor:app"], environment, f"http://127.0.0.1:{FLOOR_PORT}/sheet"))
        rows = []
        for name, paths, bare in (("sheet", sheets, "/sheet"), ("group", groups, "/group")):
            rows += _page(name, paths, bare, token)
    rows += [Row(f"{name}: queries", float(count), None, "", None, "<= 12") for name, count in queries.items()]
    return [*rows, Row("sheet: whole first load, compressed", weight, None, "kB", None, "<= 60 kB in <= 5 requests")]


def _page(name: str, paths: Sequence[str], bare: str, token: str) -> list[Row]:
    rows = []
    for connections in CONNECTIONS:
        ours = [_load(PORT, paths, token, connections) for _ in range(ROUNDS)]
        floors = [_load(FLOOR_PORT, [bare], token, connections) for _ in range(ROUNDS)]

        def middle(figures: list[dict[str, float]], key: str) -> float:
            return median([figure[key] for figure in figures])

        for key, unit in FIGURES.items():
            goal = GOALS[connections] if key == "per_second" else ""
            what = f"{name}, {connections} connections: {key}"
            rows.append(Row(what, middle(ours, key), middle(floors, key), unit, None, goal))
    rows.append(Row(f"{name}: response", middle(ours, "bytes") / 1000, middle(floors, "bytes") / 1000, "kB"))
    rows.append(Row(f"{name}: CPU of the client", middle(ours, "client"), middle(floors, "client"), "ms a request"))
    return rows


def _load(port: int, paths: Sequence[str], token: str, connections: int) -> dict[str, float]:
    head = f"Host: 127.0.0.1:{port}\r\nCookie: kindblad={token}\r\nAccept: text/html\r\n\r\n"
    asked = {
        "port": port,
        "connections": connections,
        "seconds": SECONDS,
        "requests": [f"GET {path} HTTP/1.1\r\n{head}" for path in paths],
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout)
    if figures["failures"]:
        raise SystemExit(f"{figures['failures']:.0f} of the requests failed")
    return figures


def _look_around(settings: Settings, data: Path) -> tuple[str, list[str], list[str], dict[str, int], float]:
    """Log in as IB'er; find the pages; count reads and bytes; keep an example of each page for the floor.

    The log's own transaction, which pages share that are ready at the same time, is not counted among the reads.
    """
    engine = make_engine(settings.database_url)
    with writing(engine) as connection:
        account = connection.execute(sa.select(Account.id).where(Account.login == "ib")).scalar_one()
        now = datetime.now(UTC)
        token = sessions.start(connection, account, settings, now, second_factor_at=now)
    with reading(engine) as connection:
        noor = connection.scalar(sa.select(Pupil.uid).where(Pupil.given_name == "Noor", Pupil.family_name == "Ven"))
    app = create_app(settings)
    counted: list[str] = []
    sa.event.listen(app.state.kit.engine, "checkout", lambda raw, *_: raw.set_trace_callback(counted.append))
    queries = {}
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.cookies.set("kindblad", token)
        groups = [f"/groep/{group['id']}" for group in client.get("/api/v1/groups").json()]
        lists = [client.get(path.replace("/groep/", "/api/v1/groups/")).json()["members"] for path in groups]
        for name, path in (("sheet", f"/kind/{noor}"), ("group", groups[-1])):
            client.get(path)
            counted.clear()
            client.get(path)
            reads = [statement for statement in counted if statement.lstrip().startswith("SELECT")]
            queries[name] = sum("access_log" not in statement for statement in reads)
        (data / "sheet.json").write_text(client.get(f"/api/v1/pupils/{noor}/sheet").text)
        (data / "group.json").write_text(client.get(groups[-1].replace("/groep/", "/api/v1/groups/")).text)
        page = client.get(f"/kind/{noor}")
        loaded = int(page.headers["content-length"])
        for path in sorted({part.split('"')[0] for part in page.text.split('="') if part.startswith("/static/")}):
            loaded += int(client.get(path).headers["content-length"])
    engine.dispose()
    # In the order of the random end of their ids; else a slower run would meet other children than a faster one.
    sheets = sorted({f"/kind/{member['id']}" for members in lists for member in members}, key=lambda path: path[-12:])
    return token, sheets, groups, queries, loaded / 1000


@contextmanager
def _serving(command: list[str], environment: dict[str, str], url: str) -> Iterator[None]:
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(url).close()
                break
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait(20)
