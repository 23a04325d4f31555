"""What helps and hinders a child and what it means in class, as it holds now: the sentences that are used everywhere.

Which of them go where is `models.rules.purposes`; a SELECT here leaves out only what ended.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.account import Account
from models.person import Staff
from models.queries.scope import AnyRow, Grant, NotFoundError
from models.queries.whose import AnyGrant, values, whose
from models.support import SupportPoint
from models.vocabulary import SupportKind

AUTHOR: sa.ColumnElement[Any] = sa.func.coalesce(Staff.given_name, Account.display_name)


def points_of(connection: sa.Connection, grant: AnyGrant, today: date) -> Sequence[AnyRow]:
    """The sentences that hold for the child, or for each child of the group, newest first.

    Each with `id`, `uid`, `pupil_id`, `kind`, `body`, `observed_on` and `author`.
    """
    return connection.execute(
        sa.select(
            SupportPoint.id,
            SupportPoint.uid,
            SupportPoint.pupil_id,
            SupportPoint.kind,
            SupportPoint.body,
            SupportPoint.observed_on,
            AUTHOR.label("author"),
        )
        .outerjoin(Staff, Staff.id == SupportPoint.author_id)
        .outerjoin(Account, Account.id == SupportPoint.account_id)
        .where(whose(SupportPoint, grant), SupportPoint.ended_on.is_(None))
        .order_by(SupportPoint.observed_on.desc(), SupportPoint.id.desc()),
        values(grant, today),
    ).all()


def point(connection: sa.Connection, grant: Grant, uid: UUID) -> AnyRow:
    """Find one sentence about this child that still holds, or raise `NotFoundError`."""
    row = connection.execute(
        sa.select(SupportPoint.id, SupportPoint.kind).where(
            SupportPoint.uid == uid,
            SupportPoint.school_id == grant.school_id,
            SupportPoint.pupil_id == grant.pupil_id,
            SupportPoint.ended_on.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return row


def same(connection: sa.Connection, grant: Grant, kind: SupportKind, body: str) -> UUID | None:
    """Find the very same sentence about this child when it holds already."""
    return connection.scalar(
        sa.select(SupportPoint.uid)
        .where(
            SupportPoint.school_id == grant.school_id,
            SupportPoint.pupil_id == grant.pupil_id,
            SupportPoint.kind == kind,
            SupportPoint.body == body,
            SupportPoint.ended_on.is_(None),
        )
        .limit(1)
    )
