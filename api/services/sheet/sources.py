"""Sources on the sheet: where each tile comes from and how old it is, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.clock import HERE
from api.schemas.sheet import SourceLine
from models.queries.prepared import Rows
from models.rules.precedence import Claim, choose
from models.rules.wording import day, plural
from models.vocabulary import SourceKind


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as a tile names it."""

    label: str
    age: str


def by_id(rows: Rows, now: datetime) -> Mapping[int, Origin]:
    """Return the name and age of each source by its id."""
    return {row.id: Origin(row.label, age_text(row.received_at, now)) for row in rows}


SPEAKS_OF_TODAY = {SourceKind.LAS, SourceKind.PRACTICE}
"""Sources whose group is today's; a test or list names the group of the day it was taken."""
DOSSIER = "Dossier"


def lines(rows: Rows, origins: Mapping[int, Origin], group_name: str | None, now: datetime) -> list[SourceLine]:
    """List the sources that know this child; a source that names another group than the roll says so.

    Notes, goals and agreements are one dossier to a reader, however many lists they came in.
    """
    known = [row for row in rows if row.kind is not SourceKind.JOURNAL]
    others = _other_groups(known, group_name)
    found = [
        _line(row, origins[row.id].age, others.get(row.label), now) for row in {row.id: row for row in known}.values()
    ]
    written = [row for row in rows if row.kind is SourceKind.JOURNAL and row.received_at is not None]
    if written:
        latest = max(written, key=lambda row: row.received_at)
        age = origins[latest.id].age
        found.append(SourceLine(label=DOSSIER, received_at=latest.received_at, age=age, is_stale=False))
    return found


def _other_groups(known: Rows, group_name: str | None) -> Mapping[str, str]:
    """Ask the rule of precedence which sources put the child in another group than the one shown."""
    claims = [
        Claim(row.label, row.leads_roll, row.received_at, group_name if row.leads_roll else _same(row, group_name))
        for row in known
        if row.kind in SPEAKS_OF_TODAY and row.received_at is not None
    ]
    return {claim.source: claim.value for claim in choose(claims).others if claim.value}


def _same(row: Any, group_name: str | None) -> str | None:
    """Return the group a source names, in the roll's spelling where only that differs."""
    label = row.group_label.strip() if row.group_label else None
    return group_name if label and group_name and label.casefold() == group_name.casefold() else label


def _line(row: Any, age: str, other_group: str | None, now: datetime) -> SourceLine:
    return SourceLine(
        label=row.label,
        received_at=row.received_at,
        age=age,
        is_stale=row.received_at is None or (now - row.received_at).days > row.stale_after_days,
        deviation=f"{row.label}: {other_group}" if other_group else None,
    )


def age_text(received_at: datetime | None, now: datetime) -> str:
    """Say when something was received: "vanmorgen 06:10", "gisteren 15:20", "12 juni", "nog nooit"."""
    if received_at is None:
        return "nog nooit"
    local, today = received_at.astimezone(HERE), now.astimezone(HERE).date()
    clock = f"{local:%H:%M}"
    match (today - local.date()).days:
        case 0:
            return f"{'vanmorgen' if local.hour < 12 else 'vandaag'} {clock}"
        case 1:
            return f"gisteren {clock}"
        case days if days >= 28:
            return f"{plural(days // 7, 'week', 'weken')} oud"
        case _:
            return day(local.date(), today)
