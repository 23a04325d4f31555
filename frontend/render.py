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

from frontend import charts, formatting, tables, translation

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


EVERY_PAGE: dict[str, Any] = {
    "me": None,
    "writes": False,
    "searches": True,
    "places": (),
    "top": (),
    "form_token": "",
    "language": translation.SOURCE,
    "path": "/",
}
"""What the layout shows where nothing is given: nobody is signed in, and no form will be accepted."""


def render(template: str, **context: Any) -> str:
    """Render a template, for instance "pages/sheet.html"; a name it uses that is not given is an error.

    Without a `form_token` the forms on it are refused; see `token_field` and `EVERY_PAGE`.
    """
    made: list[Context] = []
    try:
        return _environment().get_template(template).render(EVERY_PAGE | context, contexts=made)
    finally:
        for one in made:
            one.vars.clear()
            one.parent.clear()


class _Context(Context):
    """What a page, or a template that it includes, knows; `render` empties it.

    A macro holds the page and the page its macros: all that was shown would wait for the collector of circles.
    """

    def __init__(self, environment: Environment, parent: dict[str, Any], *rest: Any, **more: Any) -> None:
        super().__init__(environment, parent, *rest, **more)
        parent.get("contexts", []).append(self)


def as_file(template: str, style: str, **context: Any) -> str:
    """Render a template of `files/` to stand on its own, with a style sheet of ours inside: for a print or a copy."""
    return render(template, style=Markup(assets()[style].content.decode()), **context)  # noqa: S704 - our own file


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
    environment.context_class = _Context
    environment.globals.update(
        token_field=token_field,
        drawing=drawing,
        asset=lambda name: assets()[name].path,
        growth_chart=charts.growth,
        practice_chart=charts.practice,
        data_table=tables.hidden,
        wellbeing_tables=tables.wellbeing,
        plural=formatting.plural,
        called=formatting.called,
        thousands=formatting.thousands,
        share_bar=charts.share,
        sign=SIGNS.__getitem__,
    )
    environment.filters.update(
        day=formatting.day,
        long_day=formatting.long_day,
        emphasise=emphasise,
        moment=formatting.clock,
        time=formatting.time,
    )
    translation.install(environment)
    return environment


@pass_context
def token_field(context: Context) -> Markup:
    """Write the hidden field without which a form is refused (api/security/csrf.py); every POST form holds it."""
    return Markup('<input type="hidden" name="form_token" value="{}">').format(context["form_token"])


def drawing(svg: str) -> Markup:
    """Set a drawing that our own server made into the page; refuses whatever is more than paths and a title."""
    if not DRAWING.fullmatch(svg):
        raise ValueError("dit is geen tekening van paden alleen")
    return Markup(svg)  # noqa: S704 - only what matched just now


DRAWING = re.compile(r"<svg[^<>]*>(<title>[\w -]*</title>)?(<path[^<>]*/>)+</svg>\s*")
SIGNS = {
    "up": ("▲", "gaat vooruit"),
    "steady": ("●", "gaat gelijk op"),
    "down": ("▼", "let op"),
    "attention": ("◆", "let op"),
    "unknown": ("○", "weten we niet"),
}
"""The shape before a sentence and the word that says the same to who cannot see it."""


BOLD, BOLD_ENDS = Markup("<strong>"), Markup("</strong>")


def emphasise(text: str, part: str) -> Markup:
    """Set the first occurrence of `part` in bold, whatever its capitals."""
    start = text.find(part)
    if start < 0:
        start = text.lower().find(part.lower())
    if start < 0 or not part:
        return escape(text)
    end = start + len(part)
    return escape(text[:start]) + BOLD + escape(text[start:end]) + BOLD_ENDS + escape(text[end:])
