"""The class door for the teacher: opening and closing it, and the pictures of the children of the group.

The code and the pictures are shown once, on the page that made them; the database has only their hashes.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, time
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.clock import HERE, day_of
from api.db import reading, writing
from api.problem import ForPeopleError
from api.schemas.door import DoorChild, DoorPage, PicturesPage
from api.security import sessions
from api.security.access import Visit
from api.services.door import make_code, make_hash
from api.settings import Settings as ServerSettings
from models.account import Account, ClassDoor, LoginSession, PicturePassword, RoleGrant
from models.queries import colleagues, groups
from models.queries import door as read
from models.queries.emergency import name_of
from models.queries.scope import Grant, GroupGrant, NotFoundError, group_name
from models.queries.settings import settings_of
from models.rules.access import Kind
from models.rules.names import display_name
from models.rules.pictures import LENGTH, PICTURES, door_closes, is_whole
from models.rules.settings import Settings
from models.vocabulary import LoginMethod, Role

PAGE, WROTE = "class_door", "wrote"
NOT_HERE = "Inloggen met plaatjes staat uit. Directie zet het aan bij Instellingen."
NOT_WHOLE = "Kies drie plaatjes: een eerste, een tweede en een derde."
FIRST_PERSON = "Ik"
"""What stands in the bar: the child's name is not kept a second time."""
DISABLED = "Het account van dit kind is uitgezet; vraag directie."


def compose(visit: Visit, group: GroupGrant, code: str = "", made: dict[int, list[str]] | None = None) -> DoorPage:
    """Compose the door of this group; `code` and `made` are what was made just now."""
    _require(group)
    connection, made = visit.connection, made or {}
    named = groups.group(connection, group)
    children = sorted(groups.members(connection, group, visit.scope), key=lambda row: (row.given_name or "", row.id))
    visit.log(PAGE, [child.id for child in children], group)
    known = read.accounts_of(connection, group.school_id, [child.id for child in children], visit.today)
    having = {row.pupil_id for row in known if row.has_pictures} | made.keys()
    with reading(visit.kit.engine) as fresh:  # what was opened in this very request is newer than `connection`
        door = read.open_of(fresh, group, visit.now)
    return DoorPage(
        id=named.uid,
        name=group_name(named.name),
        is_allowed=bool(settings_of(connection, group.school_id).picture_login),
        ends_at=door.ends_at if door else None,
        code=code,
        children=[
            DoorChild(
                id=child.uid,
                name=display_name(child),
                has_pictures=child.id in having,
                pictures=made.get(child.id, []),
            )
            for child in children
        ],
        without=sum(child.id not in having for child in children),
    )


def open_door(visit: Visit, group: GroupGrant) -> str:
    """Open the door and return its code; an older door of this group closes, with who came in by it."""
    _require(group)
    chosen = _allowed(visit, group.school_id)
    code, code_hash = make_code(visit.kit.settings)
    ends = datetime.combine(visit.today, time(chosen.school_day_ends), HERE)
    with writing(visit.kit.engine) as connection:
        _close(connection, visit, group)
        connection.execute(
            sa.insert(ClassDoor).values(
                school_id=group.school_id,
                group_id=group.group_id,
                code_hash=code_hash,
                account_id=visit.scope.account_id,
                opened_at=visit.now,
                ends_at=door_closes(visit.now, ends),
            )
        )
    return code


def close_door(visit: Visit, group: GroupGrant) -> None:
    """Close the door: nobody comes in any more, and who came in is out."""
    _require(group)
    with writing(visit.kit.engine) as connection:
        _close(connection, visit, group)


def make_for_group(visit: Visit, group: GroupGrant) -> dict[int, list[str]]:
    """Give each child of the group without pictures an account and pictures; returns them, to be shown once."""
    _require(group)
    _allowed(visit, group.school_id)
    children = [child.id for child in groups.members(visit.connection, group, visit.scope)]
    known = read.accounts_of(visit.connection, group.school_id, children, visit.today)
    done = {row.pupil_id for row in known if row.has_pictures or row.disabled_at is not None}
    made = {pupil_id: draw() for pupil_id in children if pupil_id not in done}
    for pupil_id, chosen in made.items():
        _keep(visit, group.school_id, pupil_id, chosen)
    visit.log(PAGE, made, group, WROTE)
    return made


def compose_pictures(visit: Visit, grant: Grant, made: Sequence[str] = ()) -> PicturesPage:
    """Compose the page on which one child chooses its pictures, together with the teacher."""
    _require_child(grant)
    child = name_of(visit.connection, grant, visit.scope)
    known = read.accounts_of(visit.connection, grant.school_id, [grant.pupil_id], visit.today)
    has = bool(made) or any(row.has_pictures for row in known)
    return PicturesPage(id=child.uid, name=display_name(child), has_pictures=has, made=list(made))


def choose(visit: Visit, grant: Grant, chosen: Sequence[str]) -> None:
    """Keep what the child chose; raises `ForPeopleError` when it is no picture password. Who is in is out."""
    _require_child(grant)
    _allowed(visit, grant.school_id)
    if not is_whole(chosen):
        raise ForPeopleError(NOT_WHOLE)
    known = read.accounts_of(visit.connection, grant.school_id, [grant.pupil_id], visit.today)
    if any(row.disabled_at is not None for row in known):
        raise ForPeopleError(DISABLED)
    _keep(visit, grant.school_id, grant.pupil_id, chosen)
    visit.log("pictures", [grant.pupil_id], grant, WROTE)


def draw() -> list[str]:
    """Draw three pictures by lot."""
    return [secrets.choice(list(PICTURES)) for _ in range(LENGTH)]


def _keep(visit: Visit, school_id: int, pupil_id: int, chosen: Sequence[str]) -> None:
    keep_pictures(visit.kit.engine, visit.kit.settings, school_id, pupil_id, chosen, visit.scope.account_id, visit.now)


def keep_pictures(
    engine: sa.Engine,
    settings: ServerSettings,
    school_id: int,
    pupil_id: int,
    chosen: Sequence[str],
    by: int,
    now: datetime,
) -> None:
    """Keep the pictures of a child, with an account for who has none; hashing comes before the transaction."""
    uid = uuid7()
    day = day_of(now)
    with writing(engine) as connection:
        known = next(iter(read.accounts_of(connection, school_id, [pupil_id], day)), None)
    owner = known.uid if known else uid
    hashed = make_hash(settings, owner, chosen)
    with writing(engine) as connection:
        again = next(iter(read.accounts_of(connection, school_id, [pupil_id], day)), None)
        if (again.uid if again else uid) != owner:
            raise ForPeopleError("Iemand anders maakte deze plaatjes net. Kijk of het zo goed is.")
        account_id = again.id if again else _open_account(connection, school_id, pupil_id, owner, now)
        connection.execute(sa.delete(PicturePassword).where(PicturePassword.account_id == account_id))
        what = {"account_id": account_id, "pictures_hash": hashed, "set_at": now, "set_by": by}
        connection.execute(sa.insert(PicturePassword).values(what))
        _end_sessions(connection, [account_id], now)


def _open_account(connection: sa.Connection, school_id: int, pupil_id: int, uid: UUID, now: datetime) -> int:
    """Make an account that opens with pictures only: it has no password, and a name that nobody types."""
    who = {"uid": uid, "login": f"kind-{uid.hex}", "display_name": FIRST_PERSON, "created_at": now}
    connection.execute(sa.insert(Account).values(**who))
    account_id = colleagues.id_of(connection, uid)
    given = {"school_id": school_id, "account_id": account_id, "role": Role.PUPIL, "pupil_id": pupil_id}
    connection.execute(sa.insert(RoleGrant).values(**given, starts_on=day_of(now), granted_by="klasdeur"))
    return account_id


def _close(connection: sa.Connection, visit: Visit, group: GroupGrant) -> None:
    mine = (ClassDoor.school_id == group.school_id, ClassDoor.group_id == group.group_id)
    is_open = (ClassDoor.closed_at.is_(None), ClassDoor.ends_at > visit.now)
    closed = connection.execute(sa.update(ClassDoor).where(*mine, *is_open).values(closed_at=visit.now)).rowcount
    if closed:
        people = read.who_may_enter(connection, group.school_id, group.group_id, visit.today)
        _end_sessions(connection, [row.id for row in people], visit.now)


def _end_sessions(connection: sa.Connection, account_ids: Sequence[int], now: datetime) -> None:
    behind = (LoginSession.method == LoginMethod.PICTURES, LoginSession.account_id.in_(account_ids))
    sessions.end(connection, now, *behind)


def _allowed(visit: Visit, school_id: int) -> Settings:
    chosen = settings_of(visit.connection, school_id)
    if not chosen.picture_login:
        raise ForPeopleError(NOT_HERE)
    return chosen


def _require(group: GroupGrant) -> None:
    if Kind.GOALS not in group.writes:
        raise NotFoundError(school_id=group.school_id)


def _require_child(grant: Grant) -> None:
    if Kind.GOALS not in grant.writes or grant.role not in {Role.TEACHER, Role.SUBSTITUTE}:
        raise NotFoundError(grant.pupil_id, grant.school_id)
