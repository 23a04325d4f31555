"""What someone wrote about children themselves, to show once more and to take back; never what others wrote."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from models.journal import Note
from models.person import Pupil
from models.queries.scope import AnyRow, NotFoundError, Scope


def mine(connection: sa.Connection, scope: Scope, uid: UUID) -> Sequence[AnyRow]:
    """Read the reader's own note with this uid and those that were written together with it, the first one first.

    Each with `id`, `uid`, `pupil_uid`, `kind`, `readers`, `body` and `written_at`. Whether the reader may still know
    the child is for `authorize`. Raises `NotFoundError` when there is none of the reader's own.
    """
    own = sa.and_(Note.uid == uid, Note.account_id == scope.account_id)
    together = sa.select(Note.together).where(own, Note.together.is_not(None)).scalar_subquery()
    rows = connection.execute(
        sa.select(Note.id, Note.uid, Pupil.uid.label("pupil_uid"), Note.kind, Note.readers, Note.body, Note.written_at)
        .join(Pupil, Pupil.id == Note.pupil_id)
        .where(Note.account_id == scope.account_id, sa.or_(Note.uid == uid, Note.together == together))
        .order_by(Note.id)
    ).all()
    if not rows:
        raise NotFoundError
    return rows
