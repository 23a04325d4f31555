"""A letter with a code, on paper or in person: for who is new and for who forgot the password. Never a password.

The code counts once, for one account and until a day; the database holds a keyed hash of it. A newer letter ends the
older one. It replaces the password only: who has a second factor still shows that.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from api.db import writing
from api.security import codes, passwords, patience
from api.security.access import Visit
from api.services.administration import AccountError, set_hash
from api.services.login import WrongLoginError, may_enter, open_session
from api.services.second_factor import shortest_password
from api.settings import Settings
from models.account import Invitation
from models.queries import accounts, means
from models.queries import school as schools
from models.vocabulary import LoginMethod

PURPOSE = "invitation"
GROUPS = 3
"""Sixty bits: typed over in a minute, guessed in no time that counts."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What stands on paper; the only place where the code is."""

    name: str
    login: str
    code: str
    expires_at: datetime
    address: str


def write_letter(connection: sa.Connection, settings: Settings, account_id: int, by: str, now: datetime) -> Letter:
    """Make the code for an account; older letters to it count no longer."""
    code = codes.make(GROUPS)
    expires_at = now + timedelta(days=settings.invitation_days)
    who = means.public_id(connection, account_id)
    unused = (Invitation.account_id == account_id, Invitation.used_at.is_(None), Invitation.expires_at > now)
    connection.execute(sa.update(Invitation).where(*unused).values(expires_at=now))
    connection.execute(
        sa.insert(Invitation).values(
            account_id=account_id,
            code_hash=codes.digest(settings, PURPOSE, code),
            created_at=now,
            created_by=by[:100],
            expires_at=expires_at,
        )
    )
    return Letter(who.display_name, who.login, code, expires_at, settings.public_url)


def enter(visit: Visit, login: str, code: str) -> str:
    """Let someone in who has a letter, to choose a password or passkey and nothing else; returns the token.

    Raises `TooManyAttemptsError` and `WrongLoginError`: the same answer for a wrong, an old and a used code.
    """
    login = login.strip().lower()[:254]
    tried = patience.attempt(visit, f"invitation\n{login}", patience.CODE_TRIES)
    account = accounts.by_login(visit.connection, login)
    code_hash = codes.digest(visit.kit.settings, PURPOSE, code)
    account_id = account.id if account is not None else None
    invited = means.is_invited(visit.connection, account_id or 0, code_hash, visit.now)
    right = invited and account is not None and may_enter(visit, account)
    patience.note(visit, tried, account_id, right=right)
    if not right or account_id is None:
        raise WrongLoginError
    with writing(visit.kit.engine) as connection:
        return open_session(connection, visit, account_id, LoginMethod.INVITATION)


def choose_password(visit: Visit, password: str) -> str:
    """Give who came by letter a password; the letter is used up, and the token of a new session returned."""
    who = visit.signed_in
    account_id = who.scope.account_id
    about = [who.login, who.name, *schools.names(visit.connection, visit.scope)]
    if reason := passwords.refusal(password, about, shortest_password(visit)):
        raise AccountError(reason)
    hashed = passwords.make_hash(password)
    with writing(visit.kit.engine) as connection:
        use_up(connection, visit, password_hash=hashed)
        return open_session(connection, visit, account_id, LoginMethod.PASSWORD)


def use_up(connection: sa.Connection, visit: Visit, password_hash: str | None) -> None:
    """End the letter by which someone came, with all their sessions and their old password. Raises `AccountError`."""
    account_id = visit.scope.account_id
    if password_hash is None and means.has_second_factor(connection, account_id):
        raise AccountError("Kies een wachtwoord; daarna vragen we uw tweede stap, die blijft zoals die was.")
    counting = (Invitation.account_id == account_id, Invitation.used_at.is_(None), Invitation.expires_at > visit.now)
    if not connection.execute(sa.update(Invitation).where(*counting).values(used_at=visit.now)).rowcount:
        raise AccountError("Deze uitnodiging is al gebruikt of verlopen; vraag de school om een nieuwe.")
    set_hash(connection, account_id, password_hash, visit.now)
