"""Keeping what was done with a signal: it stays away from then on, until there is new evidence."""

from datetime import datetime
from typing import TypedDict, Unpack

import sqlalchemy as sa

from api.problem import ForPeopleError
from models.attention import SignalAnswer
from models.queries.answers import may_answer
from models.queries.scope import Grant, NotFoundError
from models.rules.signals import SignalKey
from models.vocabulary import SignalReply


class Made(TypedDict, total=False):
    """What was made in answer to the signal."""

    note_id: int | None
    talk_id: int | None
    agreement_id: int | None
    instruction_id: int | None


def record_answer(
    connection: sa.Connection,
    grant: Grant,
    account_id: int,
    key: SignalKey,
    reply: SignalReply,
    *,
    now: datetime,
    because: str | None = None,
    **made: Unpack[Made],
) -> None:
    """Keep that a signal was answered, in the transaction that makes the note, talk or agreement it was answered with.

    Raises `NotFoundError` for who may not write about this child; "seen" needs a `because` (else `ForPeopleError`).
    """
    if not may_answer(grant):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    because = (because or "").strip() or None
    if reply is SignalReply.SEEN and because is None:
        raise ForPeopleError("Gezien, omdat … wat? Kies of schrijf in een paar woorden waarom er nu niets hoeft.")
    whose = {"school_id": grant.school_id, "pupil_id": grant.pupil_id, "account_id": account_id}
    what = {**key._asdict(), "reply": reply, "because": because, "answered_at": now}
    connection.execute(sa.insert(SignalAnswer).values(whose | what | made))
