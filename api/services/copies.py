"""A parent asks for a copy of all that the school keeps of their child; directie looks through it and lets it go.

First the log, then the texts: looking through is reading everything at once. The copy can be fetched for some days, as
often as is needed, by the guardian who asked and as long as there is custody; it is kept nowhere.
"""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID, uuid4

import sqlalchemy as sa

from api.clock import day_of
from api.db import writing
from api.problem import ForPeopleError
from api.schemas.copies import CopyContent, CopyItem, CopyLine, CopyPage, CopyReview
from api.security.access import Visit
from api.services.copying import ALONG, CHOOSE, compose_copy, items_of
from api.services.requests import month_later
from frontend.formatting import clock, long_day, plural
from models.copy_request import CopyRequest
from models.queries import copies as read
from models.queries.emergency import name_of
from models.queries.scope import AnyRow, Grant
from models.queries.whose import take_turns
from models.rules.names import display_name
from models.vocabulary import CopyGround, Role

PAGE = "copy"
TO_FETCH = timedelta(days=14)


def compose_page(visit: Visit, grant: Grant) -> CopyPage:
    """Compose what a parent sees: their own requests about this child, and whether they can ask now."""
    guardian_id = read.guardian_of(visit.connection, grant, visit.scope)
    child = name_of(visit.connection, grant, visit.scope)
    lines = [_line(visit, row) for row in read.asked_by(visit.connection, grant, guardian_id)]
    may_ask = not any(line.is_open or line.is_ready for line in lines)
    return CopyPage(id=child.uid, name=display_name(child), may_ask=may_ask, requests=lines)


def ask(visit: Visit, grant: Grant) -> None:
    """Record that a parent asks for a copy; asked again while one is open or ready, it is the same request."""
    guardian_id = read.guardian_of(visit.connection, grant, visit.scope)
    values = {
        "uid": uuid4(),
        "school_id": grant.school_id,
        "pupil_id": grant.pupil_id,
        "guardian_id": guardian_id,
        "account_id": visit.scope.account_id,
        "asked_at": visit.now,
        "due_on": month_later(visit.today),
    }
    visit.log(PAGE, [grant.pupil_id], grant, "wrote")
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        lines = [_line(visit, row) for row in read.asked_by(connection, grant, guardian_id)]
        if not any(line.is_open or line.is_ready for line in lines):
            connection.execute(sa.insert(CopyRequest).values(values))


def fetch(visit: Visit, grant: Grant, uid: UUID) -> CopyContent:
    """Compose the copy for the parent who asked it; raises `ForPeopleError` when it is not there yet or any more."""
    guardian_id = read.guardian_of(visit.connection, grant, visit.scope)
    row = read.own(visit.connection, grant, guardian_id, uid)
    if not _line(visit, row).is_ready:
        raise ForPeopleError("Deze kopie is er nog niet, of niet meer. Vraag zo nodig een nieuwe.")
    visit.log(PAGE, [grant.pupil_id], grant, "exported")
    return compose_copy(visit, grant, row)


def compose_request(visit: Visit, grant: Grant, uid: UUID) -> CopyLine:
    """Compose one request for directie, without anything that was written about the child."""
    return _line(visit, read.of_child(visit.connection, grant, uid), for_staff=True)


def look_through(visit: Visit, grant: Grant, uid: UUID) -> CopyReview:
    """Show directie all that people wrote and that would go along; the line in the log comes first."""
    row = read.of_child(visit.connection, grant, uid)
    line = _line(visit, row, for_staff=True)
    if not line.is_open:
        raise ForPeopleError("Over dit verzoek is al besloten; een nieuwe kopie vraagt een nieuw verzoek.")
    visit.kit.log.write([visit.line(PAGE, grant.pupil_id, grant, "opened", "verzoek om een kopie")])
    items, counts = items_of(visit, grant, row)
    grounds = {ground.value: str(ground.label) for ground in CopyGround}
    return CopyReview(request=line, items=items, grounds=grounds, counts=counts)


def decide(visit: Visit, grant: Grant, uid: UUID, choices: list[str], reason: str) -> None:
    """Let the copy go without what directie leaves out; a choice is "key" or "key ground". Raises `ForPeopleError`."""
    row = read.of_child(visit.connection, grant, uid)
    chosen = dict(_choice(choice) for choice in choices)
    items, _ = items_of(visit, grant, row)
    if open_ones := [item for item in items if _undecided(item, chosen)]:
        count = plural(len(open_ones), "afgeschermde notitie", "afgeschermde notities")
        raise ForPeopleError(f"Kies bij {count} of die meegaat.")
    left_out = {item.key: chosen[item.key] for item in items if item.key in chosen}
    if any(left_out.values()) and not reason.strip():
        raise ForPeopleError("U laat iets weg: schrijf op waarom. De ouder leest dat.")
    visit.log(PAGE, [grant.pupil_id], grant, "wrote")
    decided = {"decided_at": visit.now, "decided_by": visit.scope.account_id, "ends_at": visit.now + TO_FETCH}
    with writing(visit.kit.engine) as connection:
        done = connection.execute(
            sa.update(CopyRequest)
            .where(CopyRequest.id == row.id, CopyRequest.decided_at.is_(None))
            .values(left_out=left_out, reason=reason.strip() or None, **decided)
        )
    if done.rowcount == 0:
        raise ForPeopleError("Over dit verzoek is al besloten; een nieuwe kopie vraagt een nieuw verzoek.")


def lines(visit: Visit) -> list[CopyLine]:
    """List the requests for the schools that the reader leads, open ones first; each child is a line in the log."""
    rows = read.to_decide(visit.connection, visit.scope)
    for row in rows:
        seen = Grant(row.pupil_id, row.school_id, Role.HEAD, "verzoek om een kopie", frozenset())
        visit.log(PAGE, [row.pupil_id], seen)
    return [_line(visit, row, for_staff=True) for row in rows]


def _choice(text: str) -> tuple[str, str]:
    key, _, ground = text.partition(" ")
    if ground not in {"", *CopyGround}:
        raise ForPeopleError("Kies een van de gronden uit de lijst.")
    return key, ground


def _undecided(item: CopyItem, chosen: dict[str, str]) -> bool:
    return item.ground == CHOOSE and item.key not in chosen


def _line(visit: Visit, row: AnyRow, *, for_staff: bool = False) -> CopyLine:
    is_open = row.decided_at is None
    is_ready = not is_open and row.ends_at > visit.now
    if is_open:
        state = f"gevraagd, antwoord vóór {long_day(row.due_on)}"
    elif is_ready:
        state = f"klaar, op te halen tot {clock(row.ends_at)}"
    else:
        state = f"was op te halen tot {long_day(day_of(row.ends_at))}"
    child = SimpleNamespace(given_name=row.pupil_given_name, prefix=row.pupil_prefix, family_name=row.pupil_family_name)
    return CopyLine(
        id=row.uid,
        pupil_id=row.pupil_uid,
        pupil=display_name(child),
        guardian=display_name(row) if for_staff else None,
        asked_at=row.asked_at,
        due_on=row.due_on,
        is_late=is_open and row.due_on < visit.today,
        is_open=is_open,
        is_ready=is_ready,
        ends_at=row.ends_at,
        left_out=sum(ground != ALONG for ground in (row.left_out or {}).values()),
        reason=row.reason,
        state=state,
    )
