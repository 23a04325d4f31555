"""The words beside the matrix: per kind of data its number in our facts, why its cells are as they are, what is kept.

Written for the people of a school and for parents: law where there is law ("WPO 11"), else what we hold to be right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.rules.access import Kind, Position


class Theme(StrEnum):
    """The rows that stand together."""

    WHO = "Wie het kind is"
    LEARNING = "Leren en welbevinden"
    WRITTEN = "Wat wordt opgeschreven"
    CARE = "Zorg en gezondheid"
    PLANS = "Plannen, doelen en gesprekken"
    ACCOUNT = "Verantwoording"


@dataclass(frozen=True, slots=True)
class Words:
    """`kept` is empty for what Kindblad does not keep (yet); the rule stands already for the day that it does."""

    number: str
    theme: Theme
    ground: str
    kept: str = ""
    remarks: Mapping[Position, str] = field(default_factory=dict)
    """What a cell means here, where the word alone says too little."""


WORDS: dict[Kind, Words] = {
    Kind.NAME: Words(
        "1",
        Theme.WHO,
        "Wie op school werkt moet een kind bij naam kennen en de juf of meester kunnen vinden; meer is dat niet.",
        "roepnaam, achternaam en groep",
    ),
    Kind.IDENTITY: Words(
        "1",
        Theme.WHO,
        "Alleen wie bij het kind betrokken is en het nodig heeft (AVG 5). Ouders hebben recht op inzage (AVG 15).",
        "geboortedatum; van ouders e-mail en telefoon",
        {Position.PARENT: "en een wijziging voorstellen"},
    ),
    Kind.EMERGENCY_NUMBERS: Words(
        "1a",
        Theme.WHO,
        "Bij een ongeluk belt wie erbij is, ook wie voor een andere groep staat; die ene klik wordt vastgelegd.",
        "de telefoonnummers van ouders",
        {Position.PARENT: "alleen de eigen nummers"},
    ),
    Kind.SECRET_CONTACT: Words(
        "1b",
        Theme.WHO,
        "OSO, de overdracht tussen scholen, kent een geheim nummer. Het staat nooit bij de andere ouder.",
        "welk nummer en welke e-mail geheim zijn",
        {Position.PARENT: "alleen het eigen adres"},
    ),
    Kind.NATIONAL_NUMBER: Words(
        "1c",
        Theme.WHO,
        "Mag alleen worden gebruikt waar de wet het noemt (WPO 182), en voor een blad over het kind is het niet nodig.",
        "",
        {Position.PARENT: "afgedekt tot erop wordt geklikt"},
    ),
    Kind.PLACEMENT: Words(
        "2",
        Theme.WHO,
        "De school houdt in- en uitschrijving bij (bekostigingsbesluit WPO).",
        "inschrijving en groepen per schooljaar",
        {Position.BOARD: "aantallen"},
    ),
    Kind.ATTENDANCE: Words(
        "3",
        Theme.WHO,
        "De school houdt verzuim bij en meldt het (Leerplichtwet 21, bekostigingsbesluit WPO).",
        "verzuim per dag, met reden",
        {Position.PARENT: "lezen en ziek melden"},
    ),
    Kind.CLASS_TESTS: Words(
        "4",
        Theme.LEARNING,
        "De leraar werkt ermee; ouders krijgen bericht over de vorderingen (WPO 11) zoals de school dat vrijgeeft.",
    ),
    Kind.RESULTS: Words(
        "5",
        Theme.LEARNING,
        "De school volgt elke leerling met een leerlingvolgsysteem (WPO 8) en bericht de ouders daarover (WPO 11).",
        "scores, niveaus en normen zoals geleverd",
        {Position.PUPIL: "in een gesprek"},
    ),
    Kind.PRACTICE: Words(
        "6",
        Theme.LEARNING,
        "Details alleen waar les wordt gegeven: elk antwoord vergelijken ging de toezichthouder te ver (CBP 2014).",
        "tellingen per dag en leerdoel, geen antwoorden",
        {
            Position.PARENT: "een samenvatting",
            Position.HEAD: "per groep",
            Position.PUPIL: "het eigen werk, per gedeelde week",
        },
    ),
    Kind.WELLBEING: Words(
        "7",
        Theme.LEARNING,
        "De school mag sociaal-emotionele ontwikkeling volgen (WPO 8); het raakt aan gezondheid, dus in kleine kring.",
        "lijsten en uitslagen",
        {Position.PUPIL: "de eigen antwoorden, geen uitslag"},
    ),
    Kind.OBSERVATIONS: Words(
        "8",
        Theme.WRITTEN,
        "Wie met het kind werkt ziet en schrijft. Ouders mogen het hele dossier inzien (AVG 15), met uitleg erbij.",
        "observaties met schrijver",
        {Position.SUBSTITUTE: "lezen, en zelf schrijven", Position.PARENT: "inzage op verzoek"},
    ),
    Kind.NOTES: Words(
        "9",
        Theme.WRITTEN,
        "Er is geen verborgen persoonlijke notitie: wat hier staat hoort bij het dossier (AVG 15).",
        "notities, besprekingen en kindgesprekken",
        {Position.PARENT: "inzage op verzoek"},
    ),
    Kind.NAMED_NOTES: Words(
        "9a",
        Theme.WRITTEN,
        "Alleen voor wie de schrijver noemt; anderen zien ook niet dat de notitie er is. Directie beslist over inzage.",
        "notities 'alleen IB en directie': genoemd is de kring van de IB'ers",
        {Position.IB: "als de IB'er genoemd is", Position.PARENT: "directie beslist"},
    ),
    Kind.INCIDENTS: Words(
        "10",
        Theme.WRITTEN,
        "De school zorgt voor veiligheid (WPO 4c). Ouders lezen over hun eigen kind, zonder namen van anderen.",
        "",
        {Position.BOARD: "aantallen"},
    ),
    Kind.CHILD_PROTECTION: Words(
        "10a",
        Theme.WRITTEN,
        "Wet verplichte meldcode: een zorg melden kan ieder, lezen alleen de aandachtsfunctionaris en directie.",
        "",
        {Position.PARENT: "niet, tenzij na een vastgelegd besluit"},
    ),
    Kind.MEDICAL: Words(
        "11",
        Theme.CARE,
        "Gezondheidsgegevens alleen voor zover de begeleiding ze nodig maakt (UAVG 30).",
        "",
        {Position.PARENT: "en een wijziging voorstellen"},
    ),
    Kind.EMERGENCY_CARD: Words(
        "11a",
        Theme.CARE,
        "Wat te doen als het misgaat moet ieder die erbij staat met één klik kunnen zien; dat wordt vastgelegd.",
        "wat te doen, zonder diagnose",
        {Position.PARENT: "en een wijziging voorstellen"},
    ),
    Kind.REPORTS: Words(
        "12",
        Theme.CARE,
        "Een verklaring of onderzoek is alleen voor wie daarmee werkt; wat het in de klas betekent staat apart.",
    ),
    Kind.IN_CLASS: Words(
        "12a",
        Theme.CARE,
        "Wat te doen, zonder diagnose: zo weet de invaller genoeg en hoeft niemand het onderzoek te lezen.",
        "punten 'in de klas'",
    ),
    Kind.SUPPORT_PLAN: Words(
        "13",
        Theme.PLANS,
        "Een ontwikkelingsperspectief maakt de school met de ouders (WPO 40a); het kind wordt gehoord.",
        "wat helpt, wat hindert, en afspraken",
        {
            Position.TEACHER: "het concept",
            Position.HEAD: "stelt vast",
            Position.PARENT: "en stemmen in met het handelingsdeel",
            Position.PUPIL: "de eigen stem",
            Position.BOARD: "aantallen",
        },
    ),
    Kind.GOALS: Words(
        "14",
        Theme.PLANS,
        "Doelen zijn van het kind; school en ouders antwoorden.",
        "doelen in eigen woorden, met het antwoord van school",
        {Position.PARENT: "lezen, en eigen inbreng"},
    ),
    Kind.PORTFOLIO: Words(
        "15",
        Theme.PLANS,
        "Waar een kind trots op is, is van het kind, en voor wie er met het kind aan werkt.",
        "talent en trots",
    ),
    Kind.TALKS: Words(
        "16",
        Theme.PLANS,
        "Wat met de ene ouder is besproken is niet vanzelf voor de andere, en gaat niet mee naar een andere school.",
        "verslagen van oudergesprekken",
        {Position.PARENT: "alleen eigen gesprekken"},
    ),
    Kind.ADVICE: Words(
        "17",
        Theme.PLANS,
        "Het bestuur van de school stelt het advies vast (WPO 42); pas daarna is het voor ouders en kind.",
        "",
        {Position.TEACHER: "het concept", Position.HEAD: "stelt vast"},
    ),
    Kind.ACCESS_LOG: Words(
        "18",
        Theme.ACCOUNT,
        "Wie kijkt laat een spoor na; dat spoor wordt ook echt bekeken (AVG 5 en 32).",
        "wie, wat, wanneer en waarom; geen inhoud",
        {Position.ADMIN: "zonder namen van kinderen"},
    ),
    Kind.SOURCES: Words(
        "",
        Theme.ACCOUNT,
        "Wie met de gegevens werkt moet weten waar ze vandaan komen en hoe oud ze zijn.",
        "bron en leeftijd van elk gegeven",
    ),
}
