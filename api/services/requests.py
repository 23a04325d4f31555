"""The question of a parent without custody: recorded, decided by directie, and what is granted opens once (BW 1:377c).

What is handed over is finished sentences and figures of the kinds that directie allowed. Free text (notes,
observations) is never part of it: it may speak of other children or of the other parent's home.
"""

from datetime import date, timedelta
from typing import cast
from uuid import UUID, uuid4

import sqlalchemy as sa

from api.clock import day_of
from api.db import writing
from api.problem import ForPeopleError
from api.schemas.custody import Extract, RequestLine
from api.security.access import Visit
from api.services.sheet import compose_sheet
from frontend.formatting import long_day
from models.custody import InformationRequest
from models.queries import requests as read
from models.queries.dossier import absences_of
from models.queries.scope import AnyRow, Grant
from models.rules.access import Cell, Kind, Position, cell
from models.rules.names import display_name
from models.vocabulary import RefusalGround, RequestDecision, Role

OPENED, WROTE = "opened", "wrote"
WITHOUT_FREE_TEXT = (Kind.PLACEMENT, Kind.ATTENDANCE, Kind.RESULTS, Kind.PRACTICE, Kind.WELLBEING)
OFFERED = tuple(kind for kind in WITHOUT_FREE_TEXT if cell(Position.WITHOUT_CUSTODY, kind) is Cell.REQUEST)
"""What directie can grant by ticking; the rest of what may be asked is told in a talk."""
YEAR = timedelta(days=365)
SHORTEST_REASON = 15


def ask(visit: Visit, grant: Grant, guardian: AnyRow, question: str, asked_on: date) -> None:
    """Record that a parent without custody asks about the child; the answer is due within a month."""
    if guardian.has_custody:
        raise ForPeopleError("Deze ouder heeft gezag en mag zien wat de school vrijgeeft; dat vraagt geen verzoek.")
    if not visit.today - YEAR <= asked_on <= visit.today:
        raise ForPeopleError("De dag van het verzoek ligt in de toekomst of te lang geleden; kijk de datum na.")
    values = {
        "uid": uuid4(),
        "school_id": grant.school_id,
        "pupil_id": grant.pupil_id,
        "guardian_id": guardian.id,
        "asked_on": asked_on,
        "due_on": month_later(asked_on),
        "question": question.strip(),
        "recorded_at": visit.now,
        "recorded_by": visit.signed_in.name,
    }
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.insert(InformationRequest).values(values))
    visit.log("request", [grant.pupil_id], grant, WROTE)


def decide(
    visit: Visit, uid: UUID, decision: RequestDecision, reason: str, kinds: list[Kind], ground: RefusalGround | None
) -> None:
    """Decide about a question, once; raises `ForPeopleError` when the decision is not complete."""
    row = read.request(visit.connection, visit.scope, uid)
    granted = decision is RequestDecision.GRANTED
    if len(reason.strip()) < SHORTEST_REASON:
        raise ForPeopleError("Schrijf in een zin waarom u dit besluit: de ouder heeft recht op een motivering.")
    if granted and not (kinds and set(kinds) <= set(OFFERED)):
        raise ForPeopleError("Kies wat deze ouder mag weten.")
    if not granted and ground is None:
        raise ForPeopleError("Afwijzen kan alleen op een van de twee gronden uit de wet; kies er een.")
    with writing(visit.kit.engine) as connection:
        done = connection.execute(
            sa.update(InformationRequest)
            .where(InformationRequest.id == row.id, InformationRequest.decided_at.is_(None))
            .values(
                decision=decision,
                refusal_ground=None if granted else ground,
                decision_reason=reason.strip(),
                kinds=" ".join(kinds) if granted else None,
                decided_at=visit.now,
                decided_by=visit.signed_in.name,
            )
        )
    if done.rowcount == 0:
        raise ForPeopleError("Over dit verzoek is al besloten; een nieuw besluit vraagt een nieuw verzoek.")
    visit.log("request", [row.pupil_id], _grant(row), WROTE)


def open_once(visit: Visit, uid: UUID) -> Extract:
    """Open what was granted; a second time it is gone, and needs a new request and decision."""
    row = read.request(visit.connection, visit.scope, uid)
    if row.decision is not RequestDecision.GRANTED or row.opened_at is not None:
        raise _gone()
    kinds = frozenset(Kind(kind) for kind in row.kinds.split())
    grant = _grant(row, kinds)
    # First the log: when it cannot be written, nothing was opened yet.
    visit.kit.log.write([visit.line(kind, row.pupil_id, grant, OPENED) for kind in sorted(kinds)])
    with writing(visit.kit.engine) as connection:
        done = connection.execute(
            sa.update(InformationRequest)
            .where(InformationRequest.id == row.id, InformationRequest.opened_at.is_(None))
            .values(opened_at=visit.now, opened_by=visit.signed_in.name)
        )
    if done.rowcount == 0:
        raise _gone()
    absences = None
    if Kind.ATTENDANCE in kinds:
        absences = len(absences_of(visit.connection, grant, visit.today - YEAR))
    return Extract(
        request=_line(row, visit.today),
        school=row.school,
        # What another parent disputes is between that parent and the school.
        sheet=compose_sheet(visit.connection, grant, visit.today, visit.now).model_copy(update={"disputes": []}),
        opened_at=visit.now,
        absences=absences,
    )


def _gone() -> ForPeopleError:
    return ForPeopleError(
        "Dit uittreksel is niet toegewezen of al een keer geopend. Wil de ouder het nog eens, leg dan een nieuw "
        "verzoek vast."
    )


def lines(visit: Visit) -> list[RequestLine]:
    """List the questions to the schools that the reader leads, open ones first; each child is a line in the log."""
    rows = read.requests(visit.connection, visit.scope)
    for row in rows:
        visit.log("request", [row.pupil_id], _grant(row))
    return [_line(row, visit.today) for row in rows]


def one(visit: Visit, uid: UUID) -> RequestLine:
    """Show one question, for the decision."""
    row = read.request(visit.connection, visit.scope, uid)
    visit.log("request", [row.pupil_id], _grant(row))
    return _line(row, visit.today)


def lines_about(visit: Visit, grant: Grant) -> list[RequestLine]:
    """List the questions about one child, newest first."""
    return [_line(row, visit.today) for row in read.requests_about(visit.connection, grant)]


def month_later(day: date) -> date:
    """Return the same day of the next month, or its last day: 31 January becomes 28 or 29 February."""
    first = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    last = date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _grant(row: AnyRow, kinds: frozenset[Kind] = frozenset()) -> Grant:
    return Grant(row.pupil_id, row.school_id, Role.HEAD, f"verzoek {row.id}", kinds)


def _line(row: AnyRow, today: date) -> RequestLine:
    is_open = row.decision is None
    opened = f", geopend op {long_day(day_of(row.opened_at))}" if row.opened_at else ""
    decided = f"{row.decision.label} op {long_day(day_of(row.decided_at))}" if row.decision else "wacht op besluit"
    return RequestLine(
        id=row.uid,
        pupil_id=row.pupil_uid,
        pupil=display_name(_Pupil(row)),
        guardian=display_name(row),
        question=row.question,
        asked_on=row.asked_on,
        due_on=row.due_on,
        is_late=is_open and row.due_on < today,
        state=f"{decided}{opened}",
        is_open=is_open,
        can_be_opened=row.decision is RequestDecision.GRANTED and row.opened_at is None,
        decision=row.refusal_ground.label if row.refusal_ground else None,
        reason=row.decision_reason,
        kinds=[Kind(kind).label for kind in (row.kinds or "").split()],
    )


class _Pupil:
    """The child's names among the columns of a question, which are the parent's."""

    def __init__(self, row: AnyRow) -> None:
        self.given_name = cast("str | None", row.pupil_given_name)
        self.first_names = cast("str | None", row.pupil_first_names)
        self.prefix = cast("str | None", row.pupil_prefix)
        self.family_name = cast("str | None", row.pupil_family_name)
