"""Who looked at whom, for people: at one child, over a whole school since it was last gone through, by one account."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from models.account import Account
from models.audit import AccessLog, AccessLogHead, AccessLogReview
from models.person import Pupil
from models.queries.scope import AnyRow, Grant
from models.rules.access import Kind
from models.rules.alarms import Look
from models.school import School

REFUSED, OPENED = "refused", "opened"
TEN_MINUTES, DAY = 15, 10
FILES = ("sheet", "contact", *(kind.value for kind in Kind))
"""Pages that are the file of one child; the list of a group and what a search finds are not."""

_NAMES = (Pupil.given_name, Pupil.first_names, Pupil.prefix, Pupil.family_name)


def looks_at(connection: sa.Connection, grant: Grant, since: datetime) -> Sequence[AnyRow]:
    """List every look at this child since a moment, newest first, with the name of the account."""
    grant.ground_for(Kind.ACCESS_LOG)
    return connection.execute(
        sa.select(
            *(AccessLog.at, AccessLog.account_id, AccessLog.role, AccessLog.kind, AccessLog.action, AccessLog.ground),
            Account.display_name,
        )
        .outerjoin(Account, Account.id == AccessLog.account_id)
        .where(AccessLog.school_id == grant.school_id, AccessLog.pupil_id == grant.pupil_id, AccessLog.at >= since)
        .order_by(AccessLog.at.desc(), AccessLog.id.desc())
    ).all()


def child(connection: sa.Connection, grant: Grant) -> AnyRow:
    """Read the child's names and school."""
    return connection.execute(
        sa.select(Pupil.uid, *_NAMES, School.name.label("school"))
        .join(School, School.id == Pupil.school_id)
        .where(Pupil.id == grant.pupil_id, Pupil.school_id == grant.school_id)
    ).one()


def reviews(connection: sa.Connection, school_id: int) -> Sequence[AnyRow]:
    """List when this school's log was gone through, newest first."""
    return connection.execute(
        sa.select(
            *(AccessLogReview.through, AccessLogReview.reviewed_at, AccessLogReview.reviewed_by, AccessLogReview.remark)
        )
        .where(AccessLogReview.school_id == school_id)
        .order_by(AccessLogReview.reviewed_at.desc(), AccessLogReview.id.desc())
    ).all()


def school(connection: sa.Connection, school_id: int) -> AnyRow:
    """Read the name of the school and since when it is here."""
    return connection.execute(sa.select(School.name, School.created_at).where(School.id == school_id)).one()


def newest(connection: sa.Connection) -> int:
    """Return the number of the newest line."""
    return connection.execute(sa.select(AccessLogHead.number)).scalar_one()


def totals(connection: sa.Connection, school_id: int, after: int) -> Sequence[AnyRow]:
    """Count per account and action the looks at files after a line, and at how many children."""
    return connection.execute(
        sa.select(
            AccessLog.account_id,
            Account.display_name,
            AccessLog.action,
            sa.func.count().label("lines"),
            sa.func.count(AccessLog.pupil_id.distinct()).label("children"),
        )
        .outerjoin(Account, Account.id == AccessLog.account_id)
        .where(*_of_school(school_id, after), AccessLog.kind.in_(FILES))
        .group_by(AccessLog.account_id, Account.display_name, AccessLog.action)
    ).all()


def busy(connection: sa.Connection, school_id: int, after: int, most: int, bucket: int) -> list[Look]:
    """List the looks, in order of time, of who may have looked at `most` or more children in a short time.

    `bucket` is how much of "2026-11-22 17:05" is one span of the clock: 15 is ten minutes, 10 a day. A burst as long as
    a span lies in at most two of them, so half of it lies in one: who never had that much is not looked at further.
    A whole day counts only what was opened for a reason.
    """
    these = (
        *_of_school(school_id, after),
        AccessLog.account_id.is_not(None),
        AccessLog.pupil_id.is_not(None),
        AccessLog.kind.in_(FILES),
        AccessLog.action == OPENED if bucket == DAY else AccessLog.action != REFUSED,
    )
    span = sa.func.substr(sa.cast(AccessLog.at, sa.String), 1, bucket)
    many = (
        sa.select(AccessLog.account_id)
        .where(*these)
        .group_by(AccessLog.account_id, span)
        .having(sa.func.count(AccessLog.pupil_id.distinct()) >= most // 2)
    )
    accounts = set(connection.scalars(many))
    if not accounts:
        return []
    rows = connection.execute(
        sa.select(AccessLog.at, AccessLog.account_id, AccessLog.pupil_id)
        .where(*these, AccessLog.account_id.in_(accounts))
        .order_by(AccessLog.at, AccessLog.id)
    )
    return [Look(row.at, row.account_id, row.pupil_id) for row in rows]


def names_of(connection: sa.Connection, account_ids: Sequence[int]) -> dict[int, str]:
    """The names of these accounts."""
    rows = connection.execute(sa.select(Account.id, Account.display_name).where(Account.id.in_(account_ids)))
    return {row.id: row.display_name for row in rows}


def touched(connection: sa.Connection, login: str, since: datetime, until: datetime) -> Sequence[AnyRow]:
    """List which children an account saw something of in a period, and which kinds: for a report of a data breach.

    For the command line, which is inside the machine already. A child whose name is gone is still counted.
    """
    return connection.execute(
        sa.select(
            AccessLog.school_id,
            AccessLog.pupil_id,
            AccessLog.kind,
            *_NAMES,
            sa.func.count().label("times"),
            sa.func.min(AccessLog.at).label("first"),
            sa.func.max(AccessLog.at).label("last"),
        )
        .join(Account, Account.id == AccessLog.account_id)
        .outerjoin(Pupil, sa.and_(Pupil.id == AccessLog.pupil_id, Pupil.school_id == AccessLog.school_id))
        .where(
            Account.login == login.strip().lower(),
            AccessLog.pupil_id.is_not(None),
            AccessLog.action != REFUSED,
            AccessLog.at >= since,
            AccessLog.at < until,
        )
        .group_by(AccessLog.school_id, AccessLog.pupil_id, AccessLog.kind, *_NAMES)
        .order_by(AccessLog.school_id, AccessLog.pupil_id, AccessLog.kind)
    ).all()


def _of_school(school_id: int, after: int) -> tuple[sa.ColumnElement[bool], ...]:
    # The number stands in the primary key, so that only what is new is read however long the log has become.
    return (AccessLog.id > after, AccessLog.school_id == school_id)
