"""The files around the code agree with one another: locks, licence, versions, and a reason for each dependency."""

import ast
import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PACKAGES = ("api", "connectors", "demo", "frontend", "migrations", "models")
# Parts of a dependency that their own documentation tells to import.
COMES_WITH = {
    "starlette": "fastapi",
    "anyio": "fastapi",
    "pydantic-core": "pydantic",
    "click": "typer",
    "markupsafe": "jinja2",
}
FOR_TESTS = ROOT / "connectors" / "testing.py"
"""The standard suite that a connector's tests build on; whoever writes tests has the development tools."""
LOCKS = ("requirements.lock", "requirements-dev.lock")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text())["project"])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_or_folder(lock: str) -> None:
    entries = [line for line in (ROOT / lock).read_text().splitlines() if not line.lstrip().startswith("#")]

    for line in entries:
        assert not re.search(r"://|file:|--(index|extra-index|find-links|trusted-host)| @ ", line), line


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_with_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())[1:]

    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_the_locks_hold_what_the_project_asks_for(project: dict[str, Any]) -> None:
    asked = {
        "requirements.lock": project["dependencies"],
        "requirements-dev.lock": project["dependencies"] + project["optional-dependencies"]["dev"],
    }

    for lock, requirements in asked.items():
        pinned = dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))
        for requirement in map(Requirement, requirements):
            version = pinned.get(canonicalize_name(requirement.name))
            assert version, f"{requirement.name} is not in {lock}: run `make lock`"
            assert requirement.specifier.contains(version), f"{requirement} in {lock} is {version}: run `make lock`"


def test_what_the_code_imports_is_asked_for(project: dict[str, Any]) -> None:
    asked = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    imported = {
        name.partition(".")[0]
        for package in PACKAGES
        for file in (ROOT / package).rglob("*.py")
        if file != FOR_TESTS
        for node in ast.walk(ast.parse(file.read_text()))
        for name in _imported(node)
    }
    owners = packages_distributions()
    used = {canonicalize_name(owner) for name in imported - set(PACKAGES) for owner in owners.get(name, [])[:1]}

    assert {COMES_WITH.get(name, name) for name in used} - asked == set()


def test_every_dependency_has_its_reason_in_contributing(project: dict[str, Any]) -> None:
    first_cells = re.compile(r"^\|\s*`?([A-Za-z0-9._-]+)(?:\[[^\]]*\])?`?\s*\|", re.MULTILINE)
    rows = first_cells.findall((ROOT / "CONTRIBUTING.md").read_text())
    explained = {canonicalize_name(row) for row in rows}
    used = {
        canonicalize_name(Requirement(line).name)
        for line in project["dependencies"] + project["optional-dependencies"]["dev"]
    }

    assert used - explained == set()


def test_version_is_the_same_everywhere(project: dict[str, Any]) -> None:
    changelog = re.search(r"^## \[(\d+\.\d+\.\d+)\]", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    publiccode = re.search(r"^softwareVersion: (\S+)$", (ROOT / "publiccode.yml").read_text(), re.MULTILINE)

    assert changelog is not None
    assert publiccode is not None
    assert project["version"] == changelog[1] == publiccode[1]


def test_the_licence_is_the_eupl(project: dict[str, Any]) -> None:
    licence = (ROOT / "LICENSE").read_text()

    assert project["license"] == "EUPL-1.2"
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016")
    assert "LiLiQ-R+" in licence
    assert re.search(r"^  license: EUPL-1.2$", (ROOT / "publiccode.yml").read_text(), re.MULTILINE)


def test_every_make_target_is_explained() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)[0].split()

    assert [target for target in targets if not re.search(rf"^{target}:.*## \S", makefile, re.MULTILINE)] == []


def _imported(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module]
    return []
