"""News of school: who sees which, and who may write or take it back.

Who stands before a group writes to its parents; IB, directie and administratie to any group and to the whole school.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.announcements import AnnouncementLine, AnnouncementsPage, GroupChoice, NewAnnouncement
from api.security.access import ANNOUNCE, Visit
from models.message import Announcement
from models.queries import announcements as read
from models.queries.groups import visible_groups
from models.queries.scope import WHOLE_SCHOOL, NotFoundError, Scope, authorize_group, group_name
from models.rules.names import natural_order

STANDS_FOR = timedelta(days=14)
TO_SCHOOL = frozenset(WHOLE_SCHOOL)


def announcements_for(visit: Visit, most: int | None = None) -> list[AnnouncementLine]:
    """List the news that stands there today for this reader, newest first; for parents: of school and own groups."""
    return [_line(visit, row) for row in read.announcements(visit.connection, visit.scope)[:most]]


def compose_announcements(visit: Visit) -> AnnouncementsPage:
    """Compose the page: for parents what stands there today; for who writes also what will, and the form."""
    may_write = bool(visit.scope.roles & ANNOUNCE.roles)
    rows = read.announcements(visit.connection, visit.scope, coming=may_write)
    groups = visible_groups(visit.connection, visit.scope) if may_write else []
    named = sorted((GroupChoice(id=row.uid, name=group_name(row.name)) for row in groups), key=_order)
    return AnnouncementsPage(
        announcements=[_line(visit, row) for row in rows],
        groups=named,
        may_write=may_write,
        may_write_to_school=bool(_schools(visit.scope)),
        until=visit.today + STANDS_FOR,
    )


def announce(visit: Visit, wanted: NewAnnouncement) -> UUID:
    """Write news; the same news that stands there already is not written again: a hand presses twice."""
    school_id, group_id = _addressed(visit, wanted.group)
    shown_from = wanted.shown_from or visit.today
    until = wanted.shown_until or max(shown_from, visit.today) + STANDS_FOR
    if until < max(shown_from, visit.today):
        raise ForPeopleError("De laatste dag ligt voor de eerste, of is al voorbij. Kies een latere dag.")
    for row in read.announcements(visit.connection, visit.scope, coming=True):
        if (row.school_id, row.group_id, row.title, row.body) == (school_id, group_id, wanted.title, wanted.body):
            return UUID(str(row.uid))
    uid = uuid7()
    values = {"uid": uid, "school_id": school_id, "group_id": group_id, "title": wanted.title, "body": wanted.body}
    values |= {"shown_from": shown_from, "shown_until": until, "account_id": visit.scope.account_id}
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.insert(Announcement).values(values))
    return uid


def take_back(visit: Visit, uid: UUID) -> None:
    """Let news stand there no longer; raises `NotFoundError` for news that this reader may not take back."""
    row = read.announcement(visit.connection, visit.scope, uid)
    if not _may_end(visit.scope, row):
        raise NotFoundError(school_id=row.school_id)
    with writing(visit.kit.engine) as connection:
        change = sa.update(Announcement).where(Announcement.id == row.id)
        connection.execute(change.values(shown_until=visit.today - timedelta(days=1)))


def _addressed(visit: Visit, group: UUID | None) -> tuple[int, int | None]:
    """To which school, and group if any, this reader writes; someone of two schools says to a group of which."""
    if group is None:
        schools = _schools(visit.scope)
        if len(schools) != 1:
            raise NotFoundError
        return next(iter(schools)), None
    grant = authorize_group(visit.connection, visit.scope, group)
    if grant.group_id not in visit.scope.group_ids and grant.school_id not in _schools(visit.scope):
        raise NotFoundError(school_id=grant.school_id)
    return grant.school_id, grant.group_id


def _schools(scope: Scope) -> frozenset[int]:
    return frozenset(held.school_id for held in scope.held if held.role in TO_SCHOOL)


def _may_end(scope: Scope, row: Any) -> bool:
    writes = any(held.role in ANNOUNCE.roles for held in scope.held if held.school_id == row.school_id)
    return writes and (row.group_id in scope.group_ids or row.school_id in _schools(scope))


def _line(visit: Visit, row: Any) -> AnnouncementLine:
    return AnnouncementLine(
        id=row.uid,
        group=group_name(row.group) if row.group else "",
        title=row.title,
        body=row.body,
        shown_from=row.shown_from,
        shown_until=row.shown_until,
        author=row.author or "",
        may_end=_may_end(visit.scope, row),
    )


def _order(choice: GroupChoice) -> Any:
    return natural_order(choice.name)
