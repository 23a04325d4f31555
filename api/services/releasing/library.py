"""The library of explaining sentences: ours, and what a school writes instead. About no child: no line in the log."""

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.releasing import ExplanationLine, Library
from api.security.access import Visit
from models.queries import releasing as read
from models.queries.scope import NotFoundError
from models.release import Explanation
from models.rules.explaining import SENTENCES, WHEN, problem_of
from models.vocabulary import Role

EDITORS = (Role.HEAD, Role.IB)


def compose_library(visit: Visit) -> Library:
    """Compose every sentence of the school where the reader is directie or IB'er."""
    own = {row.key: row for row in read.own_sentences(visit.connection, _school(visit))}
    return Library(
        lines=[
            ExplanationLine(
                key=key,
                when=WHEN[key],
                ours=ours,
                own=own[key].body if key in own else "",
                changed_at=own[key].changed_at if key in own else None,
                changed_by=own[key].person if key in own else None,
            )
            for key, ours in SENTENCES.items()
        ]
    )


def change(visit: Visit, key: str, body: str) -> None:
    """Keep the school's own sentence, from the next release on; an empty one goes back to ours."""
    school = _school(visit)
    if key not in SENTENCES:
        raise NotFoundError(school_id=school)
    body = " ".join(body.split())
    is_own = body not in {"", SENTENCES[key]}
    if is_own and (problem := problem_of(body)):
        raise ForPeopleError(problem)
    kept = {"body": body, "account_id": visit.scope.account_id, "changed_at": visit.now}
    chosen = (Explanation.school_id == school, Explanation.key == key)
    with writing(visit.kit.engine) as connection:
        if not is_own:
            connection.execute(sa.delete(Explanation).where(*chosen))
        elif connection.execute(sa.update(Explanation).where(*chosen).values(kept)).rowcount == 0:
            connection.execute(sa.insert(Explanation).values(school_id=school, key=key, **kept))


def _school(visit: Visit) -> int:
    return next(held.school_id for held in visit.scope.held if held.role in EDITORS)
