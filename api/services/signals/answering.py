"""Keeping what was done with a signal: it stays away from then on, until there is new evidence."""

from datetime import datetime
from typing import TypedDict, Unpack

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.security.access import Visit
from models.attention import SignalAnswer
from models.queries.answers import may_answer
from models.queries.scope import Grant, NotFoundError
from models.rules.signals import SignalKey
from models.rules.signals.registry import RULES
from models.vocabulary import SignalReply

LONGEST = 200
WROTE, WITHDREW = "wrote", "withdrew"
UNKNOWN = "Dit signaal is er niet meer. Ga terug en kijk wat er nu staat."


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
    rule = RULES.get(key.rule)
    if rule is None or not rule.needs & grant.kinds:  # who never sees a signal does not take it away from others
        raise ForPeopleError(UNKNOWN)
    because = (because or "").strip() or None
    if reply is SignalReply.SEEN and because is None:
        raise ForPeopleError("Gezien, omdat … wat? Kies of schrijf in een paar woorden waarom er nu niets hoeft.")
    whose = {"school_id": grant.school_id, "pupil_id": grant.pupil_id, "account_id": account_id}
    what = {**key._asdict(), "reply": reply, "because": because, "answered_at": now}
    connection.execute(sa.insert(SignalAnswer).values(whose | what | made))


def answer_seen(visit: Visit, grant: Grant, signal: str, because: str) -> None:
    """Keep that someone saw a signal and why nothing has to be done now; `signal` is the text of its key."""
    key = read_key(signal)
    because = " ".join(because.split())
    if len(because) > LONGEST:
        raise ForPeopleError(f"Schrijf in een paar woorden waarom ({LONGEST} tekens); meer past in een notitie.")
    with writing(visit.kit.engine) as connection:
        record_answer(connection, grant, visit.scope.account_id, key, SignalReply.SEEN, now=visit.now, because=because)
    visit.log("signal", [grant.pupil_id], grant, WROTE)


def take_back_seen(visit: Visit, grant: Grant, signal: str) -> None:
    """Take back that the reader saw a signal: it asks for attention again. What a colleague answered stays."""
    if not may_answer(grant):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    mine = {**read_key(signal)._asdict(), "account_id": visit.scope.account_id, "reply": SignalReply.SEEN}
    mine |= {"school_id": grant.school_id, "pupil_id": grant.pupil_id}
    with writing(visit.kit.engine) as connection:
        chosen = (getattr(SignalAnswer, key) == mine[key] for key in mine)
        gone = connection.execute(sa.delete(SignalAnswer).where(*chosen)).rowcount
    if gone:
        visit.log("signal", [grant.pupil_id], grant, WITHDREW)


def read_key(signal: str) -> SignalKey:
    """Read the text of a key, or raise `ForPeopleError` when there is no such signal."""
    try:
        key = SignalKey.read(signal)
    except ValueError as wrong:
        raise ForPeopleError(UNKNOWN) from wrong
    if key.rule not in RULES:
        raise ForPeopleError(UNKNOWN)
    return key
