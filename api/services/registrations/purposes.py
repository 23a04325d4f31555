"""What the school is for, in its own words, per group of people: the measure for what it registers."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.registrations import PurposeGroup, PurposeLine
from api.security.access import Visit
from api.services.registrations.at import DECIDE, READ, school_at, schools_of, uid_of
from models.queries import registrations as read
from models.registration import RegistrationPurpose
from models.school import School
from models.vocabulary import Stakeholder

PURPOSES = {
    Stakeholder.PUPILS: (
        "op mijn eigen niveau verder mogen",
        "meer samen doen en elkaar helpen",
        "gezien worden om mijn inzet, niet alleen om het resultaat",
    ),
    Stakeholder.PARENTS: (
        "een kind dat blij naar school gaat en blij thuiskomt",
        "een veilige sfeer, zodat leren lukt",
        "onderwijs dat past bij dit kind",
    ),
    Stakeholder.TEACHERS: (
        "kinderen die zichzelf zijn en in hun kracht staan",
        "talent ontdekken, van kind en leraar",
        "samen met ouders verantwoordelijk zijn",
    ),
    Stakeholder.LEADERS: (
        "kinderen die als mens groeien, niet alleen in vakken",
        "een doorgaande lijn van groep 1 tot en met 8",
    ),
    Stakeholder.BOARD: (
        "gelukkige kinderen die sociaal, creatief en wendbaar worden",
        "leraren die zich blijven ontwikkelen",
        "systemen die helpen bij de bedoeling",
    ),
}
"""With which words a school begins; it changes them to its own."""


def set_out(connection: sa.Connection, school_id: int) -> None:
    """Give a school our words to begin with."""
    for stakeholder, bodies in PURPOSES.items():
        for body in bodies:
            _insert(connection, school_id, stakeholder, body)


def purposes_of(visit: Visit, school_id: int, item: int = 0) -> list[PurposeGroup]:
    """What the school is for, per group of people; marked where an item serves it."""
    rows = read.purposes(visit.connection, school_id)
    served = {row.purpose_id for row in read.serves(visit.connection, school_id) if row.registration_id == item}
    return [
        PurposeGroup(
            stakeholder=stakeholder,
            label=stakeholder.label,
            lines=[
                PurposeLine(id=row.uid, body=row.body, is_served=row.id in served)
                for row in rows
                if row.stakeholder == stakeholder
            ],
        )
        for stakeholder in Stakeholder
    ]


def compose_purposes(visit: Visit, wanted: UUID | None) -> tuple[Any, list[PurposeGroup]]:
    """The purposes of a school for who may read the list."""
    school, _ = school_at(visit, READ.roles, wanted)
    return school, purposes_of(visit, school.id)


def add(visit: Visit, wanted: UUID | None, stakeholder: Stakeholder, body: str) -> UUID:
    """Add what the school is for; what stands there already is not added again. Raises when nothing was written."""
    school, _ = school_at(visit, DECIDE.roles, wanted)
    body = _words(body)
    with writing(visit.kit.engine) as connection:
        read.take_turns(connection, School, school.id)
        for row in read.purposes(connection, school.id):
            if (row.stakeholder, row.body) == (stakeholder, body):
                return UUID(str(row.uid))
        return _insert(connection, school.id, stakeholder, body)


def reword(visit: Visit, uid: UUID, body: str) -> UUID:
    """Say it in other words; what was said to serve it still does. Gives the school it is of."""
    return _change(visit, uid, body=_words(body))


def drop(visit: Visit, uid: UUID) -> UUID:
    """Take a purpose away; what was said with it stays kept. Gives the school it was of."""
    return _change(visit, uid, removed_at=visit.now)


def _change(visit: Visit, uid: UUID, **values: Any) -> UUID:
    found = read.find(visit.connection, RegistrationPurpose, uid, schools_of(visit, DECIDE.roles))
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.update(RegistrationPurpose).where(RegistrationPurpose.id == found.id).values(**values))
    return uid_of(visit, found.school_id)


def _words(body: str) -> str:
    body = " ".join(body.split())
    if not body:
        raise ForPeopleError("Schrijf in een paar woorden waar de school voor is.")
    return body[:200]


def _insert(connection: sa.Connection, school_id: int, stakeholder: Stakeholder, body: str) -> UUID:
    uid: UUID = uuid7()
    connection.execute(
        sa.insert(RegistrationPurpose).values(uid=uid, school_id=school_id, stakeholder=stakeholder, body=body)
    )
    return uid
