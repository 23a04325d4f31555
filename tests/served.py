"""`kindblad serve` as it is run, for tests in a real browser."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.site import SECRET_KEY

KINDBLAD = Path(sys.executable).with_name("kindblad")


@contextmanager
def served(database: Database, **settings: str) -> Iterator[str]:
    """Serve this database on a free port of this machine; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://localhost:{port}"
    usual = {
        "DATABASE_URL": database.url,
        "PUBLIC_URL": url,
        "PORT": str(port),
        "WORKERS": "1",
        "COOKIE_SECURE": "false",
        "SECRET_KEY": SECRET_KEY,
        "LOG_LEVEL": "error",
    }
    environment = os.environ | {f"KINDBLAD_{name}": value for name, value in (usual | settings).items()}
    server = subprocess.Popen([str(KINDBLAD), "serve"], env=environment)  # noqa: S603 - our own program
    try:
        _wait_for(f"{url}/login")
        yield url
    finally:
        server.terminate()
        server.wait(15)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 40
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url).close()  # noqa: S310 - our own server on this machine
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
        else:
            return
    pytest.fail("de server kwam niet op")
