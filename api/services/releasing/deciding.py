"""Releasing results and taking them back: all that was chosen or nothing, and never twice."""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import uuid4

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.releasing import NewReleases
from api.security.access import Visit
from api.services.releasing.moments import PAGE, find, held_in
from models.queries import releasing as read
from models.queries.scope import GroupGrant
from models.queries.whose import take_turns_about
from models.release import Release

FURTHEST = timedelta(days=200)
WROTE, WITHDREW = "wrote", "withdrew"
STALE = "Een van de uitslagen is er niet meer of is gecorrigeerd. Bekijk de bladzijde opnieuw; er is niets vrijgegeven."


def release(visit: Visit, grant: GroupGrant, code: str, new: NewReleases) -> int:
    """Release these results of one moment; gives how many were not released before. Raises `ForPeopleError`."""
    _check_days(new.child_from, new.parents_from, visit.today)
    of = _of(visit, grant, code)
    chosen = {each.result: each.sentence.strip() for each in new.results}
    if not chosen.keys() <= of.keys():
        raise ForPeopleError(STALE)
    if not all(chosen.values()):
        raise ForPeopleError("Een uitslag gaat nooit kaal naar ouders. Schrijf bij elke uitslag een zin.")
    common = {
        "school_id": grant.school_id,
        "child_from": new.child_from,
        "parents_from": new.parents_from,
        "account_id": visit.scope.account_id,
        "released_at": visit.now,
    }
    with writing(visit.kit.engine) as connection:
        take_turns_about(connection, grant, {of[result] for result in chosen})
        there = {row.assessment_id for row in read.standing(connection, grant, chosen)}
        rows = [
            common | {"uid": uuid4(), "pupil_id": of[result], "assessment_id": result, "explanation": sentence}
            for result, sentence in chosen.items()
            if result not in there
        ]
        if rows:
            _end_stale(connection, visit, chosen.keys() - there)
            connection.execute(sa.insert(Release), rows)
    new_ones = chosen.keys() - there
    visit.log(PAGE, sorted({of[result] for result in new_ones}), grant, WROTE)
    return len(new_ones)


def take_back(visit: Visit, grant: GroupGrant, code: str, results: list[int]) -> int:
    """Take back what was released of these results; gives how many were. Whoever read it, did."""
    of = _of(visit, grant, code)
    chosen = set(results) & of.keys()
    with writing(visit.kit.engine) as connection:
        take_turns_about(connection, grant, {of[result] for result in chosen})
        rows = read.standing(connection, grant, chosen)
        connection.execute(
            sa.update(Release)
            .where(Release.id.in_([row.id for row in rows]))
            .values(withdrawn_at=visit.now, withdrawn_by=visit.scope.account_id)
        )
    visit.log(PAGE, sorted({row.pupil_id for row in rows}), grant, WITHDREW)
    return len(rows)


def _end_stale(connection: sa.Connection, visit: Visit, results: Collection[int]) -> None:
    """End what was released of these as a result of another child, which nobody could read any more."""
    stale = (Release.assessment_id.in_(results), Release.withdrawn_at.is_(None))
    ended = {"withdrawn_at": visit.now, "withdrawn_by": visit.scope.account_id}
    connection.execute(sa.update(Release).where(*stale).values(ended))


def _of(visit: Visit, grant: GroupGrant, code: str) -> dict[int, int]:
    """Whose each result of this moment is; only of children of the group."""
    held = held_in(visit.connection, grant, visit.today)
    moment = find(held, grant, code)
    return {one.row.id: pupil_id for pupil_id, taken in held.by_moment[moment].items() for one in taken}


def _check_days(child_from: date, parents_from: date, today: date) -> None:
    if child_from < today or parents_from > today + FURTHEST:
        raise ForPeopleError("Kies vandaag of een latere dag in dit schooljaar.")
    if parents_from < child_from:
        raise ForPeopleError(
            "Het kind leest het eerder dan de ouders, of tegelijk. Kies voor de ouders een latere dag."
        )
