"""From what an administrator types to the columns of a role grant: school, group, dates, staff, guardian, pupil."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from api import clock
from api.db import reading
from api.problem import ForPeopleError
from models.queries import school as schools
from models.vocabulary import PersonRole, Role

NEEDED: Mapping[Role, Mapping[str, str]] = {
    Role.TEACHER: {"--group": "Een leraar hoort bij een groep: noem die met"},
    Role.SUBSTITUTE: {
        "--group": "Een duo of invaller hoort bij een groep: noem die met",
        "--until": "Een duo of invaller is er tot en met een dag: noem die met",
    },
    Role.PARENT: {"--guardian": "Een ouder hoort bij een kind: noem het oudernummer met"},
    Role.PUPIL: {"--pupil": "Een leerling ziet alleen zichzelf: noem het leerlingnummer met"},
}
"""Options without which a role means nothing, with the sentence that asks for one."""


def find_subject(  # noqa: PLR0913 - one argument per option of the command
    engine: sa.Engine,
    role_name: str,
    school: str | None,
    *,
    group: str | None = None,
    guardian: str | None = None,
    pupil: str | None = None,
    staff: str | None = None,
    since: date | None = None,
    until: date | None = None,
    granted_by: str = "opdrachtregel",
) -> dict[str, Any]:
    """Look up what a role is about, as the columns of a grant; says what is missing or not found."""
    role = Role(role_name)
    today = clock.day_of(clock.now())
    given = {"--group": group, "--until": until, "--guardian": guardian, "--pupil": pupil}
    for option, words in NEEDED.get(role, {}).items():
        if not given[option]:
            raise ForPeopleError(f"{words} {option}.")
    with reading(engine) as connection:
        school_id = school_id_of(connection, school)
        people = {}
        for column, kind, key in (
            ("staff_id", PersonRole.STAFF, staff),
            ("guardian_id", PersonRole.GUARDIAN, guardian),
            ("pupil_id", PersonRole.PUPIL, pupil),
        ):
            if key:
                people[column] = schools.linked_person(connection, school_id, kind, key)
                if people[column] is None:
                    raise ForPeopleError(f"Geen {kind.label} met sleutel {key} bij deze school; kijk in het bestand.")
        groups = schools.groups_called(connection, school_id, group, today) if group else []
    if group and len(groups) != 1:
        found = "geen groep" if not groups else f"{len(groups)} groepen"
        raise ForPeopleError(f"Er is dit schooljaar {found} {group}; noem de sleutel uit de leerlingadministratie.")
    return {
        "role": role,
        "school_id": school_id,
        "group_id": groups[0].id if group else None,
        "granted_by": granted_by,
        "starts_on": since or today,
        "ends_on": until,
        **people,
    }


def school_id_of(connection: sa.Connection, key: str | None) -> int:
    """Find the school that an administrator means; without a key the only one. Raises `ForPeopleError`."""
    if key:
        row = schools.by_key(connection, key)
        if row is None:
            raise ForPeopleError(f"School {key} is er niet; `kindblad stats` toont welke er zijn.")
        return int(row.id)
    every = schools.all_schools(connection)
    if len(every) != 1:
        raise ForPeopleError(f"Er zijn {len(every)} scholen; noem er een met --school BRIN.")
    return int(every[0].id)
