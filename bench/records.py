"""EDEXML of 2,000 pupils and results of 700 pupils over 8 years, as whole imports, on both databases.

Floor: lxml's bare iterparse of the same file, in the same process, just before each import.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from lxml import etree

from api.db import make_engine
from bench import xml_data
from bench.figures import FOLDER, TIMES, Row, median
from connectors.registry import find
from connectors.runner import run as take_in
from tests.databases import fresh, of_owner

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def run() -> list[Row]:
    """Import both files into fresh databases, each time right after its floor; the figures are medians.

    The roll is small: its floor is some twenty milliseconds, so it is measured more often.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    files = {
        "edexml": xml_data.roll(FOLDER / "roll.xml"),
        "uwlr-results": xml_data.results(FOLDER / "results.xml"),
    }
    ours: dict[tuple[str, str], list[float]] = {}
    floors: dict[str, list[float]] = {name: [] for name in files}
    with _empty("sqlite") as engine:
        _import(engine, "edexml", files["edexml"])  # the first import of a process also imports its modules
    for turn in range(TIMES * TIMES):
        for kind in KINDS:
            with _empty(kind) as engine:
                for name, path in files.items():
                    if name == "edexml" or turn < TIMES:
                        floors[name].append(_parse(path))
                        ours.setdefault((name, kind), []).append(_import(engine, name, path))
    what = {
        "edexml": f"EDEXML of {xml_data.PUPILS:,} pupils",
        "uwlr-results": f"results of {xml_data.TESTED} pupils x {xml_data.YEARS} years",
    }
    return [
        Row(f"{what[name]}, {KINDS[kind]}", median(seconds), median(floors[name]), "s", None, "<= 6 x")
        for (name, kind), seconds in sorted(ours.items())
    ]


@contextmanager
def _empty(kind: str) -> Iterator[sa.Engine]:
    with fresh(kind) as url:
        engine = make_engine(of_owner(url))  # as whom `kindblad import` works
        yield engine
        engine.dispose()


def _parse(path: Path) -> float:
    started = time.perf_counter()
    for _, element in etree.iterparse(str(path)):
        element.clear()
    return time.perf_counter() - started


def _import(engine: sa.Engine, name: str, path: Path) -> float:
    connector = find(name)
    assert connector is not None  # noqa: S101 - for mypy
    started = time.perf_counter()
    outcome = take_in(engine, connector, path, school="99ZZ", requested_by="bench")
    if outcome.rejected or not outcome.created:
        raise SystemExit(f"{path.name}: {outcome.created} taken in, {outcome.rejected} rejected")
    return time.perf_counter() - started
