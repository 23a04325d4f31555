"""What the demo school answered of its signals, so that a sheet shows one that was taken up."""

from datetime import UTC, date, datetime, time, timedelta

import sqlalchemy as sa

from api import clock
from api.db import reading, writing
from api.services.signals import signals_in
from api.services.signals.answering import record_answer
from models.account import Account
from models.group import ClassGroup
from models.queries import school as schools
from models.queries.scope import THIS_YEAR, Grant, GroupGrant
from models.rules.access import READS, WRITES, Position
from models.vocabulary import Role, SignalReply

GROUP, WHO, GROUND = "6B", "kim", "groep 6B"
DAYS_AGO = 8
ANSWERED = {"wellbeing_down": "het in het kindgesprek al ter sprake kwam", "growth_silent": "de toets volgende week is"}
"""By rule: why the teacher of the group let the first signal of it be."""


def plant(engine: sa.Engine, brin: str, today: date) -> None:
    """Answer a signal of each of these rules in groep 6B; nothing when there is no such group."""
    now = datetime.combine(today - timedelta(days=DAYS_AGO), time(15, 40), clock.HERE).astimezone(UTC)
    chosen = sa.select(ClassGroup.id).where(ClassGroup.name.endswith(GROUP), ClassGroup.school_year_id.in_(THIS_YEAR))
    with reading(engine) as connection:
        school = schools.by_key(connection, brin)
        group = connection.scalar(chosen, {"today": today})
        kim = connection.scalar(sa.select(Account.id).where(Account.login == WHO))
        if school is None or group is None or kim is None:
            return
        reads, writes = READS[Position.TEACHER], WRITES[Position.TEACHER]
        grant = GroupGrant(group, school.id, Role.TEACHER, GROUND, reads)
        signals = signals_in(connection, grant, today, now)
    with writing(engine) as connection:
        for rule, because in ANSWERED.items():
            one = next((each for each in signals if each.signal.rule == rule), None)
            if one is not None:
                about = Grant(one.pupil_id, school.id, Role.TEACHER, GROUND, reads, writes)
                record_answer(connection, about, kim, one.signal.key, SignalReply.SEEN, now=now, because=because)
