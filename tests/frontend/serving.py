"""Serves pages that a test rendered, with the assets and the headers of the application, and opens them in Chromium."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import Browser, Page

from api.security.headers import always
from api.settings import Settings
from frontend.render import assets

HEADERS = always(Settings())


@contextmanager
def served(pages: Mapping[str, str]) -> Iterator[str]:
    """Serve these pages by name on a free port of this machine; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path[1:])
            asset = next((each for each in assets().values() if each.path == self.path), None)
            self.send_response(200 if page or asset else 404)
            self.send_header("content-type", asset.media_type if asset else "text/html; charset=utf-8")
            for name, value in HEADERS:
                self.send_header(name.decode(), value.decode())
            self.end_headers()
            self.wfile.write(asset.content if asset else (page or "").encode())

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
