"""Giving a colleague a group for today: directie or IB'er, one click; tomorrow the right is gone by itself.

Only a colleague who already has an account here, and only for a group that the reader may see; it is in the log before
it is done.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.schemas.substitute import StandIn, StandingIn
from api.security.access import Visit
from api.services.substitute import valid_on
from models.account import RoleGrant
from models.queries import groups
from models.queries import standing_in as read
from models.queries.scope import BEFORE_A_GROUP, AnyRow, GroupGrant, NotFoundError, group_name
from models.queries.whose import take_turns
from models.vocabulary import Role

GIVERS = frozenset({Role.IB, Role.HEAD})
GAVE, TOOK_BACK = "group given", "group taken back"


def compose(visit: Visit, grant: GroupGrant) -> StandingIn:
    """Compose who can stand in for this group today; who already has it comes first."""
    _require(visit, grant)
    rows = read.candidates(visit.connection, grant, visit.scope)
    people = [_line(list(of_one), grant, visit.today) for _, of_one in groupby(rows, key=lambda row: row.id)]
    group = groups.group(visit.connection, grant)
    return StandingIn(
        id=group.uid,
        group=group_name(group.name),
        on=visit.today,
        valid=valid_on(visit.today),
        colleagues=sorted((one for one in people if one), key=lambda one: not one.has_it),
    )


def give(visit: Visit, grant: GroupGrant, account: UUID) -> None:
    """Give this colleague the group for today; nothing happens when they have it already."""
    _require(visit, grant)
    rows = read.candidate(visit.connection, grant, visit.scope, account)
    if any(_has(row, grant, visit.today) for row in rows):
        return
    _log(visit, grant, account, GAVE)
    given = {
        "account_id": rows[0].id,
        "role": Role.SUBSTITUTE,
        "school_id": grant.school_id,
        "group_id": grant.group_id,
        "starts_on": visit.today,
        "ends_on": visit.today,
    }
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        same = (getattr(RoleGrant, name) == value for name, value in given.items())
        if not connection.scalar(sa.select(sa.exists().where(*same))):
            connection.execute(sa.insert(RoleGrant).values(**given, granted_by=visit.signed_in.login[:100]))


def take_back(visit: Visit, grant: GroupGrant, account: UUID) -> None:
    """Take back what was given for today; a role of longer standing is not ended here."""
    _require(visit, grant)
    rows = read.candidate(visit.connection, grant, visit.scope, account)
    given = [row.grant_id for row in rows if _for_today(row, grant, visit.today)]
    if not given:
        raise NotFoundError(school_id=grant.school_id)
    _log(visit, grant, account, TOOK_BACK)
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(RoleGrant).where(RoleGrant.id.in_(given)).values(ends_on=visit.today - timedelta(days=1))
        )


def _require(visit: Visit, grant: GroupGrant) -> None:
    """Only who is IB'er or directie of this very school."""
    if not any(held.role in GIVERS and held.school_id == grant.school_id for held in visit.scope.held):
        raise NotFoundError(school_id=grant.school_id)


def _line(rows: Sequence[AnyRow], grant: GroupGrant, today: date) -> StandIn | None:
    """One colleague; None for who stands before this group anyhow."""
    if any(_has(row, grant, today) and not _for_today(row, grant, today) for row in rows):
        return None
    known = [_known_as(row) for row in rows if _holds(row, today) and not _for_today(row, grant, today)]
    return StandIn(
        id=rows[0].uid,
        name=rows[0].display_name,
        known_as=", ".join(dict.fromkeys(known)) or "viel eerder in",
        has_it=any(_for_today(row, grant, today) for row in rows),
    )


def _holds(row: AnyRow, today: date) -> bool:
    return row.starts_on <= today and (row.ends_on is None or row.ends_on >= today)


def _has(row: AnyRow, grant: GroupGrant, today: date) -> bool:
    return row.role in BEFORE_A_GROUP and row.group_id == grant.group_id and _holds(row, today)


def _for_today(row: AnyRow, grant: GroupGrant, today: date) -> bool:
    return _has(row, grant, today) and row.role is Role.SUBSTITUTE and row.starts_on == row.ends_on == today


def _known_as(row: AnyRow) -> str:
    return f"{row.role.label} groep {group_name(row.group)}" if row.group else str(row.role.label)


def _log(visit: Visit, grant: GroupGrant, account: UUID, action: str) -> None:
    """Write down who gave which group to whom, before it is done."""
    line = {
        "at": visit.now,
        "school_id": grant.school_id,
        "account_id": visit.scope.account_id,
        "role": grant.role,
        "kind": "account",
        "action": action,
        "ground": f"groep {grant.group_id}, account {account}",
    }
    visit.kit.log.write([line])
