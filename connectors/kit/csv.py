"""CSV as schools export it: the delimiter is seen from the header, a row keeps the line it began on."""

import csv
from collections.abc import Iterator

from connectors.contract import SourceFile
from connectors.kit.files import MEGABYTE, refused, require_size
from connectors.kit.text import UTF_8, Encoding

MAX_BYTES = 64 * MEGABYTE
MAX_ROWS = 500_000
MAX_COLUMNS = 260
_DELIMITERS = ";,\t"
_MAX_LINE = 65_536


def rows(file: SourceFile, encoding: Encoding) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) of every row that is not blank, the header first; cells are trimmed texts."""
    require_size(file, MAX_BYTES)
    number = 0
    with file.path.open(encoding="utf-8-sig" if encoding.codec == UTF_8 else encoding.codec, newline="") as stream:
        first = stream.readline(_MAX_LINE)
        skipped = 0
        if first.lower().startswith("sep="):
            first = stream.readline(_MAX_LINE)
            skipped = 1
        delimiter = max(_DELIMITERS, key=first.count)
        stream.seek(0)
        for _ in range(skipped):
            stream.readline()
        reader = csv.reader(stream, delimiter=delimiter, strict=True)
        begin = skipped + 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    number += 1
                    _require_shape(file, number, len(cells), begin)
                    yield begin, [cell.strip() for cell in cells]
                begin = skipped + reader.line_num + 1
        except csv.Error:
            what = "de aanhalingstekens kloppen niet of een cel is te lang; sla de lijst opnieuw op als CSV."
            raise refused(file, what, locator=f"regel {begin}", code="csv") from None


def _require_shape(file: SourceFile, rows_seen: int, width: int, line: int) -> None:
    if rows_seen > MAX_ROWS or width > MAX_COLUMNS:
        what = f"de lijst is groter dan {MAX_ROWS} rijen of {MAX_COLUMNS} kolommen; kies de juiste uitvoer."
        raise refused(file, what, locator=f"regel {line}", code="te_groot")
