"""What each who takes part thinks beforehand; the others see it once all are ready or the talk begins."""

import sqlalchemy as sa

from api.problem import ForPeopleError
from api.schemas.talks import NewView
from api.security.access import Visit
from api.services.talks.rights import ChangedMeanwhileError, log_written, require, to_come
from models.queries.talks import FoundTalk
from models.rules.access import Kind
from models.talk import TalkView


def save(visit: Visit, talk: FoundTalk, view: NewView) -> None:
    """Keep one's own view; ready or not, until all are ready: from then on the others may have read it."""
    require({Kind.NOTES} <= talk.grant.kinds & talk.grant.writes, talk.grant)
    if view.is_ready and not view.strengths.strip():
        raise ForPeopleError("Schrijf eerst op wat goed gaat; dan is uw blik klaar.")
    with to_come(visit, talk) as (connection, _):
        rows = connection.execute(
            sa.select(TalkView.account_id, TalkView.ready_at).where(TalkView.talk_id == talk.id)
        ).all()
        mine = [row for row in rows if row.account_id == visit.scope.account_id]
        require(bool(mine), talk.grant)
        if all(row.ready_at for row in rows):
            raise ChangedMeanwhileError("Iedereen is klaar en kan elkaars blik lezen; er verandert niets meer aan.")
        connection.execute(
            sa.update(TalkView)
            .where(TalkView.talk_id == talk.id, TalkView.account_id == visit.scope.account_id)
            .values(
                strengths=view.strengths.strip(),
                concerns=view.concerns.strip(),
                wish=view.wish.strip(),
                ready_at=visit.now if view.is_ready else None,
            )
        )
    log_written(visit, talk.grant)
