"""At the table: what is agreed and the child's own goal, kept with all other agreements and goals; the end, once."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.problem import ForPeopleError
from api.schemas.meetings import MOST_AGREED, MOST_IN_A_LINE, AtTheTable
from api.security.access import Visit
from api.services.meetings.rights import log_written, require_writing, running
from models.queries import meetings as read
from models.queries.scope import Grant, NotFoundError
from models.queries.talk_content import colleagues
from models.rules.access import Kind
from models.support import Agreement, Goal
from models.talk import Talk, TalkWish

HOME, CHILD = "home", "child"
"""Who does it when it is no colleague: it is said in the agreement itself."""


def add(visit: Visit, grant: Grant, uid: UUID, said: AtTheTable) -> None:
    """Keep what is agreed and the child's goal; the same line twice is one line."""
    require_writing(grant)
    row = read.meeting(visit.connection, grant, uid, visit.today)
    what, goal = _line(said.what), _line(said.goal)
    if said.when and said.when < visit.today:
        raise ForPeopleError("Kies voor een afspraak vandaag of een latere dag.")
    if not what and not goal:
        raise ForPeopleError("Schrijf op wat u afspreekt, of welk doel het kind heeft.")
    owner, before = _who(visit, grant, said.who) if what else (None, "")
    with running(visit, row) as connection:
        by = {"school_id": grant.school_id, "pupil_id": grant.pupil_id, "account_id": visit.scope.account_id}
        if what:
            agreed = {"body": before + what, "owner_account_id": owner, "due_on": said.when}
            _agree(connection, row, by | agreed, visit)
        if goal and not any(one.body == goal for one in read.goals_of_day(connection, grant, visit.today)):
            require_goal(grant)
            connection.execute(sa.insert(Goal).values(**by, uid=uuid7(), body=goal, stated_on=visit.today))
    log_written(visit, grant)


def take_back(visit: Visit, grant: Grant, uid: UUID, agreement: UUID) -> None:
    """Take back an agreement of this talk, while it runs."""
    require_writing(grant)
    row = read.meeting(visit.connection, grant, uid, visit.today)
    with running(visit, row) as connection:
        mine = (Agreement.uid == agreement, Agreement.talk_id == row.id, Agreement.pupil_id == grant.pupil_id)
        if connection.execute(sa.delete(Agreement).where(*mine)).rowcount != 1:
            raise NotFoundError(grant.pupil_id, grant.school_id)
    log_written(visit, grant)


def end(visit: Visit, grant: Grant, uid: UUID) -> None:
    """Finish the talk: after it nothing changes; a second time does nothing."""
    require_writing(grant)
    row = read.meeting(visit.connection, grant, uid, visit.today)
    if row.ended_at is not None:
        return
    with running(visit, row) as connection:
        connection.execute(sa.update(Talk).where(Talk.id == row.id).values(ended_at=visit.now))
        connection.execute(sa.update(TalkWish).where(TalkWish.talk_id == row.id).values(closed_at=visit.now))
    log_written(visit, grant)


def may_write_goal(grant: Grant) -> bool:
    return Kind.GOALS in grant.kinds & grant.writes


def require_goal(grant: Grant) -> None:
    if not may_write_goal(grant):
        raise NotFoundError(grant.pupil_id, grant.school_id)


def _agree(connection: sa.Connection, row: Any, agreed: dict[str, Any], visit: Visit) -> None:
    there = connection.execute(sa.select(Agreement.body).where(Agreement.talk_id == row.id)).scalars().all()
    if agreed["body"] in there:
        return
    if len(there) >= MOST_AGREED:
        raise ForPeopleError(
            f"Meer dan {MOST_AGREED} afspraken passen niet op één blad, en niet in een hoofd. Neem er een terug."
        )
    connection.execute(sa.insert(Agreement).values(**agreed, talk_id=row.id, uid=uuid7(), agreed_on=visit.today))


def _line(text: str) -> str:
    typed = " ".join(text.split())
    if len(typed) > MOST_IN_A_LINE:
        raise ForPeopleError(f"Schrijf het in één zin: hooguit {MOST_IN_A_LINE} tekens.")
    return typed


def _who(visit: Visit, grant: Grant, who: str) -> tuple[int | None, str]:
    """Give the colleague who does it; or, for home and the child, words before the agreement."""
    if not who:
        return None, ""
    if who == HOME:
        return None, "Thuis: "
    if who == CHILD:
        child = read.child_of(visit.connection, grant)
        return None, f"{child.given_name or 'Het kind'}: "
    for row in colleagues(visit.connection, grant, visit.today):
        if str(row.uid) == who:
            return int(row.id), ""
    raise ForPeopleError("Kies wie het doet uit de lijst.")
