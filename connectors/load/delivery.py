"""The delivery under way, and one record of it on its way into the tables."""

from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa

from connectors.canonical import Record
from connectors.load.bulk import find_or_create
from models.school import SchoolYear


@dataclass(frozen=True, slots=True)
class Year:
    """A school year with its first and last day (inclusive)."""

    id: int
    code: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Delivery:
    """What every loader must know: whose data, from which source, as of which day.

    `is_history`: a newer school year of this source was taken in before, so this file may only complete its own year.
    """

    id: int
    school_id: int
    school_scope: str
    source_id: int
    leads_roll: bool
    received_at: datetime
    day: date
    year: Year
    is_history: bool = False


@dataclass(slots=True)
class Item:
    """One record with its place; `target` is the row it became (`known_target`: became before).

    A loader that cannot take it over sets `refusal` to (code, message in Dutch); `remarks` do not stop it.
    """

    record: Record
    stream: str
    key: str
    locator: str
    known_target: int | None = None
    target: int | None = None
    refusal: tuple[str, str] | None = None
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, code: str, message: str) -> None:
        """Leave this record out: it goes to quarantine with this explanation."""
        self.refusal = (code, message)

    def remark(self, code: str, message: str) -> None:
        """Take this record over all the same, with something to look at."""
        self.remarks.append((code, message))


def year_code(day: date) -> str:
    """Name the school year of a day: from 1 August "2026-2027"."""
    first = day.year if day.month >= 8 else day.year - 1
    return f"{first}-{first + 1}"


def find_year(connection: sa.Connection, code: str) -> Year:
    """Give the school year, made when it was not there; it runs from 1 August up to and including 31 July."""
    starts_on, ends_on = date(int(code[:4]), 8, 1), date(int(code[5:]), 7, 31)
    found = find_or_create(connection, SchoolYear, {"code": code}, starts_on=starts_on, ends_on=ends_on)
    return Year(found, code, starts_on, ends_on)
