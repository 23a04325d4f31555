"""At the table: what is seen, what the child says, what helps and hinders, what is agreed; and the end, once.

Each line is written once and is a row of its own with the talk it came from; after the end nothing changes.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.talks import Outcome, Said, TableText
from api.security.access import Visit
from api.services.agreements import close_row, line
from api.services.talks.rights import ChangedMeanwhileError, log_written, may_write, require, running
from models.queries.group_facts import pupils_in
from models.queries.scope import Grant, GroupGrant
from models.queries.talk_content import agreed_before, colleagues
from models.queries.talks import FoundTalk
from models.support import Agreement, SupportPoint
from models.talk import Talk, TalkWish
from models.vocabulary import SupportKind

MEANWHILE = (
    "Intussen schreef iemand anders in deze bespreking. Wat u typte staat er nog; wat de ander schreef, staat erboven."
)


def save_text(visit: Visit, talk: FoundTalk, text: TableText) -> int:
    """Keep what is seen and what the child says; gives the new version, or `ChangedMeanwhileError`."""
    with running(visit, talk) as (connection, row):
        version = _save_text(connection, row, text)
    log_written(visit, talk.grant)
    return version


def save(
    visit: Visit, talk: FoundTalk, text: TableText | None, said: Said, *, end: bool = False, gone: UUID | None = None
) -> None:
    """Keep all that was typed at the table in one go; with `gone` take a line back, with `end` finish the talk."""
    lines = _lines(said)
    what = line(said.what, "wat u afspreekt")
    if not what and (said.who or said.when) and not end:
        raise ForPeopleError("Schrijf ook wat u afspreekt.")
    if said.when and what and said.when < visit.today:
        raise ForPeopleError("Kies voor een afspraak vandaag of een latere dag.")
    child = child_of(visit, talk, said.child)
    owner = _owner(visit, talk, said.who) if what else None
    with running(visit, talk) as (connection, row):
        if text is not None:
            _save_text(connection, row, text)
        whose = {"school_id": row.school_id, "talk_id": row.id, "account_id": visit.scope.account_id}
        for kind, body in lines.items():
            point = {"pupil_id": child, "kind": kind, "body": body}
            if child is not None and not _is_there(connection, SupportPoint, row.id, point):
                dated = {"uid": uuid7(), "observed_on": visit.today}
                connection.execute(sa.insert(SupportPoint).values(whose | point | dated))
        if what:
            whom = {"pupil_id": child} if child is not None else {"group_id": row.group_id}
            agreement = whom | {"body": what, "owner_account_id": owner, "due_on": said.when}
            if not _is_there(connection, Agreement, row.id, agreement):
                dated = {"uid": uuid7(), "agreed_on": visit.today}
                connection.execute(sa.insert(Agreement).values(whose | agreement | dated))
        about = {child, _take_back(connection, row, gone, talk) if gone is not None else None}
        if end:
            connection.execute(sa.update(Talk).where(Talk.id == row.id).values(ended_at=visit.now))
            connection.execute(sa.update(TalkWish).where(TalkWish.talk_id == row.id).values(closed_at=visit.now))
    log_written(visit, talk.grant, *(pupil_id for pupil_id in about if pupil_id is not None))


def end(visit: Visit, talk: FoundTalk) -> None:
    """Finish the talk: the report is ready; a second time does nothing."""
    if talk.row.ended_at is None:
        save(visit, talk, None, Said(), end=True)


def take_back(visit: Visit, talk: FoundTalk, uid: UUID) -> None:
    """Take back a line that was written in this talk while it runs."""
    save(visit, talk, None, Said(), gone=uid)


def close(visit: Visit, talk: FoundTalk, outcome: Outcome, child: UUID | None = None) -> None:
    """Say how an earlier agreement ended; once closed it stays so."""
    require(may_write(talk.grant) and talk.is_running, talk.grant)
    about = grant_of(visit, talk, child)
    rows = agreed_before(visit.connection, talk, about, visit.today)
    found = [row for row in rows if row.uid == outcome.agreement]
    require(bool(found), talk.grant)
    with writing(visit.kit.engine) as connection:
        close_row(connection, found[0].id, outcome.outcome, outcome.body, visit.today)
    log_written(visit, about)


def grant_of(visit: Visit, talk: FoundTalk, child: UUID | None) -> Grant | GroupGrant:
    """The right to whom it is about: the talk's child or group, or one child of the group; else `NotFoundError`."""
    pupil_id = child_of(visit, talk, child)
    if pupil_id is None or isinstance(talk.grant, Grant):
        return talk.grant
    group = talk.grant
    return Grant(pupil_id, group.school_id, group.role, group.ground, group.kinds, group.writes)


def child_of(visit: Visit, talk: FoundTalk, child: UUID | None) -> int | None:
    """The child of whom something is said: of the talk itself, or one who is in the group today; None for the group."""
    if isinstance(talk.grant, Grant):
        require(child in {None, talk.child_uid}, talk.grant)
        return talk.grant.pupil_id
    if child is None:
        return None
    found = [row.id for row in pupils_in(visit.connection, talk.grant, visit.today) if row.uid == child]
    require(bool(found), talk.grant)
    return int(found[0])


def _take_back(connection: sa.Connection, row: Any, uid: UUID, talk: FoundTalk) -> int | None:
    """Delete the line, and give the child that it was about; None for the group."""
    gone: list[int | None] = []
    for table in (SupportPoint, Agreement):
        mine = (table.uid == uid, table.talk_id == row.id, table.school_id == row.school_id)
        gone += connection.scalars(sa.delete(table).where(*mine).returning(table.pupil_id))
    require(len(gone) == 1, talk.grant)
    return gone[0]


def _save_text(connection: sa.Connection, row: Any, text: TableText) -> int:
    written = {"sees": text.sees.strip(), "child_says": text.child_says.strip()}
    if all(getattr(row, name) == value for name, value in written.items()):
        return int(row.version)
    if row.version != text.version:
        raise ChangedMeanwhileError(MEANWHILE)
    connection.execute(sa.update(Talk).where(Talk.id == row.id).values(version=row.version + 1, **written))
    return int(row.version) + 1


def _lines(said: Said) -> dict[SupportKind, str]:
    typed = {
        SupportKind.HELPS: line(said.helps, "wat helpt"),
        SupportKind.HINDERS: line(said.hinders, "wat hindert"),
    }
    return {kind: body for kind, body in typed.items() if body}


def _owner(visit: Visit, talk: FoundTalk, uid: UUID | None) -> int | None:
    if uid is None:
        return None
    found = [row.id for row in colleagues(visit.connection, talk.grant, visit.today) if row.uid == uid]
    require(bool(found), talk.grant)
    return int(found[0])


def _is_there(
    connection: sa.Connection, table: type[SupportPoint] | type[Agreement], talk_id: int, values: Mapping[str, Any]
) -> bool:
    """Tell whether this very line was written already: who presses twice says it once."""
    same = [getattr(table, name).is_not_distinct_from(value) for name, value in values.items()]
    return bool(connection.scalar(sa.select(sa.exists().where(table.talk_id == talk_id, *same))))
