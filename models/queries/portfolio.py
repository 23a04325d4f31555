"""Pieces of a portfolio, their images, and what the guardians with custody now allow; always of one child at a time."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from models.person import Guardianship, Pupil
from models.portfolio import Consent, PieceImage, PortfolioPiece
from models.queries.custody import HAS_CUSTODY
from models.queries.scope import AnyRow, Grant, NotFoundError, Scope
from models.rules.access import Kind
from models.rules.consent import Allowed, allowed
from models.rules.custody import adult_since
from models.support import Goal
from models.vocabulary import ConsentPurpose

MOST_PIECES = 200
"""Of one child; a portfolio is what was chosen, not all that was made."""


def pieces(connection: sa.Connection, grant: Grant) -> Sequence[AnyRow]:
    """List the pieces of this child, newest first, with whether there is an image and the goal that they prove."""
    require(grant)
    has_image = sa.exists().where(PieceImage.piece_id == PortfolioPiece.id, PieceImage.is_small.is_(True))
    goal = sa.case((sa.literal(Kind.GOALS in grant.kinds), Goal.body))
    return connection.execute(
        sa.select(PortfolioPiece, has_image.label("has_image"), goal.label("goal"))
        .outerjoin(Goal, Goal.id == PortfolioPiece.goal_id)
        .where(*_of(grant))
        .order_by(PortfolioPiece.made_on.desc(), PortfolioPiece.id.desc())
        .limit(MOST_PIECES)
        .with_only_columns(*PortfolioPiece.__table__.c, has_image.label("has_image"), goal.label("goal"))
    ).all()


def piece_id(connection: sa.Connection, grant: Grant, uid: UUID) -> int:
    """Find a piece of this child, or raise `NotFoundError`."""
    require(grant)
    found = connection.scalar(sa.select(PortfolioPiece.id).where(*_of(grant), PortfolioPiece.uid == uid))
    if found is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return int(found)


def image(connection: sa.Connection, grant: Grant, uid: UUID, *, is_small: bool) -> bytes:
    """Read the image of a piece of this child, or raise `NotFoundError`."""
    require(grant)
    chosen = sa.select(PieceImage.content).join(PortfolioPiece, PortfolioPiece.id == PieceImage.piece_id)
    content = connection.scalar(chosen.where(*_of(grant), PortfolioPiece.uid == uid, PieceImage.is_small.is_(is_small)))
    if content is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return bytes(content)


def count(connection: sa.Connection, grant: Grant) -> int:
    """Count the pieces of this child."""
    require(grant)
    return connection.scalar(sa.select(sa.func.count()).select_from(PortfolioPiece).where(*_of(grant))) or 0


def consents(connection: sa.Connection, grant: Grant, scope: Scope) -> dict[ConsentPurpose, Allowed]:
    """Tell per purpose what the guardians with custody now allow, together; never who said what."""
    held = (
        sa.select(Guardianship.guardian_id)
        .where(Guardianship.school_id == grant.school_id, Guardianship.pupil_id == grant.pupil_id, HAS_CUSTODY)
        .correlate(None)
    )
    chosen = sa.select(Consent.purpose, Consent.guardian_id, Consent.is_given)
    moments = _moments(scope.today, scope.now)
    rows = connection.execute(
        chosen.where(*_said(grant), Consent.guardian_id.in_(held)).order_by(Consent.said_at, Consent.id), moments
    ).all()
    return {
        purpose: allowed((row.guardian_id, row.is_given) for row in rows if row.purpose is purpose)
        for purpose in ConsentPurpose
    }


def own_words(connection: sa.Connection, grant: Grant, guardian_id: int) -> Sequence[AnyRow]:
    """List what one guardian said, oldest first."""
    chosen = sa.select(Consent.purpose, Consent.is_given, Consent.said_at)
    mine = chosen.where(*_said(grant), Consent.guardian_id == guardian_id)
    return connection.execute(mine.order_by(Consent.said_at, Consent.id)).all()


def lock_pupil(connection: sa.Connection, grant: Grant) -> None:
    """Let writes about one child's portfolio wait for each other; SQLite has one writer anyway."""
    connection.execute(sa.select(Pupil.id).where(Pupil.id == grant.pupil_id).with_for_update())


def require(grant: Grant) -> None:
    """Refuse whoever does not read the portfolio of this child."""
    if Kind.PORTFOLIO not in grant.kinds:
        raise NotFoundError(grant.pupil_id, grant.school_id)


def _of(grant: Grant) -> tuple[sa.ColumnElement[bool], ...]:
    return PortfolioPiece.school_id == grant.school_id, PortfolioPiece.pupil_id == grant.pupil_id


def _said(grant: Grant) -> tuple[sa.ColumnElement[bool], ...]:
    return Consent.school_id == grant.school_id, Consent.pupil_id == grant.pupil_id


def _moments(today: date, now: datetime) -> dict[str, object]:
    return {"today": today, "now": now, "adult_since": adult_since(today)}
