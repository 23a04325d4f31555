"""What a command shows or decides of children is a line in the access log too, before it is said on the screen."""

import getpass
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlalchemy as sa

Child = tuple[int, int]
"""The ids of a school and of a child of it."""


def note(
    engine: "sa.Engine", children: Iterable[Child], kind: str, action: str = "read", account_id: int | None = None
) -> None:
    """Write a line for each child, under the name of who is logged in to the machine; raises `LogUnavailableError`."""
    from api import clock
    from api.security.access_log import AccessLogWriter

    line = {"at": clock.now(), "kind": kind, "action": action, "account_id": account_id}
    line["ground"] = f"opdrachtregel ({getpass.getuser()})"[:100]
    chosen = sorted(set(children))
    AccessLogWriter(engine).write([line | {"school_id": school, "pupil_id": pupil} for school, pupil in chosen])
