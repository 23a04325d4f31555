"""With what someone can log in: app, passkeys, recovery codes, a letter. Asked while there is no `Scope` yet."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from models.account import Account, Authenticator, Invitation, Passkey, RecoveryCode
from models.queries.scope import AnyRow


def authenticator(connection: sa.Connection, account_id: int) -> AnyRow | None:
    """Read someone's authenticator app, confirmed or not."""
    return connection.execute(
        sa.select(Authenticator.secret, Authenticator.confirmed_at, Authenticator.last_step).where(
            Authenticator.account_id == account_id
        )
    ).one_or_none()


def passkeys(connection: sa.Connection, account_id: int) -> Sequence[AnyRow]:
    """List someone's passkeys, oldest first."""
    return connection.execute(
        sa.select(Passkey.credential_id, Passkey.name, Passkey.created_at, Passkey.used_at)
        .where(Passkey.account_id == account_id)
        .order_by(Passkey.id)
    ).all()


def passkey(connection: sa.Connection, credential_id: bytes) -> AnyRow | None:
    """Find a passkey with the account it opens."""
    return connection.execute(
        sa.select(Passkey.public_key, Passkey.sign_count, Account.id, Account.login, Account.uid, Account.disabled_at)
        .join(Account, Account.id == Passkey.account_id)
        .where(Passkey.credential_id == credential_id)
    ).one_or_none()


def recovery_codes_left(connection: sa.Connection, account_id: int) -> int:
    """Count the recovery codes that were not used yet."""
    unused = sa.select(sa.func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return connection.scalar(unused) or 0


def has_second_factor(connection: sa.Connection, account_id: int) -> bool:
    """Tell whether someone has an app or a passkey in use."""
    app = authenticator(connection, account_id)
    return (app is not None and app.confirmed_at is not None) or bool(passkeys(connection, account_id))


def is_invited(connection: sa.Connection, account_id: int, code_hash: bytes, now: datetime) -> bool:
    """Tell whether this is the code of a letter to this account that still counts."""
    letter = sa.exists().where(
        Invitation.account_id == account_id,
        Invitation.code_hash == code_hash,
        Invitation.used_at.is_(None),
        Invitation.expires_at > now,
    )
    return bool(connection.scalar(sa.select(letter)))


def public_id(connection: sa.Connection, account_id: int) -> AnyRow:
    """Read by what id the outside knows an account, for the passkey that is made for it."""
    return connection.execute(
        sa.select(Account.uid, Account.login, Account.display_name).where(Account.id == account_id)
    ).one()
