"""The people who work at the pretend school: teachers alone or in a duo, IB'ers, directie and everyone around them."""

from dataclasses import dataclass, field
from random import Random

from demo.characters import GROUP
from demo.names import ORIGINS, surnames
from demo.people import draw_origin, full_name, gendered
from demo.text import cp1252_ascii

CLUB_ROLE = "LRK"
OFFICE: tuple[tuple[str, str, str, str], ...] = (  # role, first name, voorvoegsel, achternaam
    ("DIR", "Annet", "van", "Rijswijk"),
    ("ADJ", "Robbert", "", "Scholten"),
    ("IB", "Marjan", "", "Hofstede"),
    ("IB", "Soerandj", "", "Jhagroe"),
    ("ADM", "Wilma", "", "Kleijn"),
    ("CON", "Cor", "den", "Dulk"),
    ("VAK", "Dennis", "van", "Es"),
    ("OWA", "Hatice", "", "Akbulut"),
    ("OWA", "Tineke", "", "Poot"),
    ("OWA", "Lorraine", "", "Pengel"),
    ("STA", "Jip", "", "Roodenburg"),
)
MEN = {"Robbert", "Cor", "Dennis", "Jip", "Soerandj"}
KIM = ("Kim", "de", "Bruijn", True)
SAM = ("Sam", "", "Bouazza", False)


@dataclass
class Employee:
    """One member of staff; `groups` maps a school year to the home groups, `clubs` to the instruction groups."""

    key: str
    first: str
    infix: str
    last: str
    role: str
    woman: bool
    groups: dict[int, list[str]] = field(default_factory=dict)
    clubs: dict[int, list[str]] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        return full_name(self.first, self.infix, self.last)

    @property
    def email(self) -> str:
        return f"{_plain(self.first)}.{_plain(self.infix + self.last)}@devliet.example"

    @property
    def called(self) -> str:
        """As the children say it: juf Kim, meester Sam."""
        return f"{'juf' if self.woman else 'meester'} {self.first}"


def _plain(name: str) -> str:
    return cp1252_ascii(name).lower().replace(" ", "").replace("'", "")


def _draw(rng: Random, used: set[str]) -> tuple[str, str, str, bool]:
    """A teacher: more Dutch names and more women than among the children's parents."""
    while True:
        origin = ORIGINS[0 if rng.random() < 0.55 else draw_origin(rng)]
        woman = rng.random() < 0.8
        first = rng.choice((origin.women if woman else origin.men).split())
        if first not in used:
            used.add(first)
            infix, last = rng.choice(surnames(origin))
            return first, infix, gendered(last, 2 if woman else 1), woman


def make_staff(seed: int, year: int, groups: dict[int, dict[str, set[int]]]) -> tuple[list[Employee], list[Employee]]:
    """(staff of now, staff who have left): one teacher per group, six part-timers who share two groups each."""
    rng = Random(f"{seed}/staff")
    used = {"Kim", "Sam", *(first for _, first, _, _ in OFFICE)}
    people = [
        Employee(f"M{at + 1:02d}", first, infix, last, role, first not in MEN)
        for at, (role, first, infix, last) in enumerate(OFFICE)
    ]
    names = list(groups[year])
    carriers = {name: Employee("", *(KIM[:3] if name == GROUP else ("", "", "")), "LRK", True) for name in names}
    for name, person in carriers.items():
        if name != GROUP:
            person.first, person.infix, person.last, person.woman = _draw(rng, used)
        person.groups[year] = [name]
    partners = [Employee("", *SAM[:3], "LRK", False)]
    while len(partners) < max(2, round(len(names) * 6 / 28)):
        first, infix, last, woman = _draw(rng, used)
        partners.append(Employee("", first, infix, last, "LRK", woman))
    shared = [GROUP, *rng.sample([name for name in names if name != GROUP], min(len(names) - 1, 2 * len(partners) - 1))]
    for at, name in enumerate(shared):
        partners[at % len(partners)].groups.setdefault(year, []).append(name)
    teachers = [*carriers.values(), *partners]
    former = _last_years(rng, year, groups, carriers, partners, used)
    for at, person in enumerate([*teachers, *former]):
        person.key = f"M{len(OFFICE) + at + 1:02d}"
    clubs = (
        ("Plusgroep", partners[-1]),
        ("Taalklas", people[9]),
        ("Rekenkanjers", people[2]),
        ("Leeskring", partners[0]),
    )
    for club, person in clubs:
        for past in groups:
            person.clubs.setdefault(past, []).append(club)
    return [*people, *teachers], former


def _last_years(
    rng: Random, year: int, groups: dict[int, dict[str, set[int]]], carriers: dict[str, Employee],
    partners: list[Employee], used: set[str],
) -> list[Employee]:  # fmt: skip
    """Who taught which group in the years before: mostly the same person, three have left since, two changed groups."""
    former: list[Employee] = []
    replaced = rng.sample([name for name in carriers if name != GROUP], min(3, len(carriers) - 1))
    for past in sorted(groups, reverse=True)[1:]:
        for name in groups[past]:
            teacher = carriers.get(name)
            if name in replaced or teacher is None:
                teacher = next((person for person in former if name in person.groups.get(past + 1, ())), None)
                if teacher is None:
                    first, infix, last, woman = _draw(rng, used)
                    teacher = Employee("", first, infix, last, "LRK", woman)
                    former.append(teacher)
            teacher.groups.setdefault(past, []).append(name)
        for partner in partners:
            partner.groups[past] = [name for name in partner.groups[year] if name in groups[past]]
    return former
