"""One SELECT for a child or for all children of a group: whose rows it is about follows from the grant that is given.

For pages that show the same of one child and of a whole group. What they read never depends on how many there are.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from models.group import ClassGroup
from models.person import Pupil
from models.queries.scope import Grant, GroupGrant
from models.queries.sheet import CHILDREN, PUPIL, SCHOOL, child, children

AnyGrant = Grant | GroupGrant


def whose(table: Any, grant: AnyGrant) -> sa.ColumnElement[bool]:
    """Say which rows of a table that names school and child are about the child, or the children, of this grant."""
    is_theirs = table.pupil_id == PUPIL if isinstance(grant, Grant) else table.pupil_id.in_(CHILDREN)
    return sa.and_(table.school_id == SCHOOL, is_theirs)


def values(grant: AnyGrant, today: date) -> dict[str, Any]:
    """Give the values that a statement with `whose` asks for."""
    return child(grant) | {"today": today} if isinstance(grant, Grant) else children(grant, today)


def take_turns(connection: sa.Connection, grant: AnyGrant) -> None:
    """Wait until nobody else writes about this child or group what may be there once; ends with the transaction.

    SQLite lets one write at a time as it is; on PostgreSQL rows that refer to the child or group are not held up.
    """
    row = Pupil.id == grant.pupil_id if isinstance(grant, Grant) else ClassGroup.id == grant.group_id
    connection.execute(sa.select(sa.literal(1)).where(row).with_for_update(key_share=True))


def take_turns_about(connection: sa.Connection, grant: AnyGrant, pupil_ids: Iterable[int]) -> None:
    """Wait until nobody else is writing about these children, from whichever group; ends with the transaction.

    SQLite lets one write at a time as it is.
    """
    chosen = sa.select(Pupil.id).where(Pupil.school_id == grant.school_id, Pupil.id.in_(pupil_ids))
    connection.execute(chosen.order_by(Pupil.id).with_for_update())
