"""Logging in behind the class door: a code on the board, a name, three pictures.

A wrong code, name or picture and a closed door give the same answer after the same work. Names are shown only behind a
code that is right, the session ends with the door, and guessing is slowed down per code and per child.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from api.db import for_schools, reading, writing
from api.schemas.door import DoorName
from api.security import codes, keys, passwords, patience, sessions
from api.security.access import Visit
from api.security.device import device_of
from api.services.login import WrongLoginError
from api.settings import Settings
from models.account import LoginSession
from models.queries import door as read
from models.queries.scope import AnyRow
from models.queries.settings import settings_of
from models.rules.pictures import is_whole
from models.vocabulary import LoginMethod

PURPOSE = "class door"
CODE_LENGTH = 6
CODE_TRIES, PICTURE_TRIES = 10, 5
"""Wrong tries before it is waiting; the fingers are small, and the doors are open for a day only."""
LONGEST = timedelta(hours=2)
"""A tablet that is left on the table does not stay someone's all day."""


def names_behind(visit: Visit, code: str) -> list[DoorName]:
    """List who may come in by the door with this code; raises `WrongLoginError`, `TooManyAttemptsError`."""
    tried = patience.attempt(visit, f"door\n{_plain(code)}", CODE_TRIES)
    door = _door(visit, code)
    people = _people(visit, door) if door else []
    if not people:
        patience.note(visit, tried, None, right=False)
        raise WrongLoginError
    return [DoorName(id=row.uid, name=name) for row, name in zip(people, _told_apart(people), strict=True)]


def enter(visit: Visit, code: str, who: UUID, chosen: Sequence[str]) -> str:
    """Open a session for the child with these pictures; returns its token. Raises as `names_behind` does."""
    tried = patience.attempt(visit, f"pictures\n{who}", PICTURE_TRIES)
    door = _door(visit, code)
    people = {row.uid: row for row in _people(visit, door)} if door else {}
    child = people.get(who)
    spoken = _spoken(visit.kit.settings, who, chosen)
    right, _ = passwords.verify(spoken, child.pictures_hash if child else None)
    patience.note(visit, tried, child.id if child else None, right=right)
    if not right or child is None or door is None:
        raise WrongLoginError
    with for_schools({door.school_id}), writing(visit.kit.engine) as connection:
        still = read.open_with(connection, _digest(visit.kit.settings, code), visit.now, lock=True)
        if still is None or not read.is_only_a_pupil(connection, child.id):
            raise WrongLoginError
        return _open_session(connection, visit, child.id, still)


def make_hash(settings: Settings, account_uid: UUID, chosen: Sequence[str]) -> str:
    """Hash a picture password with the server's key in it: of three pictures there are only 4096."""
    return passwords.make_hash(_spoken(settings, account_uid, chosen))


def make_code(settings: Settings) -> tuple[str, bytes]:
    """Make a code for on the board, and what the database keeps of it."""
    code = codes.make(2).replace("-", "")[:CODE_LENGTH]
    return code, _digest(settings, code)


def _open_session(connection: sa.Connection, visit: Visit, account_id: int, door: AnyRow) -> str:
    settings = visit.kit.settings
    if old_token := sessions.token_of(visit.request, settings):
        sessions.end(connection, visit.now, LoginSession.token_hash == sessions.digest(old_token))
    device = device_of(visit.request.headers.get("user-agent", ""))
    until = min(door.ends_at, visit.now + LONGEST)
    return sessions.start(
        connection, account_id, settings, visit.now, method=LoginMethod.PICTURES, device=device, until=until
    )


def _door(visit: Visit, code: str) -> AnyRow | None:
    """Find the open door with this code, at a school that lets children in this way."""
    found = read.open_with(visit.connection, _digest(visit.kit.settings, code), visit.now)
    if found is None:
        return None
    with for_schools({found.school_id}), reading(visit.kit.engine) as connection:
        return found if settings_of(connection, found.school_id).picture_login else None


def _people(visit: Visit, door: AnyRow) -> Sequence[AnyRow]:
    with for_schools({door.school_id}), reading(visit.kit.engine) as connection:
        return read.who_may_enter(connection, door.school_id, door.group_id, visit.today)


def _told_apart(people: Sequence[AnyRow]) -> list[str]:
    """Given names; where two are the same, with the first letter of the family name."""
    given = [row.given_name or row.first_names or row.family_name or "?" for row in people]
    return [
        f"{name} {(row.family_name or '')[:1]}".strip() if given.count(name) > 1 else name
        for row, name in zip(people, given, strict=True)
    ]


def _plain(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())[:20]


def _digest(settings: Settings, code: str) -> bytes:
    return codes.digest(settings, PURPOSE, code)


def _spoken(settings: Settings, account_uid: UUID, chosen: Sequence[str]) -> str:
    words = " ".join(chosen) if is_whole(chosen) else ""
    return keys.mac(settings, "pictures", f"{account_uid}\n{words}".encode()).hex()
