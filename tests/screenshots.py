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
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
PORT = 8979
PASSWORD = "samen op een blad"
LAPTOP, PHONE = (1366, 768), (390, 844)
CHILD = "Noor van der Ven"
COLOURS = 128
LIKE_THEM = Image.Quantize.MAXCOVERAGE
"""Keeps the few coloured signs as they are; the other ways give greys their places."""


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


def at_laptop(browser: Browser, address: str, login: str) -> Page:
    """Open the page where this person begins, on a school laptop."""
    page = browser.new_page(viewport={"width": LAPTOP[0], "height": LAPTOP[1]}, locale="nl-NL")
    log_in(page, address, login)
    return page


def keep(page: Page, name: str, *, whole: bool = False) -> None:
    """Keep what stands on the screen, or the whole page, in few colours: a third of the size."""
    picture = Image.open(BytesIO(page.screenshot(full_page=whole)))
    picture.convert("RGB").quantize(COLOURS, LIKE_THEM, kmeans=3).save(IMAGES / f"{name}.png", optimize=True)


def take_the_sheet(browser: Browser, address: str) -> None:
    """Take Vandaag, the group, and the sheet of one child on a laptop, on a phone and on paper."""
    page = at_laptop(browser, address, "kim")
    keep(page, "today")
    page.click("nav.top >> text=Groep 6B")
    keep(page, "sheet-group")
    page.click(f"text={CHILD}")
    keep(page, "sheet", whole=True)
    page.pdf(path=IMAGES / "sheet-a4.pdf", format="A4", print_background=True, prefer_css_page_size=True)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    keep(page, "sheet-phone", whole=True)
    page.close()


def take_the_table(browser: Browser, address: str) -> None:
    """Take the talk about that child while it is held: the sheet on the left, writing on the right."""
    page = at_laptop(browser, address, "ib")
    page.click("nav.top >> text=Bespreking")
    page.click(f".talk-list >> text={CHILD} >> nth=0")
    page.click("text=Bespreking beginnen")
    keep(page, "talk")
    page.close()


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("KINDBLAD_CHROMIUM") or shutil.which("chromium")
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        take_the_sheet(browser, address)
        take_the_table(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
