"""`make screenshots`: the pictures of the README, made by looking at the demo school in a real browser.

Sizes: a school laptop (1366×768), a phone (390 px wide), and A4 as it comes out of the printer.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
PORT = 8979
PASSWORD = "samen op een blad"


@contextmanager
def served() -> Iterator[str]:
    """Serve the demo school from a folder of its own until the pictures are made."""
    with tempfile.TemporaryDirectory(prefix="kindblad-pictures-") as folder:
        environment = {**os.environ, "KINDBLAD_DATA_DIR": os.environ.get("KINDBLAD_DATA_DIR", folder)}
        command = [str(Path(sys.executable).with_name("kindblad")), "demo", "--port", str(PORT)]
        server = subprocess.Popen(command, env=environment)
        try:
            _wait_for(f"http://127.0.0.1:{PORT}/login")
            yield f"http://127.0.0.1:{PORT}"
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url).close()  # noqa: S310 - our own server on this machine
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
        else:
            return
    raise SystemExit("de demoschool start niet")


def log_in(page: Page, address: str, login: str) -> None:
    """Log in as one of the people of the demo school."""
    page.goto(f"{address}/login")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("main button")
    page.wait_for_url(lambda url: "/login" not in url)


def take(browser: Browser, address: str, login: str, child: str, name: str) -> None:
    """Take the sheet of one child on a laptop, on a phone and on paper."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    log_in(page, address, login)
    page.screenshot(path=IMAGES / f"{name}-group.png")
    page.click(f"text={child}")
    page.screenshot(path=IMAGES / f"{name}.png", full_page=True)
    page.pdf(path=IMAGES / f"{name}-a4.pdf", format="A4", print_background=True, prefer_css_page_size=True)
    page.set_viewport_size({"width": 390, "height": 844})
    page.screenshot(path=IMAGES / f"{name}-phone.png", full_page=True)
    page.close()


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("KINDBLAD_CHROMIUM") or shutil.which("chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        take(browser, address, "kim", "Noor van der Ven", "sheet")
        browser.close()


if __name__ == "__main__":
    main()
