"""What stays the same until the next delivery and says nothing of a child is read once per process.

A delivery has a number; any other change of what is known of children (a link, a record tried again, erasing) gives
its school the next `revision`. Both stand in the key, so no process goes on with what was before.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from models.school import School

Value = TypeVar("Value")
T_SCHOOL = cast("sa.Table", School.__table__)

Version = tuple[int, int]
"""The newest delivery of a school and its revision."""
AT_MOST = 512
_remembered: WeakKeyDictionary[sa.Engine, dict[Hashable, Any]] = WeakKeyDictionary()


def remembered(connection: sa.Connection, key: Hashable, read: Callable[[], Value]) -> Value:
    """Return what `read` gave earlier for this key on this database; the key must hold the `Version` it is of."""
    known = _remembered.setdefault(connection.engine, {})
    if key not in known:
        if len(known) >= AT_MOST:
            known.clear()
        known[key] = read()
    found: Value = known[key]
    return found


def forget(connection: sa.Connection, school_id: int) -> None:
    """Let no process go on with what it remembers of this school, from the moment that this transaction is kept."""
    change = sa.update(T_SCHOOL).where(T_SCHOOL.c.id == school_id)
    connection.execute(change.values(revision=T_SCHOOL.c.revision + 1))
