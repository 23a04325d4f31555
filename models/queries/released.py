"""What of a child's results was released: the one condition by which a parent or the child itself may read one.

Withdrawn it is as if it had never been released; a result that a source corrected waits for a release of its own.
"""

from datetime import date

import sqlalchemy as sa

from models.release import Release
from models.result import Assessment

_TEST = sa.orm.aliased(Assessment)
_CORRECTED = sa.select(_TEST.id).where(_TEST.id == Release.assessment_id, _TEST.superseded_by_id.is_not(None))
IS_STANDING = sa.and_(Release.withdrawn_at.is_(None), ~_CORRECTED.exists())
"""Whether a release still counts, for whom and from when put aside."""


def to_parents(on: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Say which releases parents may read on this day."""
    return sa.and_(IS_STANDING, Release.parents_from <= on)


def to_child(on: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Say which releases the child itself may read on this day: it may hear a result before its parents do."""
    return sa.and_(IS_STANDING, Release.child_from <= on)
