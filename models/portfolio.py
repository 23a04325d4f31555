"""The talent portfolio: pieces that a child chose itself, and what its parents allow, per purpose."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import ConsentPurpose, DataClass, PieceKind, Retention


class PortfolioPiece(SchoolRow):
    """One piece that a child chose: a photo, drawing, text or link to a film; `goal_id` is the goal it proves."""

    __tablename__ = "portfolio_piece"
    __retention__ = Retention.DOSSIER
    __table_args__ = (*within_school("pupil", "goal"), sa.Index(None, "pupil_id", "made_on"))

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    goal_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    kind: Mapped[PieceKind] = coded(PieceKind, DataClass.JOURNAL)
    title: Mapped[str] = column(DataClass.JOURNAL, sa.String(120))
    body: Mapped[str] = column(DataClass.JOURNAL, server_default="")
    link: Mapped[str] = column(DataClass.JOURNAL, sa.String(300), server_default="")
    made_on: Mapped[date] = column(DataClass.JOURNAL)
    is_outside_school: Mapped[bool] = column(DataClass.JOURNAL, server_default=sa.false())
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    added_at: Mapped[datetime] = column(DataClass.TRACE)


class PieceImage(SchoolRow):
    """The image of a piece, re-encoded here: nothing of the file that came in is kept, its metadata least of all."""

    __tablename__ = "piece_image"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("piece:portfolio_piece", unique_id=False),
        sa.UniqueConstraint("piece_id", "is_small"),
    )

    piece_id: Mapped[int] = column(DataClass.TECHNICAL)
    is_small: Mapped[bool] = column(DataClass.TECHNICAL)
    width: Mapped[int] = column(DataClass.TECHNICAL)
    height: Mapped[int] = column(DataClass.TECHNICAL)
    content: Mapped[bytes] = column(DataClass.JOURNAL, sa.LargeBinary)


class Consent(SchoolRow):
    """What one guardian said about one purpose at one moment; the newest counts, and one no is enough (AVG art. 7)."""

    __tablename__ = "consent"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "guardian", unique_id=False),
        sa.Index(None, "pupil_id", "purpose"),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    guardian_id: Mapped[int] = column(DataClass.TECHNICAL)
    purpose: Mapped[ConsentPurpose] = coded(ConsentPurpose, DataClass.CUSTODY)
    is_given: Mapped[bool] = column(DataClass.CUSTODY)
    said_at: Mapped[datetime] = column(DataClass.CUSTODY)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
