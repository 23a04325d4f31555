"""Every fixed text that a parent may read: what stands in `_("...")` in our templates and code."""

from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

from frontend.translation import LOCALE
from tests.conftest import ROOT

KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}


@cache
def fixed_texts() -> dict[str, tuple[str, str | None]]:
    """Give each text by its first form, with where it stands and its plural."""
    with (LOCALE / "babel.cfg").open() as cfg:
        methods, options = parse_mapping_cfg(cfg)  # type: ignore[no-untyped-call]
    found: dict[str, tuple[str, str | None]] = {}
    for folder in ("api", "frontend"):
        for file, line, text, _, _ in _texts(folder, methods, options):
            first, plural = (text[0], text[1]) if isinstance(text, tuple) else (text, None)
            found[first] = f"{folder}/{Path(file).as_posix()}:{line}", plural
    return found


def _texts(folder: str, methods: Any, options: Any) -> Any:
    own = f"{folder}/"
    mapping = [(pattern.removeprefix(own), how) for pattern, how in methods if pattern.startswith(own)]
    chosen = {key.removeprefix(own): value for key, value in options.items()}
    return extract_from_dir(ROOT / folder, mapping, chosen, keywords=KEYWORDS)
