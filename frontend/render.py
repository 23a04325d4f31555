"""Templates and static files: one Jinja environment that escapes everything, and assets named after their content.

A template lays out a finished object and decides nothing. Autoescape is on for every name (Starlette's own default
escapes `.html` only). Assets carry a hash of their bytes in the path, so a browser may keep them for ever.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from frontend import charts, formatting

HERE = Path(__file__).parent
MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """A static file in memory, at the path under which pages link to it."""

    path: str
    media_type: str
    content: bytes


@cache
def assets() -> dict[str, Asset]:
    """All static files by file name."""
    return {file.name: _asset(file) for file in sorted((HERE / "static").iterdir()) if file.suffix in MEDIA_TYPES}


def _asset(file: Path) -> Asset:
    content = file.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:12]
    return Asset(f"/static/{digest}/{file.name}", MEDIA_TYPES[file.suffix], content)


def render(template: str, **context: Any) -> str:
    """Render a template, for instance "pages/sheet.html"; a name it uses that is not given is an error."""
    return _environment().get_template(template).render(context)


def prepare() -> None:
    """Compile every template now, so that no reader waits for it."""
    for name in _environment().list_templates():
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    environment.globals.update(
        token_field=token_field,
        asset=lambda name: assets()[name].path,
        growth_chart=charts.growth,
        practice_chart=charts.practice,
        wellbeing_chart=charts.wellbeing,
        data_table=charts.table,
        plural=formatting.plural,
        sign=SIGNS.__getitem__,
    )
    environment.filters.update(
        day=formatting.day,
        long_day=formatting.long_day,
        emphasise=emphasise,
        moment=formatting.clock,
    )
    return environment


@pass_context
def token_field(context: Context) -> Markup:
    """Write the hidden field without which a form is refused (api/security/csrf.py); every POST form holds it."""
    return Markup('<input type="hidden" name="form_token" value="{}">').format(context.get("form_token", ""))


SIGNS = {
    "up": ("▲", "gaat vooruit"),
    "steady": ("●", "gaat gelijk op"),
    "down": ("▼", "let op"),
    "attention": ("◆", "let op"),
    "unknown": ("○", "weten we niet"),
}
"""The shape before a sentence and the word that says the same to who cannot see it."""


def emphasise(text: str, part: str) -> Markup:
    """Set the first occurrence of `part` in bold, whatever its capitals."""
    found = re.search(re.escape(part), text, re.IGNORECASE) if part else None
    if found is None:
        return escape(text)
    before, bold, after = text[: found.start()], found.group(), text[found.end() :]
    return Markup("{}<strong>{}</strong>{}").format(before, bold, after)
