"""What parents say is not right about their child: their own, those that stay with a child, and those to answer.

A parent's own words come back to that guardian only; colleagues who see the thing see that it is disputed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.correction import CorrectionRequest
from models.group import GroupMembership
from models.person import Pupil, SourcePerson
from models.portfolio import PortfolioPiece
from models.queries.asked import asked
from models.queries.groups import NAMES
from models.queries.prepared import Prepared, Rows
from models.queries.released import to_parents
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow, Grant, NotFoundError, Scope
from models.queries.sheet import PUPIL, SCHOOL, child
from models.release import Release
from models.report_card import ReportCard
from models.result import Assessment, Instrument
from models.support import Agreement, Goal, SupportPoint
from models.talk import TalkVoice
from models.vocabulary import CorrectionAnswer, Role, SupportKind

ANSWERING = (Role.IB, Role.HEAD)

_STANDING = Prepared(
    sa.select(
        CorrectionRequest.uid,
        CorrectionRequest.kind,
        CorrectionRequest.about,
        CorrectionRequest.about_uid,
        CorrectionRequest.answer,
    )
    .where(
        CorrectionRequest.school_id == SCHOOL,
        CorrectionRequest.pupil_id == PUPIL,
        sa.or_(CorrectionRequest.answer.is_(None), CorrectionRequest.answer != CorrectionAnswer.CORRECTED),
    )
    .order_by(CorrectionRequest.id)
)
_ABOUT = asked(CorrectionRequest)


def disputes_of(connection: sa.Connection, grant: Grant) -> Rows:
    """List what is disputed about this child and was not corrected, of the kinds that this grant opens."""
    return [row for row in _STANDING.rows(connection, **child(grant)) if row.kind in grant.kinds]


def child_of(connection: sa.Connection, grant: Grant) -> AnyRow:
    """Read the names and the birthday, which a parent may dispute too."""
    return connection.execute(
        sa.select(*NAMES, Pupil.birth_date).where(Pupil.id == grant.pupil_id, Pupil.school_id == grant.school_id)
    ).one()


def asked_by(connection: sa.Connection, grant: Grant, guardian_id: int) -> Sequence[AnyRow]:
    """List what one guardian disputed about this child, newest first."""
    chosen = _of(grant).where(CorrectionRequest.guardian_id == guardian_id)
    return connection.execute(chosen.order_by(CorrectionRequest.id.desc())).all()


def of_child(connection: sa.Connection, grant: Grant, uid: UUID) -> AnyRow:
    """Read one request about this child, for colleagues; or raise `NotFoundError`."""
    row = connection.execute(_of(grant).where(CorrectionRequest.uid == uid)).one_or_none()
    if row is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return row


def listed(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """List those of the school for IB and directie, of the own group for its teacher; open ones first."""
    return connection.execute(
        _ABOUT.where(_reached(scope)).order_by(
            CorrectionRequest.answered_at.is_not(None), CorrectionRequest.asked_at, CorrectionRequest.id
        ),
        {"today": scope.today},
    ).all()


def count_open(connection: sa.Connection, scope: Scope) -> tuple[int, datetime | None]:
    """Count those that wait, with the moment of the oldest."""
    oldest: sa.ColumnElement[datetime | None] = sa.func.min(CorrectionRequest.asked_at)
    count, since = connection.execute(
        sa.select(sa.func.count(), oldest).where(_reached(scope), CorrectionRequest.answered_at.is_(None)),
        {"today": scope.today},
    ).one()
    return count, since


def things_of(connection: sa.Connection, grant: Grant, guardian_id: int, today: date) -> Sequence[AnyRow]:
    """List what a parent sees of this child and can point at: (what, uid, words, on)."""

    def about(table: Any) -> sa.ColumnElement[bool]:
        return sa.and_(table.school_id == grant.school_id, table.pupil_id == grant.pupil_id)

    asked = sa.select(TalkVoice.talk_id).where(TalkVoice.guardian_id.is_not(None))
    mine = sa.select(TalkVoice.talk_id).where(TalkVoice.guardian_id == guardian_id)

    def heard(table: type[Agreement] | type[SupportPoint]) -> sa.ColumnElement[bool]:
        return sa.or_(table.talk_id.is_(None), table.talk_id.in_(mine), table.talk_id.not_in(asked))

    parts = [
        _thing("goal", Goal.uid, Goal.body, Goal.stated_on).where(about(Goal)),
        _thing("agreement", Agreement.uid, Agreement.body, Agreement.agreed_on).where(
            about(Agreement), heard(Agreement)
        ),
        _thing(
            sa.case((SupportPoint.kind == SupportKind.IN_CLASS, "in_class"), else_="point"),
            *(SupportPoint.uid, SupportPoint.body, SupportPoint.observed_on),
        ).where(about(SupportPoint), heard(SupportPoint), SupportPoint.ended_on.is_(None)),
        _thing("piece", PortfolioPiece.uid, PortfolioPiece.title, PortfolioPiece.made_on).where(about(PortfolioPiece)),
        _thing("report", ReportCard.uid, ReportCard.title, ReportCard.parents_from).where(
            about(ReportCard), ReportCard.released_at.is_not(None), ReportCard.parents_from <= today
        ),
        _thing("result", Release.uid, Instrument.name, Assessment.taken_on)
        .join(Assessment, Assessment.id == Release.assessment_id)
        .join(Instrument, Instrument.id == Assessment.instrument_id)
        .where(Release.school_id == grant.school_id, Release.pupil_id == grant.pupil_id, to_parents(today)),
    ]
    return connection.execute(sa.union_all(*parts).order_by(sa.text('"on" DESC'))).all()


def _thing(what: str | sa.ColumnElement[str], uid: Any, words: Any, on: Any) -> sa.Select[Any]:
    label = sa.literal(what) if isinstance(what, str) else what
    return sa.select(label.label("what"), uid.label("uid"), words.label("words"), on.label("on"))


def _of(grant: Grant) -> sa.Select[AnyRow]:
    return _ABOUT.where(CorrectionRequest.school_id == grant.school_id, CorrectionRequest.pupil_id == grant.pupil_id)


def _reached(scope: Scope) -> sa.ColumnElement[bool]:
    whole = {held.school_id for held in scope.held if held.role in ANSWERING}
    members = (
        sa.select(SourcePerson.pupil_id)
        .join(GroupMembership, GroupMembership.source_person_id == SourcePerson.id)
        .where(GroupMembership.group_id.in_(scope.group_ids), ON_THE_ROLL, IN_GROUP_TODAY)
    )
    return sa.or_(CorrectionRequest.school_id.in_(whole), CorrectionRequest.pupil_id.in_(members))
