"""The child's own page: its goals, what it is proud of, what school tells it and the week; its id is in no address.

What school tells of a test is what was released to the child: it may hear that before its parents do.
"""

from api.schemas.own import OwnGoalLine, OwnPage, Proud, Told
from api.security.access import Visit
from api.services.portfolio import pieces
from models.queries import goals, own
from models.queries.scope import AnyRow, Grant, NotFoundError, as_family, authorize
from models.rules.access import Kind
from models.vocabulary import Role

PAGE = "own"
SHOWN_PIECES = 4


def own_grant(visit: Visit, needs: Kind = Kind.PLACEMENT) -> Grant:
    """Say why this child may see itself, and log it; `NotFoundError` for who is no child here."""
    uid = own.child(visit.connection, visit.scope)
    if uid is None:
        raise NotFoundError
    grant = authorize(visit.connection, as_family(visit.scope), uid, needs)
    if grant.role is not Role.PUPIL:
        raise NotFoundError(grant.pupil_id, grant.school_id)
    visit.log(PAGE, [grant.pupil_id], grant)
    return grant


def compose(visit: Visit) -> OwnPage:
    """Compose the page of the child that is logged in."""
    connection = visit.connection
    grant = own_grant(visit)
    portfolio = pieces.compose(visit, grant)
    me = own.about(connection, grant, visit.today)
    return OwnPage(
        id=portfolio.id,
        name=me.given_name or portfolio.name,
        group=me.group_uid,
        goals=[_goal(row) for row in goals.of_child(connection, grant)],
        pieces=portfolio.pieces[:SHOWN_PIECES],
        more_pieces=max(0, len(portfolio.pieces) - SHOWN_PIECES),
        proud=[Proud(on=row.observed_on, body=row.body) for row in own.talents(connection, grant)],
        told=[
            Told(id=row.uid, name=row.name, on=row.taken_on, body=row.explanation)
            for row in own.told(connection, grant, visit.today)
        ],
    )


def _goal(row: AnyRow) -> OwnGoalLine:
    return OwnGoalLine(
        id=row.uid,
        body=row.body,
        stated_on=row.stated_on,
        answer_text=row.answer.label if row.answer else None,
        answer_body=row.answer_body if row.answer else None,
        judgement_text=row.judgement.label if row.judgement else None,
        judgement_body=row.judgement_body if row.judgement else None,
    )
