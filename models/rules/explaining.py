"""The sentence that goes with a result when parents and the child may read it: plain Dutch (B1), of the child itself.

Child and parents read the same one, so it calls nobody "u" or "je". Growth is told against the child's own line
(`models.rules.growth`), never against other children, and no level, letter or score is in a sentence.
A school may write its own instead; `{naam}` and `{vak}` are filled in.
"""

import re
from collections.abc import Mapping

from models.rules.growth import State
from models.vocabulary import InstrumentKind

LONGEST = 300
"""Characters of a sentence as it is kept with a release."""
ROOM = 240
"""Characters of a sentence of the school's own: a name and a subject are still to come in."""
OPEN = ("{naam}", "{vak}")

SENTENCES: Mapping[str, str] = {
    "test.above": "{naam} groeide bij {vak} harder dan de keren ervoor. Dat is knap werk.",
    "test.in": "{naam} groeit bij {vak} mooi door, zoals de keren ervoor.",
    "test.below": (
        "{naam} groeide bij {vak} minder dan de keren ervoor. Eén toets is één moment. "
        "In de klas kijken we wat {naam} nu helpt."
    ),
    "test.unknown": "{naam} maakte een toets voor {vak}. Daar praten we graag samen over.",
    "wellbeing": "We vroegen hoe {naam} zich voelt op school. Daar praten we graag samen over.",
    "observation": "We keken hoe {naam} speelt, praat en leert. Daar vertellen we graag over.",
}
"""By what was done and, of a test, how the child grew."""
WHEN: Mapping[str, str] = {
    "test.above": "Toets, meer gegroeid dan het kind van zichzelf gewend is",
    "test.in": "Toets, gegroeid zoals het kind van zichzelf gewend is",
    "test.below": "Toets, minder gegroeid dan het kind van zichzelf gewend is",
    "test.unknown": "Toets, nog geen eigen lijn",
    "wellbeing": "Lijst over welbevinden",
    "observation": "Observatie van jonge kinderen",
}


def key_of(kind: InstrumentKind, state: State = "unknown") -> str:
    """Return which sentence goes with what was done; `state` counts for a test only."""
    return f"{kind.value}.{state}" if kind is InstrumentKind.TEST else kind.value


def explain(key: str, own: Mapping[str, str], name: str, subject: str) -> str:
    """Fill in the school's own sentence, or ours; at most `LONGEST` characters."""
    sentence = own.get(key) or SENTENCES[key]
    return sentence.replace("{naam}", name).replace("{vak}", _in_a_sentence(subject))[:LONGEST]


def problem_of(sentence: str) -> str | None:
    """Say in Dutch why a school cannot use this sentence; None when it can."""
    if not sentence.strip():
        return "Schrijf een zin, of kies “terug naar het voorstel”."
    if len(sentence) > ROOM:
        return f"Maak de zin korter: hoogstens {ROOM} tekens."
    left = re.sub("|".join(map(re.escape, OPEN)), "", sentence)
    if "{" in left or "}" in left:
        return "Gebruik tussen accolades alleen {naam} en {vak}."
    return None


def _in_a_sentence(subject: str) -> str:
    """Begin small what is a plain word: "Rekenen" within a sentence is "rekenen", "DMT" stays."""
    return subject[:1].lower() + subject[1:] if subject[1:2].islower() else subject
