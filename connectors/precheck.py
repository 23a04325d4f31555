"""What is looked at before anything of a delivery counts: whose it is, whether it is old, whether it is strange.

The dry run is the import itself, rolled back; these are the questions that stop both.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import sqlalchemy as sa

from connectors.contract import Header, SourceFile
from connectors.errors import ConnectorError, NeedsConfirmation, WrongSchool
from models.provenance import Delivery
from models.school import School
from models.vocabulary import DeliveryStatus

BRIN = re.compile(r"(\d{2}[A-Z]{2})(?:-?(\d{2}))?")
LARGEST_SHRINK = 0.2
T_SCHOOL = cast("sa.Table", School.__table__)
T_DELIVERY = cast("sa.Table", Delivery.__table__)


class UnknownSchool(ConnectorError):
    """No such school here yet, and this file may not make one."""

    code = "school_onbekend"


@dataclass(frozen=True, slots=True)
class SchoolName:
    """How the user pointed to a school: BRIN with dependance, or the school's own key."""

    brin: str | None
    dependance: str
    key: str | None

    def __str__(self) -> str:
        return f"{self.brin}{self.dependance}" if self.brin else self.key or ""


def school_name(given: str) -> SchoolName:
    """Read "99ZZ", "99ZZ01", "99ZZ-01" or a school's own key."""
    text = given.strip()
    if found := BRIN.fullmatch(text.upper()):
        return SchoolName(found[1], found[2] or "00", None)
    return SchoolName(None, "00", text)


def require_same_school(file: SourceFile, header: Header, name: SchoolName, own_key: str | None = None) -> None:
    """Refuse a file that says it belongs to another school than the one it is offered for.

    `own_key` is the school's own key as known here; a file that says nothing about its school passes.
    """
    if header.brin is not None and name.brin is not None:
        if (header.brin.upper(), header.dependance) == (name.brin, name.dependance):
            return
        said = f"{header.brin.upper()}{header.dependance}"
    elif header.school_key is not None and header.brin is None:
        if header.school_key in (name.key, own_key) or (own_key is None and name.key is None):
            return
        said = header.school_key
    elif header.brin is not None and own_key is None and name.key is not None:
        if header.school_key == name.key:
            return
        said = f"{header.brin.upper()}{header.dependance}"
    else:
        return
    raise WrongSchool(
        f"{file.name} is van school {said}, niet van {name}; er is niets veranderd. "
        "Kies het goede bestand of de goede school."
    )


def find_school(connection: sa.Connection, name: SchoolName) -> sa.Row[*tuple[Any, ...]] | None:
    """Find a school as (id, own key)."""
    t = T_SCHOOL
    known_by = (
        (t.c.brin == name.brin) & (t.c.dependance == name.dependance) if name.brin else t.c.school_key == name.key
    )
    # On PostgreSQL this makes a second delivery for the same school wait; on SQLite the transaction itself does.
    select = sa.select(t.c.id, t.c.school_key).where(known_by).with_for_update(key_share=True)
    return connection.execute(select).first()


def require_newest(connection: sa.Connection, source_id: int, header: Header, *, confirmed: bool) -> None:
    """Ask before a snapshot of an earlier date than one that was taken in for the same school year."""
    if confirmed or header.as_of is None or not header.is_full_snapshot:
        return
    newest = connection.scalar(
        _applied(sa.func.max(T_DELIVERY.c.as_of), source_id).where(T_DELIVERY.c.school_year == header.school_year)
    )
    if newest is not None and header.as_of < newest:
        raise NeedsConfirmation(
            f"Dit bestand is van {_day(header.as_of)}, en er is al een nieuwer van {_day(newest)} ingelezen; er is "
            "niets veranderd. Neem het nieuwste bestand; wilt u echt terug, bevestig dat dan."
        )


def newest_school_year(connection: sa.Connection, source_id: int) -> str | None:
    """Tell the newest school year of which this source delivered a whole roll."""
    newest = _applied(sa.func.max(T_DELIVERY.c.school_year), source_id).where(T_DELIVERY.c.is_full_snapshot)
    return cast("str | None", connection.scalar(newest))


def require_no_shrink(gone: int, active: int, what: str, *, confirmed: bool) -> None:
    """Ask before more than a fifth of the children, or of a list, vanishes; one that leaves is never strange."""
    if not confirmed and gone > 1 and gone > LARGEST_SHRINK * active:
        raise NeedsConfirmation(
            f"In dit bestand ontbreken {gone} van de {active} {what} die er nu zijn; er is niets veranderd. "
            "Ga na of het de volledige uitvoer is; klopt het, bevestig dat dan."
        )


def _applied(what: sa.ColumnElement[date], source_id: int) -> sa.Select[Any]:
    return sa.select(what).where(T_DELIVERY.c.source_id == source_id, T_DELIVERY.c.status == DeliveryStatus.APPLIED)


def _day(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
