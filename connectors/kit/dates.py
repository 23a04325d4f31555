"""Dates as sources write them: ISO, d-m-jjjj, an Excel serial number. What is ambiguous is refused, not guessed."""

import re
from datetime import date, timedelta
from functools import lru_cache

from connectors.kit.objections import Objection

FIRST_YEAR, LAST_YEAR = 1900, 2199
EXCEL_EPOCH = date(1899, 12, 30)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.*|Z|[+-]\d{2}:\d{2})?", re.ASCII)
_SERIAL = re.compile(r"([2-7]\d{4})(?:[.,]\d+)?", re.ASCII)
_PARTS = re.compile(r"(\d{1,4})[-/. ](\d{1,2})[-/. ](\d{1,4})(?:[T ]\d{1,2}:\d{2}.*)?", re.ASCII)
FORMS = {"dmj": (2, 1, 0), "mdj": (2, 0, 1), "jmd": (0, 1, 2)}
"""Where year, month and day stand in a written date; `dmj` is Dutch."""


@lru_cache(maxsize=8192)
def read_date(text: str, form: str = "dmj") -> date | None:
    """Read a date; None when the text is none. ISO (with or without a time) and an Excel serial always count."""
    if found := _ISO.fullmatch(text):
        return _date(*(int(part) for part in found.groups()))
    if found := _SERIAL.fullmatch(text):
        return EXCEL_EPOCH + timedelta(days=int(found[1]))
    found = _PARTS.fullmatch(text)
    if not found:
        return None
    year, month, day = (found.groups()[place] for place in FORMS[form])
    return _date(int(year), int(month), int(day)) if len(year) == 4 else None


def require_date(text: str | None, field: str, form: str = "dmj") -> date:
    """Read a date that must be there or object."""
    found = optional_date(text, field, form)
    if found is None:
        raise Objection("datum_ontbreekt", f"‘{field}’ is leeg; vul de datum in.")
    return found


def optional_date(text: str | None, field: str, form: str = "dmj") -> date | None:
    """Read a date; None when empty; object when it is not a date."""
    if not text:
        return None
    found = read_date(text, form)
    if found is None:
        raise Objection(
            "datum", f"‘{field}’ is geen geldige datum; schrijf dag-maand-jaar met vier cijfers voor het jaar."
        )
    return found


def _date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
