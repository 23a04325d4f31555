"""What someone agreed to do themselves, at every school where they work."""

from collections.abc import Sequence

import sqlalchemy as sa

from models.account import RoleGrant
from models.group import ClassGroup, GroupMembership
from models.person import Pupil, SourcePerson
from models.queries.groups import NAMES
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, AnyRow, Scope
from models.support import Agreement


def promised_by(connection: sa.Connection, scope: Scope) -> Sequence[AnyRow]:
    """Open agreements of which the reader is the owner, about children; a child in several groups comes several times.

    The caller asks the authorizer about each child: who promised something may have lost the right to see it.
    """
    as_staff = sa.select(RoleGrant.staff_id).where(
        RoleGrant.account_id == scope.account_id, RoleGrant.staff_id.is_not(None)
    )
    return connection.execute(
        sa.select(
            Agreement.uid.label("agreement_uid"),
            Agreement.body,
            Agreement.due_on,
            *(Pupil.id, Pupil.uid, Pupil.school_id, *NAMES),
            ClassGroup.id.label("group_id"),
            ClassGroup.name.label("group_name"),
        )
        .join(Pupil, Pupil.id == Agreement.pupil_id)
        .outerjoin(SourcePerson, sa.and_(SourcePerson.pupil_id == Pupil.id, ON_THE_ROLL))
        .outerjoin(GroupMembership, sa.and_(GroupMembership.source_person_id == SourcePerson.id, IN_GROUP_TODAY))
        .outerjoin(ClassGroup, ClassGroup.id == GroupMembership.group_id)
        .where(
            Agreement.school_id.in_({held.school_id for held in scope.held}),
            sa.or_(Agreement.owner_account_id == scope.account_id, Agreement.owner_id.in_(as_staff)),
            Agreement.done_on.is_(None),
            Agreement.outcome.is_(None),
        )
        .order_by(Agreement.due_on.is_(None), Agreement.due_on, Agreement.id),
        {"today": scope.today},
    ).all()
