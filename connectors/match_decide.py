"""What a person decides about a proposal, and what follows from it: a link, a name, a child, a record tried again.

No function here commits; the caller gives a connection in a transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from connectors.load.bulk import Writer
from connectors.load.people import NAME_COLUMNS, SOURCE_PERSON
from connectors.load.retry import issues_about, retry
from models.person import MatchProposal, Pupil
from models.provenance import Source
from models.queries.memory import forget
from models.rules.matching import BIRTH_DATE_CHANGED
from models.school import School
from models.vocabulary import LinkMethod, ProposalStatus

T_PROPOSAL = cast("sa.Table", MatchProposal.__table__)
T_PUPIL = cast("sa.Table", Pupil.__table__)
T_SOURCE = cast("sa.Table", Source.__table__)
T_SCHOOL = cast("sa.Table", School.__table__)


class NoSuchProposal(Exception):
    """There is no open proposal with this id, or it names nobody to accept."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, when; goes into every row that changes."""

    who: str
    when: datetime


def accept(connection: sa.Connection, uid: UUID, decision: Decision) -> int:
    """Same child: link, or apply what contradicted; returns how many waiting records came in by it."""
    proposal = _open(connection, uid)
    if proposal.candidate_id is None:
        raise NoSuchProposal
    _answer(connection, proposal.id, ProposalStatus.ACCEPTED, decision)
    if proposal.pupil_id is None:
        _link(connection, proposal.source_person_id, proposal.candidate_id, decision)
    elif proposal.contradiction == BIRTH_DATE_CHANGED and proposal.pupil_id == proposal.candidate_id:
        said = sa.select(SOURCE_PERSON.c.birth_date).where(SOURCE_PERSON.c.id == proposal.source_person_id)
        change = sa.update(T_PUPIL).where(T_PUPIL.c.id == proposal.candidate_id)
        connection.execute(change.values(birth_date=said.scalar_subquery()))
    return _retry(connection, proposal.source_person_id, decision)


def reject(connection: sa.Connection, uid: UUID, decision: Decision) -> int:
    """Not the same child: remembered, never proposed again.

    When nobody is left to choose from and the source leads the roll, it is a child we did not know yet.
    """
    proposal = _open(connection, uid)
    _answer(connection, proposal.id, ProposalStatus.REJECTED, decision)
    if proposal.pupil_id is None and proposal.leads_roll and not _is_open(connection, proposal.source_person_id):
        _make_pupil(connection, proposal.source_person_id, decision)
    return _retry(connection, proposal.source_person_id, decision)


def link(connection: sa.Connection, person_id: int, pupil_id: int, decision: Decision) -> int:
    """Link a source's person to a child by hand, whatever it was linked to before; facts move along by themselves."""
    _link(connection, person_id, pupil_id, decision)
    return _retry(connection, person_id, decision)


def _open(connection: sa.Connection, uid: UUID) -> sa.Row[*tuple[Any, ...]]:
    q, s = T_PROPOSAL, SOURCE_PERSON
    row = connection.execute(
        sa.select(
            *(q.c.id, q.c.source_person_id, q.c.candidate_id, q.c.contradiction, s.c.pupil_id), T_SOURCE.c.leads_roll
        )
        .join(s, s.c.id == q.c.source_person_id)
        .join(T_SOURCE, T_SOURCE.c.id == s.c.source_id)
        .where(q.c.uid == uid, q.c.status == ProposalStatus.OPEN)
    ).first()
    if row is None:
        raise NoSuchProposal
    return row


def _is_open(connection: sa.Connection, person_id: int) -> bool:
    q = T_PROPOSAL
    still = sa.select(q.c.id).where(q.c.source_person_id == person_id, q.c.status == ProposalStatus.OPEN)
    return connection.execute(still).first() is not None


def _answer(connection: sa.Connection, proposal_id: int, status: ProposalStatus, decision: Decision) -> None:
    answer = sa.update(T_PROPOSAL).where(T_PROPOSAL.c.id == proposal_id)
    connection.execute(answer.values(status=status, decided_by=decision.who, decided_at=decision.when))


def _link(connection: sa.Connection, person_id: int, pupil_id: int, decision: Decision) -> None:
    values = {"link_method": LinkMethod.MANUAL, "linked_by": decision.who, "linked_at": decision.when}
    change = sa.update(SOURCE_PERSON).where(SOURCE_PERSON.c.id == person_id)
    school_id = connection.execute(change.values(pupil_id=pupil_id, **values).returning(SOURCE_PERSON.c.school_id))
    forget(connection, school_id.scalar_one())
    q = T_PROPOSAL
    moot = sa.delete(q).where(q.c.source_person_id == person_id, q.c.status == ProposalStatus.OPEN)
    connection.execute(moot)


def _make_pupil(connection: sa.Connection, person_id: int, decision: Decision) -> None:
    s = SOURCE_PERSON
    columns = ("school_id", *NAME_COLUMNS, "birth_date", "sex")
    person = connection.execute(sa.select(*(s.c[name] for name in columns)).where(s.c.id == person_id)).mappings().one()
    pupil_id = Writer(connection).new_id(Pupil)
    connection.execute(sa.insert(Pupil).values(id=pupil_id, uid=uuid7(), **person))
    _link(connection, person_id, pupil_id, decision)


def _retry(connection: sa.Connection, person_id: int, decision: Decision) -> int:
    waiting = issues_about(connection, [person_id])
    if not waiting:
        return 0
    school = sa.select(T_SCHOOL.c.brin, T_SCHOOL.c.dependance, T_SCHOOL.c.school_key).where(
        T_SCHOOL.c.id == sa.select(SOURCE_PERSON.c.school_id).where(SOURCE_PERSON.c.id == person_id).scalar_subquery()
    )
    row = connection.execute(school).one()
    scope = f"{row.brin}{row.dependance}" if row.brin else row.school_key
    return retry(connection, waiting, scope, decision.when)
