"""What was done with a signal on Vandaag, and the short instructions that were planned for a few children."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from models.base import SchoolRow, coded, column, public_id, within_school
from models.vocabulary import DataClass, Retention, SignalReply


class SignalAnswer(SchoolRow):
    """Someone answered a signal, which stays away while its `evidence` is the same; `topic`: subject or objective."""

    __tablename__ = "signal_answer"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("pupil", "note", "talk", "agreement", "instruction", unique_id=False),
        sa.Index(None, "pupil_id", "rule", "topic"),
    )

    uid: Mapped[UUID] = public_id()
    pupil_id: Mapped[int] = column(DataClass.TECHNICAL)
    rule: Mapped[str] = column(DataClass.TECHNICAL, sa.String(40))
    topic: Mapped[str] = column(DataClass.JOURNAL, sa.String(200), server_default="")
    evidence: Mapped[str] = column(DataClass.JOURNAL, sa.String(200))
    reply: Mapped[SignalReply] = coded(SignalReply, DataClass.JOURNAL)
    because: Mapped[str | None] = column(DataClass.JOURNAL)
    note_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    talk_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    agreement_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    instruction_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))
    answered_at: Mapped[datetime] = column(DataClass.JOURNAL)


class Instruction(SchoolRow):
    """A short extra instruction (instructietafel) on one objective for a few children of a group."""

    __tablename__ = "instruction"
    __retention__ = Retention.REFERENCE
    __table_args__ = (
        *within_school("group:class_group", "objective:learning_objective"),
        sa.Index(None, "group_id", "planned_on"),
    )

    uid: Mapped[UUID] = public_id()
    group_id: Mapped[int] = column(DataClass.TECHNICAL)
    objective_id: Mapped[int | None] = column(DataClass.TECHNICAL)
    title: Mapped[str] = column(DataClass.REFERENCE, sa.String(200))
    planned_on: Mapped[date] = column(DataClass.REFERENCE)
    held_on: Mapped[date | None] = column(DataClass.REFERENCE)
    account_id: Mapped[int] = column(DataClass.TRACE, sa.ForeignKey("account.id"))


class InstructionPupil(SchoolRow):
    """A child that is asked to the instruction."""

    __tablename__ = "instruction_pupil"
    __retention__ = Retention.DOSSIER
    __table_args__ = (
        *within_school("instruction", "pupil", unique_id=False),
        sa.UniqueConstraint("instruction_id", "pupil_id"),
        sa.Index(None, "pupil_id"),
    )

    instruction_id: Mapped[int] = column(DataClass.TECHNICAL)
    pupil_id: Mapped[int] = column(DataClass.PRACTICE)
