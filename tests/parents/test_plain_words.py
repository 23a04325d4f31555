"""Dutch at level B1 in the fixed texts of pages for parents: short sentences, and no words that only school knows."""

import re

from tests.parents.fixed_texts import fixed_texts

MOST_WORDS = 15
HARD = {
    "vaardigheidsscore": "hoe uw kind groeit",
    "vaardigheidsgroei": "groei",
    "leerlingvolgsysteem": "wat de school bijhoudt",
    "lvs": "wat de school bijhoudt",
    "methodetoets": "toets",
    "handelingsplan": "plan",
    "ontwikkelingsperspectief": "plan voor later",
    "opp": "plan voor later",
    "groepsplan": "plan voor de groep",
    "zorgniveau": "hulp",
    "ondersteuningsbehoefte": "wat uw kind nodig heeft",
    "onderwijsbehoefte": "wat uw kind nodig heeft",
    "doorstroomadvies": "advies voor de volgende school",
    "referentieniveau": "niveau",
    "percentiel": "vergeleken met anderen",
    "gemiddelde": "meestal",
    "respectievelijk": "en",
    "betreffende": "over",
    "inzake": "over",
    "conform": "zoals",
    "middels": "met",
    "desgewenst": "als u wilt",
    "teneinde": "om",
    "indien": "als",
    "tevens": "ook",
    "derhalve": "dus",
    "geautoriseerd": "mag",
    "autorisatie": "toestemming",
    "verstrekken": "geven",
    "raadplegen": "lezen",
    "rectificatie": "verbetering",
    "verwerking": "gebruik",
    "persoonsgegevens": "gegevens",
    "grondslag": "reden",
    "wettelijk": "volgens de wet",
    "vertegenwoordiger": "ouder",
    "absentie": "niet op school",
    "verzuim": "niet op school",
    "ongeoorloofd": "zonder toestemming",
    "cognitief": "leren",
    "didactisch": "lesgeven",
    "competentie": "wat uw kind kan",
    "indicatie": "wat we denken",
    "dashboard": "overzicht",
    "student": "kind",
}
"""A word that a parent need not know, and what to write instead; from six letters on also inside a longer word."""


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?:])\s+", text) if part.strip()]


def hard_to_read(text: str) -> list[str]:
    """Say in Dutch what is wrong with a text, and what to write instead."""
    wrong = []
    for sentence in sentences(text):
        words = re.findall(r"%\(\w+\)s|\{\w+\}|[\w’'-]+", sentence)
        if len(words) > MOST_WORDS:
            wrong.append(f"{len(words)} woorden, hoogstens {MOST_WORDS}: {sentence}")
        for word in words:
            for hard, plain in HARD.items():
                if word.lower() == hard or (len(hard) > 5 and hard in word.lower()):
                    wrong.append(f"“{word}” is een moeilijk woord; schrijf “{plain}”: {sentence}")
    return wrong


def test_every_fixed_text_for_parents_is_plain_dutch() -> None:
    found = {
        f"{place}: {wrong}"
        for text, (place, plural) in fixed_texts().items()
        for form in (text, plural or "")
        for wrong in hard_to_read(form)
    }

    assert len(fixed_texts()) > 100
    assert found == set()


def test_a_long_sentence_and_a_word_that_only_school_knows_are_refused_with_a_better_word() -> None:
    long = "Dit is een zin die veel te lang is omdat hij maar door blijft gaan met nog meer woorden"

    assert "19 woorden" in hard_to_read(long)[0]
    assert hard_to_read("De vaardigheidsscore steeg.") == [
        "“vaardigheidsscore” is een moeilijk woord; schrijf “hoe uw kind groeit”: De vaardigheidsscore steeg."
    ]
    assert hard_to_read("Zijn OPP is klaar.")
    assert not hard_to_read("Uw kind hielp met opruimen in de klas.")
    assert not hard_to_read(f"{long[:40]}. {long[:40]}.")
