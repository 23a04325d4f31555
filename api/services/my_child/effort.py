"""How much a child practised in the newest week that its school shows, and how that went; effort before outcome."""

from datetime import timedelta
from uuid import UUID

from api.schemas.my_child import Effort, WorkLine
from api.security.access import Visit
from models.queries import studyguide as read
from models.queries.scope import Grant
from models.rules.own_work import work_of

LATEST = 2
"""Weeks that are looked at: this one, and the one before when nothing was done yet."""


def effort_of(visit: Visit, grant: Grant, group_uid: UUID | None) -> tuple[Effort | None, bool]:
    """Compose the newest published week in which the child worked, and tell whether its group has a studiewijzer."""
    if group_uid is None:
        return None, False
    reader = read.reader_of(visit.connection, visit.scope, group_uid)
    monday = visit.today - timedelta(days=visit.today.weekday())
    weeks = [row.starts_on for row in read.weeks(visit.connection, reader) if row.starts_on <= monday][:LATEST]
    for starts_on in weeks:
        work = work_of(read.own_work(visit.connection, grant, reader, starts_on))
        if work is not None:
            lines = [WorkLine(subject=one.subject, goal=one.goal, days=one.days, went=one.went) for one in work.goals]
            effort = Effort(
                starts_on=starts_on,
                is_this_week=starts_on == monday,
                days=work.days,
                home_days=work.home_days,
                lines=lines,
            )
            return effort, True
    return None, bool(weeks)
