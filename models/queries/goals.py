"""The goals of one child, for itself and for who reads them; the newest first."""

from collections.abc import Sequence

import sqlalchemy as sa

from models.queries.scope import AnyRow, Grant, NotFoundError
from models.rules.access import Kind
from models.support import Goal

MOST = 50


def of_child(connection: sa.Connection, grant: Grant) -> Sequence[AnyRow]:
    """List what this child wants to learn, what the school answered and how the child judges it."""
    if Kind.GOALS not in grant.kinds:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    mine = (Goal.school_id == grant.school_id, Goal.pupil_id == grant.pupil_id)
    chosen = sa.select(*Goal.__table__.c).where(*mine)
    return connection.execute(chosen.order_by(Goal.stated_on.desc(), Goal.id.desc()).limit(MOST)).all()
