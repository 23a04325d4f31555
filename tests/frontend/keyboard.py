"""A day with the keyboard alone: walk with Tab, press, type; axe looks at each page that opens."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility import faults
from tests.world import PASSWORD

Kind = Literal["button", "combobox", "day", "fold", "link", "textbox"]
SIZES = ((390, 844), (1366, 768))
FAR = 40
"""So often Tab is pressed before somebody gives up and takes the mouse."""


def walk_to(page: Page, name: str, kind: Kind = "link") -> None:
    """Press Tab until what is called so has the focus; a `day` or a `fold` has no role of its own in a browser."""
    if kind == "day" or kind == "fold":  # noqa: PLR1714 - mypy narrows by comparing
        wanted = page.get_by_label(name, exact=True)
    else:
        wanted = page.get_by_role(kind, name=name, exact=True)
    focused = wanted.and_(page.locator(":focus"))
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if focused.count():
            return
    pytest.fail(f"binnen {FAR} keer Tab is {name} niet te bereiken op {page.url}")


def press(page: Page, name: str, kind: Kind = "link") -> None:
    """Walk there, press Enter, and look at the page that opens."""
    walk_to(page, name, kind)
    enter(page)


def enter(page: Page) -> None:
    """Press Enter where the focus is, and look at the page that opens."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
    looks_well(page)


def looks_well(page: Page) -> None:
    """Axe finds nothing, and nothing sticks out at the side, also on a phone (the samples ask axe there)."""
    assert faults(page) == [], page.url
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def log_in(page: Page, address: str, login: str) -> None:
    """Type name and password: the first of the two has the focus when the page opens."""
    page.goto(f"{address}/login")
    looks_well(page)
    expect(page.get_by_label("Inlognaam")).to_be_focused()
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    enter(page)
