"""Answering a child's own goal: we do it, partly, or not now and why. The school answers, once."""

from uuid import UUID

import sqlalchemy as sa

from api.db import reading, writing
from api.problem import ForPeopleError
from api.schemas.agreements import Answered, GoalPage
from api.security.access import GOAL, Visit
from api.services.agreements import WROTE, line
from models.queries import agreements as read
from models.queries.emergency import name_of
from models.queries.scope import Grant, NotFoundError
from models.rules.access import Kind
from models.rules.names import display_name
from models.support import Goal
from models.vocabulary import GoalAnswer

ANSWERED = "Iemand gaf al antwoord op dit doel. Dat staat hieronder; er is niets veranderd."


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
