"""The access log: a page about a child is sent only after its line is safely on disk.

Requests that are ready at the same moment share one commit: the first takes along the lines of all that wait behind it.
When the lines cannot be written nobody gets a page (`LogUnavailableError` becomes a 503).
"""

import fcntl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
import structlog

from api.db import writing
from models.audit import AccessLog

Line = Mapping[str, Any]
"""Column values of one `AccessLog` row; every line has all columns, so that they go in as one statement."""

EMPTY: dict[str, Any] = dict.fromkeys(("school_id", "account_id", "role", "pupil_id"))
INSERT = sa.insert(AccessLog)


class LogUnavailableError(Exception):
    """The access log could not be written, so nothing may be shown."""


@dataclass(slots=True)
class _Ticket:
    lines: Sequence[Line]
    is_done: bool = False
    error: Exception | None = None


class AccessLogWriter:
    """Writes lines in groups; one per process, shared by its request threads."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._waiting: list[_Ticket] = []
        self._queue = Lock()
        self._turn = Lock()
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        self._queue_file = Path(f"{file}-queue") if file else None

    def write(self, lines: Sequence[Line]) -> None:
        """Return when these lines are committed; raises `LogUnavailableError` when they are not."""
        if not lines:
            return
        ticket = _Ticket(lines)
        with self._queue:
            self._waiting.append(ticket)
        with self._turn:
            if not ticket.is_done:
                self._commit_all()
        if ticket.error is not None:
            raise LogUnavailableError from ticket.error

    @contextmanager
    def _process_turn(self) -> Iterator[None]:
        """Queue with the other processes: SQLite itself polls with ever longer sleeps, which costs a page its pace."""
        if self._queue_file is None:
            yield
            return
        with self._queue_file.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _commit_all(self) -> None:
        with self._queue:
            group, self._waiting = self._waiting, []
        error: Exception | None = None
        try:
            with self._process_turn(), writing(self._engine) as connection:
                connection.execute(INSERT, [{**EMPTY, **line} for ticket in group for line in ticket.lines])
        except (sa.exc.SQLAlchemyError, OSError) as failure:
            structlog.get_logger().error("access_log_unavailable", error=failure)
            error = failure
        for ticket in group:
            ticket.error = error
            ticket.is_done = True
