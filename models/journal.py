"""What people write about a child: notes, observations, talks, and what a child is proud of."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import DataClass, NoteKind, Readers, Retention, Tone


class Note(SchoolRow):
    """A few sentences about a child; a correction is a new note that names the old one.

    There is no hidden personal note: what stands here is part of the dossier (AVG art. 15). `readers` is chosen by the
    writer and visible to every reader. Notes written here name the account; `together` is the same for one text about
    several children.
    """

    __tablename__ = "note"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "author:staff", "delivery", "corrects:note"),
        sa.Index(None, "pupil_id", "observed_on"),
        sa.CheckConstraint(
            "author_id IS NOT NULL OR account_id IS NOT NULL OR delivery_id IS NOT NULL", name="has_origin"
        ),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    author_id: Mapped[int | None] = column(DataClass.TRACE)
    account_id: Mapped[int | None] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    together: Mapped[UUID | None] = column(DataClass.TECHNICAL)
    observed_on: Mapped[date] = column(DataClass.JOURNAL)
    written_at: Mapped[datetime] = column(DataClass.TRACE)
    kind: Mapped[NoteKind] = coded(NoteKind, DataClass.JOURNAL)
    tone: Mapped[Tone] = coded(Tone, DataClass.JOURNAL, default=Tone.NEUTRAL)
    readers: Mapped[Readers] = coded(Readers, DataClass.JOURNAL, default=Readers.TEAM)
    body: Mapped[str] = column(DataClass.JOURNAL)
    corrects_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    delivery_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    locator: Mapped[str | None] = column(DataClass.TRACE, sa.String(300))
