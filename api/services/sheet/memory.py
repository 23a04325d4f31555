"""What stays the same until the next delivery and says nothing of a child is read once per process."""

from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa

Value = TypeVar("Value")

AT_MOST = 512
_remembered: dict[tuple[Any, ...], Any] = {}


def remembered(connection: sa.Connection, key: tuple[Any, ...], read: Callable[[], Value]) -> Value:
    """Return what `read` gave earlier for this key; the key must hold the newest delivery it depends on.

    The address of the database belongs to the key, because two databases may number their rows alike.
    """
    whole = (connection.engine.url.render_as_string(hide_password=True), *key)
    if whole not in _remembered:
        if len(_remembered) >= AT_MOST:
            _remembered.clear()
        _remembered[whole] = read()
    found: Value = _remembered[whole]
    return found
