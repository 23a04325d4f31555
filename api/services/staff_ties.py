"""Whose account it is on the roll: proposed by e-mail or name, said by a person of directie or beheer.

What was agreed with "Kim" of the roll reaches Kim's own page through this tie. It gives nobody a right.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.schemas.accounts import StaffChoice
from api.security import sessions
from api.security.access import Visit
from api.services.administration import AccountError
from models.account import RoleGrant
from models.queries import staff as read
from models.queries.scope import AnyRow
from models.rules.colleagues import likely
from models.rules.names import display_name


def choices(roll: Iterable[AnyRow]) -> list[StaffChoice]:
    """List the members of staff to choose from."""
    return [StaffChoice(id=row.uid, name=display_name(row)) for row in roll]


def tied_to(rows: Sequence[AnyRow], roll: Mapping[int, AnyRow]) -> str | None:
    """Name the member of staff that an account is tied to; someone who left the roll is still named."""
    tied = next((row.staff_id for row in rows if row.staff_id is not None), None)
    if tied is None:
        return None
    return display_name(roll[tied]) if tied in roll else "iemand die niet meer op de lijst staat"


def proposed(rows: Sequence[AnyRow], roll: Mapping[int, AnyRow]) -> StaffChoice | None:
    """Propose who this may be, of those at the same school who have no account yet as far as these rows tell."""
    if any(row.staff_id is not None for row in rows) or all(row.role in sessions.FAMILY for row in rows):
        return None
    schools = {row.school_id for row in rows}
    found = likely(rows[0].login, rows[0].display_name, [one for one in roll.values() if one.school_id in schools])
    if found is None:
        return None
    one: Any = found.staff
    return StaffChoice(id=one.uid, name=display_name(one), why=found.why)


def staff_on_roll(visit: Visit) -> dict[int, AnyRow]:
    """Everyone on the roll whom the reader may choose, by key."""
    return {row.id: row for row in read.on_the_roll(visit.connection, visit.scope)}


def tie(visit: Visit, rows: Sequence[AnyRow], staff: UUID | None) -> None:
    """Tie the roles of an account at a school to this member of staff, or to nobody. Raises `AccountError`."""
    chosen = None
    if staff is not None:
        chosen = next((row for row in staff_on_roll(visit).values() if row.uid == staff), None)
        if chosen is None or chosen.school_id not in {row.school_id for row in rows}:
            raise AccountError("Deze medewerker staat niet in de personeelslijst van uw school.")
    if all(row.role in sessions.FAMILY for row in rows):
        raise AccountError("Een ouder of kind staat niet in de personeelslijst.")
    schools = {chosen.school_id} if chosen else {row.school_id for row in rows}
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(RoleGrant)
            .where(
                RoleGrant.account_id == rows[0].id,
                RoleGrant.school_id.in_(schools),
                RoleGrant.role.not_in(sessions.FAMILY),
            )
            .values(staff_id=chosen.id if chosen else None)
        )
