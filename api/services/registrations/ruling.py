"""Doubles of the schools of the reader, and a person's word that one is none, or that it is one after all."""

from uuid import UUID

import sqlalchemy as sa

from api.db import writing
from api.problem import ForPeopleError
from api.schemas.evidence import DoubleKey, SchoolDoubles, SchoolEvidence
from api.security.access import Access, Visit
from api.services.registrations.evidence import compose_evidence
from api.services.registrations.use import HERE
from models.doubles import NotDouble
from models.queries import evidence as read
from models.queries.scope import NotFoundError
from models.rules.registrations.facts import FACTS
from models.vocabulary import Role

RULING = frozenset({Role.IB, Role.HEAD, Role.OFFICE})
EVIDENCE = Access("leraren, invallers, IB'er, directie en administratie", RULING | {Role.TEACHER, Role.SUBSTITUTE})
"""Counts without names, for who types at school."""
RULE = Access("IB'er, directie en administratie", RULING)


class NoReasonError(ForPeopleError):
    """Someone said that it is no double and not why."""


def compose_all(visit: Visit) -> list[SchoolEvidence]:
    """Compose the evidence of each school where the reader works."""
    held = {held.school_id for held in visit.scope.held if held.role in EVIDENCE.roles}
    return [compose_evidence(visit.connection, school_id, visit.today, visit.now) for school_id in sorted(held)]


def compose_doubles(visit: Visit) -> list[SchoolDoubles]:
    """Compose what stands in two places at each school where the reader works."""
    may_rule = bool(visit.scope.roles & RULING)
    return [
        SchoolDoubles(
            school=found.school, name=found.name, as_of=found.as_of, findings=found.doubles, may_rule=may_rule
        )
        for found in compose_all(visit)
    ]


def rule_out(visit: Visit, key: DoubleKey, because: str) -> None:
    """Keep someone's word that this is no double, with the reason; raises `NoReasonError` without one."""
    school_id = _school_of(visit, key)
    because = " ".join(because.split())
    if not because:
        raise NoReasonError("Schrijf er in een paar woorden bij waarom dit geen dubbel is.")
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.delete(NotDouble).where(*_these(school_id, key)))
        connection.execute(
            sa.insert(NotDouble).values(
                school_id=school_id,
                fact=key.fact,
                lead=key.lead,
                other=key.other,
                because=because[:300],
                account_id=visit.scope.account_id,
                decided_at=visit.now,
            )
        )


def take_back(visit: Visit, key: DoubleKey) -> None:
    """Say that it is a double after all."""
    school_id = _school_of(visit, key)
    with writing(visit.kit.engine) as connection:
        connection.execute(sa.delete(NotDouble).where(*_these(school_id, key)))


def _school_of(visit: Visit, key: DoubleKey) -> int:
    """Find the school among those of which the reader may say so, where these two places are; or `NotFoundError`."""
    for school_id in sorted({held.school_id for held in visit.scope.held if held.role in RULING}):
        if _uid(visit, school_id) == key.school:
            places = {HERE, *(row.code for row in read.sources(visit.connection, school_id))}
            if key.fact in FACTS and {key.lead, key.other} <= places:
                return school_id
    raise NotFoundError


def _uid(visit: Visit, school_id: int) -> UUID:
    return read.school(visit.connection, school_id).uid


def _these(school_id: int, key: DoubleKey) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        NotDouble.school_id == school_id,
        NotDouble.fact == key.fact,
        NotDouble.lead == key.lead,
        NotDouble.other == key.other,
    )
