"""Who can see a child: everyone who holds a role at its school, put to the authorizer itself."""

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa

from models.custody import EmergencyAccess
from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.queries import accounts
from models.queries.scope import (
    IN_GROUP_TODAY,
    NOW,
    ON_THE_ROLL,
    AnyRow,
    Grant,
    NotFoundError,
    Scope,
    grant_for,
)

_GROUPS = (
    sa.select(ClassGroup.id, ClassGroup.name)
    .join(GroupMembership, GroupMembership.group_id == ClassGroup.id)
    .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
    .where(SourcePerson.pupil_id == sa.bindparam("pupil_id"), ON_THE_ROLL, IN_GROUP_TODAY)
)
_OPENED = sa.select(EmergencyAccess.account_id, EmergencyAccess.kind, EmergencyAccess.id).where(
    EmergencyAccess.pupil_id == sa.bindparam("pupil_id"),
    EmergencyAccess.opened_at <= NOW,
    EmergencyAccess.ends_at > NOW,
)
_PUPIL = sa.select(Pupil.uid, Pupil.given_name, Pupil.first_names, Pupil.prefix, Pupil.family_name).where(
    Pupil.id == sa.bindparam("pupil_id")
)


@dataclass(frozen=True, slots=True)
class Reader:
    """An account, the name that others see, and what the authorizer answers it for this child now."""

    account_id: int
    name: str
    grant: Grant


def pupil(connection: sa.Connection, grant: Grant) -> AnyRow:
    """Read the names of the child."""
    return connection.execute(_PUPIL, {"pupil_id": grant.pupil_id}).one()


def readers(connection: sa.Connection, grant: Grant, scope: Scope) -> list[Reader]:
    """List everyone who can see something of this child at the moment of this scope, by name."""
    asked = {"pupil_id": grant.pupil_id, "today": scope.today, "now": scope.now}
    groups = {row.id: row.name for row in connection.execute(_GROUPS, asked)} or {None: None}
    opened: dict[int, dict[str, int]] = defaultdict(dict)
    for row in connection.execute(_OPENED, asked):
        opened[row.account_id][row.kind] = row.id
    found = []
    for name, theirs in accounts.everyone_at(connection, grant.school_id, scope.today, scope.now):
        try:
            answer = grant_for(theirs, grant.pupil_id, grant.school_id, groups, opened.get(theirs.account_id))
        except NotFoundError:
            continue
        found.append(Reader(theirs.account_id, name, answer))
    return found
