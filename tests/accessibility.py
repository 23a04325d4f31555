"""What axe finds wrong with the page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LOOKED_AT = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""WCAG 2.2 level AA and what is good practice beside it. To tell of all that is right takes twice as long again."""


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """Give each rule that is broken, with up to three places; a test wants none."""
    found = Axe().run(page, options=LOOKED_AT).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"]][:3]) for one in found]
