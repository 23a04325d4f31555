"""Who logs in and what they hold; the only queries that come before there is a `Scope`."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

import sqlalchemy as sa

from models import wall
from models.account import Account, Authenticator, LoginSession, Passkey, RoleGrant
from models.group import ClassGroup
from models.person import Guardianship
from models.queries.custody import HAS_CUSTODY
from models.queries.prepared import Prepared
from models.queries.scope import THIS_YEAR, AnyRow, Held, Scope
from models.rules.custody import adult_since
from models.school import School
from models.vocabulary import Role

_TODAY = sa.bindparam("today", type_=sa.Date)
_HAS_SECOND_FACTOR = sa.or_(
    sa.exists().where(Authenticator.account_id == Account.id, Authenticator.confirmed_at.is_not(None)),
    sa.exists().where(Passkey.account_id == Account.id),
)
_ROLE_TODAY = sa.and_(
    RoleGrant.account_id == Account.id,
    RoleGrant.starts_on <= _TODAY,
    sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= _TODAY),
)
_CHILD_TODAY = sa.and_(
    RoleGrant.role == Role.PARENT,
    Guardianship.guardian_id == RoleGrant.guardian_id,
    Guardianship.school_id == RoleGrant.school_id,
    HAS_CUSTODY,
)
_HELD = (
    Account.id.label("account_id"),
    Account.display_name,
    RoleGrant.id.label("grant_id"),
    RoleGrant.role,
    RoleGrant.school_id,
    RoleGrant.group_id,
    sa.case((RoleGrant.role == Role.PUPIL, RoleGrant.pupil_id), else_=Guardianship.pupil_id).label("pupil_id"),
    ClassGroup.uid.label("group_uid"),
    ClassGroup.name.label("group_name"),
)
_GROUP_OF_THIS_YEAR = sa.and_(ClassGroup.id == RoleGrant.group_id, ClassGroup.school_year_id.in_(THIS_YEAR))
_SESSION = Prepared(
    sa.select(
        LoginSession.id.label("session_id"),
        LoginSession.seen_at,
        LoginSession.method,
        LoginSession.second_factor_at,
        _HAS_SECOND_FACTOR.label("has_second_factor"),
        Account.login,
        Account.language,
        *_HELD,
    )
    .join(Account, Account.id == LoginSession.account_id)
    .outerjoin(RoleGrant, _ROLE_TODAY)
    .outerjoin(Guardianship, _CHILD_TODAY)
    .outerjoin(ClassGroup, _GROUP_OF_THIS_YEAR)
    .where(
        LoginSession.token_hash == sa.bindparam("token_hash"),
        LoginSession.revoked_at.is_(None),
        LoginSession.expires_at > sa.bindparam("now", type_=LoginSession.expires_at.type),
        LoginSession.seen_at > sa.bindparam("idle_since", type_=LoginSession.seen_at.type),
        Account.disabled_at.is_(None),
    )
    .order_by(RoleGrant.id)
)
_AT_SCHOOL = (
    sa.select(*_HELD)
    .join(RoleGrant, _ROLE_TODAY)
    .outerjoin(Guardianship, _CHILD_TODAY)
    .outerjoin(ClassGroup, _GROUP_OF_THIS_YEAR)
    .where(RoleGrant.school_id == sa.bindparam("school_id"), Account.disabled_at.is_(None))
    .order_by(Account.display_name, Account.id, RoleGrant.id)
)


def session(
    connection: sa.Connection, token_hash: bytes, today: date, now: datetime, idle_since: datetime
) -> Sequence[AnyRow]:
    """Read an open session with its account, the roles held today and a parent's children; no rows when it is over."""
    wall.see_as_session(connection, token_hash)
    moments = {"today": today, "now": now, "idle_since": idle_since, "adult_since": adult_since(today)}
    return _SESSION.rows(connection, token_hash=token_hash, **moments)


def held(rows: Iterable[AnyRow]) -> tuple[Held, ...]:
    """Bring the lines of one account together into the roles it holds today."""
    found = []
    for grant_id, lines in groupby(rows, key=lambda row: row.grant_id):
        first, *others = lines
        if grant_id is not None:
            pupils = frozenset(row.pupil_id for row in (first, *others) if row.pupil_id is not None)
            found.append(Held(first.role, first.school_id, first.group_id, pupils, first.group_uid, first.group_name))
    return tuple(found)


def everyone_at(connection: sa.Connection, school_id: int, today: date, now: datetime) -> list[tuple[str, Scope]]:
    """List everyone who can log in and holds a role at this school: the name, and what they would ask as now."""
    moments = {"today": today, "now": now, "adult_since": adult_since(today)}
    rows = connection.execute(_AT_SCHOOL, {"school_id": school_id, **moments}).all()
    people = [list(lines) for _, lines in groupby(rows, key=lambda row: row.account_id)]
    return [(lines[0].display_name, Scope(lines[0].account_id, today, held(lines), now)) for lines in people]


def has_ended(connection: sa.Connection, account_id: int, today: date) -> bool:
    """Tell whether all roles of an account are over; not so for who never had one, or gets one later."""
    wall.see_own(connection, account_id)
    lasts = sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)
    had, has = connection.execute(
        sa.select(sa.func.count(), sa.func.count().filter(lasts)).where(RoleGrant.account_id == account_id)
    ).one()
    return had > 0 and has == 0


def by_login(connection: sa.Connection, login: str) -> AnyRow | None:
    """Find an account by its login, in whatever case it was typed."""
    return connection.execute(
        sa.select(Account.id, Account.login, Account.display_name, Account.password_hash, Account.disabled_at).where(
            Account.login == login.strip().lower()
        )
    ).one_or_none()


def lock(connection: sa.Connection, account_id: int) -> None:
    """Keep others from changing how this account logs in until the transaction ends; SQLite has one writer anyway."""
    connection.execute(sa.select(Account.id).where(Account.id == account_id).with_for_update())


def open_since(connection: sa.Connection, session_id: int) -> datetime | None:
    """Since when a session is open; None when it was ended, or its account switched off."""
    chosen = sa.select(LoginSession.created_at).join(Account, Account.id == LoginSession.account_id)
    is_open = (LoginSession.revoked_at.is_(None), Account.disabled_at.is_(None))
    return connection.scalar(chosen.where(LoginSession.id == session_id, *is_open))


def sessions_of(connection: sa.Connection, account_id: int, now: datetime) -> Sequence[AnyRow]:
    """List the open sessions of an account, newest first; those of another's only directie and beheer ask for."""
    return connection.execute(
        sa.select(
            LoginSession.id,
            LoginSession.token_hash,
            LoginSession.created_at,
            LoginSession.seen_at,
            LoginSession.method,
            LoginSession.second_factor_at,
            LoginSession.device,
        )
        .where(
            LoginSession.account_id == account_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > now,
        )
        .order_by(LoginSession.created_at.desc())
    ).all()


def everyone(connection: sa.Connection) -> Sequence[AnyRow]:
    """List all accounts with each of their roles, for the administrator's command line."""
    return connection.execute(
        sa.select(
            Account.login,
            Account.display_name,
            Account.disabled_at,
            RoleGrant.role,
            RoleGrant.starts_on,
            RoleGrant.ends_on,
            School.name.label("school"),
            ClassGroup.name.label("group"),
        )
        .outerjoin(RoleGrant, RoleGrant.account_id == Account.id)
        .outerjoin(School, School.id == RoleGrant.school_id)
        .outerjoin(ClassGroup, ClassGroup.id == RoleGrant.group_id)
        .order_by(Account.login, RoleGrant.id)
    ).all()
