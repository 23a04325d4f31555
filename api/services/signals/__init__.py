"""The signals of all children of a group, without those that were answered; one fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from api.clock import day_of
from api.security.access import Visit
from api.services.sheet.sentences import signals
from api.services.signals.known import KnownPupil, known_in
from models.queries.answers import answers_in
from models.queries.scope import GroupGrant
from models.rules.signals import Signal, SignalKey
from models.rules.signals.answered import is_answered
from models.rules.signals.registry import RULES


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

    Worries, questions and good news of the kinds of data in `grant.kinds`; what is for the sheet only stays there.
    """
    return signals_among(connection, grant, known_in(connection, grant, today, now), today)


def signals_among(
    connection: sa.Connection, grant: GroupGrant, known: Sequence[KnownPupil], today: date
) -> list[PupilSignal]:
    """The same for who needs what is known of the children for more than their signals, and read it already."""
    if not known:
        return []
    settings = known[0].known.about.settings
    answered: dict[int, dict[SignalKey, date]] = defaultdict(dict)
    for row in answers_in(connection, grant, today):
        answered[row.pupil_id][SignalKey(row.rule, row.topic, row.evidence)] = day_of(row.answered_at)
    found = [
        PupilSignal(pupil.row.id, pupil.row.uid, pupil.name, signal, source)
        for pupil in known
        for signal, source in signals(pupil.known)
        if not RULES[signal.rule].sheet_only and not is_answered(signal, answered[pupil.row.id], today, settings)
    ]
    return sorted(found, key=lambda each: -each.signal.weight)
