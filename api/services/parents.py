"""Accounts for parents: made for all guardians with custody in one step, with a letter each; who has begun, a new one.

Without custody there is no account. One guardian has one account, for all their children. The code stands on the
letter only; nothing is mailed. Asked twice nothing is made twice: a letter that still counts is made anew only when
someone says so, and ends the older.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.clock import day_of
from api.db import writing
from api.problem import ForPeopleError
from api.schemas.parents import ParentAccounts, ParentLetter, ParentLine
from api.security.access import Visit
from api.services import letters
from api.settings import Settings
from frontend.formatting import long_day
from models.account import Account, RoleGrant
from models.queries import colleagues, groups, looks
from models.queries import parents as read
from models.queries.emergency import name_of
from models.queries.scope import AnyRow, Grant, GroupGrant, NotFoundError, group_name
from models.rules.access import Kind
from models.rules.names import display_name
from models.vocabulary import Role

PAGE, ACCOUNT = "parents", "account"
LONGEST_NAME = 20


def compose_of_group(visit: Visit, group: GroupGrant) -> ParentAccounts:
    """Compose how far the guardians of the children of a group are with their accounts."""
    named = groups.group(visit.connection, group)
    children = groups.members(visit.connection, group, visit.scope)
    visit.log(PAGE, [child.id for child in children], group)
    return _accounts(visit, group, {child.id: child for child in children}, named.uid, group_name(named.name))


def compose_of_child(visit: Visit, grant: Grant) -> ParentAccounts:
    """Compose the same for the guardians of one child."""
    require_to_write(grant)
    child = name_of(visit.connection, grant, visit.scope)
    return _accounts(visit, grant, {grant.pupil_id: child}, child.uid, display_name(child))


def letters_of_group(visit: Visit, group: GroupGrant, *, again: bool) -> list[ParentLetter]:
    """Make what accounts are missing in this group, with their letters; `again` for who did not begin yet."""
    children = groups.members(visit.connection, group, visit.scope)
    visit.log(PAGE, [child.id for child in children], group, "wrote")
    rows = read.guardians_of(visit.connection, group.school_id, _ids(children), visit.today, visit.now)
    return _write(visit, group, [row for row in _with_custody(rows) if _is_due(row, again=again)])


def letters_of_child(visit: Visit, grant: Grant, guardian: UUID | None = None) -> list[ParentLetter]:
    """Make what accounts are missing for one child, or a new letter for one guardian. Raises `ForPeopleError`."""
    require_to_write(grant)
    visit.log(PAGE, [grant.pupil_id], grant, "wrote")
    rows = read.guardians_of(visit.connection, grant.school_id, [grant.pupil_id], visit.today, visit.now)
    if guardian is None:
        return _write(visit, grant, [row for row in _with_custody(rows) if _is_due(row, again=False)])
    chosen = [row for row in _with_custody(rows) if row.uid == guardian]
    if not chosen:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    if reason := _refusal(visit.connection, chosen[0], grant.school_id, visit.today):
        raise ForPeopleError(reason)
    return _write(visit, grant, chosen)


def require_to_write(grant: Grant) -> None:
    """Refuse whoever does not keep the personal data of this child."""
    if Kind.IDENTITY not in grant.writes:
        raise NotFoundError(grant.pupil_id, grant.school_id)


def make(
    connection: sa.Connection,
    settings: Settings,
    school_id: int,
    guardians: Sequence[AnyRow],
    *,
    by: str,
    now: datetime,
) -> list[ParentLetter]:
    """Make the account that each of these guardians misses and a letter each, in the caller's transaction."""
    today = day_of(now)
    school = looks.school(connection, school_id).name
    children: dict[int, list[AnyRow]] = {}
    for row in read.children_of(connection, school_id, [row.id for row in guardians], today, now):
        children.setdefault(row.guardian_id, []).append(row)
    made = []
    for row in guardians:
        account_id = row.account_id or _open(connection, school_id, row, by, today, now)
        letter = letters.write(connection, settings, account_id, by, now)
        theirs = children.get(row.id, [])
        made.append(
            ParentLetter(
                name=letter.name,
                children=[child.given_name or display_name(child) for child in theirs],
                groups=[group_name(child.group) for child in theirs],
                school=school,
                login=letter.login,
                code=letter.code,
                expires_at=letter.expires_at,
                address=letter.address,
            )
        )
    return made


def due(
    connection: sa.Connection, school_id: int, pupil_ids: Iterable[int], now: datetime, *, again: bool
) -> list[AnyRow]:
    """List the guardians of these children who get an account or letter now; for the command line."""
    rows = read.guardians_of(connection, school_id, pupil_ids, day_of(now), now)
    chosen = [row for row in _with_custody(rows) if _is_due(row, again=again)]
    return [row for row in chosen if not _refusal(connection, row, school_id, day_of(now))]


def _open(connection: sa.Connection, school_id: int, row: AnyRow, by: str, today: date, now: datetime) -> int:
    uid = uuid7()
    account = {"uid": uid, "login": _login(connection, row), "display_name": display_name(row)[:100], "created_at": now}
    connection.execute(sa.insert(Account).values(**account))
    account_id = colleagues.id_of(connection, uid)
    given = {"account_id": account_id, "school_id": school_id, "role": Role.PARENT, "guardian_id": row.id}
    connection.execute(sa.insert(RoleGrant).values(starts_on=today, granted_by=by[:100], **given))
    return account_id


def _login(connection: sa.Connection, row: AnyRow) -> str:
    """Make a name to log in with that types easily on a telephone: "boer.4821". No address: that may be secret."""
    plain = unicodedata.normalize("NFKD", row.family_name or "").encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z]", "", plain)[:LONGEST_NAME] or "ouder"
    while True:
        login = f"{name}.{secrets.randbelow(9000) + 1000}"
        if not connection.scalar(sa.select(sa.exists().where(Account.login == login))):
            return login


def _write(visit: Visit, grant: Grant | GroupGrant, rows: list[AnyRow]) -> list[ParentLetter]:
    chosen = [row for row in rows if not _refusal(visit.connection, row, grant.school_id, visit.today)]
    if not chosen:
        return []
    visit.kit.log.write([_line(visit, grant, row) for row in chosen])
    with writing(visit.kit.engine) as connection:
        read.take_turns(connection, grant.school_id)
        # Whoever pressed at the same moment was first: then there is an account, and a letter that counts.
        still = read.guardians_of(connection, grant.school_id, {row.pupil_id for row in chosen}, visit.today, visit.now)
        known = {row.id: row for row in still if row.has_custody}
        now_due = [known[row.id] for row in chosen if row.id in known and known[row.id].account_id == row.account_id]
        by = visit.signed_in.login
        return make(connection, visit.kit.settings, grant.school_id, now_due, by=by, now=visit.now)


def _line(visit: Visit, grant: Grant | GroupGrant, row: AnyRow) -> dict[str, object]:
    """Write down for whom a letter is made, before it is made: who writes one could use it."""
    which = f"account {row.account_uid}" if row.account_uid else "nieuw account van een ouder"
    line = {"at": visit.now, "school_id": grant.school_id, "account_id": visit.scope.account_id, "role": grant.role}
    return line | {"kind": ACCOUNT, "action": "invited", "ground": f"{grant.role.label}, {which}"}


def _refusal(connection: sa.Connection, row: AnyRow, school_id: int, today: date) -> str | None:
    """Say why administration makes no letter for this account: it would open more than a parent's own child."""
    if row.account_id is None:
        return None
    if row.disabled_at is not None:
        return "Dit account staat uit; de directie kan het weer aanzetten bij Accounts."
    if row.role_ends_on is not None and row.role_ends_on < today:
        return "De rol van deze ouder is beëindigd; wie de server beheert kan die opnieuw geven."
    if read.with_another_role(connection, [row.account_id], school_id):
        return "Dit account heeft ook een andere rol of school; de directie maakt daar een brief voor bij Accounts."
    return None


def _with_custody(rows: Iterable[AnyRow]) -> list[AnyRow]:
    """Give each guardian with custody once."""
    found: dict[int, AnyRow] = {}
    for row in rows:
        if row.has_custody:
            found.setdefault(row.id, row)
    return list(found.values())


def _is_due(row: AnyRow, *, again: bool) -> bool:
    if row.account_id is None:
        return True
    return not row.has_chosen and (again or row.invited_until is None)


def _ids(children: Iterable[AnyRow]) -> list[int]:
    return [child.id for child in children]


def _accounts(
    visit: Visit, grant: Grant | GroupGrant, children: dict[int, AnyRow], uid: UUID, name: str
) -> ParentAccounts:
    rows = read.guardians_of(visit.connection, grant.school_id, children, visit.today, visit.now)
    lines = []
    for _, several in groupby(rows, key=lambda row: row.id):
        of_one = list(several)
        held = [row for row in of_one if row.has_custody] or of_one[:1]
        lines.append(_parent(held, children))
    waiting = [line for line in lines if line.has_custody]
    return ParentAccounts(
        id=uid,
        name=name,
        of_group=isinstance(grant, GroupGrant),
        parents=lines,
        without_account=sum(not line.has_account for line in waiting),
        not_begun=sum(line.has_account and not line.has_begun for line in waiting),
        ground=grant.ground,
    )


def _parent(rows: list[AnyRow], children: dict[int, AnyRow]) -> ParentLine:
    first = rows[0]
    theirs = [children[pupil_id] for pupil_id in dict.fromkeys(row.pupil_id for row in rows)]
    return ParentLine(
        id=first.uid,
        name=display_name(first),
        children=[child.given_name or display_name(child) for child in theirs],
        child_id=theirs[0].uid,
        state=_state(first),
        has_custody=bool(first.has_custody),
        has_account=first.account_id is not None,
        has_begun=bool(first.has_chosen),
        has_letter=first.invited_until is not None,
    )


def _state(row: AnyRow) -> str:
    if not row.has_custody:
        return "geen gezag: geen account" + (", wat er was ziet niets meer" if row.account_id else "")
    if row.account_id is None:
        return "nog geen account"
    if row.disabled_at is not None:
        return "account staat uit"
    if row.has_chosen:
        return f"logt in, laatst gezien op {long_day(day_of(row.seen_at))}" if row.seen_at else "is begonnen"
    if row.invited_until is not None:
        return f"brief gemaakt, de code geldt tot en met {long_day(day_of(row.invited_until))}"
    return "brief verlopen, nog niet begonnen"
