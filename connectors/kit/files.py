"""What a file really is, whatever its name says, and the one sentence with which it is refused."""

from connectors.contract import SourceFile
from connectors.errors import FileRefused

MEGABYTE = 1 << 20

SIGNATURES = (
    (b"PK\x03\x04", "een Excel- of zipbestand"),
    (b"\xd0\xcf\x11\xe0", "een oud Office-bestand (.xls, .doc) of een bestand met een wachtwoord"),
    (b"%PDF", "een pdf"),
    (b"\x1f\x8b", "een ingepakt bestand (gzip)"),
    (b"7z\xbc\xaf", "een ingepakt bestand (7-zip)"),
    (b"Rar!", "een ingepakt bestand (rar)"),
    (b"\x89PNG", "een afbeelding"),
    (b"\xff\xd8\xff", "een foto"),
    (b"MZ", "een programma"),
    (b"\x7fELF", "een programma"),
    (b"SQLite format 3", "een database"),
)


def refused(file: SourceFile, what: str, *, locator: str = "", code: str | None = None) -> FileRefused:
    """Make the refusal of a file: its name, the place, what is wrong and what to do."""
    place = f"{file.name}, {locator}" if locator else file.name
    return FileRefused(f"{place}: {what}", locator=locator, code=code)


def head(file: SourceFile, size: int = 65_536) -> bytes:
    """Return the first bytes of a file."""
    with file.path.open("rb") as stream:
        return stream.read(size)


def signature(start: bytes) -> str | None:
    """Name in Dutch the kind of binary file that begins with these bytes, or None."""
    return next((name for magic, name in SIGNATURES if start.startswith(magic)), None)


def require_size(file: SourceFile, limit: int) -> None:
    """Refuse an empty file and one above `limit` bytes, by what lies on the disk."""
    size = file.path.stat().st_size
    if not size:
        raise refused(file, "het bestand is leeg; maak de uitvoer opnieuw.", code="leeg")
    if size > limit:
        what = f"het bestand is groter dan {limit // MEGABYTE} MB, te groot voor één school; kies de juiste uitvoer."
        raise refused(file, what, code="te_groot")
