"""What people did with the signals about a child: so that one that was answered stays away until there is new evidence.

To read the answers a reader must be allowed to read what is written about the child (`Kind.OBSERVATIONS` or
`Kind.NOTES`); for anyone else there are none.
"""

from datetime import date

import sqlalchemy as sa

from models.account import Account
from models.attention import SignalAnswer
from models.queries.prepared import Prepared, Rows
from models.queries.scope import Grant, GroupGrant
from models.queries.sheet import CHILDREN, PUPIL, SCHOOL, child, children
from models.rules.access import Kind

READERS = frozenset({Kind.OBSERVATIONS, Kind.NOTES})


def _answers(whose: sa.ColumnElement[bool]) -> Prepared:
    return Prepared(
        sa.select(
            SignalAnswer.pupil_id,
            SignalAnswer.rule,
            SignalAnswer.topic,
            SignalAnswer.evidence,
            SignalAnswer.reply,
            SignalAnswer.because,
            SignalAnswer.answered_at,
            SignalAnswer.account_id,
            Account.display_name.label("person"),
        )
        .join(Account, Account.id == SignalAnswer.account_id)
        .where(whose)
        .order_by(SignalAnswer.answered_at, SignalAnswer.id)
    )


_OF_ONE = _answers(sa.and_(SignalAnswer.school_id == SCHOOL, SignalAnswer.pupil_id == PUPIL))
_OF_GROUP = _answers(SignalAnswer.pupil_id.in_(CHILDREN))


def answers_of(connection: sa.Connection, grant: Grant) -> Rows:
    """The answers about one child, oldest first."""
    return _OF_ONE.rows(connection, **child(grant)) if grant.kinds & READERS else []


def answers_in(connection: sa.Connection, grant: GroupGrant, today: date) -> Rows:
    """The answers about all children of a group, oldest first."""
    return _OF_GROUP.rows(connection, **children(grant, today)) if grant.kinds & READERS else []


def may_answer(grant: Grant) -> bool:
    """Tell whether this reader may say what was done with a signal: who writes about the child may."""
    return bool(grant.writes & grant.kinds & READERS)
