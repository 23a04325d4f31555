"""What goes by age and needs no decision about a child: refused rows, sessions, invitations, accounts, log lines.

Runs with every `kindblad retention run`, in one transaction per school; what belongs to no school goes with each.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import cast

import sqlalchemy as sa

from api import clock
from api.services.retention.erase import erase_account, erase_rows, forget_issue
from api.services.retention.group_talks import group_talks
from api.services.retention.receipts import CHILD, REPLAY
from models.account import Account, LoginSession, RoleGrant
from models.audit import AccessLog
from models.base import Base
from models.person import Guardian, Guardianship, Pupil, Staff
from models.provenance import Delivery, Issue
from models.queries.log import drop_prefix
from models.queries.owned import PERSON, children, unreferenced
from models.retention import Departure, RetentionReceipt
from models.rules.retention import LOG_AT_LEAST, RULES, WEEKS_8
from models.vocabulary import PersonRole, Retention, Role

T_ISSUE = cast("sa.Table", Issue.__table__)
T_DELIVERY = cast("sa.Table", Delivery.__table__)
T_SESSION = cast("sa.Table", LoginSession.__table__)
T_GRANT = cast("sa.Table", RoleGrant.__table__)
T_ACCOUNT = cast("sa.Table", Account.__table__)
T_BOND = cast("sa.Table", Guardianship.__table__)
T_DEPARTURE = cast("sa.Table", Departure.__table__)
T_PUPIL = cast("sa.Table", Pupil.__table__)
T_GUARDIAN = cast("sa.Table", Guardian.__table__)
T_STAFF = cast("sa.Table", Staff.__table__)
T_LOG = cast("sa.Table", AccessLog.__table__)
T_RECEIPT = cast("sa.Table", RetentionReceipt.__table__)
FAMILY = (Role.PARENT, Role.PUPIL)
NOT_OURS = "access_log_denied"
OF_STAFF = frozenset({"source_person", "staff_assignment"})
"""What the roll says of a member of staff; anything else that names them keeps them."""


def sweep(connection: sa.Connection, school_id: int, now: datetime) -> Counter[str]:
    """Let go of all that is old enough; gives the number of rows by table."""
    gone: Counter[str] = Counter()
    for part in PARTS:
        gone += part(connection, school_id, now)
    return gone


def refused_rows(connection: sa.Connection, school_id: int, now: datetime) -> Counter[str]:
    """Let go of quarantine after ninety days, decided upon or not."""
    old = T_DELIVERY.c.received_at < _moment(RULES[Retention.QUARANTINE].period.before(clock.day_of(now)))
    rows = connection.execute(
        sa.select(T_ISSUE)
        .join(T_DELIVERY, T_DELIVERY.c.id == T_ISSUE.c.delivery_id)
        .where(T_ISSUE.c.school_id == school_id, old)
    ).all()
    for row in rows:
        forget_issue(connection, row)
    return Counter(issue=len(rows))


def sessions(connection: sa.Connection, _school_id: int, now: datetime) -> Counter[str]:
    """Let go of whatever had an end (sessions, invitations, log-ins under way) a month after it."""
    before = _moment(RULES[Retention.SESSION].period.before(clock.day_of(now)))
    gone: Counter[str] = Counter()
    for table in Base.metadata.sorted_tables:
        if "expires_at" in table.c:
            ended = table.c.expires_at < before
            if "revoked_at" in table.c:
                ended = sa.or_(ended, table.c.revoked_at < before)
            gone[table.name] = connection.execute(sa.delete(table).where(ended)).rowcount
    return gone


def family_accounts(connection: sa.Connection, school_id: int, now: datetime) -> Counter[str]:
    """End the access of parents and pupils eight weeks after the last child of theirs left (E22)."""
    today = clock.day_of(now)
    left = T_DEPARTURE.c.last_day < WEEKS_8.before(today)
    away = sa.select(T_DEPARTURE.c.pupil_id).where(T_DEPARTURE.c.returned_on.is_(None), left)
    here = sa.select(T_BOND.c.guardian_id).where(T_BOND.c.pupil_id.not_in(away))
    whose = sa.select(T_BOND.c.guardian_id).where(T_BOND.c.pupil_id.in_(away), T_BOND.c.guardian_id.not_in(here))
    ended = sa.or_(T_GRANT.c.guardian_id.in_(whose), T_GRANT.c.pupil_id.in_(away))
    current = (T_GRANT.c.school_id == school_id, sa.or_(T_GRANT.c.ends_on.is_(None), T_GRANT.c.ends_on >= today))
    grants = connection.execute(
        sa.update(T_GRANT).where(*current, T_GRANT.c.role.in_(FAMILY), ended).values(ends_on=today - timedelta(days=1))
    ).rowcount
    return Counter(role_grant_ended=grants)


def idle_accounts(connection: sa.Connection, _school_id: int, now: datetime) -> Counter[str]:
    """Switch off the account of who held roles and holds none any more, nor will (E21); open sessions end."""
    today = clock.day_of(now)
    to_come = sa.or_(T_GRANT.c.ends_on.is_(None), T_GRANT.c.ends_on >= today)
    held = sa.exists().where(T_GRANT.c.account_id == T_ACCOUNT.c.id)
    idle = (T_ACCOUNT.c.disabled_at.is_(None), held, ~held.where(to_come))
    ids = connection.scalars(sa.select(T_ACCOUNT.c.id).where(*idle)).all()
    connection.execute(sa.update(T_ACCOUNT).where(T_ACCOUNT.c.id.in_(ids)).values(disabled_at=now))
    mine = (T_SESSION.c.account_id.in_(ids), T_SESSION.c.revoked_at.is_(None))
    connection.execute(sa.update(T_SESSION).where(*mine).values(revoked_at=now))
    return Counter(account_disabled=len(ids))


def family_left_behind(connection: sa.Connection, school_id: int, _now: datetime) -> Counter[str]:
    """Erase guardians with no child in any dossier, with an account that served for nothing else."""
    alone = ~sa.exists().where(T_BOND.c.guardian_id == T_GUARDIAN.c.id)
    mine = sa.select(T_GUARDIAN.c.id).where(T_GUARDIAN.c.school_id == school_id, alone)
    gone: Counter[str] = Counter()
    for guardian_id in connection.scalars(mine).all():
        grants = sa.select(T_GRANT.c.account_id).where(T_GRANT.c.guardian_id == guardian_id)
        accounts = set(connection.scalars(grants))
        gone += erase_rows(connection, T_GUARDIAN, guardian_id)
        for account_id in accounts:
            gone += erase_account(connection, account_id)
    return gone


def strangers(connection: sa.Connection, school_id: int, now: datetime) -> Counter[str]:
    """Erase what a source delivered about someone whom nobody could place, two years after it was last delivered."""
    before = _moment(RULES[Retention.DOSSIER].period.before(clock.day_of(now)))
    nobody = (PERSON.c.pupil_id.is_(None), PERSON.c.staff_id.is_(None), PERSON.c.guardian_id.is_(None))
    ids = connection.scalars(
        sa.select(PERSON.c.id)
        .join(T_DELIVERY, T_DELIVERY.c.id == PERSON.c.seen_delivery_id)
        .where(*nobody, PERSON.c.school_id == school_id, T_DELIVERY.c.received_at < before)
    ).all()
    gone: Counter[str] = Counter()
    for person_id in ids:
        gone += erase_rows(connection, PERSON, person_id)
    return gone


def former_staff(connection: sa.Connection, school_id: int, now: datetime) -> Counter[str]:
    """Erase who left the staff list two years ago and stands in no dossier as writer or owner, nor holds a role."""
    before = _moment(RULES[Retention.STAFF].period.before(clock.day_of(now)))
    here = sa.exists().where(
        PERSON.c.staff_id == T_STAFF.c.id, sa.or_(PERSON.c.vanished_at.is_(None), PERSON.c.vanished_at >= before)
    )
    named = [
        sa.exists().where(column == T_STAFF.c.id) for table, column in children(T_STAFF) if table.name not in OF_STAFF
    ]
    listed = sa.exists().where(PERSON.c.staff_id == T_STAFF.c.id, PERSON.c.role == PersonRole.STAFF)
    mine = sa.select(T_STAFF.c.id).where(T_STAFF.c.school_id == school_id, listed, ~here, ~sa.or_(*named))
    gone: Counter[str] = Counter()
    for staff_id in connection.scalars(mine).all():
        gone += erase_rows(connection, T_STAFF, staff_id)
    return gone


def old_files(connection: sa.Connection, school_id: int, now: datetime) -> Counter[str]:
    """Let go of the record of a file to which nothing refers any more, a year after it came."""
    before = _moment(RULES[Retention.IMPORT].period.before(clock.day_of(now)))
    old = (T_DELIVERY.c.school_id == school_id, T_DELIVERY.c.received_at < before, unreferenced(T_DELIVERY))
    return Counter(delivery=connection.execute(sa.delete(T_DELIVERY).where(*old)).rowcount)


def log_lines(connection: sa.Connection, _school_id: int, now: datetime) -> Counter[str]:
    """Drop the oldest lines of the access log: older than two years, of dossiers erased a year ago or of no child.

    The log is a chain, so it is cut off at the first line that must stay (E11).
    """
    today = clock.day_of(now)
    gone_since = RULES[Retention.LOG].period.before(today)
    recent = sa.select(sa.func.max(T_RECEIPT.c.at)).where(T_RECEIPT.c.what.in_((CHILD, REPLAY))).scalar_subquery()
    stays = sa.or_(
        T_LOG.c.at >= _moment(LOG_AT_LEAST.before(today)),
        T_LOG.c.pupil_id.in_(sa.select(T_PUPIL.c.id)),
        sa.and_(T_LOG.c.pupil_id.is_not(None), recent >= _moment(gone_since)),
    )
    before = connection.scalar(sa.select(sa.func.min(T_LOG.c.at)).where(stays)) or now
    try:
        with connection.begin_nested():
            return Counter(access_log=drop_prefix(connection, before, now))
    except sa.exc.ProgrammingError:  # PostgreSQL: only the owner of the tables may
        return Counter({NOT_OURS: 1})


def _moment(day: date) -> datetime:
    """Give the beginning of a day in the Netherlands."""
    return datetime.combine(day, datetime.min.time(), clock.HERE)


PARTS: tuple[Callable[[sa.Connection, int, datetime], Counter[str]], ...] = (
    refused_rows,
    sessions,
    family_accounts,
    idle_accounts,
    family_left_behind,
    strangers,
    former_staff,
    old_files,
    group_talks,
    log_lines,
)
