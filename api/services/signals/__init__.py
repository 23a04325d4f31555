"""The signals of all children of a group, without those that were answered; one fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from api.security.access import Visit
from api.services.sheet.sentences import signals
from api.services.signals.known import KnownPupil, known_in
from models.queries.answers import answers_in
from models.queries.scope import GroupGrant
from models.rules.signals import Signal, SignalKey


@dataclass(frozen=True, slots=True)
class PupilSignal:
    """A signal of one child, and the source it rests on."""

    pupil_id: int
    uid: UUID
    name: str
    signal: Signal
    source: str


def for_group(visit: Visit, grant: GroupGrant) -> list[PupilSignal]:
    """The signals of the children who are in this group today; see `signals_in`.

    The caller logs, one line for each child of the group, also for one without a signal, because its data was read.
    """
    return signals_in(visit.connection, grant, visit.today, visit.now)


def signals_in(connection: sa.Connection, grant: GroupGrant, today: date, now: datetime) -> list[PupilSignal]:
    """The signals of a group that nobody answered yet, weightiest first, then by family name.

    Worries, questions and good news of the kinds of data in `grant.kinds`; what is merely steady stays on the sheet.
    """
    return signals_among(connection, grant, known_in(connection, grant, today, now), today)


def signals_among(
    connection: sa.Connection, grant: GroupGrant, known: Sequence[KnownPupil], today: date
) -> list[PupilSignal]:
    """The same for who needs what is known of the children for more than their signals, and read it already."""
    rows = answers_in(connection, grant, today)
    answered = {(row.pupil_id, SignalKey(row.rule, row.topic, row.evidence)) for row in rows}
    found = [
        PupilSignal(pupil.row.id, pupil.row.uid, pupil.name, signal, source)
        for pupil in known
        for signal, source in signals(pupil.known)
        if not signal.is_steady and (pupil.row.id, signal.key) not in answered
    ]
    return sorted(found, key=lambda each: -each.signal.weight)
