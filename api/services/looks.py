"""Who looked at a child, in plain Dutch: for the IB'er and directie, and as an extract for parents who ask."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from api import clock
from api.schemas.looks import Day, Glance, Looks
from api.security.access import Visit
from models.queries import looks as read
from models.queries.asked import schools_led
from models.queries.scope import AnyRow, Grant, NotFoundError
from models.rules.access import Kind
from models.rules.names import display_name
from models.vocabulary import Role

PERIOD = timedelta(days=365)
FAMILY = (Role.PARENT, Role.PUPIL)
PAGES = {
    "sheet": "blad",
    "group": "lijst van de groep",
    "instruction_groups": "instructiegroepen",
    "today": "Vandaag",
    "absence": "verzuim",
    "signal": "wat er met een signaal gedaan is",
    "note": "notitie schrijven",
    "instruction": "instructietafel",
    "substitute_card": "invalkaart",
    "handover": "overdracht",
    "talk": "bespreking",
    "meeting": "gesprek met ouders of kind",
    "report_card": "rapport",
    "release": "vrijgeven aan kind en ouders",
    "studyguide": "studiewijzer",
    "consent": "toestemming van ouders",
    "class_door": "deur van de klas",
    "pictures": "plaatjes om in te loggen",
    "own": "eigen bladzijde van het kind",
    "school_view": "overzicht van de school",
    "search": "gevonden bij zoeken",
    "readers": "wie dit kind kan zien",
    "contact": "contact",
    "custody": "gezag",
    "request": "verzoek van een ouder",
    "reason": "geopend met reden, nagekeken",
    "retention": "bewaren en wissen",
    "guardians": "gegevens van ouders",
    "parents": "accounts van ouders",
    "my_child": "Mijn kind",
    "copy": "kopie voor een ouder",
    "correction": "wat volgens een ouder niet klopt",
    "other": "iets anders",
}
OF_GUARDIANS = frozenset({"custody", "request", "parents", "copy", "correction", Kind.SECRET_CONTACT.value})
EXPORTED = "exported"
DONE = {
    "refused": "geweigerd",
    "wrote": "gewijzigd",
    "withdrew": "teruggenomen",
    "opened": "geopend met reden",
    "exported": "uittreksel gemaakt",
    "printed": "afgedrukt",
}
"""What was done, where it was more than looking."""


def compose_looks(visit: Visit, grant: Grant) -> Looks:
    """Compose who looked at the child of this grant in the past year, and who was refused."""
    return _looks(visit, grant, read.looks_at(visit.connection, grant, visit.now - PERIOD))


def compose_extract(visit: Visit, grant: Grant) -> Looks:
    """Compose the same for the parents who asked: without who was refused; that it was made is logged too.

    Only directie of the child's own school makes it, or `NotFoundError`.
    """
    if not may_extract(visit, grant):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    visit.log(Kind.ACCESS_LOG, [grant.pupil_id], grant, EXPORTED)
    return as_extract(visit, grant)


def as_extract(visit: Visit, grant: Grant) -> Looks:
    """Compose who looked, for parents; whoever calls this has seen that it was allowed, and logs it."""
    rows = read.looks_at(visit.connection, grant, visit.now - PERIOD)
    return _looks(visit, grant, [_discreet(row) for row in rows if row.action != read.REFUSED])


def may_extract(visit: Visit, grant: Grant) -> bool:
    """Tell whether the reader is directie of the school of this child, and not of another one."""
    return grant.school_id in schools_led(visit.scope)


def words(kind: str, action: str) -> str:
    """Say in Dutch what was looked at, and what was done when that was more than looking."""
    name = PAGES.get(kind) or (Kind(kind).label if kind in set(Kind) else kind)
    return f"{name} ({DONE[action]})" if action in DONE else name


def by_child(rows: Iterable[AnyRow]) -> list[dict[str, Any]]:
    """Bring what an account saw together per child, for a report of a data breach."""
    found = []
    for (_, pupil_id), lines in groupby(rows, key=lambda row: (row.school_id, row.pupil_id)):
        several = list(lines)
        is_known = several[0].family_name or several[0].given_name
        found.append(
            {
                "name": display_name(several[0]) if is_known else f"kind {pupil_id}, gewist",
                "kinds": [words(row.kind, "") for row in several],
                "times": sum(row.times for row in several),
                "first": min(row.first for row in several),
                "last": max(row.last for row in several),
            }
        )
    return found


def _looks(visit: Visit, grant: Grant, rows: Iterable[Any]) -> Looks:
    child = read.child(visit.connection, grant)
    days = groupby(rows, key=lambda row: clock.day_of(row.at))
    return Looks(
        id=child.uid,
        name=display_name(child),
        school=child.school,
        since=clock.day_of(visit.now - PERIOD),
        until=visit.today,
        days=[Day(on=on, glances=_glances(lines)) for on, lines in days],
    )


def _discreet(row: Any) -> Any:
    """Leave out what would tell one household of another: whose number is secret, who asked for information."""
    if row.kind in OF_GUARDIANS:
        return SimpleNamespace(**row._asdict() | {"kind": "guardians", "ground": ""})
    return SimpleNamespace(**row._asdict() | {"ground": ""}) if row.ground.startswith("verzoek ") else row


def _glances(rows: Iterable[Any]) -> list[Glance]:
    """Bring together what one person did on a day for one reason, the latest first."""
    of_person: dict[tuple[object, ...], list[Any]] = {}
    for row in rows:
        of_person.setdefault((row.account_id, row.role, row.ground, row.action == read.REFUSED), []).append(row)
    return [_glance(lines) for lines in of_person.values()]


def _glance(rows: list[Any]) -> Glance:
    latest = rows[0]
    return Glance(
        who=_who(latest),
        role=latest.role.label if latest.role and latest.role not in FAMILY else None,
        ground=latest.ground or None,
        what=list(dict.fromkeys(words(row.kind, row.action) for row in rows)),
        first=rows[-1].at,
        last=latest.at,
        times=len(rows),
        was_refused=latest.action == read.REFUSED,
    )


def _who(row: Any) -> str:
    """A household says nothing about another, so a parent is not named, also not to the other parent."""
    if row.role in FAMILY:
        return "Ouder" if row.role is Role.PARENT else "Het kind zelf"
    if row.account_id is None:
        return "Beheer van het systeem"
    return row.display_name or "Een account dat er niet meer is"
