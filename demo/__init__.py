"""The pretend school: Kindcentrum De Vliet in The Hague, written as source files in the real formats.

`write` makes the files that a school would hand over, to be imported through the ordinary connectors; `accounts` says
who can log in. Everything is invented and depends only on the day, the seed and the number of pupils: the same
arguments give the same bytes. Nothing here touches a database, and nothing contains a BSN.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from demo import absences, edexml, journal, practice, results, wellbeing
from demo.calendar import school_weeks
from demo.characters import GROUP
from demo.households import Households, households
from demo.people import Guardian
from demo.school import BRIN, NAME, PLACE, School, build
from demo.text import write_table
from models.vocabulary import Role

__all__ = ["BRIN", "NAME", "PLACE", "DemoAccount", "DemoFile", "Households", "accounts", "households", "write"]

LABELS = {"edexml": "ESIS", "uwlr-results": "Cito", "practice": "Snappet", "practice_accounts": "Snappet-accounts"}
SUBSTITUTING = timedelta(days=14)
GUARDIAN_HEADER = "Leerlingnummer;Oudernummer;Achternaam;Tussenvoegsel;Voornaam;Relatie;Gezag;E-mail;Telefoon"


@dataclass(frozen=True)
class DemoFile:
    """One source file and the connector (and table profile) that reads it."""

    path: Path
    connector: str
    profile: str | None = None

    @property
    def label(self) -> str | None:
        """What this school calls the system the file comes from; None where the profile's own name will do."""
        return LABELS.get(self.profile or self.connector)


@dataclass(frozen=True)
class DemoAccount:
    """Who can log in as what; keys refer to the imported records.

    `staff_key` is the EDEXML leerkracht/@key, `group` the home group to show, `guardian` an Oudernummer, `pupil` a
    Leerlingnummer, `until` the last day.
    """

    username: str
    name: str
    role: Role
    remark: str
    staff_key: str | None = None
    group: str | None = None
    guardian: str | None = None
    pupil: str | None = None
    until: date | None = None


def write(folder: Path, today: date, seed: int = 1, pupils: int = 700) -> list[DemoFile]:
    """Write the school as it stands on the morning of `today`; the files come back in the order of import."""
    folder.mkdir(parents=True, exist_ok=True)
    school = build(today, seed, pupils)
    return [*_roll(school, folder), *_tables(school, folder), *_results(school, folder), *_practice(school, folder)]


def _roll(school: School, folder: Path) -> list[DemoFile]:
    files: list[DemoFile] = []
    for year in range(school.year - 2, school.year + 1):
        path = folder / f"edexml-{year}-{year + 1}.xml"
        edexml.write_year(school, year, path)
        files.append(DemoFile(path, "edexml"))
    return files


def _tables(school: School, folder: Path) -> list[DemoFile]:
    weeks = school_weeks(school.today, practice.WEEKS)
    accounts = [(practice.user_id(pupil), pupil.key) for pupil in practice.practising(school, weeks)]
    tables = (
        ("ouders.csv", "guardians", GUARDIAN_HEADER, _guardians(school)),
        ("snappet-accounts.csv", "practice_accounts", "UserId;Leerlingnummer", accounts),
        ("verzuim.csv", "absences", absences.HEADER, absences.rows(school)),
        ("notities.csv", "notes", journal.NOTE_HEADER, journal.notes(school)),
        ("doelen.csv", "goals", journal.GOAL_HEADER, journal.goals(school)),
        ("afspraken.csv", "agreements", journal.AGREEMENT_HEADER, journal.agreements(school)),
        ("kindkenmerken.csv", "support_points", journal.POINT_HEADER, journal.points(school)),
        ("scol.csv", "scol", wellbeing.SCOL_HEADER, wellbeing.scol(school)),
        ("kijk.csv", "kijk", wellbeing.KIJK_HEADER, wellbeing.kijk(school)),
        ("normtabel.csv", "norm_table", results.NORM_HEADER, results.norms()),
        ("cito-lvs.csv", "cito_lvs", results.CITO_HEADER, results.vocabulary(school)),
    )
    for name, _, header, rows in tables:
        write_table(folder / name, header, rows)
    return [DemoFile(folder / name, "table", profile) for name, profile, _, _ in tables]


def _guardians(school: School) -> list[tuple[object, ...]]:
    return [
        (pupil.key, one.number, one.last, one.infix, one.first, one.relation, one.custody, one.email, one.phone)
        for pupil in school.pupils
        for one in pupil.family.guardians
    ]


def _results(school: School, folder: Path) -> list[DemoFile]:
    files: list[DemoFile] = []
    for year in range(school.year - results.YEARS, school.year + 1):
        path = folder / f"resultaten-{year}-{year + 1}.xml"
        if results.write_year(school, year, path):
            files.append(DemoFile(path, "uwlr-results"))
    return files


def _practice(school: School, folder: Path) -> list[DemoFile]:
    return [DemoFile(path, "practice") for path in practice.write_weeks(school, folder)]


def accounts(today: date, seed: int = 1, pupils: int = 700) -> list[DemoAccount]:
    """Who can log in as what, for the same school that `write` writes with these arguments."""
    school = build(today, seed, pupils)
    by_role = {person.role: person for person in reversed(school.staff)}
    kim, sam = school.teachers(GROUP, today)
    other = next(name for name in school.groups(school.year) if name.startswith("1/2"))
    kleuters = school.teachers(other, today)[0]
    noor = school.group(GROUP)[0]
    parent: Guardian = noor.family.guardians[0]
    sem = next(pupil for pupil in school.group(GROUP) if pupil.first == "Sem" and pupil.character)
    apart = sem.family.guardians[1]
    staff = (
        ("kim", kim, Role.TEACHER, f"{kim.called}, draagt groep {GROUP}", GROUP),
        ("sam", sam, Role.TEACHER, f"{sam.called}, duo in groep {GROUP}", GROUP),
        ("kleuters", kleuters, Role.TEACHER, f"{kleuters.called}, groep {other}", other),
        ("ib", by_role["IB"], Role.IB, "IB'er, ziet alle kinderen", None),
        ("directie", by_role["DIR"], Role.HEAD, "directeur", None),
        ("administratie", by_role["ADM"], Role.OFFICE, "administratie: personalia, groepen en verzuim", None),
        ("beheer", by_role["ADJ"], Role.ADMIN, "beheerder: accounts van medewerkers, geen kinderen", None),
    )
    substitute, until = by_role["OWA"], today + SUBSTITUTING
    return [
        *(
            DemoAccount(username, person.full_name, role, remark, person.key, group)
            for username, person, role, remark, group in staff
        ),
        DemoAccount(
            "invaller",
            substitute.full_name,
            Role.SUBSTITUTE,
            f"{substitute.called} valt in groep {GROUP} in, tot en met {until:%d-%m-%Y}",
            substitute.key,
            GROUP,
            until=until,
        ),
        DemoAccount("bestuur", "Ineke Verschoor", Role.BOARD, "bestuurder: alleen cijfers over de school"),
        DemoAccount(
            "ouder", parent.full_name, Role.PARENT, f"{parent.relation} van {noor.full_name}", guardian=parent.number
        ),
        DemoAccount(
            "vader",
            noor.family.guardians[1].full_name,
            Role.PARENT,
            f"andere ouder van {noor.full_name}, met een geheim nummer",
            guardian=noor.family.guardians[1].number,
        ),
        DemoAccount(
            "zonder-gezag",
            apart.full_name,
            Role.PARENT,
            f"{apart.relation} van {sem.full_name}, zonder gezag",
            guardian=apart.number,
        ),
        DemoAccount("noor", noor.full_name, Role.PUPIL, f"{noor.first} zelf, groep {GROUP}", pupil=noor.key),
    ]
