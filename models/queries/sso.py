"""Providers of identities and who their subjects are here; asked before there is a `Scope`, like a log-in itself."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from models import wall
from models.account import Account, LoginSession, RoleGrant
from models.queries.scope import AnyRow
from models.school import School
from models.sso import ExternalIdentity, IdentityProvider, SsoAttempt
from models.vocabulary import LoginMethod

_PROVIDER = sa.select(*IdentityProvider.__table__.columns, School.name.label("school")).join(
    School, School.id == IdentityProvider.school_id
)


def providers_for_login(connection: sa.Connection) -> Sequence[AnyRow]:
    """List the providers for the log-in page: `uid`, `label` and the name of the `school`."""
    return connection.execute(_PROVIDER.order_by(School.name, IdentityProvider.label)).all()


def providers_at(connection: sa.Connection, school_ids: Collection[int]) -> Sequence[AnyRow]:
    """List the providers of these schools, for who has an account there already."""
    return [row for row in providers_for_login(connection) if row.school_id in school_ids]


def provider(connection: sa.Connection, uid: UUID) -> AnyRow | None:
    """Find a provider by the id in its addresses."""
    return connection.execute(_PROVIDER.where(IdentityProvider.uid == uid)).one_or_none()


def of_school(connection: sa.Connection, school_id: int) -> Sequence[AnyRow]:
    """List the providers of a school, with how many people are linked."""
    linked = (
        sa.select(sa.func.count())
        .where(ExternalIdentity.provider_id == IdentityProvider.id)
        .scalar_subquery()
        .label("linked")
    )
    return connection.execute(
        _PROVIDER.add_columns(linked).where(IdentityProvider.school_id == school_id).order_by(IdentityProvider.label)
    ).all()


def identity(connection: sa.Connection, provider_id: int, subject: str) -> AnyRow | None:
    """Find whose identity this is here; by provider and subject, by nothing else."""
    return connection.execute(
        sa.select(ExternalIdentity.id, ExternalIdentity.account_id, Account.disabled_at)
        .join(Account, Account.id == ExternalIdentity.account_id)
        .where(ExternalIdentity.provider_id == provider_id, ExternalIdentity.subject == subject)
    ).one_or_none()


def belongs(connection: sa.Connection, account_id: int, school_id: int, today: date) -> bool:
    """Tell whether an account holds a role at this school, today or later."""
    wall.see_own(connection, account_id)
    lasts = sa.or_(RoleGrant.ends_on.is_(None), RoleGrant.ends_on >= today)
    found = sa.exists().where(RoleGrant.account_id == account_id, RoleGrant.school_id == school_id, lasts)
    return bool(connection.scalar(sa.select(found)))


def arrival(connection: sa.Connection, code_hash: bytes, now: datetime) -> AnyRow | None:
    """Find someone a provider named and we do not know, by the code on their screen."""
    return connection.execute(
        sa.select(
            SsoAttempt.id, SsoAttempt.provider_id, SsoAttempt.school_id, SsoAttempt.subject, SsoAttempt.email
        ).where(SsoAttempt.code_hash == code_hash, SsoAttempt.expires_at > now, SsoAttempt.subject.is_not(None))
    ).one_or_none()


def began_at(connection: sa.Connection, session_id: int) -> UUID | None:
    """The provider with which this session began; None when it began with a password or passkey."""
    return connection.scalar(
        sa.select(IdentityProvider.uid)
        .join(ExternalIdentity, ExternalIdentity.provider_id == IdentityProvider.id)
        .join(LoginSession, LoginSession.account_id == ExternalIdentity.account_id)
        .where(LoginSession.id == session_id, LoginSession.method == LoginMethod.SSO)
        .order_by(ExternalIdentity.used_at.desc())
        .limit(1)
    )
