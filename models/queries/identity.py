"""Who is who: open proposals, and what each source says of one child where they disagree.

Proposals take schools instead of a Scope, like models.queries.provenance; `claims` is about one child and takes the
Grant that the authorizer gave.
"""

from collections.abc import Sequence
from typing import cast

import sqlalchemy as sa

from models.person import MatchProposal, PersonIdentifier, Pupil, SourcePerson
from models.provenance import Source
from models.queries.provenance import SCHOOL_CODE
from models.queries.scope import AnyRow
from models.school import School
from models.vocabulary import IdentifierType, PersonRole, ProposalStatus


def open_proposals(connection: sa.Connection, schools: Sequence[int]) -> Sequence[AnyRow]:
    """Questions for a person, those with the strongest evidence first; `candidates` counts those of one person."""
    others = (
        sa.select(MatchProposal.source_person_id, sa.func.count().label("n"))
        .where(MatchProposal.status == ProposalStatus.OPEN)
        .group_by(MatchProposal.source_person_id)
        .subquery()
    )
    names = (Pupil.given_name, Pupil.prefix, Pupil.family_name, Pupil.birth_date)
    return connection.execute(
        sa.select(
            MatchProposal.uid,
            MatchProposal.school_id,
            MatchProposal.source_person_id,
            MatchProposal.candidate_id,
            MatchProposal.evidence,
            MatchProposal.contradiction,
            MatchProposal.rank,
            SCHOOL_CODE.label("school"),
            Source.code.label("source"),
            Source.label.label("source_label"),
            SourcePerson.source_key,
            others.c.n.label("candidates"),
            *names,
        )
        .join(SourcePerson, SourcePerson.id == MatchProposal.source_person_id)
        .join(Source, Source.id == SourcePerson.source_id)
        .join(School, School.id == MatchProposal.school_id)
        .join(others, others.c.source_person_id == MatchProposal.source_person_id)
        .outerjoin(Pupil, Pupil.id == MatchProposal.candidate_id)
        .where(MatchProposal.school_id.in_(schools), MatchProposal.status == ProposalStatus.OPEN)
        .order_by(MatchProposal.rank.desc(), MatchProposal.source_person_id, MatchProposal.id)
    ).all()


def person_of_source(connection: sa.Connection, schools: Sequence[int], source: str, key: str) -> int | None:
    """The newest person that a source knows under a key."""
    return cast(
        "int | None",
        connection.scalar(
            sa.select(SourcePerson.id)
            .join(Source, Source.id == SourcePerson.source_id)
            .where(SourcePerson.school_id.in_(schools), Source.code == source, SourcePerson.source_key == key)
            .where(SourcePerson.role == PersonRole.PUPIL)
            .order_by(SourcePerson.generation.desc())
            .limit(1)
        ),
    )


def pupil_by_las_key(connection: sa.Connection, schools: Sequence[int], key: str) -> int | None:
    """The child that the roll knows under this key now."""
    return cast(
        "int | None",
        connection.scalar(
            sa.select(SourcePerson.pupil_id)
            .join(PersonIdentifier, PersonIdentifier.source_person_id == SourcePerson.id)
            .join(Source, Source.id == SourcePerson.source_id)
            .where(SourcePerson.school_id.in_(schools), Source.leads_roll, PersonIdentifier.ends_on.is_(None))
            .where(PersonIdentifier.kind == IdentifierType.LAS_KEY, PersonIdentifier.value == key)
            .limit(1)
        ),
    )
