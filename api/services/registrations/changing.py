"""Changing the list: what is on it, what that is about, who does it and how long it takes.

A hand presses twice: the very same from the same person within a minute is said once, or hours would count double.
"""

from collections.abc import Collection, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.registrations import NewWork
from api.security.access import Visit
from api.services.registrations import purposes as words
from api.services.registrations.at import DECIDE, WORK, school_at, schools_of, uid_of
from models.catalogue import catalogue
from models.queries import registrations as read
from models.queries.scope import NotFoundError
from models.registration import Registration, RegistrationRun, RegistrationServes, RegistrationWork
from models.rules.registrations.facts import FACTS
from models.rules.registrations.hours import LONGEST
from models.school import School

OWN = "eigen-"
"""How the code of an item of the school's own begins."""
MOMENT = timedelta(minutes=1)
MOST_FACTS = 8
"""About how many kinds of fact one item is; who ticks all of them says nothing."""


def start(visit: Visit, wanted: UUID | None) -> None:
    """Put on the list what the sources of the school deliver, and begin with our words for what it is for."""
    school, _ = school_at(visit, DECIDE.roles, wanted)
    kinds = {row.kind for row in read.source_kinds(visit.connection, school.id)}
    delivered = {code for code, fact in FACTS.items() if fact.sources & kinds}
    codes = [code for code, item in catalogue().items.items() if delivered & set(item.facts)]
    with writing(visit.kit.engine) as connection:
        _turn_on(connection, visit, school.id, codes)
        if not read.purposes(connection, school.id):
            words.set_out(connection, school.id)


def turn_on(visit: Visit, wanted: UUID | None, codes: Iterable[str]) -> None:
    """Put items of the catalogue on the list; one that is there already stays as it is."""
    school, _ = school_at(visit, WORK.roles, wanted)
    known = [code for code in codes if code in catalogue().items]
    with writing(visit.kit.engine) as connection:
        _turn_on(connection, visit, school.id, known)


def add_own(visit: Visit, wanted: UUID | None, name: str, what: str, facts: Collection[str]) -> UUID:
    """Put an item of the school's own on the list; raises when it has no name."""
    school, _ = school_at(visit, WORK.roles, wanted)
    name = " ".join(name.split())
    if not name:
        raise ForPeopleError("Geef het onderdeel een naam.")
    about, name = _about(facts), name[:120]
    uid: UUID = uuid7()
    just_now = (Registration.added_at > visit.now - MOMENT, Registration.account_id == visit.scope.account_id)
    with writing(visit.kit.engine) as connection:
        read.take_turns(connection, School, school.id)
        if said := read.said_before(connection, Registration, school.id, Registration.name == name, *just_now):
            return UUID(str(said.uid))
        connection.execute(
            sa.insert(Registration).values(
                uid=uid,
                school_id=school.id,
                code=f"{OWN}{uid.hex[-12:]}",
                name=name,
                what=" ".join(what.split())[:500],
                facts=about,
                added_at=visit.now,
                account_id=visit.scope.account_id,
            )
        )
    return uid


def tie(visit: Visit, uid: UUID, facts: Collection[str]) -> None:
    """Say which facts of Kindblad an item of the school's own is about, so that their use counts as its use."""
    row = _item(visit, uid)
    if not row.code.startswith(OWN):
        raise ForPeopleError(
            "Waar dit onderdeel over gaat, staat in de lijst van Kindblad; dat wijzigt een school niet."
        )
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.update(Registration).where(Registration.id == row.id).values(facts=_about(facts)))


def take_off(visit: Visit, uid: UUID) -> UUID:
    """Take an item off the list; its decisions and opinions stay in the log. Gives the school it was of."""
    row = _item(visit, uid)
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.update(Registration).where(Registration.id == row.id).values(removed_at=visit.now))
    return uid_of(visit, row.school_id)


def add_work(visit: Visit, uid: UUID, work: NewWork) -> UUID:
    """Say who does it and what it takes; raises when only one of the two minutes is given or they are turned round."""
    row = _item(visit, uid)
    low, high = work.low, work.high
    if (low is None) != (high is None):
        low = high = low if low is not None else high
    if low is not None and high is not None and low > high:
        raise ForPeopleError("De kortste tijd is langer dan de langste; draai ze om.")
    made: UUID = uuid7()
    values = work.model_dump() | {"low": low, "high": high, "system": " ".join(work.system.split())}
    values |= {"registration_id": row.id, "account_id": visit.scope.account_id}
    columns = sa.inspect(RegistrationWork).local_table.c
    same = [columns[name].is_not_distinct_from(value) for name, value in values.items()]
    with writing(visit.kit.engine) as connection:
        read.take_turns(connection, Registration, row.id)
        just_now = RegistrationWork.changed_at > visit.now - MOMENT
        if said := read.said_before(connection, RegistrationWork, row.school_id, *same, just_now):
            return UUID(str(said.uid))
        connection.execute(
            sa.insert(RegistrationWork).values(uid=made, school_id=row.school_id, changed_at=visit.now, **values)
        )
    return made


def drop_work(visit: Visit, uid: UUID, work: UUID) -> None:
    """Take back who does it, with the runs that were measured."""
    found = _work(visit, uid, work)
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.delete(RegistrationRun).where(RegistrationRun.work_id == found.id))
        connection.execute(sa.delete(RegistrationWork).where(RegistrationWork.id == found.id))


def measured(visit: Visit, uid: UUID, work: UUID, seconds: int) -> None:
    """Keep one run of the timer; one that was forgotten is refused."""
    found = _work(visit, uid, work)
    if not 0 < seconds <= LONGEST:
        raise ForPeopleError("Deze meting duurde nul seconden of langer dan vier uur; meet opnieuw.")
    values = {"work_id": found.id, "seconds": seconds, "account_id": visit.scope.account_id}
    columns = sa.inspect(RegistrationRun).local_table.c
    same = [columns[name] == value for name, value in values.items()]
    with writing(visit.kit.engine) as connection:
        read.take_turns(connection, RegistrationWork, found.id)
        just_now = RegistrationRun.measured_at > visit.now - MOMENT
        if not read.said_before(connection, RegistrationRun, found.school_id, *same, just_now):
            connection.execute(
                sa.insert(RegistrationRun).values(school_id=found.school_id, measured_at=visit.now, **values)
            )


def serve(visit: Visit, uid: UUID, purposes: Collection[UUID]) -> None:
    """Say which purposes an item serves, which may be none of them; what was said before is replaced."""
    row = _item(visit, uid)
    chosen = [found.id for found in read.purposes(visit.connection, row.school_id) if found.uid in purposes]
    with writing(visit.kit.engine) as connection:
        read.take_turns(connection, Registration, row.id)
        connection.execute(sa.delete(RegistrationServes).where(RegistrationServes.registration_id == row.id))
        connection.execute(sa.update(Registration).where(Registration.id == row.id).values(weighed_at=visit.now))
        for purpose_id in chosen:
            connection.execute(
                sa.insert(RegistrationServes).values(
                    school_id=row.school_id, registration_id=row.id, purpose_id=purpose_id
                )
            )


def _about(facts: Collection[str]) -> str:
    """The codes as they are kept, in the order of our own list."""
    chosen = [code for code in FACTS if code in facts]
    if len(chosen) > MOST_FACTS:
        raise ForPeopleError(f"Kies hooguit {MOST_FACTS} gegevens waar dit onderdeel over gaat.")
    return " ".join(chosen)


def _item(visit: Visit, uid: UUID) -> Any:
    return read.find(visit.connection, Registration, uid, schools_of(visit, WORK.roles))


def _work(visit: Visit, uid: UUID, work: UUID) -> Any:
    item = _item(visit, uid)
    found = read.find(visit.connection, RegistrationWork, work, [item.school_id])
    if found.registration_id != item.id:
        raise NotFoundError
    return found


def _turn_on(connection: sa.Connection, visit: Visit, school_id: int, codes: Iterable[str]) -> None:
    read.take_turns(connection, School, school_id)
    there = {row.code: row for row in read.items(connection, school_id, also_removed=True)}
    for code in codes:
        if code not in there:
            connection.execute(
                sa.insert(Registration).values(
                    school_id=school_id, code=code, added_at=visit.now, account_id=visit.scope.account_id
                )
            )
        elif there[code].removed_at is not None:
            connection.execute(sa.update(Registration).where(Registration.id == there[code].id).values(removed_at=None))
