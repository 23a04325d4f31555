"""What was decided to go: whether it went, and the hours that it gives back since.

What comes in is seen per kind of fact. Where something that stays is about the same, nothing can be said of it: who is
late still comes in with the absence that the law asks for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from api import clock
from api.schemas.registrations import AuditItem
from api.services.registrations.evidence import Came, came_in
from api.services.registrations.items import State
from models.rules.registrations import given_back as rule
from models.rules.registrations.facts import FACTS
from models.rules.registrations.hours import Spread, total
from models.rules.wording import day, listing
from models.vocabulary import Ruling


@dataclass(frozen=True, slots=True)
class Gone:
    """An item that was to go, now (`stops_on`) or once; `a_year` is None as long as it does not give back."""

    key: int
    item: AuditItem
    stops_on: date | None
    came: Sequence[Came]
    shares: list[str]
    a_year: Spread | None
    so_far: Spread | None


def find_gone(connection: sa.Connection, state: State) -> list[Gone]:
    """Everything that was ever decided to go, also what is off the list since."""
    starts = [row.stops_on for row in state.decided if row.stops_on]
    every = state.ids | state.left
    items = {row.registration_id: every[row.registration_id] for row in state.decided if row.stops_on}
    facts = {code for item in items.values() for code in item.facts}
    came = came_in(connection, state.school_id, facts, min(starts)) if facts and min(starts) <= state.today else []
    return [_gone(state, key, item, [one for one in came if one.day <= state.today]) for key, item in items.items()]


def _gone(state: State, key: int, item: AuditItem, came: Sequence[Came]) -> Gone:
    mine = [row for row in state.decided if row.registration_id == key]
    told = [
        rule.Ruled(
            clock.day_of(row.decided_at),
            row.stops_on,
            None if row.hours_low is None else Spread(row.hours_low, row.hours_high),
        )
        for row in mine
    ]
    last = told[-1]
    stays = [other for code, other in state.ids.items() if code != key and not _goes(other)]
    shared = {code for other in stays for code in other.facts} & set(item.facts)
    was_here = any(line.system.casefold() == "kindblad" for line in item.work)
    # What is typed in Kindblad itself is often what came in the place of the thing that went.
    about = [one for one in came if one.fact in item.facts and (was_here or not one.is_here)]
    heard = [one for one in about if one.fact not in shared]
    unclear = {one.fact for one in about if last.stops_on and one.day >= last.stops_on} & shared
    days = {one.day for one in heard}
    after = [one for one in heard if last.stops_on and one.day >= last.stops_on]
    is_gone = last.stops_on is not None and last.stops_on <= state.today
    holds = is_gone and not rule.is_back({one.day for one in after}, state.today)
    return Gone(
        key=key,
        item=item,
        stops_on=last.stops_on,
        came=after,
        shares=[other.name for other in stays if unclear & set(other.facts)],
        a_year=rule.hours_of(told)[-1] if holds else None,
        so_far=rule.since_start(told, days, state.today),
    )


def _goes(item: AuditItem) -> bool:
    return item.decision is not None and item.decision.ruling is Ruling.GO


def still(one: Gone, today: date) -> tuple[str, bool]:
    """Say whether it still comes in, and whether that asks for attention."""
    if one.stops_on and one.stops_on > today:
        return f"Stopt op {day(one.stops_on)}.", False
    if not one.item.facts:
        return "Komt niet in Kindblad, dus of het gestopt is zien wij niet. Vraag het na.", False
    if one.came:
        is_back = rule.is_back({came.day for came in one.came}, today)
        start, end = ("Komt nog binnen", "") if is_back else ("Kwam na de stop nog binnen", " Daarna niet meer.")
        return f"{start}: {'; '.join(_per_fact(one.came))}. Die maanden geven geen uren terug.{end}", is_back
    if one.shares:
        goes, stands = ("gaat", "staat") if len(one.shares) == 1 else ("gaan", "staan")
        others = f"{listing(one.shares)} {goes} over hetzelfde en {stands} nog op de lijst"
        return f"Of dit stopte, zien wij niet: {others}.", False
    return "Sindsdien zag Kindblad hier niets meer van binnenkomen. Papier en losse bestanden ziet het niet.", False


def _per_fact(came: Sequence[Came]) -> list[str]:
    counts: Counter[str] = Counter()
    for one in came:
        counts[one.fact] += one.times
    found = []
    for code, count in counts.items():
        names = sorted({one.name for one in came if one.fact == code})
        last = max(one.day for one in came if one.fact == code)
        found.append(f"{FACTS[code].label} uit {listing(names)} ({count} keer, het laatst op {day(last)})")
    return found


def a_year(found: Sequence[Gone]) -> Spread | None:
    """Hours a year that come back now."""
    return total(one.a_year for one in found)


def so_far(found: Sequence[Gone]) -> Spread | None:
    """Hours that came back until today, also of what was taken up again since."""
    return total(one.so_far for one in found)
