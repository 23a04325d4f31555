"""What stays the same until the next delivery and says nothing of a child is read once per process."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa

Value = TypeVar("Value")

AT_MOST = 512
_remembered: WeakKeyDictionary[sa.Engine, dict[Hashable, Any]] = WeakKeyDictionary()


def remembered(connection: sa.Connection, key: Hashable, read: Callable[[], Value]) -> Value:
    """Return what `read` gave earlier for this key on this database; the key must hold the delivery it depends on."""
    known = _remembered.setdefault(connection.engine, {})
    if key not in known:
        if len(known) >= AT_MOST:
            known.clear()
        known[key] = read()
    found: Value = known[key]
    return found
