"""Learning objectives per jaargroep for the practice platform, in the words that Dutch schools use; ids are invented.

The order within a grade is the order in which the classes meet them in the course of a year.
"""

from dataclasses import dataclass

NUMBERS, MEASURES, RATIOS, RELATIONS = "Getallen", "Meten", "Verhoudingen", "Verbanden"

_MATHS: dict[int, tuple[tuple[str, str], ...]] = {
    3: (
        (NUMBERS, "Getallenrij tot 20"), (NUMBERS, "Splitsen tot 10"), (NUMBERS, "Optellen en aftrekken tot 10"),
        (MEASURES, "Klokkijken: hele uren"), (NUMBERS, "Getallen op de getallenlijn tot 20"),
        (NUMBERS, "Aanvullen tot 10"), (MEASURES, "Lengte vergelijken en meten"),
        (NUMBERS, "Optellen en aftrekken tot 20 zonder overschrijding"), (NUMBERS, "Verdubbelen en halveren tot 20"),
        (NUMBERS, "Optellen tot 20 met overschrijding"), (MEASURES, "Betalen met munten en briefjes tot 20 euro"),
        (MEASURES, "Klokkijken: halve uren"), (NUMBERS, "Aftrekken tot 20 met overschrijding"),
        (NUMBERS, "Tellen met sprongen van 2, 5 en 10"),
    ),
    4: (
        (NUMBERS, "Getallen tot 100 plaatsen op de getallenlijn"), (NUMBERS, "Sommen tot 100: 40 + 3, 25 + 40 en 40 + 40"),
        (NUMBERS, "Tafels van 2, 5 en 10"), (MEASURES, "Klokkijken: kwartieren"), (NUMBERS, "Sommen tot 100: 48 + 4"),
        (MEASURES, "Meten met de liniaal in centimeters"), (NUMBERS, "Sommen tot 100: 24 + 52 en 24 + 56"),
        (NUMBERS, "Tafels van 3 en 4"), (MEASURES, "Geld wisselen tot 100 euro"), (NUMBERS, "Sommen tot 100: 62 - 27"),
        (NUMBERS, "Tienstructuur: splitsen en aanvullen"), (MEASURES, "De kalender lezen"),
        (NUMBERS, "Tafels van 6 en 8"), (NUMBERS, "Delen: eerlijk verdelen"),
    ),
    5: (
        (NUMBERS, "Getallen tot 1000 vergelijken en ordenen"), (NUMBERS, "Optellen en aftrekken tot 1000"),
        (NUMBERS, "Tafelsommen 6 t/m 9"), (MEASURES, "Klokkijken: minuten analoog"), (NUMBERS, "Delen met rest"),
        (MEASURES, "Maten omrekenen: cm, dm en m"), (NUMBERS, "Vermenigvuldigen 6 x 24"),
        (NUMBERS, "Schatten door afronden op honderdtallen"), (MEASURES, "Omtrek berekenen"),
        (MEASURES, "Rekenen met geld: kommagetallen lezen"), (NUMBERS, "Handig rekenen met een getallenlijn"),
        (RELATIONS, "Een staafdiagram aflezen"), (RATIOS, "Breuken herkennen: een half, een kwart"),
        (MEASURES, "Klokkijken digitaal"),
    ),
    6: (
        (NUMBERS, "Gehele getallen plaatsen op de getallenlijn tot 1000"), (MEASURES, "Klokkijken analoog en digitaal"),
        (RATIOS, "Breuken benoemen"), (RATIOS, "Breuken vergelijken"), (NUMBERS, "Vermenigvuldigen 8 x 32"),
        (MEASURES, "Maten omrekenen: gewicht en inhoud"), (NUMBERS, "Optellen en aftrekken boven 1000 met strategieën"),
        (NUMBERS, "Delen met grote getallen"), (MEASURES, "Tijdmaten omrekenen"), (RATIOS, "Breuken op de getallenlijn"),
        (NUMBERS, "Optellen en aftrekken met kommagetallen"), (MEASURES, "Oppervlakte berekenen"),
        (RELATIONS, "Patronen in getallen voortzetten"), (NUMBERS, "Schatten met gegeven getallen"),
    ),
    7: (
        (NUMBERS, "Grote getallen tot 100.000 uitspreken en noteren"), (NUMBERS, "Cijferend vermenigvuldigen"),
        (RATIOS, "Breuken gelijknamig maken"), (MEASURES, "Maten omrekenen met komma's"), (RATIOS, "Breuken optellen en aftrekken"),
        (NUMBERS, "Delen met een decimale uitkomst"), (RATIOS, "Procenten: 50%, 25%, 10% en 1%"), (MEASURES, "Werken met schaal"),
        (RELATIONS, "Een lijngrafiek lezen"), (NUMBERS, "Kommagetallen vergelijken"), (MEASURES, "Inhoud berekenen"),
        (RATIOS, "Deel van een geheel berekenen"), (NUMBERS, "Gemiddelde berekenen"), (RATIOS, "Verhoudingstabel gebruiken"),
    ),
    8: (
        (RATIOS, "Breuken, kommagetallen en procenten in elkaar omzetten"), (RATIOS, "Breuken vermenigvuldigen"),
        (NUMBERS, "Rekenen met de rekenmachine en schatten"), (RATIOS, "Korting en rente berekenen"), (MEASURES, "Snelheid berekenen"),
        (MEASURES, "Oppervlakte van samengestelde figuren"), (RATIOS, "Breuken delen"), (RELATIONS, "Verbanden in tabel en grafiek"),
        (NUMBERS, "Volgorde van bewerkingen"), (NUMBERS, "Negatieve getallen"), (MEASURES, "Rekenen met schaal en kaart"),
        (RATIOS, "Mengverhoudingen"), (MEASURES, "Inhoudsmaten omrekenen"), (NUMBERS, "Redactiesommen met meer stappen"),
    ),
}  # fmt: skip
_SPELLING: dict[int, tuple[str, ...]] = {
    3: ("Klankzuivere woorden (maan, vis)", "Woorden met een tweetekenklank (deuk, kuik)", "Woorden met sch- (schaap)",
        "Woorden met -ng en -nk (bang, bank)", "Woorden met twee medeklinkers vooraan (stok)", "Woorden met f en v"),
    4: ("Woorden met -aai, -ooi, -oei (saai, mooi, boei)", "Woorden met -eer, -oor, -eur (keer, spoor, deur)",
        "Woorden eindigend op -d of -t (hond, kat)", "Woorden met -cht en -ch (nacht, pech)", "Verkleinwoorden op -je en -tje",
        "Woorden met -eeuw, -ieuw, -uw (sneeuw, nieuw, duw)"),
    5: ("Klinkerverenkeling (straten, bomen)", "Medeklinkerverdubbeling (bruggen, petten)", "Woorden met ei of ij",
        "Woorden met ou of au", "Verkleinwoorden op -etje en -pje", "Woorden met be-, ge- en ver-"),
    6: ("Stam van het werkwoord", "Werkwoorden in de tegenwoordige tijd (ik vind, jij vindt)", "Lange klanken aan het eind (-a, -o, -u)",
        "Woorden met -lijk en -ig", "Woorden met c als s of k (citroen, cactus)", "Samengestelde woorden (tuindeur)"),
    7: ("Verleden tijd: zwakke werkwoorden", "Voltooid deelwoord", "Woorden met 's (foto's, taxi's)", "Woorden met trema",
        "Leenwoorden (computer, garage)", "Woorden met -tie (politie)"),
    8: ("Werkwoordspelling gemengd", "Bijvoeglijk gebruikt voltooid deelwoord", "Hoofdletters en leestekens",
        "Tussen-n en tussen-s", "Engelse werkwoorden", "Woorden met koppelteken"),
}  # fmt: skip
_READING = {
    3: ("Zinnen begrijpen",), 4: ("Informatie opzoeken in een tekst",), 5: ("Verwijswoorden begrijpen",),
    6: ("Hoofdgedachte van een tekst",), 7: ("Verbanden tussen zinnen en alinea's",), 8: ("Mening en doel van de schrijver",),
}  # fmt: skip


@dataclass(frozen=True)
class Objective:
    """A learning objective of the platform; `base` is the difficulty around which its exercises lie."""

    number: int
    grade: int
    subject: str
    domain: str
    name: str
    base: float


def _all() -> dict[int, dict[str, list[Objective]]]:
    found: dict[int, dict[str, list[Objective]]] = {}
    for grade in range(3, 9):
        rows = [("Rekenen", domain, name) for domain, name in _MATHS[grade]]
        rows += [("Spelling", "Taalverzorging", name) for name in _SPELLING[grade]]
        rows += [("Begrijpend Lezen", "-", name) for name in _READING[grade]]
        for at, (subject, domain, name) in enumerate(rows):
            base = 40.0 + 70 * (grade - 3) + 3.5 * (at % 14)
            objective = Objective(100 * grade + at, grade, subject, domain, name, base)
            found.setdefault(grade, {}).setdefault(subject, []).append(objective)
    return found


OBJECTIVES = _all()
