"""One row of a measurement, and how to measure a process."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(os.environ.get("KINDBLAD_BENCH_DIR", "/var/tmp/kindblad-bench"))  # noqa: S108 - large, may stay behind
TIMES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """`ours` and `floor` in the same `unit`; `peak` is the largest memory of our process in MB."""

    what: str
    ours: float
    floor: float | None = None
    unit: str = "s"
    peak: float | None = None
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One process: wall clock in seconds, largest memory in MB, what it printed."""

    seconds: float
    peak: float
    output: str


def process(command: Sequence[str], **environment: str) -> Measured:
    """Run one process and measure it, with its compiled modules kept as they are for a user; raises when it fails."""
    given = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=given | environment)
    assert child.stdout is not None  # noqa: S101 - for mypy
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, output)
    return Measured(time.perf_counter() - started, usage.ru_maxrss / 1024, output)


def kindblad(*arguments: str, **environment: str) -> Measured:
    """Run the command line program of this environment."""
    return process([str(Path(sys.executable).with_name("kindblad")), *arguments], **environment)


def median(values: Sequence[float]) -> float:
    """Give the middle value, of an even number the upper of the two."""
    return sorted(values)[len(values) // 2]


def table(rows: Sequence[Row]) -> str:
    """Lay out rows in columns."""
    head = ("", "floor", "ours", "x floor", "peak MB", "goal")
    cells = [
        (
            row.what,
            "" if row.floor is None else f"{row.floor:.2f} {row.unit}",
            f"{row.ours:.2f} {row.unit}",
            "" if row.floor is None else f"{row.ours / row.floor:.2f}",
            "" if row.peak is None else f"{row.peak:.0f}",
            row.goal,
        )
        for row in rows
    ]
    lines = [head, *cells]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    pads = [str.ljust, *[str.rjust] * (len(head) - 1)]
    return "\n".join(
        "  ".join(pad(text, width) for pad, text, width in zip(pads, line, widths, strict=True)) for line in lines
    )
