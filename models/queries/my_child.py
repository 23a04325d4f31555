"""What the home of a parent reads beside the sheet: own children, what was released, and what they asked about it.

Only released results are read here, also to hold one beside another (`models.rules.own_growth`). What a parent wished
is found by their own account, never by the child alone, so that two households see nothing of each other.
"""

from uuid import UUID

import sqlalchemy as sa

from models.person import Pupil
from models.portfolio import PortfolioPiece
from models.queries.prepared import Prepared, Rows
from models.queries.released import is_for, to_parents
from models.queries.scope import AnyRow, Grant, NotFoundError, Scope
from models.queries.sheet import PUPIL, SCHOOL, TODAY, child
from models.release import Release
from models.result import Assessment, AssessmentScore, Instrument, Scale
from models.rules.access import Kind
from models.talk import TalkWish
from models.vocabulary import InstrumentKind, Measure

PIECES = 3

_OWN = sa.select(Pupil.uid).order_by(Pupil.given_name, Pupil.id)


def own_children(connection: sa.Connection, scope: Scope) -> list[UUID]:
    """List the children of whom the reader is a parent with custody today."""
    return list(connection.scalars(_OWN.where(Pupil.id.in_(scope.pupil_ids))))


_IS_OPEN = sa.and_(Release.school_id == SCHOOL, Release.pupil_id == PUPIL, to_parents(TODAY))
_RELEASED = Prepared(
    sa.select(
        Release.uid,
        Release.explanation,
        Release.assessment_id,
        Assessment.taken_on,
        Assessment.respondent,
        Instrument.kind,
        Instrument.name,
        Instrument.subject,
        sa.exists()
        .where(
            TalkWish.release_id == Release.id,
            TalkWish.account_id == sa.bindparam("account_id", type_=sa.Integer),
            TalkWish.closed_at.is_(None),
        )
        .label("is_asked"),
    )
    .join(Assessment, Assessment.id == Release.assessment_id)
    .join(Instrument, Instrument.id == Assessment.instrument_id)
    .where(_IS_OPEN)
    .order_by(Assessment.taken_on.desc(), Release.id)
)


def released(connection: sa.Connection, grant: Grant, scope: Scope) -> Rows:
    """List what was released to the parents of this child, newest first, and whether this reader asked about it."""
    rows = _RELEASED.rows(connection, **child(grant), today=scope.today, account_id=scope.account_id)
    return [row for row in rows if is_for(grant, row)]


_SCORES = Prepared(
    sa.select(
        AssessmentScore.assessment_id,
        AssessmentScore.value_raw,
        AssessmentScore.value_num,
        AssessmentScore.ci_low,
        AssessmentScore.ci_high,
        Assessment.taken_on,
        Assessment.respondent,
        Instrument.kind,
        Instrument.name,
        Instrument.subject,
        Scale.measure,
        Scale.comparable_group,
    )
    .select_from(Release)
    .join(Assessment, Assessment.id == Release.assessment_id)
    .join(Instrument, Instrument.id == Assessment.instrument_id)
    .join(AssessmentScore, AssessmentScore.assessment_id == Assessment.id)
    .join(Scale, Scale.id == AssessmentScore.scale_id)
    .where(
        _IS_OPEN,
        Instrument.kind == InstrumentKind.TEST,
        Scale.measure.in_((Measure.SKILL, Measure.LEVEL)),
        AssessmentScore.part == "",
    )
    .order_by(AssessmentScore.id)
)


def scores(connection: sa.Connection, grant: Grant, scope: Scope) -> Rows:
    """List scores and levels of the tests released to the parents of this child; a score is for `own_growth` only."""
    rows = _SCORES.rows(connection, **child(grant), today=scope.today)
    return [row for row in rows if is_for(grant, row)]


def release(connection: sa.Connection, grant: Grant, scope: Scope, uid: UUID) -> AnyRow:
    """Find one release that this reader may read, or raise `NotFoundError`."""
    chosen = (
        sa.select(Release.id, Assessment.respondent, Instrument.kind)
        .join(Assessment, Assessment.id == Release.assessment_id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(_IS_OPEN, Release.uid == uid)
    )
    row = connection.execute(chosen, child(grant) | {"today": scope.today}).one_or_none()
    if row is None or not is_for(grant, row):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return row


def is_asked(connection: sa.Connection, scope: Scope, release_id: int) -> bool:
    """Tell whether this reader has an open wish about this release already."""
    mine = (TalkWish.release_id == release_id, TalkWish.account_id == scope.account_id, TalkWish.closed_at.is_(None))
    return connection.execute(sa.select(TalkWish.id).where(*mine).limit(1)).first() is not None


_PIECES = Prepared(
    sa.select(PortfolioPiece.title, PortfolioPiece.made_on)
    .where(PortfolioPiece.school_id == SCHOOL, PortfolioPiece.pupil_id == PUPIL)
    .order_by(PortfolioPiece.made_on.desc(), PortfolioPiece.id.desc())
    .limit(PIECES)
)


def pieces(connection: sa.Connection, grant: Grant) -> Rows:
    """List the newest pieces of the child's portfolio by their titles."""
    return _PIECES.rows(connection, **child(grant)) if Kind.PORTFOLIO in grant.kinds else []
