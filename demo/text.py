"""Writing the files: XML escaping, and the tables of a Dutch export (`;`, cp1252, decimal comma, d-m-jjjj)."""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

_NO_PARTS = str.maketrans({"ı": "i", "ł": "l", "Ł": "L", "ø": "o"})


def xml(value: str) -> str:
    """Text for between two tags or within double quotes."""
    return escape(value, {'"': "&quot;"})


def cp1252_ascii(value: str) -> str:
    """A text without any accents."""
    parts = unicodedata.normalize("NFKD", value.translate(_NO_PARTS))
    return "".join(char for char in parts if not unicodedata.combining(char))


def cp1252(value: str) -> str:
    """A text with only what code page 1252 can hold: Doğan becomes Dogan, Çelik stays Çelik."""
    return "".join(char if char.encode("cp1252", "ignore") else cp1252_ascii(char) for char in value)


def cell(value: object) -> str:
    """A value as a Dutch export writes it: 5-11-2026, 4,7, empty for None."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",")
    return cp1252(str(value))


def write_table(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    """Write one table; `header` is the header line as in the file."""
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(header.split(";"))
        writer.writerows([cell(value) for value in row] for row in rows)
