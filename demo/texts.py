"""Sentences as teachers and children write them, for the journal of the demo; all invented.

The notes stand in notes.txt, one a line: kind|tone|band|text. Band k = groups 1-2, m = 3-5, b = 6-8, * = all; a `!`
after the kind means for the IB'er only. Words in braces are filled in: {naam}, {hij}, {Hij}, {zijn}, {Zijn}, {hem},
{maatje}, {boek}, {thema}; of [one~two~three] one is chosen.
"""

from pathlib import Path
from typing import NamedTuple

BOOKS = (
    "De Gorgels",
    "Dummie de mummie",
    "Dolfje Weerwolfje",
    "De Waanzinnige Boomhut",
    "Het leven van een loser",
    "Pluk van de Petteflet",
    "Oorlogswinter",
    "Briefgeheim",
    "Dog Man",
    "De GVR",
    "Mees Kees",
    "Superjuffie",
)
THEMES = (
    "de haven",
    "het ziekenhuis",
    "dino's",
    "de ruimte",
    "de supermarkt",
    "vulkanen",
    "de Romeinen",
    "het strand",
    "water",
    "de herfst",
    "uitvinders",
    "de dierentuin",
)


GOALS = (
    ("Ik wil de tafel van 7 kunnen zonder na te denken.", "doen we", "elke dag vijf minuten met de flitskaartjes"),
    ("Ik wil mijn spreekbeurt over haaien doen.", "doen we", "staat op het rooster"),
    ("Ik wil meer buiten rekenen.", "deels", "op vrijdag meten we op het plein"),
    ("Ik wil proefjes doen.", "", ""),
    ("Ik wil een keer juf zijn voor een halve dag.", "deels", "een les van een kwartier, in de week voor de vakantie"),
    ("Ik wil leren keepen en ook beter opletten.", "doen we", "opletten met het kaartje, keepen in de pauze"),
    ("Ik wil een heel dik boek uitlezen.", "doen we", "samen gekozen in de schoolbieb"),
    ("Ik wil dat het stiller is als ik lees.", "doen we", "koptelefoon ligt klaar en de leeshoek is vrij"),
    ("Ik wil minder snel boos worden.", "doen we", "afkoelplek bij het raam, we kijken elke vrijdag terug"),
    ("Ik wil een strip maken die in de schoolkrant komt.", "doen we", "eerste bladzij is af"),
    ("Ik wil leren programmeren.", "deels", "in de plusles, na de vakantie"),
    ("Ik wil naast mijn beste vriend zitten.", "nu niet", "samen werken mag wel, na de vakantie kijken we opnieuw"),
    ("Ik wil beter worden in netjes schrijven.", "doen we", "iedere dag één mooie regel"),
    ("Ik wil de klas leren hoe je origami vouwt.", "", ""),
    ("Ik wil een zwemdiploma.", "nu niet", "dat gaat via de zwemles, wij duimen mee"),
    ("Ik wil breuken snappen.", "doen we", "instructietafel op dinsdag"),
    ("Ik wil durven vertellen in de kring.", "doen we", "eerst in een groepje van drie"),
    ("Ik wil naar het vwo dus ik wil moeilijker werk.", "deels", "verdiepte instructie bij rekenen"),
    ("Ik wil dat er een moestuin komt.", "", ""),
    ("Ik wil Engels praten met mijn nichtje in Londen.", "doen we", "Engelse boekjes mee naar huis"),
    ("Ik wil beter Nederlands leren zodat ik grapjes snap.", "doen we", "mop van de dag in de Taalklas"),
    ("Ik wil met dans optreden bij de weekopening.", "doen we", "staat in de agenda"),
    ("Ik wil leren schaken van meester.", "doen we", "donderdag in de pauze"),
    ("Ik wil niet meer overslaan als ik lees.", "doen we", "met een kaartje onder de regel"),
)
AGREEMENTS = (
    "Elke dag tien minuten extra lezen met een maatje",
    "Ouders bellen over hoe het thuis gaat met lezen",
    "Verlengde instructie rekenen op dinsdag en donderdag",
    "Plek vooraan bij de instructie",
    "Beloningskaart voor de weektaak",
    "Gehoor laten nakijken: ouders vragen bij de huisarts",
    "Werk in kleinere stukken aanbieden",
    "Gesprek met ouders over de werkhouding",
    "Tafels oefenen met flitskaartjes",
    "Opnieuw meten met een losse toets",
    "Kind laten kiezen: eigen doel voor deze periode",
    "Kort overleg met de logopedist",
    "Materiaal voor de plusgroep klaarzetten",
    "Timer op tafel tijdens zelfstandig werken",
    "Vast moment om de dag door te spreken",
    "Boeken op eigen niveau uitzoeken",
    "Meekijken in de pauze, twee keer",
    "Dictee in twee delen afnemen",
)
HELPS = (
    "een voorbeeld vooraf",
    "weten wat er die dag komt",
    "even bewegen tussen twee lessen",
    "een rustige plek",
    "eerst hardop denken",
    "een maatje naast zich",
    "complimenten over de aanpak",
    "materiaal om aan te raken",
    "korte opdrachten",
    "zelf mogen kiezen",
    "grapjes en een knipoog",
    "een vaste beginner: samen de eerste som",
)
HINDERS = (
    "veel opdrachten tegelijk op één blad",
    "lawaai in de gang",
    "onverwachte wisselingen",
    "tijdsdruk",
    "voor de groep iets niet weten",
    "lange instructie",
    "wachten",
    "een invaller zonder uitleg vooraf",
    "te veel tekst bij een som",
)
IN_CLASS = (
    "koptelefoon mag bij zelfstandig werken",
    "instructietafel bij nieuwe stof",
    "plek bij het raam, weg van de deur",
    "extra tijd bij toetsen",
    "werk op de helft knippen",
    "dagelijks even inchecken bij binnenkomst",
    "picto's op tafel",
    "voorleesfunctie bij lange teksten",
    "mag staand werken aan de hoge tafel",
)


class Note(NamedTuple):
    """A note without the child in it yet."""

    kind: str
    tone: str
    band: str
    text: str
    readers: str


def _parse(line: str) -> Note:
    kind, tone, band, text = line.split("|", 3)
    return Note(kind.rstrip("!"), tone, band, text, "ib" if kind.endswith("!") else "team")


NOTES: tuple[Note, ...] = tuple(
    _parse(line) for line in Path(__file__).with_name("notes.txt").read_text(encoding="utf-8").splitlines()
)


def notes_for(grade: int) -> list[Note]:
    """The notes that fit a jaargroep."""
    band = "k" if grade <= 2 else "m" if grade <= 5 else "b"
    return [note for note in NOTES if note.band in (band, "*")]
