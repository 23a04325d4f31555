"""The second step: an authenticator app, passkeys and recovery codes; setting up, showing at log-in, taking away."""

from datetime import timedelta

import sqlalchemy as sa

from api.schemas.account import AppToConnect, PasskeyLine, SecondFactor
from api.security import codes, keys, passwords, patience, sessions, totp
from api.security import passkeys as security
from api.security.access import Visit
from api.services.administration import AccountError
from api.services.login import WrongLoginError, changing
from models.account import Authenticator, RecoveryCode
from models.queries import means

PURPOSE = "authenticator"
RECOVERY, RECOVERY_CODES, RECOVERY_GROUPS = "recovery code", 10, 3
RECENT = timedelta(minutes=15)
"""So long after a second step someone may change how they log in without showing it again."""


def compose(visit: Visit) -> SecondFactor:
    """Compose the page on which someone sees and changes their second step."""
    account_id, settings = visit.scope.account_id, visit.kit.settings
    app = means.authenticator(visit.connection, account_id)
    return SecondFactor(
        is_required=sessions.needs_second_factor(settings, visit.scope.roles),
        must_begin=visit.signed_in.step is sessions.Step.SETUP,
        has_app=app is not None and app.confirmed_at is not None,
        passkeys=[
            PasskeyLine(
                handle=security.handle(row.credential_id), name=row.name, made_at=row.created_at, used_at=row.used_at
            )
            for row in means.passkeys(visit.connection, account_id)
        ],
        recovery_codes_left=means.recovery_codes_left(visit.connection, account_id),
        passkeys_at=settings.public_url if security.offered(settings) else None,
    )


def must_confirm(visit: Visit) -> bool:
    """Tell whether someone with a second step has to show it (again) before changing how they log in."""
    shown_at = visit.signed_in.second_factor_at
    is_recent = shown_at is not None and visit.now - shown_at <= RECENT
    return not is_recent and means.has_second_factor(visit.connection, visit.scope.account_id)


def shortest_password(visit: Visit) -> int:
    """How long a password of the reader is at least: shorter beside a second factor."""
    has_second = means.has_second_factor(visit.connection, visit.scope.account_id)
    is_required = sessions.needs_second_factor(visit.kit.settings, visit.scope.roles)
    return passwords.BESIDE_SECOND_FACTOR if has_second or is_required else passwords.ALONE


def begin_app(visit: Visit) -> None:
    """Make a new seed for an app that is not connected yet. Raises `AccountError` when there is one in use."""
    account_id = visit.scope.account_id
    sealed = keys.seal(visit.kit.settings, PURPOSE, totp.make_secret().encode(), str(account_id).encode())
    with changing(visit) as connection:
        present = means.authenticator(connection, account_id)
        if present is not None and present.confirmed_at is not None:
            raise AccountError("Er is al een app gekoppeld; verwijder die eerst.")
        connection.execute(sa.delete(Authenticator).where(Authenticator.account_id == account_id))
        connection.execute(sa.insert(Authenticator).values(account_id=account_id, secret=sealed, created_at=visit.now))


def app_to_connect(visit: Visit) -> AppToConnect | None:
    """Show the seed that waits for its first code; None when there is none."""
    app = means.authenticator(visit.connection, visit.scope.account_id)
    if app is None or app.confirmed_at is not None:
        return None
    secret = _secret(visit, app.secret)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return AppToConnect(secret=groups, qr_code=totp.qr_code(secret, visit.signed_in.login))


def confirm_app(visit: Visit, code: str) -> str:
    """Connect the app with its first code; returns the token of the session, which is stronger now.

    Only an app that waits for it: at one in use codes are counted, and each works once.
    """
    account_id = visit.scope.account_id
    with changing(visit) as connection:
        app = means.authenticator(connection, account_id)
        if app is None or app.confirmed_at is not None:
            raise AccountError("Er is geen app die op een eerste code wacht.")
        period = totp.fitting_period(_secret(visit, app.secret), _digits(code), visit.now, None)
        if period is None:
            raise AccountError(
                "Die code klopt niet. Kijk of de klok van uw telefoon gelijk loopt en probeer de volgende."
            )
        connection.execute(
            sa.update(Authenticator)
            .where(Authenticator.account_id == account_id)
            .values(confirmed_at=visit.now, last_step=period)
        )
        return sessions.renew(connection, visit.signed_in.session_id, visit.now)


def remove_app(visit: Visit) -> None:
    """Disconnect the reader's app."""
    with changing(visit) as connection:
        connection.execute(sa.delete(Authenticator).where(Authenticator.account_id == visit.scope.account_id))


def make_recovery_codes(visit: Visit) -> list[str]:
    """Make ten codes for who loses the phone, shown this once; older ones count no longer. Raises `AccountError`."""
    account_id = visit.scope.account_id
    if not means.has_second_factor(visit.connection, account_id):
        # Whoever only has the password must not keep ten ways past the second step that its owner sets up later.
        raise AccountError("Maak eerst een passkey of koppel een app.")
    made = [codes.make(RECOVERY_GROUPS) for _ in range(RECOVERY_CODES)]
    rows = [{"account_id": account_id, "code_hash": codes.digest(visit.kit.settings, RECOVERY, code)} for code in made]
    with changing(visit) as connection:
        connection.execute(sa.delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
        connection.execute(sa.insert(RecoveryCode), rows)
    return made


def show(visit: Visit, code: str) -> str:
    """Take the second step with a code of the app or a recovery code; returns the token of the stronger session.

    Raises `TooManyAttemptsError` and `WrongLoginError`.
    """
    account_id = visit.scope.account_id
    tried = patience.attempt(visit, f"second step\n{account_id}", patience.CODE_TRIES, is_own=True)
    right = _use_app(visit, _digits(code)) or _use_recovery_code(visit, code)
    patience.note(visit, tried, account_id, right=right)
    if not right:
        raise WrongLoginError
    with changing(visit) as connection:
        return sessions.renew(connection, visit.signed_in.session_id, visit.now)


def _use_app(visit: Visit, code: str) -> bool:
    """Take a code of the app, at most once: what another request just used changes no row here."""
    account_id = visit.scope.account_id
    app = means.authenticator(visit.connection, account_id)
    if app is None or app.confirmed_at is None:
        return False
    period = totp.fitting_period(_secret(visit, app.secret), code, visit.now, app.last_step)
    if period is None:
        return False
    unused = sa.or_(Authenticator.last_step.is_(None), Authenticator.last_step < period)
    with changing(visit) as connection:
        taken = connection.execute(
            sa.update(Authenticator).where(Authenticator.account_id == account_id, unused).values(last_step=period)
        )
        return taken.rowcount == 1


def _use_recovery_code(visit: Visit, code: str) -> bool:
    code_hash = codes.digest(visit.kit.settings, RECOVERY, code)
    unused = (RecoveryCode.code_hash == code_hash, RecoveryCode.used_at.is_(None))
    with changing(visit) as connection:
        taken = connection.execute(
            sa.update(RecoveryCode)
            .where(RecoveryCode.account_id == visit.scope.account_id, *unused)
            .values(used_at=visit.now)
        )
        return taken.rowcount == 1


def _secret(visit: Visit, sealed: bytes) -> str:
    return keys.unseal(visit.kit.settings, PURPOSE, sealed, str(visit.scope.account_id).encode()).decode()


def _digits(code: str) -> str:
    return "".join(code.split())
