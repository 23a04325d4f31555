"""`kindblad` as someone types it in a terminal, each time in a process of its own.

Reading the program takes half a second, a hundred times in these tests. So one process reads it once, and is split for
each command: the child goes on in the folder, with the settings and between the files of that command.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
USED_BY_MOST = ("api.db", "api.settings", "api.security.access_log", "connectors.runner", "models.queries.accounts")

Finished = subprocess.CompletedProcess[str]
Terminal = Callable[..., Finished]
"""`terminal(folder, "account add kim", "--name", "Kim de Bruijn", stdin="", DATABASE_URL="sqlite:///k.db")`."""
TypeIn = Callable[..., Finished]
"""The same in the folder of the test."""


@contextmanager
def opened() -> Iterator[Terminal]:
    """Give what types a command and waits until it is done."""
    command = [sys.executable, "-c", "from tests.terminal import read_once_and_split; read_once_and_split()"]
    here = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=here, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        asked, told = reader.stdin, reader.stdout

        def run(folder: Path, command: str, *more: str, stdin: str = "", **settings: str) -> Finished:
            words = ["kindblad", *command.split(), *more]
            with tempfile.TemporaryDirectory() as ends:
                files = [Path(ends, name) for name in ("in", "out", "err")]
                files[0].write_text(stdin)
                own = {f"KINDBLAD_{name}": value for name, value in settings.items()}
                environment = os.environ | {"COLUMNS": "100"} | own
                order = {"words": words, "folder": str(folder), "files": [*map(str, files)], "settings": environment}
                print(json.dumps(order), file=asked, flush=True)
                return Finished(words, int(told.readline()), files[1].read_text(), files[2].read_text())

        yield run


def read_once_and_split() -> None:
    """Be the process that `opened` asks."""
    for name in ("api.cli", *USED_BY_MOST):
        import_module(name)
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            _go_on_as(json.loads(line))
            return
        sys.stdout.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        sys.stdout.flush()


def _go_on_as(order: dict[str, Any]) -> None:
    """Become the process of one command."""
    for number, file in enumerate(order["files"]):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT), number)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["settings"])
    sys.argv = order["words"]
    import_module("api.cli").main()
