"""Results in the demo that kind and parents may read: two test moments of one group, but for one subject."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import sqlalchemy as sa

from api.db import reading, writing
from api.services.releasing.moments import held_in, results_of
from models.account import Account
from models.group import ClassGroup
from models.person import Pupil
from models.queries.scope import THIS_YEAR, GroupGrant
from models.release import Release
from models.rules.access import READS, WRITES, Position
from models.vocabulary import InstrumentKind, Role

GROUP, TEACHER = "6B", "kim"
KEPT_BACK = "Spelling"
"""Of this subject the teacher still has to look."""
DAYS_AGO = 12


def plant(engine: sa.Engine, today: date) -> None:
    """Release what the page would have released; nothing when there is no such group or teacher."""
    with reading(engine) as connection:
        chosen = sa.select(ClassGroup.id, ClassGroup.school_id).where(
            ClassGroup.name.endswith(GROUP), ClassGroup.school_year_id.in_(THIS_YEAR)
        )
        group = connection.execute(chosen, {"today": today}).first()
        kim = connection.scalar(sa.select(Account.id).where(Account.login == TEACHER))
        if group is None or kim is None:
            return
        of_teacher = Position.TEACHER
        grant = GroupGrant(group.id, group.school_id, Role.TEACHER, "", READS[of_teacher], WRITES[of_teacher])
        held = held_in(connection, grant, today)
        tests = [moment for moment in held.by_moment if moment.kind is InstrumentKind.TEST]
        if not tests:
            return
        newest = sorted(tests, key=held.last_of)[-2:]
        children = [child for moment in newest for child in results_of(connection, grant, held, moment)]
        ids = dict(connection.execute(sa.select(Pupil.uid, Pupil.id).where(Pupil.school_id == group.school_id)).all())
    on = today - timedelta(days=DAYS_AGO)
    rows = [
        {
            "uid": uuid4(),
            "school_id": group.school_id,
            "pupil_id": ids[child.id],
            "assessment_id": one.result,
            "child_from": on,
            "parents_from": on + timedelta(days=2),
            "explanation": one.sentence,
            "account_id": kim,
            "released_at": datetime.combine(on, time(14), UTC),
        }
        for child in children
        for one in child.results
        if one.subject != KEPT_BACK
    ]
    if rows:
        with writing(engine) as connection:
            connection.execute(sa.insert(Release), rows)
