"""Sentences as teachers write them, for the notes of the demo; all invented.

One line per note: kind|tone|band|text. Band k = groups 1-2, m = 3-5, b = 6-8, * = all; a `!` after the kind means for
the IB'er only. Words in braces are filled in: {naam}, {hij}, {Hij}, {zijn}, {Zijn}, {hem}, {maatje}, {boek}, {thema}.
"""

from typing import NamedTuple

BOOKS = (
    "De Gorgels", "Dummie de mummie", "Dolfje Weerwolfje", "De Waanzinnige Boomhut", "Het leven van een loser",
    "Pluk van de Petteflet", "Oorlogswinter", "Briefgeheim", "Dog Man", "De GVR", "Mees Kees", "Superjuffie",
)  # fmt: skip
THEMES = (
    "de haven", "het ziekenhuis", "dino's", "de ruimte", "de supermarkt", "vulkanen", "de Romeinen", "het strand",
    "water", "de herfst", "uitvinders", "de dierentuin",
)  # fmt: skip

_NOTES = """
observatie|goed|k|Speelt nu ook in de bouwhoek met anderen; {maatje} en {naam} maakten samen een garage van drie verdiepingen.
observatie|goed|k|Heeft vanmorgen zelf {zijn} jas dichtgeritst en liet het trots aan de hele kring zien.
observatie|goed|k|Telt met één-op-één tot 14 en wijst daarbij alles goed aan. In september was dat nog tot 6.
observatie|goed|k|Vertelde in de kring uit zichzelf over oma die op bezoek was. Voor het eerst zonder dat ik iets vroeg.
observatie|goed|k|Knipt nu op de lijn, tong uit de mond, heel geconcentreerd.
observatie|goed|k|Troostte {maatje} toen die {zijn} mama miste. Haalde zelf de knuffel.
observatie|neutraal|k|Kiest bij het planbord bijna altijd de zandtafel. Volgende week samen iets nieuws kiezen.
observatie|neutraal|k|Het opruimen gaat goed zolang ik in de buurt blijf.
observatie|neutraal|k|Is na de middag echt moe. Legt dan het hoofd op tafel.
observatie|neutraal|k|Rijmen gaat nog op gevoel: kat – muis vindt {hij} ook rijmen.
observatie|zorg|k|Huilt bij het afscheid nog elke dag. Na tien minuten is het over, maar het begin van de dag is zwaar voor {hem}.
observatie|zorg|k|Reageert niet altijd als ik {zijn} naam noem, ook niet dichtbij. Ouders gevraagd of het gehoor al eens is nagekeken.
observatie|zorg|k|Speelt vooral naast andere kinderen en nog weinig samen. Ik bied het begeleid aan in de huishoek.
oudergesprek|goed|k|Startgesprek: thuis speelt {naam} juf of meester met de knuffels. Vader en moeder zijn blij hoe het gaat.
oudergesprek|neutraal|k|Ouders vertellen dat {naam} thuis veel praat, hier is {hij} nog stil. We geven het tijd.
talent|goed|k|Kent alle dino's bij naam en legt ze uit aan wie het horen wil.
talent|goed|k|Zingt zuiver en onthoudt elk liedje na één keer.
notitie|goed|k|Eerste dag zonder speen in de tas!
notitie|neutraal|k|Extra kleren mee graag, de tas was leeg. Briefje meegegeven.
notitie|neutraal|k|gevallen op het plein, knie geschaafd, pleister erop en weer door
bespreking|neutraal|k|Ontwikkelt zich goed over de hele lijn. Kleine motoriek blijft een aandachtspunt: dagelijks iets met kleien of knippen.
observatie|goed|m|Leest ineens! Tijdens het stillezen een heel hoofdstuk van {boek} uit en wilde niet stoppen.
observatie|goed|m|Vroeg vandaag zelf om uitleg bij de instructietafel. Dat is nieuw en precies wat we geoefend hebben.
observatie|goed|m|Hielp {maatje} met klokkijken zonder het voor te zeggen. Knap.
observatie|goed|m|Tafels van 3 en 4 nu vlot, ook door elkaar.
observatie|goed|m|Werkte een half uur door met de koptelefoon op. Hoefde niets te zeggen.
observatie|goed|m|Begon uit zichzelf aan {zijn} weektaak en had die donderdag al af.
observatie|goed|m|Presentatie over {thema}: hard en duidelijk gepraat, kon ook de vragen beantwoorden.
observatie|goed|m|Maakt er in de kring grapjes bij zonder dat het ontspoort. De groep geniet ervan.
observatie|neutraal|m|Draait letters b en d nog om als het snel moet. Met het kaartje erbij gaat het goed.
observatie|neutraal|m|Maakt het werk af als {hij} vooraan zit. Achterin wordt het kletsen.
observatie|neutraal|m|Rekent nog veel op de vingers onder tafel. Mag, maar ik leg steeds het rekenrek ernaast.
observatie|neutraal|m|Dictee wisselend: vorige week 2 fout, nu 9. Was ook verkouden.
observatie|neutraal|m|Leest graag hardop maar raadt bij lange woorden.
observatie|zorg|m|Begint pas als ik er drie keer ben geweest. Zegt dat {hij} het niet snapt, maar met de eerste som samen kan {hij} het wel.
observatie|zorg|m|Sommen over het tiental lukken niet zonder materiaal, de groep gaat al verder. Deze week elke dag tien minuten samen.
observatie|zorg|m|Zit vaak alleen in de pauze. Gevraagd: {hij} weet niet hoe je vraagt of je mee mag doen. Oefenen we.
observatie|zorg|m|Lezen kost zoveel moeite dat {hij} de zin kwijt is aan het eind. Ralfi-lezen gestart met {maatje} erbij.
observatie|zorg|m|Boos na het voetballen, drie keer deze week. Na afkoelen kan {hij} goed vertellen wat er was.
kindgesprek|goed|m|Vindt school leuk, vooral gym en rekenen. "Ik ben beter in keer dan in delen."
kindgesprek|goed|m|{naam} zegt dat het fijn is in de klas: "Er is altijd wel iemand."
kindgesprek|neutraal|m|Wil liever naast {maatje} zitten. Afgesproken: na de vakantie proberen we het.
kindgesprek|neutraal|m|Vindt lezen saai, behalve moppenboeken. Dus: moppenboeken.
kindgesprek|zorg|m|Zegt buikpijn te hebben op dagen met dictee. Samen bedacht: eerst drie woorden voorzeggen, dan pas schrijven.
oudergesprek|goed|m|Tienminutengesprek: ouders herkennen het beeld. Thuis wordt er elke avond voorgelezen, ook door de grote zus.
oudergesprek|neutraal|m|Moeder vraagt wat ze thuis kan doen aan de tafels. Liedjes en het kwartetspel meegegeven.
oudergesprek|neutraal|m|Vader kwam met een tolk via de telefoon. Fijn gesprek. Hij wil graag een bericht als het goed gaat, niet alleen als er iets is.
oudergesprek|zorg|m|Ouders merken dat {naam} thuis niet wil lezen. Afspraak: niet overhoren, samen om de beurt een bladzij.
oudergesprek!|zorg|m|Moeder vertelt dat het thuis onrustig is door een verhuizing. Wil niet dat de groep het weet. {naam} mag altijd even naar mij toe.
bespreking|neutraal|m|Groepsbespreking: blijft in de basisgroep rekenen, verlengde instructie bij klokkijken. Over zes weken terugkijken.
bespreking|goed|m|Kan uit de intensieve leesgroep. Groei volgen tot de toetsen.
bespreking|zorg|m|Besproken met IB: lees- en spellinglijn vlak. Eerst acht weken gericht oefenen, dan opnieuw meten voordat we verder kijken.
talent|goed|m|Tekent strips met een kop en een staart; de hele klas leest mee.
talent|goed|m|Maakte in de plusles een knikkerbaan waar groep 8 naar kwam kijken.
talent|goed|m|Voetbalt sinds kort bij een club en vertelt er vol vuur over.
notitie|goed|m|Lekker gewerkt vandaag!! Complimentenkaart mee naar huis.
notitie|goed|m|Eindelijk {zijn} draai gevonden aan de nieuwe tafelgroep :-)
notitie|neutraal|m|mdr gebeld, komt vrijdag 15.00u even langs
notitie|neutraal|m|Bril kapot, tot woensdag vooraan.
notitie|neutraal|m|Veterdiploma gehaald.
notitie|neutraal|m|Gymtas nu twee keer vergeten. Gezegd.
notitie|zorg|m|rekenen ging niet vandaag, tranen. morgen opnieuw beginnen met iets dat lukt
observatie|goed|b|Legde de breukensom op drie manieren uit aan het bord. De groep was er stil van.
observatie|goed|b|Plant {zijn} weektaak nu zelf en houdt zich eraan. Twee weken achter elkaar alles af.
observatie|goed|b|Nam het op voor {maatje} toen er een flauwe opmerking kwam. Rustig en duidelijk.
observatie|goed|b|Las {boek} in vier dagen uit en schreef er uit zichzelf een recensie bij.
observatie|goed|b|Werkstuk over {thema} is af: eigen hoofdvraag, drie bronnen, mooi verzorgd.
observatie|goed|b|Vraagt door in de instructie. "Maar wat als het getal negatief is?"
observatie|goed|b|Was leider van het groepje bij techniek en liet iedereen meedoen, ook wie eerst niet wilde.
observatie|goed|b|Werkwoordspelling: maakt het schema nu zelf. Laatste oefening foutloos.
observatie|goed|b|Deed mee met het voorleesrondje bij de kleuters, met stemmetjes en al.
observatie|neutraal|b|Werkt snel en slordig; als {hij} nakijkt haalt {hij} er zelf de helft van de fouten uit.
observatie|neutraal|b|Redactiesommen: leest te vlug over de vraag heen. Nu eerst de vraag onderstrepen.
observatie|neutraal|b|Zit graag bij het raam. Merk dat {hij} daar ook rustiger werkt.
observatie|neutraal|b|In een tweetal werkt {hij} goed, in een groep van vier laat {hij} het aan de anderen over.
observatie|neutraal|b|Huiswerk topografie niet geleerd, "vergeten". Plattegrond in de tas gedaan.
observatie|zorg|b|Haakt af zodra er meer dan vier opdrachten op een blad staan. Ik knip het blad nu in tweeën.
observatie|zorg|b|Breuken: noemt de noemer de "onderste" maar ziet nog niet dat 1/8 kleiner is dan 1/6. Terug naar de repen chocola.
observatie|zorg|b|Trekt zich terug sinds de vakantie. Praat wel als we samen opruimen, niet als ik ernaar vraag.
observatie|zorg|b|Ruzie via de telefoon in het weekend loopt door in de klas. Met alle vier gepraat.
observatie|zorg|b|Komt vermoeid binnen, geeft zelf aan tot laat te gamen.
kindgesprek|goed|b|"Ik merk dat ik sneller lees dan vorig jaar, ik hoef niet meer terug te gaan."
kindgesprek|goed|b|Vindt dat het goed gaat. Trots op {zijn} spreekbeurt over {thema}.
kindgesprek|neutraal|b|Wil graag meer uitdaging bij rekenen. Afgesproken: eerst de toets vooraf, dan mag {hij} oefeningen overslaan.
kindgesprek|neutraal|b|{naam} weet precies wat nog lastig is: "de voltooide tijd en stilzitten".
kindgesprek|neutraal|b|Denkt na over de middelbare school. Wil iets met dieren of met koken.
kindgesprek|zorg|b|Vindt zichzelf "niet zo slim". Samen de lijn van het afgelopen jaar bekeken; dat verbaasde {hem}.
kindgesprek|zorg|b|Slaapt slecht voor toetsen. We spreken af dat {hij} een kwartier eerder mag beginnen.
oudergesprek|goed|b|Ouders zijn tevreden. Thuis zit {naam} in de keuken huiswerk te maken terwijl er gekookt wordt, dat werkt goed.
oudergesprek|neutraal|b|Gesprek met {naam} erbij, {hij} leidde het zelf met de kaartjes. Ouders onder de indruk.
oudergesprek|neutraal|b|Moeder vraagt naar bijles. Eerst kijken wat extra instructie hier doet; in januari weer contact.
oudergesprek|zorg|b|Vader maakt zich zorgen over begrijpend lezen. Afspraak: thuis tien minuten samen de krant, hier elke dinsdag de leeskring.
oudergesprek!|zorg|b|Ouders gaan uit elkaar. Beiden willen dezelfde informatie en apart een gesprek. {naam} weet dat wij het weten.
bespreking|goed|b|Besproken: groeit boven de eigen lijn bij rekenen. Mag naar verdiepte instructie.
bespreking|neutraal|b|Groepsbespreking: blijft volgen. Werkhouding is het doel, niet de score.
bespreking|zorg|b|Met IB gekeken naar spelling: korte instructie vooraf en één regel per week. Over zes weken opnieuw.
talent|goed|b|Speelt cello en gaf een mini-concert bij de weekopening.
talent|goed|b|Programmeert eigen spelletjes en leert het nu aan groep 5.
talent|goed|b|Kookte bij de kookles couscous voor de hele groep, volgens oma's recept.
talent|goed|b|Tweede geworden bij de schaakwedstrijd van Haagse scholen.
notitie|goed|b|top gewerkt deze week, ouders geappt via de schoolapp
notitie|goed|b|Uit zichzelf sorry gezegd na de pauze. Groot gebaar.
notitie|neutraal|b|Morgen orthodontist, komt rond 10.15u binnen
notitie|neutraal|b|Fiets gestolen, loopt nu met {maatje} mee.
notitie|neutraal|b|laptop deed het niet, op papier gewerkt -> zie schrift
notitie|zorg|b|Twee keer zonder ontbijt op school. Fruit gegeven. Vrijdag weer vragen.
observatie|goed|*|Rustige, vrolijke week. Speelt veel met {maatje}.
observatie|goed|*|Durft steeds meer in de grote groep.
observatie|neutraal|*|Gaat rustig {zijn} gang. Weinig over te zeggen, en dat is ook goed nieuws.
notitie|neutraal|*|Verjaardag gevierd, getrakteerd op mandarijnen met gezichtjes.
notitie|neutraal|*|Blijft tot de vakantie over op dinsdag en donderdag.
"""

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
    ("Ik wil leren programmeren.", "deels", "in de plusles na de kerst"),
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
)  # fmt: skip
AGREEMENTS = (
    "Elke dag tien minuten extra lezen met een maatje", "Ouders bellen over hoe het thuis gaat met lezen",
    "Verlengde instructie rekenen op dinsdag en donderdag", "Plek vooraan bij de instructie", "Beloningskaart voor de weektaak",
    "Gehoor laten nakijken: ouders vragen bij de huisarts", "Werk in kleinere stukken aanbieden",
    "Gesprek met ouders over de werkhouding", "Tafels oefenen met flitskaartjes", "Opnieuw meten met een losse toets",
    "Kind laten kiezen: eigen doel voor deze periode", "Kort overleg met de logopedist", "Materiaal voor de plusgroep klaarzetten",
    "Timer op tafel tijdens zelfstandig werken", "Vast moment om de dag door te spreken", "Boeken op eigen niveau uitzoeken",
    "Observatie in de pauze door de IB'er", "Dictee in twee delen afnemen",
)  # fmt: skip
HELPS = (
    "een voorbeeld vooraf", "weten wat er die dag komt", "even bewegen tussen twee lessen", "een rustige plek", "eerst hardop denken",
    "een maatje naast zich", "complimenten over de aanpak", "materiaal om aan te raken", "korte opdrachten", "zelf mogen kiezen",
    "grapjes en een knipoog", "een vaste beginner: samen de eerste som",
)  # fmt: skip
HINDERS = (
    "veel opdrachten tegelijk op één blad", "lawaai in de gang", "onverwachte wisselingen", "tijdsdruk", "voor de groep iets niet weten",
    "lange instructie", "wachten", "een invaller zonder uitleg vooraf", "te veel tekst bij een som",
)  # fmt: skip
IN_CLASS = (
    "koptelefoon mag bij zelfstandig werken", "instructietafel bij nieuwe stof", "plek bij het raam, weg van de deur",
    "extra tijd bij toetsen", "werk op de helft knippen", "dagelijks even inchecken bij binnenkomst", "picto's op tafel",
    "voorleesfunctie bij lange teksten", "mag staand werken aan de hoge tafel",
)  # fmt: skip


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


NOTES: tuple[Note, ...] = tuple(_parse(line) for line in _NOTES.strip().splitlines())


def notes_for(grade: int) -> list[Note]:
    """The notes that fit a jaargroep."""
    band = "k" if grade <= 2 else "m" if grade <= 5 else "b"
    return [note for note in NOTES if note.band in (band, "*")]
