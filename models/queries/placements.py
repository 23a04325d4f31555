"""In which instruction group each child of a group works, now and before: part of what was agreed (`SUPPORT_PLAN`).

Of the children who are in the group today; who left it is not spoken of here any more.
"""

from datetime import date

import sqlalchemy as sa

from models.account import Account
from models.group import InstructionPlacement
from models.queries.prepared import Prepared, Rows
from models.queries.scope import GroupGrant
from models.queries.sheet import CHILDREN, GROUP, SCHOOL, children
from models.rules.access import Kind

_OF_GROUP = (
    sa.select(
        InstructionPlacement.id,
        InstructionPlacement.pupil_id,
        InstructionPlacement.subject,
        InstructionPlacement.level,
        InstructionPlacement.reason,
        InstructionPlacement.is_own_choice,
        InstructionPlacement.starts_on,
        InstructionPlacement.ends_on,
        InstructionPlacement.account_id,
        Account.display_name.label("author"),
    )
    .join(Account, Account.id == InstructionPlacement.account_id)
    .where(
        InstructionPlacement.school_id == SCHOOL,
        InstructionPlacement.group_id == GROUP,
        InstructionPlacement.pupil_id.in_(CHILDREN),
    )
    .order_by(InstructionPlacement.starts_on, InstructionPlacement.id)
)
_NOW = Prepared(_OF_GROUP.where(InstructionPlacement.ends_on.is_(None)))
_OF_SUBJECT = Prepared(
    _OF_GROUP.where(InstructionPlacement.subject == sa.bindparam("subject", type_=InstructionPlacement.subject.type))
)


def placed_now(connection: sa.Connection, grant: GroupGrant, today: date) -> Rows:
    """Where each child works now, a row for each subject it is placed in."""
    return _NOW.rows(connection, **children(grant, today)) if Kind.SUPPORT_PLAN in grant.kinds else []


def placements_of(connection: sa.Connection, grant: GroupGrant, subject: str, today: date) -> Rows:
    """Where each child worked in one subject since the group began, oldest first; `ends_on` is empty for now."""
    if Kind.SUPPORT_PLAN not in grant.kinds:
        return []
    return _OF_SUBJECT.rows(connection, **children(grant, today), subject=subject)
