"""A child's own goals: stated and judged by the child, answered by the school: we do it, partly, or not now and why."""

from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import reading, writing
from api.problem import ForPeopleError
from api.schemas.agreements import Answered, GoalPage
from api.schemas.own import Judged
from api.security.access import GOAL, Visit
from api.services.agreements import WROTE, line
from models.queries import agreements as read
from models.queries.emergency import name_of
from models.queries.goals import of_child
from models.queries.portfolio import lock_pupil
from models.queries.scope import Grant, NotFoundError
from models.rules.access import Kind
from models.rules.names import display_name
from models.support import Goal
from models.vocabulary import GoalAnswer, Role

ANSWERED = "Iemand gaf al antwoord op dit doel. Dat staat hieronder; er is niets veranderd."
MOST_OPEN = 8
"""Goals that a child works at at the same time; with more there is none that counts."""
MANY = "Je hebt al veel doelen. Zeg eerst van een ander doel of het gelukt is."


def compose_goal(visit: Visit, grant: Grant, uid: UUID) -> GoalPage:
    """Compose one goal of this child, as it is now."""
    with reading(visit.kit.engine) as connection:
        row = read.goal(connection, grant, uid)
    child = name_of(visit.connection, grant, visit.scope)
    return GoalPage(
        id=uid,
        about=child.uid,
        about_text=display_name(child),
        ground=grant.ground,
        body=row.body,
        stated_on=row.stated_on,
        answer_text=row.answer.label if row.answer else None,
        answer_body=row.answer_body if row.answer else None,
        answered_on=row.answered_on,
        may_write=_may_answer(grant),
    )


def answer(visit: Visit, grant: Grant, uid: UUID, answered: Answered) -> None:
    """Keep what the school answers; `ForPeopleError` without a reason where one is due, or when it was answered."""
    row = read.goal(visit.connection, grant, uid)
    if not _may_answer(grant):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    because = line(answered.because, "waarom") or None
    if because is None and answered.answer is not GoalAnswer.YES:
        raise ForPeopleError("Schrijf ook waarom: het kind hoort zo wat er wel kan.")
    what = {"answer": answered.answer, "answer_body": because, "answered_on": visit.today}
    with writing(visit.kit.engine) as connection:
        waits = (Goal.id == row.id, Goal.answer.is_(None))
        if connection.execute(sa.update(Goal).where(*waits).values(what)).rowcount != 1:
            raise ForPeopleError(ANSWERED)
    visit.log(Kind.GOALS.value, [grant.pupil_id], grant, WROTE)


def _may_answer(grant: Grant) -> bool:
    """The matrix lets child and parent write goals too; who teaches elsewhere and is a parent here is a parent."""
    return grant.role in GOAL.roles and Kind.GOALS in grant.kinds & grant.writes


def state(visit: Visit, grant: Grant, body: str) -> UUID:
    """Keep a goal in the child's own words; the same words twice on one day are one goal."""
    _require_write(grant)
    words = line(body, "uw doel") if grant.role in GOAL.roles else line(body, "jouw doel")
    if not words:
        raise ForPeopleError("Schrijf op wat je wilt leren.")
    with writing(visit.kit.engine) as connection:
        lock_pupil(connection, grant)
        listed = of_child(connection, grant)
        same = next((row.uid for row in listed if row.body == words and row.stated_on == visit.today), None)
        if same is not None:
            return UUID(str(same))
        if len([row for row in listed if row.judgement is None]) >= MOST_OPEN:
            raise ForPeopleError(MANY)
        uid = uuid7()
        whose = {"school_id": grant.school_id, "pupil_id": grant.pupil_id, "account_id": visit.scope.account_id}
        connection.execute(sa.insert(Goal).values(**whose, uid=uid, body=words, stated_on=visit.today))
    visit.log(Kind.GOALS.value, [grant.pupil_id], grant, WROTE)
    return uid


def judge(visit: Visit, grant: Grant, uid: UUID, judged: Judged) -> None:
    """Keep what the child says of its own goal; it may think better of it later."""
    _require_write(grant)
    row = read.goal(visit.connection, grant, uid)
    what = {"judgement": judged.judgement, "judgement_body": line(judged.body, "de zin") or None}
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.update(Goal).where(Goal.id == row.id).values(**what, judged_on=visit.today))
    visit.log(Kind.GOALS.value, [grant.pupil_id], grant, WROTE)


def _require_write(grant: Grant) -> None:
    """The child itself, or its teacher together with it; a parent's wish has a place of its own."""
    if not (grant.role is Role.PUPIL or _may_answer(grant)) or Kind.GOALS not in grant.writes:
        raise NotFoundError(grant.pupil_id, grant.school_id)
