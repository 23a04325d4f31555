"""What the journal of group 6B says of the told-about children; every moment is in school days before today.

A negative number lies in the future (calendar days), for agreements that are still to be kept.
"""

from typing import NamedTuple

KIM, SAM, IB = "Kim", "Sam", "Marjan"
LAST_YEAR = 150


class ToldNote(NamedTuple):
    """Something written about a child; `by` is a first name of the staff."""

    child: str
    back: int
    kind: str
    tone: str
    by: str
    text: str
    readers: str = "team"


class ToldAgreement(NamedTuple):
    """Something that was agreed, with its last day and the day on which it was done."""

    child: str
    back: int
    text: str
    by: str
    due: int
    done: int | None = None


class ToldPoint(NamedTuple):
    """What helps, what hinders, or what that means in class."""

    child: str
    kind: str
    text: str


class ToldGoal(NamedTuple):
    """What a child wants, in its own words, and what school answered."""

    child: str
    back: int
    words: str
    answer: str
    explained: str
    answered: int | None


NOTES: tuple[ToldNote, ...] = (
    ToldNote("Noor", 2, "observatie", "goed", KIM, "Legde zonder vragen de getallenlijn uit aan twee anderen."),
    ToldNote(
        "Noor",
        5,
        "observatie",
        "neutraal",
        SAM,
        "Met de werkwoordkaart erbij vijf van de zes zinnen goed. Zonder kaart gokt ze nog op -d of -t.",
    ),
    ToldNote("Noor", 7, "bespreking", "neutraal", IB, "Spelling: korte instructie vooraf, over zes weken terug."),
    ToldNote("Noor", 8, "talent", "goed", KIM, "Zwemdiploma C gehaald; helpt zondags bij de kleine groep."),
    ToldNote(
        "Noor",
        13,
        "observatie",
        "goed",
        SAM,
        "Eerste keer voorgelezen bij 1/2A. Hield het boek zo dat iedereen de plaatjes zag. Wil volgende week weer.",
    ),
    ToldNote("Noor", 18, "talent", "goed", KIM, "Tekening “de haven van Scheveningen”, zelf gekozen voor in de gang."),
    ToldNote(
        "Noor",
        24,
        "oudergesprek",
        "neutraal",
        KIM,
        "Beide ouders waren er. Thuis leest ze elke avond. In appjes valt de spelling ook hun op; niet overhoren, wel "
        "samen een lijstje maken van woorden die ze vaak gebruikt.",
    ),
    ToldNote(
        "Noor",
        30,
        "kindgesprek",
        "goed",
        KIM,
        "Trots op lezen. Spelling “gaat te snel”, vooral als er ook een verhaal bij moet.",
    ),
    ToldNote(
        "Noor",
        41,
        "observatie",
        "neutraal",
        KIM,
        "Begint vlot maar raakt de draad kwijt als er veel op één blad staat.",
    ),
    ToldNote(
        "Noor", LAST_YEAR, "kindgesprek", "goed", KIM, "Wil later juf worden of kapitein. Leest het liefst over zee."
    ),
    ToldNote(
        "Yusuf",
        1,
        "observatie",
        "zorg",
        KIM,
        "Breuken vergelijken lukt niet op de tablet. Met de stroken papier zag hij het ineens wél bij 1/3 en 1/4.",
    ),
    ToldNote("Yusuf", 9, "observatie", "goed", SAM, "Maakte van zijn stroken een spel voor de hele tafelgroep."),
    ToldNote("Yusuf", 26, "kindgesprek", "neutraal", KIM, "“Rekenen was leuk tot er strepen in de getallen kwamen.”"),
    ToldNote("Milan", 3, "notitie", "zorg", KIM, "weer te laat, maandag. zegt dat de tram niet kwam. ouders bellen"),
    ToldNote(
        "Milan", 10, "observatie", "goed", SAM, "Als hij er is, is hij er ook echt: trok de hele groep mee bij drama."
    ),
    ToldNote(
        "Milan",
        16,
        "oudergesprek",
        "zorg",
        IB,
        "Moeder gesproken: maandag komt Milan van zijn vader uit Delft. Ze zoekt samen met vader naar een oplossing.",
        "ib",
    ),
    ToldNote(
        "Fatima",
        4,
        "observatie",
        "goed",
        KIM,
        "Begrijpend lezen: las de vraag eerst, dan de tekst. Dat doet ze sinds de leeskring en het werkt.",
    ),
    ToldNote("Fatima", 29, "kindgesprek", "goed", KIM, "“Ik dacht dat ik niet kon lezen maar ik las gewoon te snel.”"),
    ToldNote(
        "Sem", 6, "observatie", "goed", SAM, "Had al drie keer gevraagd of de proefjesdoos open mocht. Vandaag dus."
    ),
    ToldNote(
        "Sem",
        22,
        "oudergesprek",
        "goed",
        KIM,
        "Ouders: Sem oefent thuis omdat hij het wil, niet omdat het moet. Zo houden.",
    ),
    ToldNote(
        "Liv",
        12,
        "observatie",
        "neutraal",
        KIM,
        "Zit wat stiller in de kring dan vorig jaar. Zelf zegt ze dat ze graag luistert.",
    ),
    ToldNote(
        "Amir",
        5,
        "kindgesprek",
        "neutraal",
        SAM,
        "Wil weten waarom je staartdelen moet kunnen. Goede vraag, morgen antwoord.",
    ),
    ToldNote("Noa", 2, "observatie", "zorg", KIM, "Breuken: raadt. Donderdag samen met Yusuf aan de instructietafel."),
    ToldNote("Jayden", 8, "talent", "goed", SAM, "Drumde bij de weekopening; de kleuters klapten de maat mee."),
    ToldNote("Yara", 11, "observatie", "goed", KIM, "Vangt nieuwe kinderen op zonder dat iemand het vraagt."),
    ToldNote("Eva", 38, "observatie", "goed", KIM, "Werkt rustig door en maakt mooie tekeningen bij geschiedenis."),
    ToldNote("Daan", 45, "notitie", "neutraal", SAM, "Logopedie is gestopt, doel behaald."),
)
AGREEMENTS: tuple[ToldAgreement, ...] = (
    ToldAgreement("Noor", 7, "Werkwoordkaart maken met Noor", KIM, -2),
    ToldAgreement("Noor", 7, "Ouders bellen over thuis lezen", KIM, -6),
    ToldAgreement("Noor", 24, "Plek bij het raam", KIM, 10, 11),
    ToldAgreement("Yusuf", 5, "Breuken met stroken papier, drie keer tien minuten", KIM, -4),
    ToldAgreement("Milan", 16, "Vader bellen over de maandag", KIM, 6),
    ToldAgreement("Sem", 20, "Proefjesdoos klaarzetten op vrijdag", SAM, 8, 6),
    ToldAgreement("Fatima", 29, "Blijft de komende weken in de leeskring", SAM, -20),
)
POINTS: tuple[ToldPoint, ...] = (
    ToldPoint("Noor", "helpt", "een voorbeeld vooraf"),
    ToldPoint("Noor", "helpt", "naast Yara zitten"),
    ToldPoint("Noor", "hindert", "veel opdrachten tegelijk op één blad"),
    ToldPoint("Noor", "in de klas", "werkwoordkaart op tafel, dictee in twee delen"),
    ToldPoint("Yusuf", "helpt", "materiaal om aan te raken"),
    ToldPoint("Yusuf", "hindert", "alleen op het scherm oefenen"),
    ToldPoint("Milan", "helpt", "een taak bij binnenkomst"),
    ToldPoint("Jayden", "in de klas", "mag staand werken aan de hoge tafel"),
)
GOALS: tuple[ToldGoal, ...] = (
    ToldGoal("Noor", 30, "Ik wil dit jaar voorlezen aan de kleuters.", "doen we", "elke woensdag, met een maatje", 25),
    ToldGoal(
        "Noor",
        LAST_YEAR,
        "Ik wil een boek van meer dan 200 bladzijden uitlezen.",
        "doen we",
        "uit de bieb gekozen: een verhaal over zee",
        140,
    ),
    ToldGoal("Sem", 9, "Ik wil proefjes doen.", "", "", None),
    ToldGoal("Yusuf", 28, "Ik wil breuken snappen.", "doen we", "instructietafel op donderdag", 20),
    ToldGoal("Fatima", 29, "Ik wil een boek schrijven.", "deels", "eerst een kort verhaal voor de schoolkrant", 21),
    ToldGoal("Milan", 27, "Ik wil toneel doen op vrijdagmiddag.", "doen we", "met meester Sam", 22),
)
