"""The access log: a page about a child is sent only after its line is safely on disk.

Requests that are ready at the same moment share one commit: the first takes along the lines of all that wait behind it.
Each line is chained to the one before (`models.rules.chain`); who holds the lock on the head is the one who adds. When
the lines cannot be written nobody gets a page (`LogUnavailableError` becomes a 503).
"""

import fcntl
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
import structlog

from api.db import driver
from api.security.log_head import HeadFile
from models.queries.log import FIELDS, Head
from models.rules.chain import link, moment

Line = Mapping[str, Any]
"""Column values of one `AccessLog` row by name, without number and hash; what is not named is NULL."""

COLUMNS = "id, " + ", ".join(FIELDS) + ", hash"
HEAD = "SELECT number, hash FROM access_log_head"
SQLITE = (
    f"INSERT INTO access_log ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own columns
    "UPDATE access_log_head SET number = ?, hash = ?",
)
POSTGRESQL = (
    "WITH moved AS (UPDATE access_log_head SET number = %s, hash = %s) "  # noqa: S608 - names of our own columns
    f"INSERT INTO access_log ({COLUMNS}) SELECT (line->>0)::int, (line->>1)::timestamptz, (line->>2)::int, "
    "(line->>3)::int, line->>4, (line->>5)::int, line->>6, line->>7, line->>8, decode(line->>9, 'hex') "
    "FROM json_array_elements(%s::json) line"
)
"""One statement for any number of lines; as JSON, because the driver is slow with arrays and with many statements."""


class LogUnavailableError(Exception):
    """The access log could not be written, so nothing may be shown."""


@dataclass(slots=True)
class _Ticket:
    lines: Sequence[Line]
    is_done: bool = False
    error: Exception | None = None


class AccessLogWriter:
    """Writes lines in groups; one per process, shared by its request threads."""

    def __init__(self, engine: sa.Engine, head_file: Path | None = None) -> None:
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._errors = (sa.exc.SQLAlchemyError, OSError, engine.dialect.loaded_dbapi.Error)
        self._waiting: list[_Ticket] = []
        self._queue = Lock()
        self._turn = Lock()
        file = engine.url.database if self._is_sqlite else None
        self._queue_file = Path(f"{file}-queue") if file else None
        self._head_file = HeadFile(head_file)

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
            with self._process_turn(), driver(self._engine) as cursor:
                newest = self._add(cursor, (line for ticket in group for line in ticket.lines))
            self._head_file.keep(newest)
        except self._errors as failure:
            structlog.get_logger().error("access_log_unavailable", error=failure)
            error = failure
        for ticket in group:
            ticket.error = error
            ticket.is_done = True

    def _add(self, cursor: Any, lines: Iterable[Line]) -> Head:
        """Lock the head (SQLite has locked all by now), add the lines behind it, and move it."""
        cursor.execute(HEAD if self._is_sqlite else f"{HEAD} FOR UPDATE")
        rows = list(_chained(Head(*cursor.fetchone()), lines))
        number, digest = rows[-1][0], rows[-1][-1]
        if self._is_sqlite:
            insert, move = SQLITE
            cursor.executemany(insert, rows)
            cursor.execute(move, (number, digest))
        else:
            cursor.execute(POSTGRESQL, (number, digest, json.dumps([(*row[:-1], row[-1].hex()) for row in rows])))
        return Head(number, digest)


def _chained(head: Head, lines: Iterable[Line]) -> Iterator[tuple[Any, ...]]:
    number, last = head.number, head.hash
    for line in lines:
        number += 1
        role = line.get("role")
        fields = (
            moment(line["at"]),
            line.get("school_id"),
            line.get("account_id"),
            None if role is None else str.__str__(role),
            line.get("pupil_id"),
            str.__str__(line["kind"]),
            line["action"],
            line["ground"],
        )
        last = link(last, number, fields)
        yield number, *fields, last
