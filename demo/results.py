"""Test results: UWLR 2.2 messages (one per school year), one extra test as a Cito-like list, and the norm table.

The extra test (Woordenschat) stands only in the list, the four subjects only in the messages: no fact comes twice.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from demo.ability import GIVEN, SCALES, VOCABULARY, Result, Scale, bounds, result, standing
from demo.calendar import label, school_days
from demo.people import Pupil
from demo.school import BRIN, NAME, School

YEARS = 6
CITO_HEADER = (
    "Leerlingnummer;Achternaam;Tussenvoegsel;Roepnaam;Geboortedatum;Groep;Toets;Moment;Afnamedatum;Vaardigheidsscore;"
    "Interval laag;Interval hoog;Niveau I-V;Niveau A-E;Percentiel;Functioneringsniveau;DLE"
)
NORM_HEADER = "Aanbieder;Toets;Moment;Niveau;Van;Tot"
LR = "http://www.edustandaard.nl/leerresultaten/2/leerresultaten"
OSO = "http://www.edustandaard.nl/oso_gegevensset/1.2/dossier"


class Sitting(NamedTuple):
    """One test that a child took."""

    day: date
    moment: str
    scale: Scale
    result: Result


def test_days(year: int, half: str) -> list[date]:
    """The school days on which the tests of the middle (M) or the end (E) of a school year are taken."""
    if half == "M":
        return school_days(date(year + 1, 1, 11), date(year + 1, 2, 6))
    return school_days(date(year + 1, 5, 20), date(year + 1, 6, 16))


def sittings(school: School, pupil: Pupil, year: int, scales: tuple[Scale, ...] = SCALES) -> Iterator[Sitting]:
    """The tests of a child in a school year, up to yesterday; now and then one is missed, or caught up a week later."""
    grade, group = pupil.places.get(year, (0, ""))
    for half in "ME":
        moment = f"{half}{grade}"
        if moment not in GIVEN:
            continue
        for place, scale in enumerate(scales):
            days = test_days(year, half)
            on = days[3 * place + school.rng("testday", year, half, group, scale.code).randrange(3)]
            rng = school.rng("sitting", year, moment, pupil.number, scale.code)
            chance = rng.random()
            if chance > 0.93 and not pupil.character:
                on = next(iter(school_days(on + timedelta(days=7), on + timedelta(days=20))), on)
            missed = chance < 0.02 and not pupil.character
            place_in_line = GIVEN.index(moment)
            if missed or on >= school.today or not pupil.at_school(on) or place_in_line < GIVEN.index(scale.first):
                continue
            z = standing(pupil, scale, school.seed)[place_in_line]
            yield Sitting(on, moment, scale, result(scale, moment, z))


def write_year(school: School, year: int, path: Path) -> int:
    """Write the result message of a school year and say how many results it holds; none means no file."""
    tests: dict[str, str] = {}
    parts: list[str] = []
    count, latest = 0, date(year, 8, 1)
    for pupil in school.pupils:
        taken = list(sittings(school, pupil, year))
        if not taken:
            continue
        count += len(taken)
        latest = max(latest, *(sitting.day for sitting in taken))
        parts.append(f"<toetsafname><leerlingid>{pupil.key}</leerlingid><eckid>{pupil.eckid}</eckid><resultaten>")
        for sitting in taken:
            code = f"{sitting.scale.code}-{sitting.moment}"
            if code not in tests:
                tests[code] = _test(code, sitting)
            parts.append(_result(pupil, year, code, sitting))
        parts.append("</resultaten></toetsafname>\n")
    if not count:
        return 0
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<leerresultaten_verzoek xmlns="{LR}" xmlns:o="{OSO}">\n<school><schooljaar>{label(year)}</schooljaar>'
        f"<brincode>{BRIN}</brincode><dependancecode>00</dependancecode><aanmaakdatum>{latest}T16:30:00</aanmaakdatum>"
        f"<auteur>Cito</auteur><xsdversie>2.2</xsdversie>"
        f"<commentaar>Verzonnen: {NAME}</commentaar></school>\n<toetsafnames>\n"
    )
    defined = "".join(tests[code] for code in sorted(tests))
    tail = f"</toetsafnames>\n<toetsen>\n{defined}</toetsen>\n</leerresultaten_verzoek>\n"
    path.write_text(head + "".join(parts) + tail, encoding="utf-8", newline="\n")
    return count


def _test(code: str, sitting: Sitting) -> str:
    scale = sitting.scale
    return (
        f"<toets><toetscode>{code}</toetscode><toetsnaam>{scale.name} {sitting.moment}</toetsnaam>"
        f"<leerjaar>{sitting.moment[1]}</leerjaar><vakgebied>{scale.area}</vakgebied></toets>\n"
    )


def _result(pupil: Pupil, year: int, code: str, sitting: Sitting) -> str:
    got = sitting.result
    scores = "".join(
        f"<o:referentiescore><o:codereferentiescore>{name}</o:codereferentiescore><o:codevergelijkingsgroep>Landelijk"
        f"</o:codevergelijkingsgroep><o:waarde>{value}</o:waarde></o:referentiescore>"
        for name, value in (("IV", got.level), ("AE", got.letter), ("Percentiel", got.percentile),
                            ("FN", got.functional), ("DLE", got.dle))
    )  # fmt: skip
    return (
        f'<resultaat key="{label(year)}.{pupil.key}.{code}"><afnamedatum>{sitting.day}</afnamedatum>'
        f"<toetscode>{code}</toetscode><osoresultaat><o:toetsscore><o:vaardigheidsscore>{got.score}</o:vaardigheidsscore>"
        f"<o:betrouwbaarheidsinterval><o:bivlaag>{got.low}</o:bivlaag><o:bivhoog>{got.high}</o:bivhoog>"
        f"</o:betrouwbaarheidsinterval></o:toetsscore>{scores}</osoresultaat></resultaat>\n"
    )


def vocabulary(school: School) -> list[tuple[object, ...]]:
    """The rows of cito-lvs.csv: the last end-of-year Woordenschat test of every child."""
    rows: list[tuple[object, ...]] = []
    for pupil in school.pupils:
        taken = [
            (year, sitting)
            for year in (school.year - 1, school.year)
            for sitting in sittings(school, pupil, year, (VOCABULARY,))
            if sitting.moment.startswith("E")
        ]
        for year, sitting in taken[-1:]:
            got = sitting.result
            rows.append((
                pupil.key, pupil.last, pupil.infix, pupil.first, pupil.birth, pupil.places[year][1], VOCABULARY.name,
                sitting.moment, sitting.day, got.score, got.low, got.high, got.level, got.letter, got.percentile,
                got.functional, got.dle,
            ))  # fmt: skip
    return rows


def norms() -> list[tuple[object, ...]]:
    """The rows of normtabel.csv: the invented score bounds of levels I to V per test and moment."""
    return [
        ("Cito", scale.name, moment, name, low, high)
        for scale in (*SCALES, VOCABULARY)
        for moment in GIVEN[GIVEN.index(scale.first) :]
        for name, low, high in reversed(bounds(scale, moment))
    ]
