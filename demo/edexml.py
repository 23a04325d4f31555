"""The school roll as EDEXML 2.1, one file per school year, as an administration system exports it.

Past years are the snapshot of the last school day (with the dates of who left); this year's is of this morning. The
official enumeration of school years ends at 2024-2025, so later files can only be validated with that list extended.
"""

from datetime import date
from itertools import islice
from pathlib import Path

from demo.calendar import label, year_days
from demo.people import Pupil
from demo.school import BRIN, CLUBS, NAME, School
from demo.staff import CLUB_ROLE, Employee
from demo.text import xml

STILL_LISTED_AS_HISTORICAL = 2


def group_key(year: int, name: str) -> str:
    """The key of a home or instruction group; another one every school year."""
    return f"{year % 100:02d}{(year + 1) % 100:02d}-{name.replace(' ', '').lower()}"


def write_year(school: School, year: int, path: Path) -> None:
    """Write the roll of one school year."""
    now = year == school.year
    day = school.today if now else year_days(year)[-1]
    people = [pupil for pupil in [*school.pupils, *school.leavers] if pupil.in_year(year)]
    people.sort(key=lambda pupil: (pupil.last, pupil.first, pupil.key))
    staff = school.staff if now else sorted(
        (person for person in [*school.staff, *school.former_staff] if person.role != "LRK" or person.groups.get(year)),
        key=lambda person: person.key,
    )  # fmt: skip
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<EDEX xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        'xsi:noNamespaceSchemaLocation="EDEXML.structuur.xsd">\n'
        f"<school><schooljaar>{label(year)}</schooljaar><peildatum>{day}</peildatum><brincode>{BRIN}</brincode>"
        f"<dependancecode>00</dependancecode><aanmaakdatum>{day}T06:10:00</aanmaakdatum>"
        f"<auteur>Leerlingadministratie {NAME}</auteur><xsdversie>2.1</xsdversie></school>\n<groepen>\n"
    )
    parts = [head]
    for name, grades in school.groups(year).items():
        grade = "C" if len(grades) > 1 or "/" in name else str(min(grades))
        parts.append(
            f'<groep key="{group_key(year, name)}"><naam>{name}</naam><jaargroep>{grade}</jaargroep></groep>\n'
        )
    parts += [
        f'<samengestelde_groep key="{group_key(year, club)}"><naam>{club}</naam></samengestelde_groep>\n'
        for club in CLUBS
    ]
    parts.append("</groepen>\n<leerlingen>\n")
    parts += [_pupil(pupil, year) for pupil in people]
    if now:
        graduates = (pupil for pupil in school.leavers if pupil.places.get(year - 1, (0, ""))[0] == 8)
        parts += [_pupil(pupil, year) for pupil in islice(graduates, STILL_LISTED_AS_HISTORICAL)]
    parts.append("</leerlingen>\n<leerkrachten>\n")
    parts += [_employee(person, year) for person in staff]
    parts.append("</leerkrachten>\n</EDEX>\n")
    path.write_text("".join(parts), encoding="utf-8", newline="\n")


def _name(first: str, infix: str, last: str) -> str:
    prefix = f"<voorvoegsel>{xml(infix)}</voorvoegsel>" if infix else ""
    return f"<achternaam>{xml(last)}</achternaam>{prefix}<roepnaam>{xml(first)}</roepnaam>"


def _date(tag: str, day: date | None) -> str:
    return f"<{tag}>{day}</{tag}>" if day else ""


def _pupil(pupil: Pupil, year: int) -> str:
    grade, group = pupil.places.get(year, ("H", ""))
    home = f'<groep key="{group_key(year, group)}"/>' if group else ""
    clubs = "".join(f'<samengestelde_groep key="{group_key(year, club)}"/>' for club in pupil.clubs.get(year, ()))
    clubs = f"<samengestelde_groepen>{clubs}</samengestelde_groepen>" if clubs else ""
    left = pupil.left if pupil.left and pupil.left <= date(year + 1, 7, 31) else None
    return (
        f'<leerling key="{pupil.key}" eckid="{pupil.eckid}">{_name(pupil.first, pupil.infix, pupil.last)}'
        f"<geboortedatum>{pupil.birth}</geboortedatum><geslacht>{pupil.sex}</geslacht><jaargroep>{grade}</jaargroep>"
        f"{home}{clubs}{_date('instroomdatum', pupil.entered)}{_date('uitstroomdatum', left)}</leerling>\n"
    )


def _employee(person: Employee, year: int) -> str:
    groups = "".join(
        f'<groep key="{group_key(year, name)}"><rol>LRK</rol></groep>' for name in person.groups.get(year, ())
    ) + "".join(
        f'<samengestelde_groep key="{group_key(year, club)}"><rol>{CLUB_ROLE}</rol></samengestelde_groep>'
        for club in person.clubs.get(year, ())
    )
    groups = f"<groepen>{groups}</groepen>" if groups else ""
    return (
        f'<leerkracht key="{person.key}">{_name(person.first, person.infix, person.last)}'
        f"<emailadres>{person.email}</emailadres><rol>{person.role}</rol>{groups}</leerkracht>\n"
    )
