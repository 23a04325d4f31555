"""Talks and agreements about a group as a whole: they are in no child's dossier, so they go by age.

What was written in such a talk about one child (what helps, what was agreed) stays with that child's dossier.
"""

from collections import Counter
from datetime import datetime
from typing import cast

import sqlalchemy as sa

from api import clock
from models.queries.owned import children
from models.rules.retention import of_groups_before
from models.support import Agreement
from models.talk import Talk

T_TALK = cast("sa.Table", Talk.__table__)
T_AGREEMENT = cast("sa.Table", Agreement.__table__)


def group_talks(connection: sa.Connection, school_id: int, now: datetime) -> Counter[str]:
    """Erase talks and agreements about a group, with who thought what beforehand, two school years after their own."""
    before = of_groups_before(clock.day_of(now))
    gone: Counter[str] = Counter()
    for table, day in ((T_TALK, T_TALK.c.planned_on), (T_AGREEMENT, T_AGREEMENT.c.agreed_on)):
        old = (table.c.school_id == school_id, table.c.pupil_id.is_(None), day < before)
        ids = connection.scalars(sa.select(table.c.id).where(*old)).all()
        for of_it, column in children(table):
            if column.nullable:
                let_go = sa.update(of_it).where(column.in_(ids)).values({column.name: None})
                connection.execute(let_go)
            else:
                gone[of_it.name] += connection.execute(sa.delete(of_it).where(column.in_(ids))).rowcount
        gone[table.name] += connection.execute(sa.delete(table).where(table.c.id.in_(ids))).rowcount
    return gone
