"""The pretend school as a whole: groups, children, leavers and staff, built from a day, a seed and a number of pupils.

Kindcentrum De Vliet and its BRIN 99KB do not exist.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from random import Random

from demo.calendar import school_days, school_year, year_days
from demo.characters import CHARACTERS, GROUP
from demo.people import Pupil, Registry, Seat, characters_for, make_pupil
from demo.staff import Employee, make_staff

NAME = "Kindcentrum De Vliet"
PLACE = "Den Haag"
BRIN = "99KB"

GROUPS: dict[str, tuple[int, tuple[int, ...]]] = {
    **{f"1/2{letter}": (size, (1, 2)) for letter, size in zip("ABCDEFG", (24, 26, 25, 25, 24, 26, 25), strict=True)},
    "3A": (26, (3,)), "3B": (25, (3,)), "3C": (25, (3,)), "3/4": (24, (3, 4)),
    "4A": (25, (4,)), "4B": (26, (4,)), "4C": (24, (4,)),
    "5A": (25, (5,)), "5B": (25, (5,)), "5C": (24, (5,)), "5/6": (24, (5, 6)),
    "6A": (25, (6,)), "6B": (27, (6,)), "6C": (25, (6,)),
    "7A": (26, (7,)), "7B": (25, (7,)), "7C": (25, (7,)), "7/8": (23, (7, 8)),
    "8A": (26, (8,)), "8B": (25, (8,)), "8C": (25, (8,)),
}  # fmt: skip
SMALL = ("6B", "1/2A", "5/6", "3A", "8A", "4A", "7A", "1/2B", "3/4")
CLUBS = {"Plusgroep": (5, 8), "Taalklas": (3, 6), "Rekenkanjers": (6, 8), "Leeskring": (4, 7)}
TWIN_EVERY = 45
FEWEST, MOST = 40, 1400
STILL_LISTED = 6


@dataclass
class School:
    """Everybody in it. `pupils` are in the school now; `leavers` were, in one of the years that the files tell of."""

    today: date
    seed: int
    year: int
    pupils: list[Pupil] = field(default_factory=list)
    leavers: list[Pupil] = field(default_factory=list)
    staff: list[Employee] = field(default_factory=list)
    former_staff: list[Employee] = field(default_factory=list)

    def rng(self, *topic: object) -> Random:
        """Random numbers of their own for a topic, so that a change in one file leaves the others alone."""
        return Random("/".join(str(part) for part in (self.seed, *topic)))

    def group(self, name: str) -> list[Pupil]:
        return [pupil for pupil in self.pupils if pupil.places[self.year][1] == name]

    def groups(self, year: int) -> dict[str, set[int]]:
        """The home groups of a school year, each with its set of jaargroepen, in order of name."""
        found: dict[str, set[int]] = {}
        for pupil in [*self.pupils, *self.leavers]:
            if pupil.in_year(year):
                grade, name = pupil.places[year]
                found.setdefault(name, set()).add(grade)
        return dict(sorted(found.items()))

    def teachers(self, group: str, day: date) -> list[Employee]:
        """The teachers of a home group on a day, the first one carrying the group."""
        year = school_year(day)
        everybody = self.staff if year == self.year else [*self.staff, *self.former_staff]
        return [person for person in everybody if group in person.groups.get(year, ())]

    def author(self, rng: Random, pupil: Pupil, day: date) -> Employee:
        """Who writes about a child on a day: mostly the teacher who carries the group."""
        place = pupil.places.get(school_year(day)) or pupil.places[self.year]
        teachers = self.teachers(place[1], day) or self.teachers(pupil.places[self.year][1], self.today)
        return teachers[0] if len(teachers) == 1 or rng.random() < 0.7 else teachers[1]


def sizes(pupils: int) -> dict[str, int]:
    """How many children sit in each group; 700 gives all 28, a small school keeps 6B and the shapes."""
    count = max(6, min(len(GROUPS), round(pupils / 25)))
    names = list(GROUPS) if count > len(SMALL) else [name for name in GROUPS if name in SMALL[:count]]
    fixed = {GROUP: max(len(CHARACTERS) + 1, round(GROUPS[GROUP][0] * pupils / 700))} if pupils < 700 else {}
    weights = {name: GROUPS[name][0] for name in names if name not in fixed}
    total, left = sum(weights.values()), pupils - sum(fixed.values())
    shares = {name: max(1, left * weight // total) for name, weight in weights.items()}
    short = left - sum(shares.values())
    for name in sorted(weights, key=lambda name: -(left * weights[name] % total))[: max(0, short)]:
        shares[name] += 1
    shares.update(fixed)
    return {name: shares[name] for name in names}


def _join_clubs(school: School) -> None:
    """Instruction groups beside the home group: the quick, the new to Dutch, and who needs or likes a bit more."""
    for pupil in [*school.pupils, *school.leavers]:
        rng = school.rng("clubs", pupil.number)
        chances = {
            "Plusgroep": 0.75 if pupil.general > 1.1 else 0.0,
            "Taalklas": 0.6 if pupil.family.origin in (6, 8, 9) and pupil.general < 0.2 else 0.0,
            "Rekenkanjers": 0.5 if pupil.general < -0.9 else 0.0,
            "Leeskring": 0.06,
        }
        for year, (grade, _) in sorted(pupil.places.items()):
            joined = [
                club for club, (low, high) in CLUBS.items() if low <= grade <= high and rng.random() < chances[club]
            ]
            if year == school.year and pupil.character and pupil.first == "Noor":
                joined = ["Leeskring"]
            pupil.clubs[year] = joined


def _make_leavers(school: School, registry: Registry, number: int, pupils: int) -> None:
    """The group 8 classes of the last two years, children who moved away, and a few who left this autumn."""
    leaving = {
        school.year - 1: [8] * round(pupils * 0.12) + [1, 2, 3, 4, 5, 6, 7, 4, 6, 2] * round(pupils / 500),
        school.year - 2: [8] * round(pupils * 0.12) + [2, 3, 5, 7, 1, 6, 4, 3] * round(pupils / 500),
        school.year: [3, 6, 1, 7, 5, 4][: STILL_LISTED if pupils >= 200 else 2],
    }
    for year, grades in leaving.items():
        days = year_days(year)
        for at, grade in enumerate(grades):
            number += 1
            strand = "ABCABCD"[at % 7]
            group = f"1/2{'ABCDEFG'[at % 7]}" if grade < 3 else f"{grade}{strand}"
            group = f"{grade - (grade + 1) % 2}/{grade + grade % 2}" if grade > 2 and strand == "D" else group
            pupil = make_pupil(registry, number, Seat(year, grade, group), days[0], taken=set())
            pupil.left = (
                date(year + 1, 7, 31)
                if grade == 8
                else days[5 + 5 * at % 40 if year == school.year else -20 * (at + 1) % 150]
            )
            if pupil.left > school.today or pupil.left <= pupil.entered:
                continue
            school.leavers.append(pupil)


@lru_cache(maxsize=4)
def build(today: date, seed: int = 1, pupils: int = 700) -> School:
    """The school on a day; the same arguments always give the same school. ValueError: too few or too many children."""
    if not FEWEST <= pupils <= MOST:
        raise ValueError(f"De demoschool kan {FEWEST} tot {MOST} kinderen hebben, niet {pupils}.")
    year = school_year(today)
    school = School(today, seed, year)
    registry = Registry(seed)
    number = 0
    for name, size in sizes(pupils).items():
        grades = GROUPS[name][1]
        taken = {character.first for character in CHARACTERS}
        previous: Pupil | None = None
        for at in range(size):
            number += 1
            grade = grades[at * len(grades) // size]
            character = characters_for(name, at)
            pair = number % TWIN_EVERY == 20 and previous and not previous.character and not character
            twin = previous if pair and previous and previous.places[year][0] == grade else None
            previous = make_pupil(
                registry, number, Seat(year, grade, name), today, taken=taken, character=character, twin=twin
            )
            school.pupils.append(previous)
    _make_leavers(school, registry, number, pupils)
    _join_clubs(school)
    school.staff, school.former_staff = make_staff(seed, year, {y: school.groups(y) for y in range(year - 2, year + 1)})
    return school


def days_seen(school: School, pupil: Pupil, first: date) -> list[date]:
    """The school days from a day up to yesterday on which a child was on the roll."""
    return [day for day in school_days(first, school.today) if day < school.today and pupil.at_school(day)]
