"""SCOL lists (by teachers in groups 3-8, by the children in 6-8) and KIJK! observations in groups 1-2; invented."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from demo.calendar import school_days
from demo.people import Pupil
from demo.school import School

SCOL_DIMENSIONS = (
    "Ervaringen delen", "Aardig doen", "Samen spelen en werken", "Een taak uitvoeren", "Jezelf presenteren",
    "Een keuze maken", "Opkomen voor jezelf", "Omgaan met ruzie",
)  # fmt: skip
KIJK_LINES = (
    "Zelfbeeld", "Relatie met volwassenen", "Relatie met andere kinderen", "Spelontwikkeling",
    "Taakgerichtheid en zelfstandigheid", "Grote motoriek", "Kleine motoriek", "Tekenontwikkeling",
    "Visuele waarneming",
    "Beginnende gecijferdheid",
)  # fmt: skip
SCOL_HEADER = "Leerlingnummer;Naam;Geboortedatum;Groep;Invuller;Afname;Datum;" + ";".join(SCOL_DIMENSIONS)
KIJK_HEADER = "Leerlingnummer;Datum;Moment;Invuller;" + ";".join(KIJK_LINES)
NOOR = {  # afname -> (teacher, Noor herself)
    "voorjaar": ((4.0, 4.3, 4.0, 4.3, 3.3, 3.7, 3.7, 3.7), (2.6, 2.8, 2.7, 2.6, 2.2, 2.4, 2.4, 2.3)),
    "najaar": ((4.0, 4.7, 4.3, 3.0, 3.7, 3.7, 3.7, 3.7), (2.7, 2.9, 2.8, 1.9, 2.4, 2.4, 2.5, 2.4)),
}
Row = tuple[object, ...]


class Respondent(NamedTuple):
    """Who fills in a SCOL list, on what scale (1 up to `top`), and what is usual."""

    name: str
    top: float
    mean: float
    sd: float


RESPONDENTS = (Respondent("leerkracht", 5.0, 3.9, 0.55), Respondent("leerling", 3.0, 2.4, 0.3))


def _windows(school: School, autumn: tuple[int, int], spring: tuple[int, int]) -> Iterator[tuple[int, str, list[date]]]:
    """(school year, moment, school days) of the last two autumns and springs; windows begin on (month, day)."""
    for year in range(school.year - 1, school.year + 1):
        for moment, first in (("najaar", date(year, *autumn)), ("voorjaar", date(year + 1, *spring))):
            yield year, moment, school_days(first, date.fromordinal(first.toordinal() + 16))[:10]


def scol(school: School) -> list[Row]:
    """The rows of scol.csv."""
    rows: list[Row] = []
    for year, moment, days in _windows(school, (9, 28), (3, 30)):
        for pupil in school.pupils:
            grade, group = pupil.places.get(year, (0, ""))
            rng = school.rng("scol", year, moment, pupil.number)
            on = days[school.rng("scolday", year, moment, group).randrange(len(days))]
            forgotten = rng.random() < 0.03 and not pupil.character
            if grade < 3 or on >= school.today or not pupil.at_school(on) or forgotten:
                continue
            told = NOOR[moment] if pupil.character and pupil.first == "Noor" else None
            for at, respondent in enumerate(RESPONDENTS if grade >= 6 else RESPONDENTS[:1]):
                scores = told[at] if told else _scores(school, pupil, f"{year}{moment}", respondent)
                rows.append((pupil.key, pupil.full_name, pupil.birth, group, respondent.name, moment, on, *scores))
    return rows


def _scores(school: School, pupil: Pupil, moment: str, respondent: Respondent) -> tuple[float, ...]:
    """Eight means of three items each: the child's own profile, with some change from moment to moment."""
    own = school.rng("scolself", pupil.number, respondent.name)
    now = school.rng("scolnow", pupil.number, moment, respondent.name)
    level = own.gauss(respondent.mean, respondent.sd * 0.8)
    values = [own.gauss(level, respondent.sd * 0.5) + now.gauss(0, respondent.sd * 0.4) for _ in SCOL_DIMENSIONS]
    return tuple(round(max(1.0, min(respondent.top, value)) * 3) / 3 for value in values)


def kijk(school: School) -> list[Row]:
    """The rows of kijk.csv: per line the half-year age phase that a child has reached, such as 5;0-5;6."""
    rows: list[Row] = []
    for year, moment, days in _windows(school, (11, 2), (5, 18)):
        for pupil in school.pupils:
            grade, group = pupil.places.get(year, (0, ""))
            on = days[school.rng("kijkday", year, moment, group).randrange(len(days))]
            if grade not in (1, 2) or on >= school.today or not pupil.at_school(date.fromordinal(on.toordinal() - 21)):
                continue
            own, now = school.rng("kijk", pupil.number), school.rng("kijk", pupil.number, year, moment)
            ahead = 3.5 * pupil.general
            months = (on - pupil.birth).days / 30.44
            phases = [_phase(months + ahead + own.gauss(0, 3.0) + now.gauss(0, 1.5)) for _ in KIJK_LINES]
            rows.append((pupil.key, on, moment, "leerkracht", *phases))
    return rows


def _phase(months: float) -> str:
    """The half-year phase in which an age in months falls, between 3;0-3;6 and 6;6-7;0."""
    start = max(36, min(78, int(months // 6) * 6))
    return f"{start // 12};{start % 12}-{(start + 6) // 12};{(start + 6) % 12}"
