"""A parent says that something about their child is not right (AVG art. 16); IB or directie answers within a month.

What is pointed at comes from the list of what this parent sees, never from what was sent. It stays with the child,
answered or not; only "verbeterd" takes the mark away from the sheet. Another household never learns who asked.
"""

from types import SimpleNamespace
from uuid import UUID, uuid4

import sqlalchemy as sa

from api.clock import day_of
from api.db import writing
from api.problem import ForPeopleError
from api.schemas.corrections import CorrectionLine, CorrectionPage, MyCorrections, NewCorrection, Thing
from api.security.access import Visit
from api.services.requests import YEAR, month_later
from frontend.formatting import long_day
from frontend.translation import N_
from models.correction import CorrectionRequest
from models.queries import corrections as read
from models.queries.copies import guardian_of
from models.queries.dossier import absences_of
from models.queries.emergency import name_of
from models.queries.scope import AnyRow, Grant, NotFoundError
from models.queries.whose import take_turns
from models.rules.access import Kind
from models.rules.names import display_name
from models.vocabulary import CorrectionAnswer

PAGE = "correction"
LONGEST = 2000
SHOWN = 300
OF_THING = {
    "goal": (Kind.GOALS, N_("Doelen")),
    "agreement": (Kind.SUPPORT_PLAN, N_("Afspraken")),
    "point": (Kind.SUPPORT_PLAN, N_("Wat helpt")),
    "in_class": (Kind.IN_CLASS, N_("Wat helpt")),
    "piece": (Kind.PORTFOLIO, N_("Portfolio")),
    "report": (Kind.RESULTS, N_("Toetsen en rapport")),
    "result": (Kind.RESULTS, N_("Toetsen en rapport")),
}
OTHER = Thing(
    key="other", kind=Kind.PLACEMENT, group=N_("Iets anders"), words="Iets anders op de bladzijde van mijn kind"
)


def compose_own(visit: Visit, grant: Grant, block: Kind | None = None) -> MyCorrections:
    """Compose what a parent can point at, with their own earlier requests; `block` is where the link stood."""
    guardian_id = guardian_of(visit.connection, grant, visit.scope)
    child = name_of(visit.connection, grant, visit.scope)
    things = _things(visit, grant, guardian_id)
    chosen = next((thing.key for thing in things if block is not None and thing.kind == block), "")
    rows = read.asked_by(visit.connection, grant, guardian_id)
    lines = [_line(visit, row) for row in rows]
    return MyCorrections(id=child.uid, name=display_name(child), things=things, chosen=chosen, lines=lines)


def ask(visit: Visit, grant: Grant, new: NewCorrection) -> None:
    """Keep what a parent says; the same words about the same thing are there once. Raises `ForPeopleError`."""
    guardian_id = guardian_of(visit.connection, grant, visit.scope)
    thing = next((each for each in _things(visit, grant, guardian_id) if each.key == new.thing), None)
    body = new.body.strip()
    if thing is None:
        raise ForPeopleError("Kies uit de lijst waar het om gaat.")
    if not body or len(body) > LONGEST:
        raise ForPeopleError("Schrijf op wat er niet klopt, in hoogstens 2000 tekens.")
    uid = thing.key.partition(":")[2] if thing.key.partition(":")[0] in OF_THING else ""
    same = {"guardian_id": guardian_id, "kind": thing.kind, "about": thing.words[:SHOWN], "body": body}
    whose = {"school_id": grant.school_id, "pupil_id": grant.pupil_id}
    asked = {"uid": uuid4(), "account_id": visit.scope.account_id, "asked_at": visit.now}
    visit.log(PAGE, [grant.pupil_id], grant, "wrote")
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        waits = sa.select(
            sa.exists()
            .where(CorrectionRequest.answer.is_(None))
            .where(*(getattr(CorrectionRequest, name) == value for name, value in (same | whose).items()))
        )
        if not connection.scalar(waits):
            about_uid = UUID(uid) if uid else None
            connection.execute(sa.insert(CorrectionRequest).values(same | whose | asked | {"about_uid": about_uid}))


def compose_one(visit: Visit, grant: Grant, uid: UUID) -> CorrectionPage:
    """Compose one disputed thing for colleagues who see the child."""
    line = _line(visit, read.of_child(visit.connection, grant, uid), for_staff=True)
    return CorrectionPage(line=line, may_answer=line.is_open and may_answer(visit, grant), ground=grant.ground)


def answer(visit: Visit, grant: Grant, uid: UUID, given: CorrectionAnswer, body: str) -> None:
    """Keep what the school did, once and with words. Raises `ForPeopleError`."""
    if not may_answer(visit, grant):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    row = read.of_child(visit.connection, grant, uid)
    if not body.strip():
        raise ForPeopleError("Schrijf erbij wat u deed of waarom niet; de ouder leest dat.")
    values = {"answer": given, "answer_body": body.strip(), "answered_at": visit.now}
    visit.log(PAGE, [grant.pupil_id], grant, "wrote")
    with writing(visit.kit.engine) as connection:
        done = connection.execute(
            sa.update(CorrectionRequest)
            .where(CorrectionRequest.id == row.id, CorrectionRequest.answer.is_(None))
            .values(**values, answered_by=visit.scope.account_id)
        )
    if done.rowcount == 0:
        raise ForPeopleError("Hier is al antwoord op gegeven. Dat staat hieronder; er is niets veranderd.")


def may_answer(visit: Visit, grant: Grant) -> bool:
    """Tell whether the reader answers for this school: IB or directie of the school of the child."""
    return any(held.role in read.ANSWERING and held.school_id == grant.school_id for held in visit.scope.held)


def lines(visit: Visit) -> list[CorrectionLine]:
    """List what parents disputed, open ones first; each child is a line in the log."""
    rows = read.listed(visit.connection, visit.scope)
    for row in rows:
        role = next(held.role for held in visit.scope.held if held.school_id == row.school_id)
        visit.log(PAGE, [row.pupil_id], Grant(row.pupil_id, row.school_id, role, role.label, frozenset()))
    return [_line(visit, row, for_staff=True) for row in rows]


def _things(visit: Visit, grant: Grant, guardian_id: int) -> list[Thing]:
    child = read.child_of(visit.connection, grant)
    found = [Thing(key="name", kind=Kind.IDENTITY, group=N_("Gegevens"), words=f"De naam: {display_name(child)}")]
    if child.birth_date:
        born = f"Geboren op {long_day(child.birth_date)}"
        found.append(Thing(key="birth", kind=Kind.IDENTITY, group=N_("Gegevens"), words=born))
    for row in read.things_of(visit.connection, grant, guardian_id, visit.today):
        kind, group = OF_THING[row.what]
        words = f"{row.words} ({long_day(row.on)})" if row.what in {"result", "report"} else row.words
        found.append(Thing(key=f"{row.what}:{row.uid}", kind=kind, group=group, words=words[:SHOWN]))
    for row in absences_of(visit.connection, grant, visit.today - YEAR):
        words = f"{long_day(row.day)}, {row.part.label}: {row.reason.label}"
        key, group = f"absence:{row.day}:{row.part}", N_("Niet op school geweest")
        found.append(Thing(key=key, kind=Kind.ATTENDANCE, group=group, words=words))
    order = {group: number for number, group in enumerate(dict.fromkeys(thing.group for thing in found))}
    return [*sorted(found, key=lambda thing: order[thing.group]), OTHER]


def _line(visit: Visit, row: AnyRow, *, for_staff: bool = False) -> CorrectionLine:
    child = SimpleNamespace(given_name=row.pupil_given_name, prefix=row.pupil_prefix, family_name=row.pupil_family_name)
    due_on = month_later(day_of(row.asked_at))
    return CorrectionLine(
        id=row.uid,
        pupil_id=row.pupil_uid,
        pupil=display_name(child),
        guardian=display_name(row) if for_staff else None,
        about=row.about,
        kind=Kind(row.kind).label,
        body=row.body,
        asked_at=row.asked_at,
        due_on=due_on,
        is_open=row.answer is None,
        is_late=row.answer is None and due_on < visit.today,
        answer=row.answer.label if row.answer else None,
        answer_body=row.answer_body,
        answered_at=row.answered_at,
    )
