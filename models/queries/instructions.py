"""Short extra instructions of a group and who is asked to them; what hangs on a child is practice data."""

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from models.attention import Instruction, InstructionPupil
from models.person import SourcePerson
from models.practice import LearningObjective
from models.provenance import Source
from models.queries.prepared import Prepared, Rows
from models.queries.scope import GroupGrant, NotFoundError
from models.queries.sheet import GROUP, IS_OF_GROUP, SCHOOL, SINCE, children
from models.rules.access import Kind

_OF_GROUP = (
    sa.select(
        *(Instruction.id, Instruction.uid, Instruction.title, Instruction.planned_on, Instruction.held_on),
        *(Instruction.objective_id, InstructionPupil.pupil_id),
    )
    .join(InstructionPupil, InstructionPupil.instruction_id == Instruction.id)
    .where(Instruction.school_id == SCHOOL, Instruction.group_id == GROUP)
    .order_by(Instruction.planned_on, Instruction.id, InstructionPupil.id)
)
_OPEN = Prepared(
    _OF_GROUP.where(
        Instruction.planned_on >= SINCE, sa.or_(Instruction.held_on.is_(None), Instruction.held_on >= SINCE)
    )
)
_ONE = Prepared(_OF_GROUP.where(Instruction.uid == sa.bindparam("uid", type_=sa.Uuid)))


def planned(connection: sa.Connection, grant: GroupGrant, since: date) -> Rows:
    """The instructions planned for this group from `since` on, a row for each child that is asked."""
    if Kind.PRACTICE not in grant.kinds:
        return []
    return _OPEN.rows(connection, school_id=grant.school_id, group_id=grant.group_id, since=since)


def one(connection: sa.Connection, grant: GroupGrant, uid: UUID) -> Rows:
    """One instruction of this group, a row for each child; raises `NotFoundError` when it is not of this group."""
    rows = (
        _ONE.rows(connection, school_id=grant.school_id, group_id=grant.group_id, uid=uid)
        if Kind.PRACTICE in grant.kinds
        else []
    )
    if not rows:
        raise NotFoundError(school_id=grant.school_id)
    return rows


def objective(connection: sa.Connection, grant: GroupGrant, subject: str, name: str, today: date) -> int | None:
    """Find the learning objective of a platform that children of this group work on."""
    platforms = sa.select(SourcePerson.source_id).where(IS_OF_GROUP)
    return connection.scalars(
        sa.select(LearningObjective.id)
        .join(Source, Source.id == LearningObjective.source_id)
        .where(
            LearningObjective.school_id == SCHOOL,
            LearningObjective.subject == subject,
            LearningObjective.name == name,
            LearningObjective.source_id.in_(platforms),
        )
        .order_by(LearningObjective.id),
        children(grant, today),
    ).first()
