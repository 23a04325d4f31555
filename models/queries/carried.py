"""What is carried over to who stands before a group today or next year: agreements, instruction groups, who to call.

Every function takes the grant for a child or a group first; the caller asks only for kinds of data that it opens.
"""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from models.account import Account, RoleGrant
from models.attendance import Absence
from models.custody import EmergencyCard
from models.group import ClassGroup, GroupMembership, InstructionPlacement
from models.person import SourcePerson, Staff
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, THIS_YEAR, AnyRow, GroupGrant
from models.queries.sheet import GROUP, PUPIL, SCHOOL, TODAY
from models.queries.whose import AnyGrant, values, whose
from models.support import Agreement
from models.vocabulary import Role

Found = Sequence[AnyRow]

_OWNER = sa.orm.aliased(Account)


def agreements_of(connection: sa.Connection, grant: AnyGrant, today: date) -> Found:
    """Agreements that are open, of the child or of the group and its children, the first due first.

    Each with `pupil_id` (empty for one of the whole group), `body`, `agreed_on`, `due_on` and `owner`.
    """
    mine = whose(Agreement, grant)
    if isinstance(grant, GroupGrant):
        mine = sa.or_(mine, sa.and_(Agreement.school_id == SCHOOL, Agreement.group_id == GROUP))
    return connection.execute(
        sa.select(
            Agreement.pupil_id,
            Agreement.body,
            Agreement.agreed_on,
            Agreement.due_on,
            sa.func.coalesce(Staff.given_name, _OWNER.display_name).label("owner"),
        )
        .outerjoin(Staff, Staff.id == Agreement.owner_id)
        .outerjoin(_OWNER, _OWNER.id == Agreement.owner_account_id)
        .where(mine, Agreement.done_on.is_(None), Agreement.outcome.is_(None), Agreement.agreed_on <= TODAY)
        .order_by(sa.func.coalesce(Agreement.due_on, date.max), Agreement.id),
        values(grant, today),
    ).all()


def placements_of(connection: sa.Connection, grant: AnyGrant, today: date) -> Found:
    """In which instruction group of each subject they work today: `pupil_id`, `subject` and `level`.

    Only of the group that is asked about, or of the groups that the child is in: who moved to another group leaves the
    instruction groups of the old one behind.
    """
    theirs = (
        sa.select(GroupMembership.group_id)
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(SourcePerson.school_id == SCHOOL, SourcePerson.pupil_id == PUPIL, ON_THE_ROLL, IN_GROUP_TODAY)
    )
    column = InstructionPlacement.group_id
    return connection.execute(
        sa.select(InstructionPlacement.pupil_id, InstructionPlacement.subject, InstructionPlacement.level)
        .join(ClassGroup, ClassGroup.id == InstructionPlacement.group_id)
        .where(
            whose(InstructionPlacement, grant),
            column == GROUP if isinstance(grant, GroupGrant) else column.in_(theirs),
            ClassGroup.school_year_id.in_(THIS_YEAR),
            InstructionPlacement.starts_on <= TODAY,
            sa.or_(InstructionPlacement.ends_on.is_(None), InstructionPlacement.ends_on >= TODAY),
        )
        .order_by(InstructionPlacement.subject, InstructionPlacement.id),
        values(grant, today),
    ).all()


def absent_in(connection: sa.Connection, grant: GroupGrant, today: date) -> Found:
    """Who of the group is absent or late today: `pupil_id`, `part` and `reason`."""
    return connection.execute(
        sa.select(Absence.pupil_id, Absence.part, Absence.reason).where(whose(Absence, grant), Absence.day == TODAY),
        values(grant, today),
    ).all()


def emergency_cards_in(connection: sa.Connection, grant: GroupGrant, today: date) -> dict[int, str]:
    """The text of the emergency card by child, of the children of the group that have one."""
    rows = connection.execute(
        sa.select(EmergencyCard.pupil_id, EmergencyCard.body).where(whose(EmergencyCard, grant)), values(grant, today)
    )
    return {row.pupil_id: row.body for row in rows}


def colleagues_of(connection: sa.Connection, grant: GroupGrant, today: date) -> Found:
    """Teachers, IB and directie who can log in today: `name`, `role`, and `group_id`, `group`, `grade` of a teacher."""
    return connection.execute(
        sa.select(
            Account.display_name.label("name"),
            RoleGrant.role,
            RoleGrant.group_id,
            ClassGroup.name.label("group"),
            ClassGroup.grade,
        )
        .join(Account, Account.id == RoleGrant.account_id)
        .outerjoin(ClassGroup, ClassGroup.id == RoleGrant.group_id)
        .where(
            RoleGrant.school_id == SCHOOL,
            RoleGrant.role.in_((Role.TEACHER, Role.IB, Role.HEAD)),
            RoleGrant.starts_on <= TODAY,
            sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= TODAY),
            Account.disabled_at.is_(None),
        )
        .order_by(Account.display_name),
        values(grant, today),
    ).all()
