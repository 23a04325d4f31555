"""Five minutes at home: what a parent can do with a child, by subject and by words in the goal; our own sentences.

Each needs nothing but what lies about in a house, no level and no result. Read from top to bottom: the first idea whose
words occur fits; of several that fit the week chooses, so that the same goal does not bring the same idea twice.
"""

from collections.abc import Iterable
from typing import NamedTuple


class Idea(NamedTuple):
    """`subjects` and `words` are beginnings of words; without `words` an idea fits everything of its subject."""

    subjects: tuple[str, ...]
    words: tuple[str, ...]
    body: str


ARITHMETIC = ("rekenen", "wiskunde")
SPELLING = ("spelling", "taalverzorging")
READING = ("begrijpend", "lezen", "studievaardig")
WORDS = ("woordenschat", "taal")

LIBRARY = (
    Idea(
        ARITHMETIC,
        ("klok", "tijd", "kalender"),
        "Vraag een paar keer per dag hoe laat het is. En: hoe lang nog tot het eten?",
    ),
    Idea(
        ARITHMETIC, ("klok", "tijd", "kalender"), "Laat uw kind zeggen hoe laat jullie weg moeten om op tijd te zijn."
    ),
    Idea(
        ARITHMETIC,
        ("geld", "munt", "betal", "euro", "komma"),
        "Laat uw kind in de winkel schatten wat het samen kost. Kijk daarna op de bon.",
    ),
    Idea(
        ARITHMETIC,
        ("geld", "munt", "betal", "euro", "komma"),
        "Leg munten neer. Wie legt hetzelfde bedrag met minder munten?",
    ),
    Idea(
        ARITHMETIC,
        ("tafel", "keer", "vermenigvuldig"),
        "Noem onder het tandenpoetsen drie tafelsommen. Doe er één die uw kind al goed weet.",
    ),
    Idea(ARITHMETIC, ("tafel", "keer", "vermenigvuldig"), "Tel samen met sprongen op de trap: drie, zes, negen."),
    Idea(
        ARITHMETIC,
        ("del", "rest", "verdeel"),
        "Verdeel iets lekkers eerlijk. Wat blijft er over, en wat doe je daarmee?",
    ),
    Idea(
        ARITHMETIC,
        ("breuk", "halv", "kwart", "procent", "verhouding"),
        "Snijd een appel of een boterham. Welk deel eet jij, welk deel ik?",
    ),
    Idea(
        ARITHMETIC,
        ("breuk", "procent", "verhouding", "korting"),
        "Kijk in een folder naar korting. Wat kost het nu ongeveer?",
    ),
    Idea(
        ARITHMETIC,
        ("lengte", "meten", "meter", "maten", "omtrek", "oppervlak", "liniaal"),
        "Meet samen iets in huis. Laat uw kind eerst schatten.",
    ),
    Idea(
        ARITHMETIC,
        ("gewicht", "inhoud", "liter", "gram", "maten"),
        "Laat uw kind afwegen bij het koken. Hoeveel heb je nodig voor twee keer zo veel?",
    ),
    Idea(
        ARITHMETIC,
        ("diagram", "grafiek", "tabel", "verband"),
        "Zoek samen een tabel of grafiek: het weer, de stand van een sport. Wat zie je daarin?",
    ),
    Idea(
        ARITHMETIC,
        ("splits", "aanvul", "vriend", "optel", "aftrek", "som", "verdubbel", "halver"),
        "Speel winkeltje of gooi met twee dobbelstenen. Hoeveel is het samen?",
    ),
    Idea(
        ARITHMETIC,
        ("getal", "ordenen", "tellen", "sprong"),
        "Kijk buiten naar huisnummers. Welk nummer komt er dan, en welk stond ervoor?",
    ),
    Idea(ARITHMETIC, ("schat", "afrond"), "Schat samen: hoeveel stappen is het naar de deur? Tel daarna na."),
    Idea(ARITHMETIC, (), "Laat uw kind één som van vandaag uitleggen. Uitleggen helpt, ook als het nog niet lukt."),
    Idea(ARITHMETIC, (), "Speel een spel met dobbelstenen of kaarten. De punten telt uw kind."),
    Idea(SPELLING, ("verkleinwoord",), "Maak samen dingen in huis klein: tafel wordt tafeltje, boek wordt boekje."),
    Idea(
        SPELLING,
        ("werkwoord", "verleden", "persoonsvorm", "voltooid"),
        "Vertel om beurten wat je gisteren deed. Schrijf één zin op en kijk samen naar het werkwoord.",
    ),
    Idea(
        SPELLING,
        ("leenwoord", "uitgang", "tie", "isch"),
        "Zoek samen drie van zulke woorden op pakken en potjes in de keuken.",
    ),
    Idea(
        SPELLING,
        ("hoofdletter", "leesteken", "komma"),
        "Laat uw kind een appje of briefje nakijken op hoofdletters en punten.",
    ),
    Idea(
        SPELLING,
        (),
        "Schrijf een boodschappenlijstje met vijf woorden. Uw kind kijkt het na en kiest er één om te onthouden.",
    ),
    Idea(SPELLING, (), "Zoek in een boek drie woorden die bij deze regel horen. Schrijf het moeilijkste op."),
    Idea(
        READING,
        ("hoofdgedachte", "samenvat"),
        "Vraag na het lezen: als je het in één zin moet zeggen, waar ging het over?",
    ),
    Idea(
        READING,
        ("opzoek", "informatie", "schema"),
        "Zoek samen iets op dat uw kind wil weten. Waar begin je, en hoe weet je of het klopt?",
    ),
    Idea(
        READING,
        ("verwijs", "signaal"),
        "Lees een stukje samen. Wijs een woordje aan als ‘hij’ of ‘dat’: over wie of wat gaat het?",
    ),
    Idea(READING, (), "Lees samen een stukje voor of om de beurt. Vraag: wat vond je gek, mooi of moeilijk?"),
    Idea(READING, (), "Laat uw kind tien minuten lezen wat het zelf kiest. Een strip of een recept telt ook."),
    Idea(WORDS, (), "Gebruik één nieuw woord van deze week aan tafel. Wie gebruikt het nog eens?"),
    Idea(WORDS, (), "Vraag bij een nieuw woord: wat is het, wat lijkt erop, en wat is het niet?"),
    Idea(("engels",), (), "Noem samen dingen in huis in het Engels. Wie weet er vijf?"),
    Idea(("schrijven", "stellen"), (), "Laat uw kind een kaartje of briefje schrijven aan iemand die het leuk vindt."),
    Idea(
        ("wereld", "aardrijkskunde", "geschiedenis", "natuur", "biologie"),
        (),
        "Zoek samen een foto of filmpje bij het onderwerp. Wat wist je al, en wat is nieuw?",
    ),
    Idea(
        ("sociaal", "kanjer", "burgerschap"),
        (),
        "Vraag niet ‘hoe was het?’, maar: wie heb je vandaag geholpen, of wie hielp jou?",
    ),
    Idea(("muziek", "tekenen", "kunst", "creatief"), (), "Laat uw kind thuis voordoen wat het maakte of zong."),
    Idea(("gym", "bewegen", "sport"), (), "Doe samen het spel van de gymles. Uw kind legt de regels uit."),
)


def suggestion(subject: str, goal: str, week: int, taken: Iterable[str] = ()) -> str:
    """Return an idea for this goal, or "" when the library has none; `taken` are ideas that this week has already."""
    here, said = subject.lower(), goal.lower()
    of_subject = [idea for idea in LIBRARY if any(here.startswith(part) for part in idea.subjects)]
    fitting = [idea for idea in of_subject if _occurs(idea.words, said)]
    rest = [idea for idea in of_subject if not idea.words]
    used = set(taken)
    for ideas in (fitting, rest):
        free = [idea.body for idea in ideas if idea.body not in used]
        if free:
            return free[week % len(free)]
    return ""


def _occurs(words: tuple[str, ...], said: str) -> bool:
    starts = [part.strip("(),.:;") for part in said.split()]
    return any(start.startswith(word) or (len(word) > 4 and word in start) for word in words for start in starts)
