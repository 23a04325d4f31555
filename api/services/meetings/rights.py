"""Who may do what with a talk with parents or the child, and the lock under which it is changed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.security.access import Visit
from models.queries.scope import Grant, NotFoundError
from models.queries.whose import AnyGrant
from models.rules.access import Kind
from models.talk import Talk
from models.vocabulary import Role

WROTE = "wrote"
PAGE = "meeting"
SCHOOL = frozenset({Role.TEACHER, Role.IB})


def may_write(grant: AnyGrant) -> bool:
    """Tell whether this reader plans and holds these talks: the teacher of the child and the IB'er."""
    return Kind.TALKS in grant.kinds & grant.writes and grant.role in SCHOOL


def require_writing(grant: AnyGrant) -> None:
    if not may_write(grant):
        raise NotFoundError(grant.pupil_id if isinstance(grant, Grant) else None, grant.school_id)


def log_written(visit: Visit, grant: AnyGrant, *pupil_ids: int) -> None:
    """Note who wrote about whom."""
    ids = pupil_ids or ((grant.pupil_id,) if isinstance(grant, Grant) else ())
    visit.log(PAGE, ids, grant, WROTE)


@contextmanager
def to_come(visit: Visit, row: Any) -> Iterator[sa.Connection]:
    """Give a writing transaction in which this talk did not begin and was not called off."""
    with writing(visit.kit.engine) as connection:
        now = _locked(connection, row)
        if now.started_at is not None or now.cancelled_at is not None:
            raise ForPeopleError("Dit gesprek is al begonnen of afgezegd. Er is niets veranderd.")
        yield connection


@contextmanager
def running(visit: Visit, row: Any) -> Iterator[sa.Connection]:
    """Give a writing transaction in which this talk runs: after the end nothing changes."""
    with writing(visit.kit.engine) as connection:
        now = _locked(connection, row)
        if now.started_at is None:
            raise ForPeopleError("Dit gesprek is nog niet begonnen.")
        if now.ended_at is not None:
            raise ForPeopleError("Dit gesprek is afgerond; er verandert niets meer aan.")
        yield connection


def _locked(connection: sa.Connection, row: Any) -> Any:
    return connection.execute(sa.select(*Talk.__table__.c).where(Talk.id == row.id).with_for_update()).one()
