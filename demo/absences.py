"""Who was ill, late or away: absences with the pattern of a real school (more in the winter, a few who worry)."""

from datetime import date
from random import Random

from demo.calendar import year_days
from demo.people import Pupil
from demo.school import School, days_seen

HEADER = "Leerlingnummer;Datum;Dagdeel;Reden"
LATE_MONDAYS = ("Milan",)


def _ill(rng: Random, days: list[date], found: dict[date, tuple[str, str]]) -> None:
    """Spells of illness of one to four school days, twice as likely from November to February."""
    frail = rng.choices((0.3, 1.0, 2.6), (30, 60, 10))[0]
    at = 0
    while at < len(days):
        if rng.random() < 0.009 * frail * (1.8 if days[at].month in (11, 12, 1, 2) else 1.0):
            length = rng.choices((1, 2, 3, 4), (50, 28, 15, 7))[0]
            for day in days[at : at + length]:
                found[day] = ("dag", "ziek")
            at += length
        at += 1


def absences(school: School, pupil: Pupil) -> dict[date, tuple[str, str]]:
    """Day -> (dagdeel, reden) for a child, from the start of last school year up to yesterday."""
    rng = school.rng("absence", pupil.number)
    days = days_seen(school, pupil, year_days(school.year - 1)[0])
    found: dict[date, tuple[str, str]] = {}
    late = rng.choices((0.001, 0.006, 0.06), (70, 26, 4))[0]
    for day in days:
        chance = rng.random()
        if chance < late:
            found[day] = ("ochtend", "te laat")
        elif chance > 0.993:
            found[day] = (rng.choice(("ochtend", "middag")), "dokter")
        elif chance > 0.9915:
            found[day] = ("dag", "verlof")
        elif chance > 0.9912:
            found[day] = ("dag", "ongeoorloofd")
    _ill(rng, days, found)
    if pupil.character and pupil.first in LATE_MONDAYS:
        for day in [day for day in days if day.weekday() == 0][-3:]:
            found[day] = ("ochtend", "te laat")
    if pupil.character and pupil.first == "Noor":
        recent = set(days[-15:])
        found = {day: what for day, what in found.items() if day not in recent}
        if len(days) >= 12:
            found[days[-12]] = ("dag", "ziek")
    return dict(sorted(found.items()))


def rows(school: School) -> list[tuple[object, ...]]:
    """The rows of verzuim.csv."""
    return [
        (pupil.key, day, part, reason)
        for pupil in school.pupils
        for day, (part, reason) in absences(school, pupil).items()
    ]
