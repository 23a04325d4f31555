"""The pages for parents in five languages: nothing is missing, placeholders agree, days follow the language."""

import re
from datetime import date

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import UndefinedError

from api.pages.places import PLACES
from frontend import translation
from frontend.render import _environment, render
from tests.frontend.samples_my_child import contexts
from tests.parents.fixed_texts import fixed_texts

OTHERS = [language for language in translation.LANGUAGES if language != translation.SOURCE]
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}|%(?!\()")


def lacks(catalog: Catalog, texts: dict[str, tuple[str, str | None]]) -> list[str]:
    """List what a reader of this language would get in Dutch, or with a wrong placeholder."""
    wrong = []
    for text, (place, plural) in texts.items():
        message = catalog.get(text)
        if message is None or not message.string or (plural is not None) is not message.pluralizable:
            wrong.append(f"{place}: {text}: geen vertaling")
            continue
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if plural is not None and len(forms) != catalog.num_plurals:
            wrong.append(f"{place}: {text}: {len(forms)} van {catalog.num_plurals} meervouden")
        wanted = sorted(PLACEHOLDER.findall(plural or text))
        for number, form in enumerate(forms):
            found = sorted(PLACEHOLDER.findall(form))
            # One and two may be a word of their own, "يومين", with the number inside.
            may_drop = plural is not None and len(forms) > 2 and number in (1, 2)
            if not form or (found != wanted and not (may_drop and sorted([*found, "%(num)s"]) == wanted)):
                wrong.append(f"{place}: {text}: {form}")
    return wrong


def catalog(language: str) -> Catalog:
    with translation.po_file(language).open("rb") as po:
        return read_po(po, locale=language)


@pytest.mark.parametrize("language", OTHERS)
def test_no_fixed_text_lacks_a_translation_and_placeholders_agree(language: str) -> None:
    assert lacks(catalog(language), fixed_texts()) == []


def test_a_missing_text_a_lost_placeholder_and_a_lost_plural_are_found() -> None:
    some = Catalog("pl")
    some.add("Dag van %(name)s", "Dzień")
    some.add(("%(num)s keer", "%(num)s keer"), ("%(num)s raz", "%(num)s razy", ""))
    texts = {"Nieuw": ("a", None), "Dag van %(name)s": ("b", None), "%(num)s keer": ("c", "%(num)s keer")}

    assert [line[0] for line in lacks(some, texts)] == ["a", "b", "c"]


def test_names_of_pages_in_the_foot_of_a_parent_are_translated() -> None:
    shown = {PLACES[path] for path in ("/mijn-kind", "/berichten", "/voor-wie", "/bewaartermijnen")}

    assert shown == set(translation.PLACES) <= fixed_texts().keys()


def test_days_and_numbers_are_written_as_each_language_does() -> None:
    day = date(2026, 11, 5)

    assert [translation.day(day, each) for each in translation.LANGUAGES] == [
        "5 nov",
        "5 Nov",
        "5 Kas",
        "5 نوفمبر",
        "5 lis",
    ]
    assert translation.weekday(day, "nl") == "donderdag 5 november"
    assert translation.weekday(day, "tr") == "5 Kasım Perşembe"
    assert translation.long_day(day, "en") == "5 November 2026"
    assert [translation.number(1318.25, each) for each in ("nl", "en")] == ["1.318,25", "1,318.25"]


@pytest.mark.parametrize("language", translation.LANGUAGES)
def test_each_page_says_its_language_and_side_and_leaves_typed_words_as_typed(language: str) -> None:
    for template, context in contexts().values():
        page = render(template, **context, language=language)
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    template, context = contexts()["my-child"]
    page = render(template, **context, language=language)
    typed = '<span lang="nl" dir="auto">Bouwde een brug van kranten.</span>'
    assert typed in page
    assert (f"{typed} <abbr" in page) is (language != "nl")


def test_a_macro_that_does_not_know_the_language_says_so_instead_of_dutch() -> None:
    alone = _environment().from_string('{% import "partials/my_child_words.html" as words %}{{ words.part("day") }}')

    with pytest.raises((KeyError, UndefinedError)):
        alone.render(language="ar")
