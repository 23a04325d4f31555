"""The words of the people of the demo school about what they register; for `demo_registrations`, which says them."""

from typing import Any

from models.vocabulary import Cadence, Counted, Doer, Ruling

MUST, WISH, GO, UNCLEAR = Ruling.MUST, Ruling.WISH, Ruling.GO, Ruling.UNCLEAR
Said = tuple[tuple[str, Ruling, str], ...]

MORE = (
    "groepsplan",
    "weekplanning",
    "methodetoetsen",
    "toetsanalyse",
    "rapport",
    "te-laat",
    "oudergesprek-verslag",
    "incidenten",
    "dubbele-invoer",
    "ziekmelding",
)
OWN = ("Logboek van het leesplan", "per kind: boek, bladzijden en wie er luisterde", ["note:note"])
OWN_WORK: dict[str, Any] = {
    "doer": Doer.TEACHER, "system": "schrift in de klas", "times": 2, "cadence": Cadence.WEEK,
    "amount": 25, "counted": Counted.PUPIL,
}  # fmt: skip
RUNS = (38, 55, 47)
"""Seconds per child that juf Kim measured."""


def _work(
    doer: Doer, system: str, times: int, cadence: Cadence, counted: Counted, each: tuple[float, float]
) -> dict[str, Any]:
    return {
        "doer": doer, "system": system, "times": times, "cadence": cadence,
        "counted": counted, "low": each[0], "high": each[1],
    }  # fmt: skip


WORK = (
    ("kim", "groepsplan", _work(Doer.TEACHER, "Word", 4, Cadence.YEAR, Counted.GROUP, (90, 150))),
    ("kim", "weekplanning", _work(Doer.TEACHER, "Word", 1, Cadence.WEEK, Counted.GROUP, (30, 50))),
    ("kim", "aanwezigheid", _work(Doer.TEACHER, "ESIS", 2, Cadence.DAY, Counted.GROUP, (1, 2))),
    ("kim", "methodetoetsen", _work(Doer.TEACHER, "Excel", 2, Cadence.MONTH, Counted.GROUP, (25, 45))),
    ("sam", "rapport", _work(Doer.TEACHER, "Word", 2, Cadence.YEAR, Counted.GROUP, (480, 720))),
    ("sam", "oudergesprek-verslag", _work(Doer.TEACHER, "ESIS", 2, Cadence.YEAR, Counted.GROUP, (120, 200))),
    ("ib", "toetsanalyse", _work(Doer.IB, "Excel", 2, Cadence.YEAR, Counted.GROUP, (40, 75))),
    ("ib", "lvs-toetsen", _work(Doer.IB, "Cito", 2, Cadence.YEAR, Counted.GROUP, (20, 30))),
    ("directie", "incidenten", _work(Doer.HEAD, "Excel", 3, Cadence.MONTH, Counted.WHOLE, (10, 20))),
    ("directie", "ziekmelding", _work(Doer.OFFICE, "ESIS", 1, Cadence.DAY, Counted.WHOLE, (20, 35))),
    ("directie", "te-laat", _work(Doer.OFFICE, "ESIS", 1, Cadence.DAY, Counted.WHOLE, (5, 10))),
)
"""Who said it, of what, and what it takes."""
SERVES = {
    "aanwezigheid": ("een veilige sfeer, zodat leren lukt",),
    "rapport": ("samen met ouders verantwoordelijk zijn",),
    "lvs-toetsen": ("onderwijs dat past bij dit kind", "een doorgaande lijn van groep 1 tot en met 8"),
    "incidenten": ("een veilige sfeer, zodat leren lukt",),
}
TITLE = "Wat moet, wat wensen we, wat kan weg?"
QUESTION = "Denk aan de bedoeling: helpt dit een kind, of alleen de map?"
ASKED = ("groepsplan", "weekplanning", "aanwezigheid", "methodetoetsen", "rapport", "te-laat", "oudergesprek-verslag")
SAID: dict[str, Said] = {
    "kim": (
        ("groepsplan", GO, "Ik schrijf het in oktober en kijk er in februari pas weer in."),
        ("weekplanning", WISH, "Voor mezelf wel, maar niet in dit model."),
        ("aanwezigheid", MUST, "Dan weet ik om half negen wie er mist."),
        ("methodetoetsen", UNCLEAR, "Staat ook al in het programma. Waarom nog in Excel?"),
        ("rapport", WISH, "Korter, en samen met het kind geschreven."),
        ("te-laat", GO, "Minuten tellen helpt niemand op tijd te komen."),
    ),
    "sam": (
        ("groepsplan", GO, "Dubbel met de klassenmap."),
        ("weekplanning", MUST, "Zonder kan de duo niet verder."),
        ("methodetoetsen", GO, "Overtikken uit een programma is zonde van de middag."),
        ("oudergesprek-verslag", WISH, "Eén afspraak opschrijven is genoeg."),
    ),
    "kleuters": (
        ("groepsplan", GO, "Bij kleuters is het na twee weken al anders."),
        ("rapport", WISH, "Een gesprek met foto’s zegt ouders meer."),
        ("aanwezigheid", MUST, ""),
    ),
    "ib": (
        ("groepsplan", WISH, "Een nieuwe leraar heeft er houvast aan, maar een half blad volstaat."),
        ("aanwezigheid", MUST, "Verzuim is vaak het eerste dat ik zie."),
        ("methodetoetsen", GO, "Ik kijk naar de groei, niet naar elke bloktoets."),
        ("oudergesprek-verslag", MUST, "Bij zorgen wil ik kunnen teruglezen wat is afgesproken."),
        ("te-laat", UNCLEAR, "Bij vaak te laat wil ik het wel weten."),
    ),
    "bestuur": (
        ("groepsplan", GO, "Wij vragen er niet naar, en de inspectie ook niet."),
        ("aanwezigheid", MUST, "Dat vraagt de wet."),
        ("rapport", MUST, "Ouders hebben er recht op."),
    ),
}
COUNCIL: tuple[Said, ...] = (
    (
        ("groepsplan", GO, "Wij zien het nooit. Liever een juf die tijd heeft."),
        ("rapport", MUST, "Ik bewaar ze allemaal, en mijn dochter ook."),
        ("oudergesprek-verslag", WISH, "Fijn om na te lezen wat we samen afspraken."),
    ),
    (
        ("rapport", WISH, "Twee keer per jaar mag ook één keer zijn, met een gesprek."),
        ("te-laat", WISH, "Een belletje werkt beter dan een lijst."),
        ("aanwezigheid", MUST, "Als mijn kind niet aankomt, wil ik dat meteen horen."),
    ),
)
DECIDED = (
    (
        "groepsplan",
        GO,
        "Bijna iedereen zegt weg: het kost weken en niemand leest het terug. De groei bespreken we samen.",
    ),
    (
        "aanwezigheid",
        MUST,
        "De wet vraagt het en wij willen om half negen weten wie er mist. Eén keer invullen, op één plek.",
    ),
)
