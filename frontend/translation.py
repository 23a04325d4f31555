"""The fixed words of the pages for parents, in five languages; what people typed is never translated.

Dutch is the source: the text within `_("...")` is what a Dutch reader gets, the rest comes from
`locale/<language>/LC_MESSAGES/kindblad.po`, compiled when the first page is made. Days and numbers follow the language
as CLDR has them, with the digits the school itself uses.
"""

import gettext
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel import Locale, dates, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

LOCALE = Path(__file__).parent / "locale"
SOURCE = "nl"
LANGUAGES = {"nl": "Nederlands", "en": "English", "tr": "Türkçe", "ar": "العربية", "pl": "Polski"}
"""Each by the name its own readers use."""
REGION = {"en": "en_GB"}
"""Whose way of writing a day is followed, where a language has several."""
NAMED_DAY = {"tr": "d MMMM EEEE"}


def N_(text: str) -> str:  # noqa: N802 - by this name texts are found that are translated elsewhere
    """Mark a text of which the translation is looked up later."""
    return text


PLACES = (N_("Mijn kind"), N_("Berichten"), N_("Wie mag wat zien"), N_("Bewaartermijnen"))
"""Names of pages in the foot of a parent; they stand in api/pages/places.py."""


@cache
def words(language: str) -> gettext.NullTranslations:
    """Return the translations of a language: `.gettext` and `.ngettext`; a language that we lack is a `KeyError`."""
    LANGUAGES[language]
    if language == SOURCE:
        return gettext.NullTranslations()
    compiled = BytesIO()
    with po_file(language).open("rb") as po:
        write_mo(compiled, read_po(po, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def po_file(language: str) -> Path:
    """Tell where the translations of a language are kept."""
    return LOCALE / language / "LC_MESSAGES" / "kindblad.po"


def direction(language: str) -> str:
    """Return "rtl" for a language that is written from right to left, else "ltr"."""
    return Locale(language).text_direction


def day(on: date, language: str = SOURCE) -> str:
    """Return "12 nov", as this language writes it."""
    return dates.format_skeleton("MMMd", on, locale=REGION.get(language, language))


def long_day(on: date, language: str = SOURCE) -> str:
    """Return "12 november 2026", as this language writes it."""
    return dates.format_date(on, "long", locale=REGION.get(language, language))


def weekday(on: date, language: str = SOURCE) -> str:
    """Return "donderdag 12 november", as this language writes it."""
    return dates.format_date(on, NAMED_DAY.get(language, "EEEE d MMMM"), locale=REGION.get(language, language))


def number(value: float, language: str = SOURCE) -> str:
    """Return "1.318" or "3,25", as this language writes it."""
    return numbers.format_decimal(value, format="#,##0.##", locale=REGION.get(language, language))


def install(environment: Environment) -> None:
    """Give templates `_()`, `ngettext()`, `as_typed()` and the filters of days and numbers in the reader's language."""
    environment.add_extension("jinja2.ext.i18n")
    environment.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(as_typed=as_typed, bare=bare, languages=LANGUAGES, direction=direction)
    environment.filters.update(
        {f"own_{shown.__name__}": _in_language(shown) for shown in (day, long_day, weekday, number)}
    )


def prepare() -> None:
    """Compile every language now, so that no reader waits for it."""
    for language in LANGUAGES:
        words(language)
        day(date(2000, 1, 1), language)


def _language(context: Context) -> str:
    """Find the language of this page; a macro imported without context has none, and must say so instead of Dutch."""
    return str(context["language"])


@pass_context
def _gettext(context: Context, text: str) -> str:
    return words(_language(context)).gettext(text)


@pass_context
def _ngettext(context: Context, one: str, many: str, count: int) -> str:
    return words(_language(context)).ngettext(one, many, count)


def _in_language(shown: Any) -> Any:
    return pass_context(lambda context, value: shown(value, _language(context)))


def bare(name: str) -> Markup:
    """Show a name within a sentence of any language, in its own direction; a name needs no mark."""
    return Markup('<bdi lang="nl">{}</bdi>').format(name)


@pass_context
def as_typed(context: Context, text: str) -> Markup:
    """Show what a person typed: as it was typed, in its own direction, and marked as Dutch for who reads another."""
    shown = Markup('<span lang="nl" dir="auto">{}</span>').format(text)
    if _language(context) == SOURCE or not text:
        return shown
    why = escape(words(_language(context)).gettext("zoals geschreven, in het Nederlands"))
    return shown + Markup(' <abbr class="as-written" title="{}">NL</abbr>').format(why)
