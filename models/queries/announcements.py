"""News for parents: what stands on the page today for who asks, and what staff may take back."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.account import Account
from models.group import ClassGroup, GroupMembership
from models.message import Announcement
from models.person import SourcePerson
from models.queries.prepared import Rows
from models.queries.scope import IN_GROUP_TODAY, ON_THE_ROLL, NotFoundError, Scope

_SHOWN = sa.select(
    Announcement.id,
    Announcement.uid,
    Announcement.school_id,
    Announcement.group_id,
    ClassGroup.name.label("group"),
    Announcement.title,
    Announcement.body,
    Announcement.shown_from,
    Announcement.shown_until,
    Announcement.delivery_id,
    Account.display_name.label("author"),
).outerjoin(ClassGroup, ClassGroup.id == Announcement.group_id)
_SHOWN = _SHOWN.outerjoin(Account, Account.id == Announcement.account_id)


def announcements(connection: sa.Connection, scope: Scope, *, coming: bool = False) -> Rows:
    """List what stands there today for this reader, newest first; with `coming` also what will.

    Of the school, of the groups the reader works with, and of the groups that the reader's children are in today.
    """
    own = (
        sa.select(GroupMembership.group_id)
        .join(SourcePerson, SourcePerson.id == GroupMembership.source_person_id)
        .where(SourcePerson.pupil_id.in_(scope.pupil_ids), ON_THE_ROLL, IN_GROUP_TODAY)
    )
    reaches = sa.or_(
        Announcement.group_id.is_(None),
        Announcement.group_id.in_(scope.group_ids),
        Announcement.group_id.in_(own),
        Announcement.school_id.in_(scope.whole_school_ids),
    )
    until = sa.or_(Announcement.shown_until.is_(None), Announcement.shown_until >= scope.today)
    chosen = _SHOWN.where(Announcement.school_id.in_({held.school_id for held in scope.held}), reaches, until)
    if not coming:
        chosen = chosen.where(Announcement.shown_from <= scope.today)
    newest = chosen.order_by(Announcement.shown_from.desc(), Announcement.id.desc()).limit(100)
    return connection.execute(newest, {"today": scope.today}).all()


def announcement(connection: sa.Connection, scope: Scope, uid: UUID) -> Any:
    """Read one that this reader is shown, now or later, or raise `NotFoundError`."""
    found = next((row for row in announcements(connection, scope, coming=True) if row.uid == uid), None)
    if found is None:
        raise NotFoundError
    return found
