"""What someone wrote about children themselves, to show once more, to take back and to correct."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from models.account import Account
from models.journal import Note
from models.person import Pupil, Staff
from models.queries.dossier import open_notes
from models.queries.scope import AnyRow, Grant, NotFoundError, Scope


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


def wordings(connection: sa.Connection, grant: Grant, scope: Scope, uid: UUID) -> Sequence[AnyRow]:
    """Read how a note about this child reads now and read before, newest first.

    Found by the uid of any of its wordings, when the reader may read the newest or wrote it; else `NotFoundError`.
    Each with `id`, `uid`, `kind`, `tone`, `readers`, `body`, `observed_on`, `written_at`, `together`, `is_mine` and
    `author`.
    """
    about = sa.and_(Note.school_id == grant.school_id, Note.pupil_id == grant.pupil_id)
    later = sa.select(Note.id).where(about, Note.uid == uid).cte("later", recursive=True)
    later = later.union(sa.select(Note.id).where(Note.corrects_id == later.c.id))
    newest = sa.select(sa.func.max(later.c.id)).scalar_subquery()
    line = sa.select(Note.id, Note.corrects_id).where(Note.id == newest).cte("line", recursive=True)
    line = line.union(sa.select(Note.id, Note.corrects_id).where(Note.id == line.c.corrects_id))
    is_mine = Note.account_id == scope.account_id
    rows = connection.execute(
        sa.select(
            Note.id,
            Note.uid,
            Note.kind,
            Note.tone,
            Note.readers,
            Note.body,
            Note.observed_on,
            Note.written_at,
            Note.together,
            is_mine.label("is_mine"),
            sa.func.coalesce(Staff.given_name, Account.display_name).label("author"),
        )
        .outerjoin(Staff, Staff.id == Note.author_id)
        .outerjoin(Account, Account.id == Note.account_id)
        .where(about, Note.id.in_(sa.select(line.c.id)), sa.or_(is_mine, open_notes(grant)))
        .order_by(Note.id.desc())
    ).all()
    if not rows:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    return rows


def written_together(connection: sa.Connection, scope: Scope, note: AnyRow) -> Sequence[AnyRow]:
    """Read `id` and `pupil_uid` of this note of the reader and of those written together with it, not corrected yet."""
    is_same = Note.together == note.together if note.together else Note.id == note.id
    corrected = sa.select(Note.corrects_id).where(Note.corrects_id.is_not(None))
    return connection.execute(
        sa.select(Note.id, Pupil.uid.label("pupil_uid"))
        .join(Pupil, Pupil.id == Note.pupil_id)
        .where(Note.account_id == scope.account_id, is_same, Note.id.not_in(corrected))
        .order_by(Note.id)
    ).all()
