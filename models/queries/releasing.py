"""Which results of a group were released, and the school's own sentences; every function takes the right first."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from models.account import Account
from models.queries.prepared import Rows
from models.queries.released import IS_STANDING
from models.queries.scope import GroupGrant
from models.queries.whose import values, whose
from models.release import Explanation, Release
from models.result import Assessment


def standing(connection: sa.Connection, grant: GroupGrant, assessment_ids: Collection[int]) -> Rows:
    """The releases of these results that count: of what, for whom from when, with which sentence, by whom."""
    return connection.execute(
        sa.select(
            Release.id,
            Release.uid,
            Release.pupil_id,
            Release.assessment_id,
            Release.child_from,
            Release.parents_from,
            Release.explanation,
            Account.display_name.label("person"),
        )
        .join(Account, Account.id == Release.account_id)
        .where(Release.school_id == grant.school_id, Release.assessment_id.in_(assessment_ids), IS_STANDING)
        .order_by(Release.id)
    ).all()


def ever(connection: sa.Connection, grant: GroupGrant, today: date) -> dict[int, date]:
    """The results that were ever released of the children of this group, by their number, and when they were taken."""
    chosen = sa.select(Assessment.id, Assessment.taken_on).join(Release, Release.assessment_id == Assessment.id)
    rows = connection.execute(chosen.where(whose(Release, grant)), values(grant, today))
    return {row.id: row.taken_on for row in rows}


def own_sentences(connection: sa.Connection, school_id: int) -> Rows:
    """The sentences that a school wrote itself: `key`, `body`, and who changed it when."""
    return connection.execute(
        sa.select(Explanation.key, Explanation.body, Explanation.changed_at, Account.display_name.label("person"))
        .join(Account, Account.id == Explanation.account_id)
        .where(Explanation.school_id == school_id)
    ).all()
