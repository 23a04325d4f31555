"""What a school keeps itself about some families of the demo: emergency cards, a secret number, a question.

These come from no file: people at school write them. Keys are those of the files, so that the command can look them up.
"""

from dataclasses import dataclass
from datetime import date

from demo.characters import GROUP
from demo.people import Pupil
from demo.school import School, build

CARDS = {
    "Noor": "Binnen vijf minuten bulten of benauwd na het eten: EpiPen uit de rode tas (lade van juf Kim), in het "
    "bovenbeen. Daarna 112, dan moeder. Laat Noor liggen, benen omhoog.",
    "Milan": "Benauwd na rennen: blauwe pufje uit zijn tas, twee keer, rechtop zitten. Na tien minuten niet beter: bel "
    "moeder.",
    "Aya": "Valt ze weg en schokt ze: leg haar op haar zij, niets in de mond, kijk op de klok. Langer dan vijf "
    "minuten: 112.",
}
"""What a colleague does who does not know the child; never a diagnosis."""
ASKED = "Hoe gaat het met rekenen en lezen, en is hij vaak afwezig?"


@dataclass(frozen=True)
class Households:
    """What to write down after the import: by Leerlingnummer and Oudernummer."""

    cards: tuple[tuple[str, str], ...]
    """(Leerlingnummer, what to do)"""
    secret: tuple[str, ...]
    """Oudernummers of guardians whose address and number are secret."""
    question: tuple[str, str, str]
    """(Leerlingnummer, Oudernummer, question) of a parent without custody."""


def households(today: date, seed: int = 1, pupils: int = 700) -> Households:
    """What the pretend school keeps of the families of the school that `write` writes with these arguments."""
    school = build(today, seed, pupils)
    sem = _child(school, "Sem")
    return Households(
        cards=tuple((_child(school, name).key, body) for name, body in CARDS.items()),
        secret=(_child(school, "Noor").family.guardians[1].number,),
        question=(sem.key, sem.family.guardians[1].number, ASKED),
    )


def _child(school: School, first: str) -> Pupil:
    return next(pupil for pupil in school.group(GROUP) if pupil.first == first and pupil.character)
