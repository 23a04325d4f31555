"""Read a file of practice answers as a stream of columns, in file order, with DuckDB.

Everything is read as text and cast by us, so that one bad field refuses one record and CSV and JSON mean the same.
Sentinels instead of nulls: -1 for an id or exercise that cannot be read, 0 for such a moment.
"""

import glob
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from connectors.errors import FileRefused
from connectors.practice.form import COLUMNS, Form

if TYPE_CHECKING:
    import duckdb

UNREADABLE = 255
NO_PROGRESS = -(2**31)
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "384MB",
    # Nothing is ever fetched from the network.
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}

# The cast would round a decimal key and drop an offset from UTC without a word, so both are refused before it. Written
# so that what nearly every record is comes first: DuckDB looks at the rest of a column only where that fails.
_SQL = """
SELECT coalesce(if(contains(a.SubmittedAnswerId, '.'), NULL, try_cast(a.SubmittedAnswerId AS BIGINT)), -1) AS id,
  coalesce(if(strlen(a.SubmitDateTime) < 19 OR contains(a.SubmitDateTime, '+') OR a.SubmitDateTime LIKE '%-%-%-%', NULL,
    try_cast(a.SubmitDateTime AS TIMESTAMP)), TIMESTAMP 'epoch') AS moment,
  coalesce(if(contains(a.ExerciseId, '.'), NULL, try_cast(a.ExerciseId AS BIGINT)), -1) AS exercise,
  (CASE a.Correct WHEN '1' THEN 1 WHEN '0' THEN 0 WHEN 'true' THEN 1 WHEN 'false' THEN 0 WHEN 'True' THEN 1
    WHEN 'False' THEN 0 WHEN 'TRUE' THEN 1 WHEN 'FALSE' THEN 0 ELSE {unreadable} END)::UTINYINT AS correct,
  coalesce(if(contains(a.Progress, '.'), NULL, try_cast(a.Progress AS INTEGER)),
    if(a.Progress IS NULL OR a.Progress IN ('', 'NULL'), 0, {no_progress}))::INTEGER AS progress,
  coalesce(2 * (try_cast(a.Difficulty AS DOUBLE) = -200)::UTINYINT,
    if(a.Difficulty IS NULL OR a.Difficulty IN ('', 'NULL'), 1, {unreadable}))::UTINYINT AS difficulty,
  hash(a.UserId) AS user_hash, hash(a.Subject, a.Domain, a.LearningObjective) AS objective_hash,
  coalesce(a.UserId, '') AS user_key, coalesce(a.Subject, '') AS subject, coalesce(a.Domain, '') AS domain,
  coalesce(a.LearningObjective, '') AS objective
FROM {source} AS a
"""


class Texts:
    """One column of texts as delivered; only the few that are new are ever decoded."""

    def __init__(self, view: Any, dtype: type[np.generic]) -> None:
        self._ends: NDArray[Any] = np.frombuffer(view.buffer(1), dtype)
        self._bytes = view.buffer(2)

    def __getitem__(self, row: int) -> str:
        return bytes(memoryview(self._bytes)[self._ends[row] : self._ends[row + 1]]).decode(errors="replace").strip()


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive records; `moment` in milliseconds since 1970 UTC, `difficulty` 0 known, 1 not delivered, 2 -200."""

    id: NDArray[np.int64]
    moment: NDArray[np.int64]
    exercise: NDArray[np.int64]
    correct: NDArray[np.uint8]
    progress: NDArray[np.int32]
    difficulty: NDArray[np.uint8]
    user_hash: NDArray[np.uint64]
    objective_hash: NDArray[np.uint64]
    user_key: Texts
    subject: Texts
    domain: Texts
    objective: Texts
    owner: Any
    """Keeps the memory under the columns."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that is not a record at all: too few or too many columns, a quote without end."""

    line: int
    reason: str


class Reader:
    """One pass over one file; after `batches` is exhausted `rejected` lists the lines that were no record."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.rejected: list[Rejected] = []

    def batches(self) -> Iterator[Batch]:
        """Yield the records in file order; raises `FileRefused` when the file breaks off or is no such file."""
        import duckdb
        from nanoarrow._utils import NanoarrowException  # what the stream raises for DuckDB

        try:
            with duckdb.connect(config=dict(SETTINGS)) as connection:
                yield from self._stream(connection)
                if self._form.kind == "csv":
                    self._collect_rejects(connection)
        except (duckdb.InvalidInputException, NanoarrowException) as error:
            raise FileRefused(_in_words(self._form, str(error))) from error

    def _stream(self, connection: "duckdb.DuckDBPyConnection") -> Iterator[Batch]:
        import nanoarrow

        query = _SQL.format(source=_source(self._form), unreadable=UNREADABLE, no_progress=NO_PROGRESS)
        for array in nanoarrow.c_array_stream(connection.sql(query, params=[glob.escape(str(self._form.path))])):
            yield _batch(array.view())

    def _collect_rejects(self, connection: "duckdb.DuckDBPyConnection") -> None:
        found = connection.execute("SELECT line, min(error_type) FROM reject_errors GROUP BY line ORDER BY line")
        self.rejected = [Rejected(line, reason) for line, reason in found.fetchall()]


def _source(form: Form) -> str:
    if form.kind == "json":
        fields = ", ".join(f"{column}: 'VARCHAR'" for column in COLUMNS)
        return f"read_json(?, format = 'array', columns = {{{fields}}})"
    # Names of columns that are not ours stay out of the SQL.
    names = [column if column in COLUMNS else f"extra_{place}" for place, column in enumerate(form.columns)]
    fields = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    delimiter = {"\t": "\\t"}.get(form.delimiter, form.delimiter)
    return (
        f"read_csv(?, auto_detect = false, header = true, delim = '{delimiter}', quote = '\"', escape = '\"',"
        f" nullstr = 'NULL', columns = {{{fields}}}, ignore_errors = true, store_rejects = true)"
    )


def _batch(view: Any) -> Batch:
    def numbers(place: int, dtype: type[np.generic]) -> NDArray[Any]:
        return np.frombuffer(view.child(place).buffer(1), dtype)

    ends = np.int32 if str(view.child(8).storage_type) == "string" else np.int64
    user_key, subject, domain, objective = (Texts(view.child(place), ends) for place in range(8, 12))
    return Batch(
        id=numbers(0, np.int64),
        moment=numbers(1, np.int64) // 1000,
        exercise=numbers(2, np.int64),
        correct=numbers(3, np.uint8),
        progress=numbers(4, np.int32),
        difficulty=numbers(5, np.uint8),
        user_hash=numbers(6, np.uint64),
        objective_hash=numbers(7, np.uint64),
        user_key=user_key,
        subject=subject,
        domain=domain,
        objective=objective,
        owner=view,
    )


def _in_words(form: Form, error: str) -> str:
    if form.kind == "json":
        place = re.search(r"in record/value (\d+)", error)
        where = f", antwoord {place[1]} in de lijst" if place else ""
        return f"{form.name}{where}: het bestand breekt af of is geen geldige JSON. Maak de export opnieuw."
    return f"{form.name} is niet als CSV te lezen. Maak de export opnieuw en bied dat bestand aan."
