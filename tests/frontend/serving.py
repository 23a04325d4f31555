"""Serves pages that a test rendered, with the assets and the headers of the application, and opens them in Chromium."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from threading import Thread

from PIL import Image
from playwright.sync_api import Browser, Page

from api.security.headers import always
from api.settings import Settings
from frontend.render import assets

HEADERS = always(Settings())
PIECE = re.compile(r"/kind/[-0-9a-f]+/portfolio/[-0-9a-f]+/beeld(\?.*)?")
"""Where the application gives a picture of the portfolio; here it is one white dot."""


def found(pages: Mapping[str, str], path: str) -> tuple[str, bytes]:
    """What lies at this path: a page by its name, a picture or an asset; nothing when there is none."""
    if PIECE.fullmatch(path):
        return "image/png", white_dot()
    asset = next((each for each in assets().values() if each.path == path), None)
    if asset:
        return asset.media_type, asset.content
    return "text/html; charset=utf-8", pages.get(path[1:], "").encode()


@lru_cache(maxsize=1)
def white_dot() -> bytes:
    with BytesIO() as file:
        Image.new("RGB", (1, 1), "white").save(file, "PNG")
        return file.getvalue()


@contextmanager
def served(pages: Mapping[str, str]) -> Iterator[str]:
    """Serve these pages by name on a free port of this machine; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            media_type, content = found(pages, self.path)
            self.send_response(200 if content else 404)
            self.send_header("content-type", media_type)
            for name, value in HEADERS:
                self.send_header(name.decode(), value.decode())
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing between the dots of pytest."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@contextmanager
def without_complaints(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    """Open a page of this size; whatever the browser complains of fails the test."""
    opened = browser.new_page(viewport={"width": size[0], "height": size[1]})
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    opened.close()
    assert not complaints
