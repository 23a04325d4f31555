"""A letter with a code, on paper or in person: for who is new and for who forgot the password. Never a password.

It replaces the password only: who has a second factor still shows that. The letter itself: api/services/letters.py.
"""

import sqlalchemy as sa

from api.db import writing
from api.security import passwords, patience
from api.security.access import Visit
from api.services import letters
from api.services.administration import AccountError, set_hash
from api.services.login import WrongLoginError, changing, may_enter, open_session
from api.services.second_factor import shortest_password
from models.account import Invitation
from models.queries import accounts, means
from models.queries import school as schools
from models.queries.parents import is_parent_of_nobody
from models.vocabulary import LoginMethod


def enter(visit: Visit, login: str, code: str) -> str:
    """Let someone in who has a letter, to choose a password or passkey and nothing else; returns the token.

    Raises `TooManyAttemptsError` and `WrongLoginError`: the same answer for a wrong, an old and a used code.
    """
    login = login.strip().lower()[:254]
    tried = patience.attempt(visit, f"invitation\n{login}", patience.CODE_TRIES)
    account = accounts.by_login(visit.connection, login)
    code_hash = letters.digest(visit.kit.settings, code)
    account_id = account.id if account is not None else None
    invited = means.is_invited(visit.connection, account_id or 0, code_hash, visit.now)
    right = invited and account is not None and may_enter(visit, account)
    if right and is_parent_of_nobody(visit.connection, account_id or 0, visit.today, visit.now):
        right = False  # custody ended after the letter was written
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
    with changing(visit) as connection:
        use_up(connection, visit, password_hash=hashed)
        return open_session(connection, visit, account_id, LoginMethod.PASSWORD)


def use_up(
    connection: sa.Connection, visit: Visit, password_hash: str | None, *, asks_second_step: bool = False
) -> None:
    """End the letter by which someone came, with all their sessions and their old password. Raises `AccountError`.

    A letter written after they came in is not theirs: it may have been written because the older was in other hands.
    `asks_second_step` when what replaces the password is still followed by the second step that someone has.
    """
    account_id = visit.scope.account_id
    if password_hash is None and not asks_second_step and means.has_second_factor(connection, account_id):
        raise AccountError("Kies een wachtwoord; daarna vragen we uw tweede stap, die blijft zoals die was.")
    accounts.lock(connection, account_id)
    came_at = accounts.open_since(connection, visit.signed_in.session_id)
    counting = (
        Invitation.account_id == account_id,
        Invitation.used_at.is_(None),
        Invitation.expires_at > visit.now,
        Invitation.created_at <= came_at,
    )
    if (
        came_at is None
        or not connection.execute(sa.update(Invitation).where(*counting).values(used_at=visit.now)).rowcount
    ):
        raise AccountError("Deze uitnodiging is al gebruikt of verlopen; vraag de school om een nieuwe.")
    set_hash(connection, account_id, password_hash, visit.now)
