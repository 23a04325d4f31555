"""What directie and beheer do with the accounts of their school. No data of a child is read or shown here.

Who writes a letter could use it, and would then see what its owner sees. So beheer, who sees no child, writes letters
only to who sees none either; directie writes the others. Nobody does any of this to oneself, nor to someone with a role
at a school that is not theirs. All of it is logged.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.schemas.accounts import AccountLine, AccountList
from api.security import sessions
from api.security.access import Visit
from api.services import administration, letters, staff_ties
from api.services.administration import AccountError
from api.services.letters import Letter
from models.account import Account, LoginSession, RoleGrant
from models.queries import accounts
from models.queries import colleagues as read
from models.queries import school as schools
from models.queries.scope import AnyRow, NotFoundError, group_name
from models.vocabulary import Role

SEE_NO_CHILD = frozenset({Role.ADMIN, Role.BOARD})
GIVEN_HERE = (Role.TEACHER, Role.SUBSTITUTE, Role.IB, Role.HEAD, Role.OFFICE, Role.BOARD, Role.ADMIN)
"""For a parent or a pupil someone has to point out the child: `kindblad account grant`."""
WITH_GROUP = frozenset({Role.TEACHER, Role.SUBSTITUTE})
ACCOUNT = "account"


def compose(visit: Visit) -> AccountList:
    """Compose the list of accounts: staff first, then parents and pupils."""
    rows = read.accounts_managed(visit.connection, visit.scope)
    roll = staff_ties.staff_on_roll(visit)
    lines = [_line(visit, list(of_one), roll) for _, of_one in groupby(rows, key=lambda row: row.id)]
    return AccountList(
        staff=[line for line in lines if not line.is_family],
        family=[line for line in lines if line.is_family],
        roles={role.value: role.label for role in roles_to_give(visit)},
        on_the_roll=staff_ties.choices(roll.values()),
    )


def roles_to_give(visit: Visit) -> list[Role]:
    """The roles with which the reader may make an account; none when it is not clear at which school."""
    if len(read.schools_managed(visit.scope)) != 1:
        return []
    return [role for role in GIVEN_HERE if Role.HEAD in visit.scope.roles or role in SEE_NO_CHILD]


def open_account(visit: Visit, name: str, login: str, role: Role, group: str, until: date | None) -> Letter:
    """Make an account with a role at the reader's school, and the letter to go with it. Raises `AccountError`."""
    login, name = login.strip().lower(), name.strip()
    if role not in roles_to_give(visit) or not login or not name:
        raise AccountError("Vul naam, inlognaam en een rol in.")
    if accounts.by_login(visit.connection, login) is not None:
        raise _taken()
    (school_id,) = read.schools_managed(visit.scope)
    group_id = _group(visit, school_id, group) if role in WITH_GROUP else None
    if role is Role.SUBSTITUTE and (until is None or until < visit.today):
        raise AccountError("Een duo of invaller is er tot en met een dag: vul die in.")
    uid = uuid7()
    account = {"uid": uid, "login": login[:254], "display_name": name[:100], "created_at": visit.now}
    given = {"school_id": school_id, "role": role, "group_id": group_id, "starts_on": visit.today, "ends_on": until}
    _log(visit, school_id, uid, "invited")
    try:
        return _make(visit, account, given)
    except sa.exc.IntegrityError as at_once:  # someone else made it since we looked
        raise _taken() from at_once


def _make(visit: Visit, account: Mapping[str, Any], given: Mapping[str, Any]) -> Letter:
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.insert(Account).values(**account))
        account_id = read.id_of(connection, account["uid"])
        by = visit.signed_in.login[:100]
        connection.execute(sa.insert(RoleGrant).values(account_id=account_id, granted_by=by, **given))
        return letters.write(connection, visit.kit.settings, account_id, visit.signed_in.login, visit.now)


def _taken() -> AccountError:
    return AccountError("Er is al een account met deze inlognaam; kies een andere.")


def _group(visit: Visit, school_id: int, name: str) -> int:
    found = schools.groups_called(visit.connection, school_id, name.strip(), visit.today)
    if len(found) != 1:
        raise AccountError("Noem de groep zoals de leerlingadministratie die noemt, bijvoorbeeld 6B.")
    return int(found[0].id)


def invite(visit: Visit, uid: UUID) -> Letter:
    """Write a letter with a code, for who is new or forgot the password. Raises `AccountError`."""
    rows = _chosen(visit, uid)
    _require_letters(visit, rows)
    _log(visit, rows[0].school_id, rows[0].uid, "invited")
    with writing(visit.kit.engine) as connection:
        return letters.write(connection, visit.kit.settings, rows[0].id, visit.signed_in.login, visit.now)


def reset(visit: Visit, uid: UUID) -> Letter:
    """Let in anew who stands here without telephone: all they log in with goes, a letter takes its place."""
    rows = _chosen(visit, uid)
    _require_letters(visit, rows)
    _log(visit, rows[0].school_id, rows[0].uid, "reset")
    with writing(visit.kit.engine) as connection:
        administration.wipe_means(connection, rows[0].id, visit.now)
        return letters.write(connection, visit.kit.settings, rows[0].id, visit.signed_in.login, visit.now)


def switch(visit: Visit, uid: UUID, *, off: bool) -> None:
    """Switch an account off or on; its open sessions end."""
    rows = _chosen(visit, uid)
    _log(visit, rows[0].school_id, rows[0].uid, "switched off" if off else "switched on")
    with writing(visit.kit.engine) as connection:
        administration.switch(connection, rows[0].id, visit.now, off=off)


def end_sessions(visit: Visit, uid: UUID) -> None:
    """Log someone out everywhere."""
    rows = _chosen(visit, uid)
    _log(visit, rows[0].school_id, rows[0].uid, "ended sessions")
    with writing(visit.kit.engine) as connection:
        sessions.end(connection, visit.now, LoginSession.account_id == rows[0].id)


def tie(visit: Visit, uid: UUID, staff: UUID | None) -> None:
    """Say who this account is on the roll, or that it is nobody there. Raises `AccountError`."""
    rows = read.accounts_managed(visit.connection, visit.scope, uid)
    if not rows:
        raise NotFoundError
    _log(visit, rows[0].school_id, rows[0].uid, "tied" if staff else "untied")
    staff_ties.tie(visit, rows, staff)


def _chosen(visit: Visit, uid: UUID) -> Sequence[AnyRow]:
    rows = read.accounts_managed(visit.connection, visit.scope, uid)
    if not rows:
        raise NotFoundError
    if rows[0].id == visit.scope.account_id:
        raise AccountError("Dit is uw eigen account; laat een ander het doen.")
    if read.has_role_elsewhere(visit.connection, visit.scope, rows[0].id):
        raise AccountError("Dit account hoort ook bij een andere school; wie de server beheert kan het wijzigen.")
    return rows


def _require_letters(visit: Visit, rows: Sequence[AnyRow]) -> None:
    if not _may_write_letters(visit, rows):
        raise AccountError("Dit account ziet gegevens van kinderen; alleen de directie schrijft daar een brief voor.")


def _may_write_letters(visit: Visit, rows: Sequence[AnyRow]) -> bool:
    led = read.schools_managed(visit.scope, {Role.HEAD})
    return all(row.role in SEE_NO_CHILD or row.school_id in led for row in rows)


def _log(visit: Visit, school_id: int, uid: UUID, action: str) -> None:
    """Write down who did what to which account, before it is done."""
    role = Role.HEAD if Role.HEAD in visit.scope.roles else Role.ADMIN
    line = {
        "at": visit.now,
        "school_id": school_id,
        "account_id": visit.scope.account_id,
        "role": role,
        "kind": ACCOUNT,
        "action": action,
        "ground": f"{role.label}, account {uid}",
    }
    visit.kit.log.write([line])


def _line(visit: Visit, rows: Sequence[AnyRow], roll: Mapping[int, AnyRow]) -> AccountLine:
    first = rows[0]
    several = len(read.schools_managed(visit.scope)) > 1
    means = {"wachtwoord": first.has_password, "app": first.has_app, "passkey": first.has_passkey}
    return AccountLine(
        id=first.uid,
        name=first.display_name,
        login=first.login,
        roles=[_role(row, with_school=several) for row in rows],
        means=[name for name, is_there in means.items() if is_there],
        seen_at=first.seen_at,
        invited_until=first.invited_until,
        is_off=first.disabled_at is not None,
        not_listed_since=max((row.vanished_at for row in rows if row.vanished_at), default=None),
        is_family=all(row.role in sessions.FAMILY for row in rows),
        is_self=first.id == visit.scope.account_id,
        may_write_letters=_may_write_letters(visit, rows),
        staff=staff_ties.tied_to(rows, roll),
        proposed=staff_ties.proposed(rows, roll),
    )


def _role(row: AnyRow, *, with_school: bool) -> str:
    group = f"groep {group_name(row.group)}" if row.group else ""
    until = f"tot en met {row.ends_on:%d-%m-%Y}" if row.ends_on else ""
    school = row.school if with_school else ""
    return " · ".join(part for part in (row.role.label, group, school, until) if part)
