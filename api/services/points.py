"""Adding and ending sentences about what helps, hinders and means something in class; typed here or in a talk, once."""

from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.points import PointLine, PointsPage
from api.security.access import Visit
from models.queries import points as read
from models.queries.emergency import name_of
from models.queries.scope import Grant, NotFoundError
from models.queries.whose import take_turns
from models.rules.names import display_name
from models.rules.purposes import READ_AS, Purpose, picked
from models.support import SupportPoint
from models.vocabulary import SupportKind

WROTE = "wrote"
LONGEST = 300
ADDING = {
    SupportKind.HELPS: "wat helpt",
    SupportKind.HINDERS: "wat het moeilijk maakt",
    SupportKind.IN_CLASS: "wat het in de klas betekent",
}


def may_add(grant: Grant) -> dict[str, str]:
    """List the kinds of sentence that this reader may add, value and words."""
    return {kind.value: words for kind, words in ADDING.items() if _may_write(grant, kind)}


def compose_points(visit: Visit, grant: Grant) -> PointsPage:
    """Compose the sentences that hold for this child, for who may read one of their kinds."""
    if not grant.kinds & set(READ_AS.values()):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    child = name_of(visit.connection, grant, visit.scope)
    rows = picked(read.points_of(visit.connection, grant, visit.today), Purpose.SHEET, grant.kinds)
    return PointsPage(
        id=child.uid,
        name=display_name(child),
        ground=grant.ground,
        points=[
            PointLine(
                id=row.uid,
                kind=row.kind,
                kind_text=ADDING[SupportKind(row.kind)],
                body=row.body,
                observed_on=row.observed_on,
                author=row.author,
                may_end=_may_write(grant, row.kind),
            )
            for row in rows
        ],
        may_add=may_add(grant),
    )


def add(visit: Visit, grant: Grant, kind: SupportKind, body: str) -> UUID:
    """Write down one sentence about this child; from now on it is wherever its kind is used.

    The very sentence that is there already is not written again: a hand presses twice.
    """
    body = " ".join(body.split())
    if not _may_write(grant, kind):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    if not body or len(body) > LONGEST:
        raise ForPeopleError(f"Schrijf in één of twee zinnen ({LONGEST} tekens) wat een collega moet weten.")
    uid = uuid7()
    with writing(visit.kit.engine) as connection:
        take_turns(connection, grant)
        if (there := read.same(connection, grant, kind, body)) is not None:
            return there
        connection.execute(
            sa.insert(SupportPoint).values(
                uid=uid,
                school_id=grant.school_id,
                pupil_id=grant.pupil_id,
                kind=kind,
                body=body,
                observed_on=visit.today,
                account_id=visit.scope.account_id,
            )
        )
    visit.log(READ_AS[kind], [grant.pupil_id], grant, WROTE)
    return uid


def end(visit: Visit, grant: Grant, uid: UUID) -> None:
    """Say that a sentence no longer holds; it stays in the dossier, and on no page that looks at today."""
    row = read.point(visit.connection, grant, uid)
    if not _may_write(grant, row.kind):
        raise NotFoundError(grant.pupil_id, grant.school_id)
    with writing(visit.kit.engine) as connection:
        connection.execute(
            sa.update(SupportPoint)
            .where(SupportPoint.id == row.id, SupportPoint.ended_on.is_(None))
            .values(ended_on=visit.today)
        )
    visit.log(READ_AS[SupportKind(row.kind)], [grant.pupil_id], grant, WROTE)


def _may_write(grant: Grant, kind: SupportKind) -> bool:
    return READ_AS[SupportKind(kind)] in grant.kinds & grant.writes
