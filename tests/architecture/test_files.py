"""What a newcomer should never meet: a file too long to read, or a commit hidden somewhere in the middle."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("api", "bench", "connectors", "demo", "frontend", "migrations", "models", "tests")
# Written by Alembic from the models, never edited once released.
GENERATED = ROOT / "migrations" / "versions"
MAY_COMMIT = {ROOT / name for name in ("api/db.py", "connectors/runner.py", "migrations/__init__.py")}


def files(*suffixes: str) -> list[Path]:
    """List our own files with one of these suffixes."""
    found = (file for folder in FOLDERS for file in (ROOT / folder).rglob("*") if file.suffix in suffixes)
    return sorted(file for file in found if not file.is_relative_to(GENERATED))


@pytest.mark.parametrize("suffix", [".py", ".html", ".css", ".js"])
def test_no_file_is_longer_than_500_lines(suffix: str) -> None:
    lengths = {str(file.relative_to(ROOT)): len(file.read_text().splitlines()) for file in files(suffix)}

    assert {name: length for name, length in lengths.items() if length > 500} == {}


def test_one_transaction_per_request_or_delivery() -> None:
    committing = {
        file
        for file in files(".py")
        if not file.is_relative_to(ROOT / "tests") and not file.is_relative_to(ROOT / "bench")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"begin", "commit"}
    }

    assert committing <= MAY_COMMIT


def test_every_module_says_what_lives_there() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in files(".py")
        if file.name != "__init__.py" and not ast.get_docstring(ast.parse(file.read_text()))
    ]

    assert silent == []
