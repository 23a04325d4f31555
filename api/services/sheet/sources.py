"""Sources on the sheet: where each tile comes from and how old it is, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from api.clock import HERE
from api.schemas.sheet import SourceLine
from models.queries.sheet import Rows
from models.rules.wording import day, plural


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as a tile names it."""

    label: str
    age: str


def by_id(rows: Rows, now: datetime) -> Mapping[int, Origin]:
    """Return the name and age of each source by its id."""
    return {row.id: Origin(row.label, age_text(row.received_at, now)) for row in rows}


def lines(rows: Rows, group_name: str | None, now: datetime) -> list[SourceLine]:
    """List the sources that know this child; a source that names another group than the roll says so."""
    seen: dict[int, SourceLine] = {}
    for row in rows:
        if row.source_person_id is None and row.id not in seen and row.received_at is None:
            continue
        label = row.group_label
        deviates = not row.leads_roll and label and group_name and label.strip().casefold() != group_name.casefold()
        is_stale = row.received_at is None or (now - row.received_at).days > row.stale_after_days
        if row.source_person_id is not None:
            seen[row.id] = SourceLine(
                label=row.label,
                received_at=row.received_at,
                age=age_text(row.received_at, now),
                is_stale=is_stale,
                deviation=f"{row.label}: {label}" if deviates else None,
            )
    return list(seen.values())


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


def fact_age(on: date, today: date) -> str:
    """Say how old a fact itself is."""
    weeks = (today - on).days // 7
    return day(on, today) if weeks < 8 else f"{plural(weeks, 'week', 'weken')} oud"
