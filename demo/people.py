"""The children of the pretend school with their families and their way through the groups.

Every child is drawn from its own random numbers, so that it stays the same child while `today` moves within a school
year. There is no BSN anywhere in the demo, not even an invented one.
"""

import calendar as months
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha512
from random import Random
from typing import NamedTuple

from demo.calendar import next_school_day, school_year, year_days
from demo.characters import CHARACTERS, GROUP, Character
from demo.names import ORIGINS, Origin, surnames

BOY, GIRL = 1, 2
YEARS_BACK = 7
KLEUTERS = "ABCDEFG"
COMBINED = {3: "3/4", 4: "3/4", 5: "5/6", 6: "5/6", 7: "7/8", 8: "7/8"}


@dataclass(frozen=True)
class Guardian:
    """A parent or guardian; `number` is the Oudernummer, the same for brothers and sisters."""

    number: str
    first: str
    infix: str
    last: str
    relation: str
    custody: str
    email: str
    phone: str

    @property
    def full_name(self) -> str:
        return full_name(self.first, self.infix, self.last)


@dataclass
class Family:
    """One family: a surname, an origin and one or two guardians."""

    origin: int
    infix: str
    last: str
    guardians: list[Guardian]


@dataclass
class Pupil:
    """One child; `places` maps a school year's first calendar year to (jaargroep, name of the home group)."""

    number: int
    first: str
    sex: int
    birth: date
    family: Family
    entered: date
    left: date | None = None
    places: dict[int, tuple[int, str]] = field(default_factory=dict)
    clubs: dict[int, list[str]] = field(default_factory=dict)
    general: float = 0.0
    character: Character | None = None

    @property
    def key(self) -> str:
        """The number that the school's administration gave: never handed out twice, and in no order."""
        return str(20_000 + self.number * 577 % 9973)

    @property
    def infix(self) -> str:
        return self.family.infix

    @property
    def last(self) -> str:
        return gendered(self.family.last, self.sex)

    @property
    def full_name(self) -> str:
        return full_name(self.first, self.infix, self.last)

    @property
    def eckid(self) -> str:
        return "https://ketenid.nl/201703/" + sha512(f"demo-po-{self.number}-{self.birth.year}".encode()).hexdigest()

    def in_year(self, year: int) -> bool:
        return year in self.places

    def at_school(self, day: date) -> bool:
        return self.entered <= day and (self.left is None or day <= self.left)


class Seat(NamedTuple):
    """A place in a group in a school year."""

    year: int
    grade: int
    group: str


def full_name(first: str, infix: str, last: str) -> str:
    return " ".join(part for part in (first, infix, last) if part)


def gendered(last: str, sex: int) -> str:
    """The form of a Polish or Bulgarian surname that a woman or a man bears."""
    if sex == GIRL:
        return last[:-2] + "ka" if last.endswith("ki") else last + "a" if last.endswith("ov") else last
    return last[:-1] if last.endswith("eva") else last


def draw_origin(rng: Random) -> int:
    return rng.choices(range(len(ORIGINS)), [origin.weight for origin in ORIGINS])[0]


def draw_first(rng: Random, origin: Origin, sex: int, taken: set[str]) -> str:
    """A first name that is not yet in the group, as long as the list lasts."""
    pool = (origin.girls if sex == GIRL else origin.boys).split()
    for _ in range(6):
        name = rng.choice(pool)
        if name not in taken:
            break
    taken.add(name)
    return name


class Registry:
    """Hands out families, so that brothers and sisters share one and Oudernummers are unique."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.count = 0
        self.open: list[tuple[Family, date]] = []

    def _guardian(self, rng: Random, family: Family, *, woman: bool, custody: str, other: bool) -> Guardian:
        self.count += 1
        number = f"OU{self.count:04d}"
        origin = ORIGINS[family.origin if rng.random() < 0.88 else draw_origin(rng)]
        first = rng.choice((origin.women if woman else origin.men).split())
        infix, last = rng.choice(surnames(origin)) if other else (family.infix, family.last)
        last = gendered(last, GIRL if woman else BOY)
        relation = "moeder" if woman else "vader"
        if rng.random() < 0.012:
            relation = rng.choice(("voogd", "anders"))
        phone = f"06-00{rng.randrange(10**6):06d}"
        return Guardian(number, first, infix, last, relation, custody, f"ouder{self.count}@ouders.example", phone)

    def family(self, rng: Random, origin: int, surname: tuple[str, str], *, two: str = "") -> Family:
        """A new family: most have two guardians, some one; a few have a parent without custody.

        With `two` there are two guardians, and that is the custody of the second.
        """
        family = Family(origin, surname[0], surname[1], [])
        own_name = rng.random() < 0.7
        custody = rng.choices(("ja", "nee", "onbekend"), (93, 5, 2))[0]
        custody = two or custody
        if two or rng.random() < 0.84:
            family.guardians.append(self._guardian(rng, family, woman=True, custody="ja", other=own_name))
            second = rng.random() < 0.02
            family.guardians.append(self._guardian(rng, family, woman=second, custody=custody, other=False))
        else:
            family.guardians.append(self._guardian(rng, family, woman=rng.random() < 0.85, custody="ja", other=False))
        return family

    def find(self, rng: Random, birth: date) -> Family:
        """The family of a child born on a day: a new one, or one that has an older or younger child here."""
        if self.open and rng.random() < 0.24:
            at = rng.randrange(len(self.open))
            family, other = self.open[at]
            if abs(birth - other) > timedelta(days=400):
                self.open.pop(at)
                return family
        origin = draw_origin(rng)
        family = self.family(rng, origin, rng.choice(surnames(ORIGINS[origin])))
        self.open.append((family, birth))
        return family


def _birth(rng: Random, grade: int, year: int) -> date:
    """A birthday of the cohort that is in a jaargroep in a school year (four years old before 1 August of group 1)."""
    return date(year - grade - 4, 8, 1) + timedelta(days=rng.randrange(365))


def _character_birth(character: Character, grade: int, year: int, today: date) -> date:
    month, day = character.birthday or (today.month, today.day)
    born = year - grade - 4 + (month < 8)
    return date(born, month, min(day, months.monthrange(born, month)[1]))


def _home(grade: int, strand: str, kleuters: str) -> str:
    if grade <= 2:
        return f"1/2{kleuters}"
    return COMBINED[grade] if strand == "D" else f"{grade}{strand}"


def _strand(group: str) -> tuple[str, str | None]:
    """The strand (A..D) and, for the youngest, the letter of the kleuter group that a group name tells."""
    if group.startswith("1/2"):
        return "A", group[3:]
    return ("D" if "/" in group else group[1:]), None


def _history(rng: Random, pupil: Pupil, year: int, grade: int, group: str) -> None:
    """Fill `places` from a school year back to the year of entry; most stay in their strand, a few change or repeat."""
    strand, known = _strand(group)
    kleuters = known or KLEUTERS[pupil.number % len(KLEUTERS)]
    pupil.places[year] = (grade, group)
    repeats = pupil.birth < date(year - grade - 4, 8, 1)
    for past in range(year - 1, year - 1 - YEARS_BACK, -1):
        if pupil.entered > year_days(past)[-1]:
            break
        repeated_now = repeats and rng.random() < 0.4
        repeats = repeats and not repeated_now
        grade = grade if repeated_now else max(1, grade - 1)
        if rng.random() < 0.05:
            strand = rng.choice("ABCD")
        pupil.places[past] = (grade, _home(grade, strand, kleuters))


def make_pupil(
    registry: Registry,
    number: int,
    seat: Seat,
    today: date,
    *,
    taken: set[str],
    character: Character | None = None,
    twin: Pupil | None = None,
) -> Pupil:
    """The child on a seat, with family and history; a twin shares birthday and family, `taken` are first names."""
    year, grade, group = seat
    rng = Random(f"{registry.seed}/pupil/{number}")
    sex = rng.choice((BOY, GIRL))
    birth = _birth(rng, grade, year)
    if grade > 2 and rng.random() < 0.06:
        birth -= timedelta(days=365)  # repeated a year, or came a year later
    if character:
        sex = character.sex
        birth = _character_birth(character, grade, year, today)
        family = registry.family(rng, character.origin, (character.infix, character.last), two=character.custody)
        first = character.first
    else:
        if twin:
            birth = twin.birth
        family = twin.family if twin else registry.find(rng, birth)
        first = draw_first(rng, ORIGINS[family.origin], sex, taken)
    entered = next_school_day(birth.replace(year=birth.year + 4, day=min(birth.day, 28)) + timedelta(days=1))
    if entered.month < 8 and rng.random() < 0.7 and not character:
        entered = year_days(school_year(birth) + 5)[0]  # four in the spring, to school after the summer
    if twin:
        entered = twin.entered
    elif not character and grade > 1 and rng.random() < 0.14:
        later = rng.randrange(max(school_year(entered), year - YEARS_BACK), year + 1)
        days = year_days(later)
        moved = days[rng.randrange(30)] if later == year else days[rng.choice((0, 0, rng.randrange(len(days))))]
        entered = max(entered, moved)
    if entered > today:
        entered = min(entered, year_days(year)[0])
    pupil = Pupil(number, first, sex, birth, family, entered, character=character)
    pupil.general = rng.gauss(0.0, 0.8)
    _history(rng, pupil, year, grade, group)
    return pupil


def characters_for(group: str, at: int) -> Character | None:
    """The told-about child at a place in a group, if any."""
    return CHARACTERS[at] if group == GROUP and at < len(CHARACTERS) else None
