"""Passkeys of people: making one, logging in with one, taking one away."""

from typing import Any

import sqlalchemy as sa

from api.db import reading, writing
from api.security import csrf, sessions
from api.security import passkeys as security
from api.security.access import Visit
from api.security.passkeys import Asker
from api.services import invitations
from api.services.administration import AccountError
from api.services.login import WrongLoginError, changing, may_enter, open_session
from models.account import Passkey
from models.queries import accounts, audit, means
from models.queries.scope import NotFoundError
from models.vocabulary import LoginMethod

LOG_IN, REGISTER = "log in", "register"
MOST = 10


def question_to_log_in(visit: Visit) -> dict[str, Any]:
    """What the browser needs to log someone in with a passkey."""
    return security.ask_to_log_in(_asker(visit, LOG_IN))


def log_in(visit: Visit, answer: dict[str, Any]) -> tuple[str, str]:
    """Open a session for whose passkey answered; returns its token and the login. Raises `WrongLoginError`.

    Nothing is counted against guessing: a signature cannot be guessed, and nobody can keep its owner out.
    """
    try:
        credential_id, ground = security.credential_of(answer), f"passkey {security.number_of(answer)}"
        with reading(visit.kit.engine) as connection:
            found = means.passkey(connection, credential_id)
            is_replay = audit.was_used(connection, visit.now - security.COUNTS_FOR, ground)
        if found is None or is_replay or not may_enter(visit, found) or _is_someone_else(visit, found.id):
            raise WrongLoginError
        count = security.used(_asker(visit, LOG_IN), answer, found.public_key, found.sign_count)
    except security.PasskeyError as error:
        raise WrongLoginError from error
    line = {"at": visit.now, "account_id": found.id, "kind": audit.LOGIN, "action": audit.OK, "ground": ground}
    visit.kit.log.write([line])
    with writing(visit.kit.engine) as connection:
        accounts.lock(connection, found.id)
        this = sa.update(Passkey).where(Passkey.credential_id == credential_id)
        if not connection.execute(this.values(sign_count=count, used_at=visit.now)).rowcount:
            raise WrongLoginError  # taken away while its answer was checked
        return open_session(connection, visit, found.id, LoginMethod.PASSKEY, visit.now), found.login


def question_to_register(visit: Visit) -> dict[str, Any]:
    """What the browser needs to make a passkey for who is signed in."""
    who = means.public_id(visit.connection, visit.scope.account_id)
    known = [each.credential_id for each in means.passkeys(visit.connection, visit.scope.account_id)]
    return security.ask_to_register(_asker(visit, REGISTER), who.uid.bytes, who.login, who.display_name, known)


def register(visit: Visit, answer: dict[str, Any], name: str) -> str:
    """Keep a new passkey of who is signed in; returns the token of the session, which it made stronger.

    Who came by letter has now chosen how to log in: the letter is used up. Raises `AccountError`.
    """
    account_id = visit.scope.account_id
    try:
        made = security.registered(_asker(visit, REGISTER), answer)
    except security.PasskeyError as error:
        raise AccountError("De passkey is niet gelukt; probeer het nog eens.") from error
    if len(means.passkeys(visit.connection, account_id)) >= MOST:
        raise AccountError(f"U hebt al {MOST} passkeys; verwijder er eerst een.")
    with changing(visit) as connection:
        if means.passkey(connection, made.credential_id) is not None:
            raise AccountError("Deze passkey is hier al bekend.")
        by_letter = visit.signed_in.step is sessions.Step.CHOOSE
        if by_letter:
            invitations.use_up(connection, visit, password_hash=None)
        connection.execute(
            sa.insert(Passkey).values(
                account_id=account_id,
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                name=name.strip()[:60] or "passkey",
                created_at=visit.now,
            )
        )
        if by_letter:
            return open_session(connection, visit, account_id, LoginMethod.PASSKEY, visit.now)
        return sessions.renew(connection, visit.signed_in.session_id, visit.now)


def remove(visit: Visit, chosen: str) -> None:
    """Take one of the reader's own passkeys away; one that is not theirs does not exist."""
    account_id = visit.scope.account_id
    own = [each.credential_id for each in means.passkeys(visit.connection, account_id)]
    with changing(visit) as connection:
        gone = [credential_id for credential_id in own if security.handle(credential_id) == chosen]
        connection.execute(sa.delete(Passkey).where(Passkey.credential_id.in_(gone)))


def _asker(visit: Visit, act: str) -> Asker:
    settings = visit.kit.settings
    if not security.offered(settings):
        raise NotFoundError
    return Asker(settings, csrf.bound_to(visit.request.cookies, settings), act, visit.now)


def _is_someone_else(visit: Visit, account_id: int) -> bool:
    """A second step is one's own: another's passkey does not finish it."""
    return visit.who is not None and visit.who.scope.account_id != account_id
