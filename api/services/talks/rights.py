"""Who may do what with a talk that they may read, and the lock under which it is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.security.access import Visit
from models.queries.scope import Grant, GroupGrant, NotFoundError
from models.queries.talks import FoundTalk
from models.rules.access import Kind
from models.talk import Talk
from models.vocabulary import Role

WROTE = "wrote"
PLAN = frozenset({Kind.NOTES, Kind.SUPPORT_PLAN})
"""What a talk is made of: notes, and what helps and is agreed."""


class ChangedMeanwhileError(ForPeopleError):
    """The talk is no longer as it was read."""


def may_write(grant: Grant | GroupGrant) -> bool:
    return grant.writes >= PLAN and grant.kinds >= PLAN


def may_plan(visit: Visit, grant: Grant | GroupGrant) -> bool:
    """Tell whether this reader plans talks: the IB'er of this very school."""
    is_ib = any(held.role is Role.IB and held.school_id == grant.school_id for held in visit.scope.held)
    return is_ib and may_write(grant)


def require(allowed: bool, grant: Grant | GroupGrant) -> None:  # noqa: FBT001 - reads as "require may_write(…)"
    if not allowed:
        raise NotFoundError(grant.pupil_id if isinstance(grant, Grant) else None, grant.school_id)


def log_written(visit: Visit, grant: Grant | GroupGrant, *pupil_ids: int) -> None:
    """Note who wrote about whom; of a group's talk for each child that it names."""
    ids = pupil_ids or ((grant.pupil_id,) if isinstance(grant, Grant) else ())
    visit.log("talk", ids, grant, WROTE)


@contextmanager
def locked(visit: Visit, talk: FoundTalk) -> Iterator[tuple[sa.Connection, Any]]:
    """Give a writing transaction in which nobody else changes this talk, and the talk as it is now."""
    with writing(visit.kit.engine) as connection:
        row = connection.execute(sa.select(*Talk.__table__.c).where(Talk.id == talk.id).with_for_update()).one()
        yield connection, row


@contextmanager
def running(visit: Visit, talk: FoundTalk) -> Iterator[tuple[sa.Connection, Any]]:
    """The same for what is written at the table: after the end nothing changes."""
    require(may_write(talk.grant), talk.grant)
    with locked(visit, talk) as (connection, row):
        if row.ended_at is not None:
            raise ChangedMeanwhileError(
                "Deze bespreking is afgerond; er verandert niets meer aan. Schrijf een notitie."
            )
        if row.started_at is None:
            raise ChangedMeanwhileError("Deze bespreking is nog niet begonnen.")
        yield connection, row


@contextmanager
def to_come(visit: Visit, talk: FoundTalk) -> Iterator[tuple[sa.Connection, Any]]:
    """The same for what is prepared: once begun or cancelled it is too late."""
    with locked(visit, talk) as (connection, row):
        if row.started_at is not None or row.cancelled_at is not None:
            raise ChangedMeanwhileError("Deze bespreking is al begonnen of afgezegd.")
        yield connection, row
