"""One agreement or one goal, found together with the reader's right to the child or group it is about.

Open means the same everywhere: neither `done_on` nor `outcome` is filled.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.account import Account
from models.group import ClassGroup
from models.person import Staff
from models.queries.scope import AnyRow, Grant, NotFoundError
from models.queries.whose import AnyGrant
from models.rules.access import Kind
from models.support import Agreement, Goal

OPEN: sa.ColumnElement[bool] = sa.and_(Agreement.done_on.is_(None), Agreement.outcome.is_(None))
_CHOSEN = (
    sa.select(
        Agreement.id,
        Agreement.uid,
        Agreement.body,
        Agreement.agreed_on,
        Agreement.due_on,
        Agreement.done_on,
        Agreement.outcome,
        Agreement.outcome_body,
        ClassGroup.uid.label("group_uid"),
        ClassGroup.name.label("group_name"),
        sa.func.coalesce(Staff.given_name, Account.display_name).label("owner"),
    )
    .outerjoin(ClassGroup, ClassGroup.id == Agreement.group_id)
    .outerjoin(Staff, Staff.id == Agreement.owner_id)
    .outerjoin(Account, Account.id == Agreement.owner_account_id)
)


def agreement(connection: sa.Connection, grant: AnyGrant, uid: UUID) -> AnyRow:
    """Find one agreement about this child, or about this group as a whole, or raise `NotFoundError`."""
    row = None
    if Kind.SUPPORT_PLAN in grant.kinds:
        row = connection.execute(_CHOSEN.where(*_about(grant), Agreement.uid == uid)).one_or_none()
    if row is None:
        raise _none(grant)
    return row


def open_of(connection: sa.Connection, grant: Grant) -> Sequence[AnyRow]:
    """What is agreed about this child and still open, the first due first."""
    if Kind.SUPPORT_PLAN not in grant.kinds:
        raise _none(grant)
    due = sa.func.coalesce(Agreement.due_on, date.max)
    return connection.execute(_CHOSEN.where(*_about(grant), OPEN).order_by(due, Agreement.id)).all()


def made_by(connection: sa.Connection, grant: Grant, uid: UUID, account_id: int) -> bool:
    """Tell whether this account made this very agreement about this child."""
    mine = (*_about(grant), Agreement.uid == uid, Agreement.account_id == account_id)
    return bool(connection.scalar(sa.select(sa.exists().where(*mine))))


def goal(connection: sa.Connection, grant: Grant, uid: UUID) -> AnyRow:
    """Find one goal of this child, or raise `NotFoundError`."""
    row = None
    if Kind.GOALS in grant.kinds:
        mine = (Goal.uid == uid, Goal.school_id == grant.school_id, Goal.pupil_id == grant.pupil_id)
        chosen = sa.select(
            Goal.id, Goal.uid, Goal.body, Goal.stated_on, Goal.answer, Goal.answer_body, Goal.answered_on
        )
        row = connection.execute(chosen.where(*mine)).one_or_none()
    if row is None:
        raise _none(grant)
    return row


def _about(grant: AnyGrant) -> tuple[Any, ...]:
    if isinstance(grant, Grant):
        return Agreement.school_id == grant.school_id, Agreement.pupil_id == grant.pupil_id
    whole = Agreement.pupil_id.is_(None)
    return Agreement.school_id == grant.school_id, whole, Agreement.group_id == grant.group_id


def _none(grant: AnyGrant) -> NotFoundError:
    return NotFoundError(grant.pupil_id if isinstance(grant, Grant) else None, grant.school_id)
