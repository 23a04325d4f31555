"""The first sheet of an .xlsx file as rows of text, the same shape that CSV gives.

What a workbook will take when unpacked is measured before it is opened: calamine allocates a sheet at full size, and
one cell in the far corner would end the process for lack of memory.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from connectors.contract import SourceFile
from connectors.kit.files import MEGABYTE, refused, require_size

MAX_BYTES = 16 * MEGABYTE
MAX_UNPACKED = 48 * MEGABYTE
MAX_PARTS = 1_000
SIGNATURE = b"PK\x03\x04"

_REF = rb"""\br\s{0,9}=\s{0,9}["']\s{0,9}"""
_TOO_FAR = re.compile(_REF + rb"(?:[A-Za-z]{3,9}\d|[J-Zj-z][A-Za-z]\d|[A-Za-z]{0,2}\d{6})").search
_IS_LONG = re.compile(_REF + rb"[A-Za-z]{0,2}\d{5}").search
_IS_WIDE = re.compile(_REF + rb"[A-Za-z]{2}\d").search
"""At most 99,999 rows of 26 columns, or 9,999 rows of 260."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)


def rows(file: SourceFile, decimal: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (row number, cells) of every row that is not blank, the header first; numbers get the `decimal` sign."""
    require_size(file, MAX_BYTES)
    _require_fits(file)
    try:
        workbook = CalamineWorkbook.from_path(file.path)
        sheet = workbook.get_sheet_by_index(0)
        start = (sheet.start or (0, 0))[0]
        content = sheet.to_python(skip_empty_area=True)
    except (CalamineError, *_BROKEN):
        raise _broken(file) from None
    for number, cells in enumerate(content, start + 1):
        texts = [cell_text(cell, decimal) for cell in cells]
        if any(texts):
            yield number, texts


def cell_text(cell: object, decimal: str = ",") -> str:
    """Write a cell as an export would: whole numbers bare, dates as ISO, fractions with the decimal sign."""
    if isinstance(cell, bool):
        return "ja" if cell else "nee"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", decimal)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _require_fits(file: SourceFile) -> None:
    """Refuse what is no workbook or grows beyond the limits, by its directory and then by unpacking to nowhere."""
    is_long = is_wide = False
    try:
        with zipfile.ZipFile(file.path) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                raise _too_large(file)
            if "xl/workbook.xml" not in archive.namelist():
                what = "dit is een zipbestand, maar geen Excel-werkmap (.xlsx); pak het uit of kies de lijst zelf."
                raise refused(file, what, code="soort")
            for part in parts:
                with archive.open(part) as stream:
                    tail = b""
                    while chunk := stream.read(MEGABYTE):
                        content = tail + chunk
                        if _TOO_FAR(content):
                            raise _too_large(file)
                        is_long = is_long or _IS_LONG(content) is not None
                        is_wide = is_wide or _IS_WIDE(content) is not None
                        tail = chunk[-64:]
    except _BROKEN:
        raise _broken(file) from None
    if is_long and is_wide:
        raise _too_large(file)


def _broken(file: SourceFile) -> Exception:
    what = "de werkmap is beschadigd of heeft een wachtwoord; sla de lijst opnieuw op als .xlsx of CSV."
    return refused(file, what, code="onvolledig")


def _too_large(file: SourceFile) -> Exception:
    what = "de werkmap wordt uitgepakt te groot of heeft cellen ver buiten de lijst; sla alleen de lijst zelf op."
    return refused(file, what, code="te_groot")
