"""Sends what waits: each copy goes out at most once.

A copy is marked as sent in a transaction of its own before it is handed over, and the mark is taken away only when the
server said no, or could not be reached before the letter went over. Whoever pulls the plug in between leaves a mark and
perhaps no letter: a parent who misses one week (it stands on the page) is better than one who gets it twice or ten
times. Custody and address are looked at in that same moment.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from api import clock
from api.db import reading, writing
from api.services.messages.mailer import Answer, Mailer, letter, mailer
from api.settings import Settings
from models.message import MessageCopy
from models.queries import messages as read

FIRST_WAIT, GROWS, LONGEST_WAIT = timedelta(minutes=5), 4, timedelta(days=1)
MOST_TRIES = 6


@dataclass
class Outcome:
    """How many copies became what; names nobody."""

    counts: Counter[str] = field(default_factory=Counter)


def send_due(engine: sa.Engine, settings: Settings, most: int = 500) -> Outcome:
    """Send the copies that are due, at most so many; raises `NoServerError` and then nothing has changed."""
    outcome = Outcome()
    with reading(engine) as connection:
        waiting = read.due(connection, clock.now(), most)
    with mailer(settings) as conversation:
        for copy_id in waiting:
            outcome.counts[_send(engine, settings, conversation, copy_id)] += 1
    return outcome


def wait_after(tries: int) -> timedelta:
    """How long to wait after so many tries: five minutes, then four times as long each time, at most a day."""
    longer: timedelta = FIRST_WAIT * GROWS ** (tries - 1)
    return min(longer, LONGEST_WAIT)


def _send(engine: sa.Engine, settings: Settings, conversation: Mailer, copy_id: int) -> str:
    found = _claim(engine, copy_id)
    if found is None:
        return "taken_by_another"
    if not found.address:
        return "no_address"
    try:
        made = letter(
            settings,
            name=found.school,
            to=found.address,
            subject=found.subject,
            body=found.body,
            number=f"{found.uid}.{copy_id}",
            at=clock.now(),
        )
    except (ValueError, UnicodeError, IndexError):
        _mark(engine, copy_id, sent_at=None, failed_at=clock.now())
        return "no_address"
    answer = conversation.send(made)
    tries = found.tries + 1
    if answer is Answer.LATER and tries < MOST_TRIES:
        _mark(engine, copy_id, sent_at=None, next_try_at=clock.now() + wait_after(tries))
        return "later"
    if answer in {Answer.LATER, Answer.NEVER}:
        _mark(engine, copy_id, sent_at=None, failed_at=clock.now())
        return "given_up"
    return "sent" if answer is Answer.TAKEN else "unknown"


def _claim(engine: sa.Engine, copy_id: int) -> Any:
    """Mark a copy as sent, and give what to send; None when it no longer waits or another process was first.

    A copy for who may not have it (any more) has no address, and is marked as one that does not go.
    """
    now = clock.now()
    with writing(engine) as connection:
        found = read.to_send(connection, copy_id, clock.day_of(now), now)
        if found is None:
            return None
        mark = {"sent_at": now, "tries": found.tries + 1} if found.address else {"failed_at": now}
        mine = sa.update(MessageCopy).where(MessageCopy.id == copy_id, read.WAITS, MessageCopy.tries == found.tries)
        taken = connection.execute(mine.values(mark | {"next_try_at": None}))
        return found if taken.rowcount else None


def _mark(engine: sa.Engine, copy_id: int, **values: Any) -> None:
    with writing(engine) as connection:
        connection.execute(sa.update(MessageCopy).where(MessageCopy.id == copy_id).values(values))
