"""Of which kind a file is, told by each connector's own look at its start; nobody has to know the word for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from connectors.contract import SourceFile
from connectors.errors import FileRefused
from connectors.profile import load_profile, shipped_profiles
from connectors.registry import MODULES, AnyConnector, find

TABLE = "table"


@dataclass(frozen=True, slots=True)
class FileKind:
    """A connector, and for a list the profile that reads it; `code` is "edexml" or "table:scol"."""

    code: str
    label: str
    connector: AnyConnector
    settings: Any


@cache
def kinds() -> dict[str, FileKind]:
    """All kinds of files that can be taken in without writing a profile, by their code."""
    return {kind.code: kind for kind in _kinds()}


def recognise(file: SourceFile) -> list[FileKind]:
    """Return the kinds that this file can be, by its start; none when no connector reads it."""
    return [kind for kind in kinds().values() if _reads(kind, file)]


def _kinds() -> Iterator[FileKind]:
    for name in MODULES:
        connector = find(name)
        assert connector is not None  # noqa: S101 - for mypy: the name comes from the list itself
        if name != TABLE:
            yield FileKind(name, connector.label, connector, connector.settings_model())
            continue
        for profile in shipped_profiles():
            settings = connector.settings_model(profile=profile)
            yield FileKind(f"{name}:{profile}", load_profile(profile).label, connector, settings)


def _reads(kind: FileKind, file: SourceFile) -> bool:
    try:
        kind.connector.check(file, kind.settings)
    except FileRefused:
        return False
    return True
