"""What of a child's results was released: the one condition by which a parent or the child itself may read one.

Withdrawn it is as if it had never been released; a result that a source corrected, or that turned out to be of another
child, waits for a release of its own.
"""

from datetime import date

import sqlalchemy as sa

from models.person import SourcePerson
from models.queries.results import KIND_OF_INSTRUMENT
from models.queries.scope import AnyRow, Grant
from models.release import Release
from models.result import Assessment
from models.rules.access import Cell, Position, cell
from models.vocabulary import Respondent

_TEST = sa.orm.aliased(Assessment)
_OWNER = sa.orm.aliased(SourcePerson)
_IS_THEIRS = (
    sa.select(_TEST.id)
    .join(_OWNER, _OWNER.id == _TEST.source_person_id)
    .where(_TEST.id == Release.assessment_id, _TEST.superseded_by_id.is_(None), _OWNER.pupil_id == Release.pupil_id)
)
IS_STANDING = sa.and_(Release.withdrawn_at.is_(None), _IS_THEIRS.exists())
"""Whether a release still counts, for whom and from when put aside."""


def to_parents(on: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Say which releases parents may read on this day."""
    return sa.and_(IS_STANDING, Release.parents_from <= on)


def to_child(on: date | sa.BindParameter[date]) -> sa.ColumnElement[bool]:
    """Say which releases the child itself may read on this day: it may hear a result before its parents do."""
    return sa.and_(IS_STANDING, Release.child_from <= on)


def is_for(grant: Grant, row: AnyRow) -> bool:
    """Tell whether the matrix lets this reader read the release of such a test or list (its kind and respondent).

    What is a child's own only, such as its well-being, it reads where it filled in the list itself.
    """
    found = cell(Position(grant.role.value), KIND_OF_INSTRUMENT[row.kind])
    return found is Cell.RELEASED or (found is Cell.OWN and row.respondent is Respondent.PUPIL)
