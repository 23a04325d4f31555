"""Numbers as sources write them, with a decimal point or comma. No score is None, and zero is a score."""

import re
from functools import lru_cache

from connectors.kit.objections import Objection

NO_VALUE = frozenset({"", "-", "–", "—", "null", "n.v.t.", "nvt", "geen", "onbekend", "#n/b", "#n/a", "#null!"})
"""How sources write that there is no score (lower case)."""

_NUMBER = re.compile(r"[+-]?\d{1,9}(?:([.,])(\d{1,9}))?", re.ASCII)


def is_empty(text: str | None) -> bool:
    """Whether a cell says that there is no value."""
    return text is None or text.strip().lower() in NO_VALUE


@lru_cache(maxsize=8192)
def read_number(text: str, decimal: str = "") -> float | None:
    """Read a number, None when the text is none. `decimal` is the sign the source uses; empty takes either.

    With a decimal comma "1.234" may be a thousand: that is no number here, so that nobody gets a thousandth of a score.
    """
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    sign, fraction = found.groups()
    if sign and decimal and sign != decimal and len(fraction) == 3:
        return None
    return float(text.replace(",", "."))


def require_number(text: str, field: str, decimal: str = "") -> float:
    """Read a number or object."""
    number = read_number(text.strip(), decimal)
    if number is None:
        raise Objection("getal", f"‘{field}’ is geen getal; kijk het decimaalteken en de kolom na.")
    return number
