"""Look at the start and the end of a file of practice answers: which form, which columns, is it whole."""

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from connectors.errors import FileRefused

COLUMNS = (
    "SubmittedAnswerId",
    "SubmitDateTime",
    "Correct",
    "Progress",
    "UserId",
    "ExerciseId",
    "Difficulty",
    "Subject",
    "Domain",
    "LearningObjective",
)
HEAD = 65536
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Form:
    """How to read one file: `columns` are the names in file order (CSV only), `records` an estimate for progress."""

    path: Path
    name: str
    kind: str
    columns: tuple[str, ...]
    delimiter: str
    records: int
    ends_open: bool


def inspect(path: Path, name: str) -> Form:
    """Recognise CSV or JSON by content; raises `FileRefused` when it is neither or lacks a column."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, size - 1))
        last = file.read(1)
    if not head.removeprefix(BOM).strip():
        raise FileRefused(f"{name} is leeg. Maak de export opnieuw en bied dat bestand aan.")
    text = _decode(head, name)
    lines = max(1, head.count(b"\n"))
    if text.lstrip().startswith(("[", "{")):
        _check_json(text.lstrip(), name)
        objects = max(1, text.count("}"))
        return Form(path, name, "json", COLUMNS, ",", size * objects // len(head), ends_open=False)
    columns, delimiter = _header(text, name)
    return Form(path, name, "csv", columns, delimiter, size * lines // len(head), ends_open=last not in b"\r\n")


def _decode(head: bytes, name: str) -> str:
    if b"\0" in head:
        raise FileRefused(f"{name} is geen tekstbestand. Bied de export aan als CSV (UTF-8) of als JSON.")
    try:
        return head.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        if error.start >= len(head) - len(BOM) - 4 and len(head) == HEAD:
            return head.removeprefix(BOM).decode(errors="ignore")  # a character cut by our own limit
        line = head.count(b"\n", 0, error.start) + 1
        raise FileRefused(
            f"{name}, regel {line}: de tekst is niet als UTF-8 te lezen. Bewaar het bestand als CSV UTF-8.",
            locator=f"regel {line}",
        ) from None


def _check_json(text: str, name: str) -> None:
    """Look at the first object: all columns must be there, as far as it ends within the part that was read."""
    if text[0] == "{":
        raise FileRefused(f"{name} is JSON, maar geen lijst van antwoorden. Verwacht wordt [{{...}}, {{...}}].")
    start = text.find("{")
    if start < 0 and text.rstrip().endswith("]") and not text.strip("[] \t\r\n"):
        return
    try:
        first, _ = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        raise FileRefused(f"{name} is geen leesbare JSON-lijst van antwoorden. Maak de export opnieuw.") from None
    _all_there(first, name)


def _header(text: str, name: str) -> tuple[tuple[str, ...], str]:
    first = text.splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    columns = tuple(part.strip() for part in next(csv.reader([first], delimiter=delimiter)))
    _all_there(columns, name)
    twice = sorted({column for column in columns if column in COLUMNS and columns.count(column) > 1})
    if twice:
        raise FileRefused(f"{name}, regel 1: de kolom {twice[0]} staat er twee keer. Laat er een weg.")
    return columns, delimiter


def _all_there(present: object, name: str) -> None:
    found = set(present) if isinstance(present, dict | tuple) else set()
    missing = [column for column in COLUMNS if column not in found]
    if len(missing) == len(COLUMNS):
        raise FileRefused(f"{name} is geen export van oefenantwoorden: geen enkele verwachte kolom gevonden.")
    if missing:
        raise FileRefused(f"{name}, regel 1: kolom {', '.join(missing)} ontbreekt. Neem die op in de export.")
