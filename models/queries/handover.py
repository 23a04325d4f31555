"""What is handed over to the next teacher of a child, or of each child of a group, from a day on.

The caller asks only for kinds of data that the grant opens; of notes only those for the whole team are read at all.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from models.account import Account
from models.group import ClassGroup, GroupMembership, InstructionPlacement
from models.journal import Note
from models.person import SourcePerson, Staff
from models.queries.discussed import IS_DISCUSSION
from models.queries.dossier import KIND_OF_NOTE
from models.queries.scope import AnyRow
from models.queries.whose import AnyGrant, values, whose
from models.school import SchoolYear
from models.support import Goal
from models.talk import Talk
from models.vocabulary import NoteKind, Readers, Tone

Found = Sequence[AnyRow]
WORTH = (NoteKind.TALENT, NoteKind.OBSERVATION, NoteKind.PUPIL_TALK)
"""Notes that are handed over: what a child is proud of, what was seen to go well, what it said itself."""


def year_starts_on(connection: sa.Connection, today: date) -> date:
    """The first day of the school year of today; 1 August when the school has none for today."""
    covers = (SchoolYear.starts_on <= today, SchoolYear.ends_on >= today)
    known = connection.scalar(sa.select(sa.func.min(SchoolYear.starts_on)).where(*covers))
    return known or date(today.year if today.month >= 8 else today.year - 1, 8, 1)


def notes_of(connection: sa.Connection, grant: AnyGrant, since: date, today: date) -> Found:
    """Talents, what went well and what the child said, of the kinds that may be read, newest first."""
    kinds = [kind for kind in WORTH if KIND_OF_NOTE[kind] in grant.kinds]
    if not kinds:
        return []
    corrected = sa.select(Note.corrects_id).where(whose(Note, grant), Note.corrects_id.is_not(None))
    return connection.execute(
        sa.select(
            Note.pupil_id,
            Note.kind,
            Note.observed_on,
            Note.body,
            sa.func.coalesce(Staff.given_name, Account.display_name).label("author"),
        )
        .outerjoin(Staff, Staff.id == Note.author_id)
        .outerjoin(Account, Account.id == Note.account_id)
        .where(
            whose(Note, grant),
            Note.readers == Readers.TEAM,
            Note.kind.in_(kinds),
            sa.or_(Note.kind != NoteKind.OBSERVATION, Note.tone == Tone.GOOD),
            Note.observed_on >= since,
            Note.observed_on <= today,
            Note.id.not_in(corrected),
        )
        .order_by(Note.observed_on.desc(), Note.id.desc()),
        values(grant, today),
    ).all()


def goals_of(connection: sa.Connection, grant: AnyGrant, since: date, today: date) -> Found:
    """The child's own goals from a day on, newest first, with the answer of school."""
    columns = (Goal.pupil_id, Goal.body, Goal.stated_on, Goal.answer, Goal.answer_body, Goal.answered_on)
    return connection.execute(
        sa.select(*columns)
        .where(whose(Goal, grant), Goal.stated_on >= since, Goal.stated_on <= today)
        .order_by(Goal.stated_on.desc(), Goal.id.desc()),
        values(grant, today),
    ).all()


def talks_of(connection: sa.Connection, grant: AnyGrant, since: datetime, today: date) -> Found:
    """Talks about a child that ended from this moment on, the latest first: what was seen and what the child says."""
    return connection.execute(
        sa.select(Talk.pupil_id, Talk.planned_on, Talk.question, Talk.sees, Talk.child_says)
        .where(whose(Talk, grant), IS_DISCUSSION, Talk.ended_at >= since)
        .order_by(Talk.ended_at.desc(), Talk.id.desc()),
        values(grant, today),
    ).all()


def placements_left_in(connection: sa.Connection, grant: AnyGrant, year_starts_on: date, today: date) -> Found:
    """In which instruction group of each subject they worked when that school year ended: as `carried.placements_of`.

    Only of a group that they were in until its last month: who moved before left its instruction groups behind.
    """
    ends_on = connection.scalar(sa.select(SchoolYear.ends_on).where(SchoolYear.starts_on == year_starts_on).limit(1))
    last_month = (ends_on or year_starts_on) - timedelta(days=31)
    was_in = (
        sa.select(GroupMembership.id)
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(
            GroupMembership.group_id == InstructionPlacement.group_id,
            SourcePerson.pupil_id == InstructionPlacement.pupil_id,
            sa.or_(GroupMembership.ends_on.is_(None), GroupMembership.ends_on >= last_month),
        )
        .exists()
    )
    return connection.execute(
        sa.select(InstructionPlacement.pupil_id, InstructionPlacement.subject, InstructionPlacement.level)
        .join(ClassGroup, ClassGroup.id == InstructionPlacement.group_id)
        .join(SchoolYear, SchoolYear.id == ClassGroup.school_year_id)
        .where(
            whose(InstructionPlacement, grant),
            SchoolYear.starts_on == year_starts_on,
            sa.or_(InstructionPlacement.ends_on.is_(None), InstructionPlacement.ends_on >= last_month),
            was_in,
        )
        .order_by(InstructionPlacement.subject, InstructionPlacement.id),
        values(grant, today),
    ).all()
