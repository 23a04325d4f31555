"""One's own account: roles, open sessions, password."""

import sqlalchemy as sa

from api.db import writing
from api.schemas.account import AccountPage, SessionLine
from api.schemas.people import Me
from api.security import passwords, patience, sessions
from api.security.access import Visit
from api.services.administration import AccountError, set_hash
from api.services.login import changing, open_session
from api.services.second_factor import shortest_password
from frontend.translation import LANGUAGES
from models.account import Account, LoginSession
from models.queries import accounts as read
from models.queries import school as schools
from models.queries.colleagues import schools_managed
from models.queries.scope import AnyRow, Held, group_name
from models.vocabulary import LoginMethod, Role

HANDLE = 16


def me(visit: Visit) -> Me:
    """Say who is asking and what roles they hold today."""
    names = schools.group_names(visit.connection, visit.scope)
    roles = [_role_text(held, names) for held in visit.scope.held]
    return Me(name=visit.signed_in.name, login=visit.signed_in.login, roles=roles)


def compose_account(visit: Visit) -> AccountPage:
    """Compose the page on which someone sees their roles and their open sessions."""
    who = me(visit)
    lines = [
        SessionLine(
            handle=row.token_hash.hex()[:HANDLE],
            started_at=row.created_at,
            seen_at=row.seen_at,
            is_current=row.id == visit.signed_in.session_id,
            device=row.device,
            how=_how(row),
        )
        for row in read.sessions_of(visit.connection, visit.scope.account_id, visit.now)
    ]
    account = read.by_login(visit.connection, who.login)
    return AccountPage(
        name=who.name,
        login=who.login,
        roles=who.roles,
        sessions=lines,
        has_password=account is not None and account.password_hash is not None,
        shortest_password=shortest_password(visit),
        manages_accounts=bool(schools_managed(visit.scope)),
        chooses_language=bool(visit.scope.roles & sessions.FAMILY),
    )


def choose_language(visit: Visit, language: str) -> None:
    """Keep the language in which someone reads the pages for parents; one that we lack is an `AccountError`."""
    if language not in LANGUAGES:
        raise AccountError("Deze taal hebben we niet; kies er een uit de lijst.")
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.update(Account).where(Account.id == visit.scope.account_id).values(language=language))


def end_session(visit: Visit, handle: str) -> None:
    """End one of the reader's own sessions; one that is not theirs does not exist."""
    chosen = [
        row.id
        for row in read.sessions_of(visit.connection, visit.scope.account_id, visit.now)
        if row.token_hash.hex()[:HANDLE] == handle
    ]
    with writing(visit.kit.engine) as connection:
        sessions.end(
            connection, visit.now, LoginSession.account_id == visit.scope.account_id, LoginSession.id.in_(chosen)
        )


def change_password(visit: Visit, old: str, new: str) -> str:
    """Change the reader's password and return a new token; all their other sessions end. Raises `AccountError`."""
    tried = patience.attempt(visit, f"own password\n{visit.scope.account_id}", patience.CODE_TRIES, is_own=True)
    account = read.by_login(visit.connection, visit.signed_in.login)
    right, _ = passwords.verify(old, account.password_hash if account is not None else None)
    patience.note(visit, tried, visit.scope.account_id, right=right)
    if not right:
        raise AccountError("Uw huidige wachtwoord klopt niet.")
    about = [visit.signed_in.login, visit.signed_in.name, *schools.names(visit.connection, visit.scope)]
    if reason := passwords.refusal(new, about, shortest_password(visit)):
        raise AccountError(reason)
    hashed = passwords.make_hash(new)
    with changing(visit) as connection:
        set_hash(connection, visit.scope.account_id, hashed, visit.now)
        return open_session(
            connection, visit, visit.scope.account_id, LoginMethod.PASSWORD, visit.signed_in.second_factor_at
        )


def _how(session: AnyRow) -> str:
    """Say how a session began: "wachtwoord en tweede stap"."""
    with_more = session.second_factor_at is not None and session.method is not LoginMethod.PASSKEY
    return f"{session.method.label} en tweede stap" if with_more else str(session.method.label)


def _role_text(held: Held, group_names: dict[int, str]) -> str:
    group = group_names.get(held.group_id or 0)
    return f"{held.role.label} · groep {group_name(group)}" if group and held.role is Role.TEACHER else held.role.label
