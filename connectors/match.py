"""Who is who: links by exact keys, and proposals for a person where that is not enough.

The rules are in models.rules.matching; here is what they are applied to. `settle` looks again at everybody who is not
linked yet, so that it does not matter whether the roll or the results come in first.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from connectors.canonical import Names
from connectors.load.bulk import Insert, Writer
from connectors.load.delivery import Delivery
from connectors.load.people import PERSON_IDENTIFIER, SOURCE_PERSON, Person
from models.person import MatchProposal, Pupil, SourcePerson
from models.provenance import Source
from models.rules import matching
from models.rules.matching import KEYS_DISAGREE, Traits
from models.vocabulary import IdentifierType, LinkMethod, PersonRole, ProposalStatus

PROPOSAL = Insert(
    MatchProposal,
    "id",
    "uid",
    "school_id",
    "source_person_id",
    "candidate_id",
    "evidence",
    "rank",
    "contradiction",
    "status",
)
CANDIDATES_SHOWN = 5


@dataclass(slots=True)
class Proposal:
    """A question that was asked before, with its answer."""

    id: int
    status: str
    evidence: dict[str, Any]
    contradiction: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """To whom, and by which key."""

    pupil_id: int
    method: LinkMethod


class Matcher:
    """The children of one school, by key and by name, and the questions that stand open."""

    def __init__(self, writer: Writer, delivery: Delivery) -> None:
        self._writer = writer
        self._delivery = delivery
        self._by_key: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._traits: dict[int, Traits] = {}
        self._by_birth_date: dict[Any, set[int]] = defaultdict(set)
        self._by_surname: dict[str, set[int]] = defaultdict(set)
        self._proposals: dict[int, dict[int | None, Proposal]] = defaultdict(dict)
        self._load()

    def register(self, pupil_id: int, traits: Traits, keys: dict[str, str]) -> None:
        """Make a child on the roll known to those that follow."""
        self._traits[pupil_id] = traits
        if self._by_surname:
            self._index_name(pupil_id, traits)
        for kind, value in keys.items():
            self._by_key[kind, value].add(pupil_id)

    def traits(self, pupil_id: int) -> Traits:
        """Give what the roll says of a child."""
        return self._traits.get(pupil_id, Traits())

    def follow_keys(self, person: Person, *, by_las_key: bool = True) -> Link | None:
        """Link by exact key, unless the keys disagree or the birth date and surname speak against it.

        What stands in the way becomes a proposal; what a person rejected is not linked again.
        """
        eckid, las_key = (person.identifiers.get(kind, "") for kind in (IdentifierType.ECK_ID, IdentifierType.LAS_KEY))
        same_eckid = self._by_key.get((IdentifierType.ECK_ID, eckid), set())
        same_key = self._by_key.get((IdentifierType.LAS_KEY, las_key), set()) if by_las_key else set()
        verdict = matching.follow_keys(same_eckid, same_key)
        if verdict.disagree:
            for pupil_id in {*same_eckid, *same_key}:
                self.propose(person, pupil_id, contradiction=KEYS_DISAGREE)
            return None
        if verdict.pupil_id is None or self.is_rejected(person, verdict.pupil_id):
            return None
        if against := matching.contradiction(self.traits(verdict.pupil_id), person.traits):
            self.propose(person, verdict.pupil_id, contradiction=against)
            return None
        return Link(verdict.pupil_id, LinkMethod.ECK_ID if verdict.by_eckid else LinkMethod.LAS_KEY)

    def is_asked(self, person: Person) -> bool:
        """Tell whether a question about this person stands open."""
        return any(known.status == ProposalStatus.OPEN for known in self._proposals.get(person.id, {}).values())

    def is_rejected(self, person: Person, pupil_id: int) -> bool:
        """Tell whether a person said before that these two are not the same child."""
        known = self._proposals.get(person.id, {}).get(pupil_id)
        return known is not None and known.status == ProposalStatus.REJECTED

    def candidates(self, person: Person, taken: Collection[int]) -> list[int]:
        """Find children that could be this one, best first; `taken` are linked to another of the same source."""
        if len(taken) >= len(self._traits):
            return []
        if not self._by_surname:
            self._index_names()
        traits = person.traits
        found = set(self._by_birth_date.get(_birth_year_and_numbers(traits), ()))
        for part in matching.surname_parts(traits.family_name):
            found |= self._by_surname.get(part, set())
        ranked = [
            (matching.rank(evidence), pupil_id)
            for pupil_id in found.difference(taken)
            if matching.is_plausible(evidence := matching.compare(self._traits[pupil_id], traits))
            and not self.is_rejected(person, pupil_id)
        ]
        return [pupil_id for _, pupil_id in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))[:CANDIDATES_SHOWN]]

    def ask(self, person: Person, taken: Collection[int]) -> None:
        """Propose whoever it could be, or nobody yet, unless a question about this person is open already."""
        candidates = self.candidates(person, taken)
        for candidate_id in candidates:
            self.propose(person, candidate_id)
        if not candidates and not self.is_asked(person):
            self.propose(person, None)
        elif candidates and (nobody := self._proposals[person.id].pop(None, None)):
            self._writer.connection.execute(sa.delete(_PROPOSAL).where(_PROPOSAL.c.id == nobody.id))

    def propose(self, person: Person, candidate_id: int | None, *, contradiction: str | None = None) -> None:
        """Ask whether these two are the same child, unless that was asked before."""
        if candidate_id not in self._proposals[person.id]:
            self._add(person.id, candidate_id, self._evidence(person.traits, candidate_id), contradiction)

    def conflict(self, person: Person, delivered: Traits, contradiction: str) -> ProposalStatus:
        """Ask whether a key still means the same child; tell what a person answered about exactly these details."""
        evidence = self._evidence(delivered, person.target_id)
        known = self._proposals[person.id].get(person.target_id)
        if known is None:
            self._add(person.id, person.target_id, evidence, contradiction)
            return ProposalStatus.OPEN
        if known.evidence.get("delivered") != evidence["delivered"] or known.contradiction != contradiction:
            known.status, known.evidence, known.contradiction = ProposalStatus.OPEN, evidence, contradiction
            values = {"status": ProposalStatus.OPEN, "evidence": evidence, "contradiction": contradiction}
            self._writer.change(MatchProposal, known.id, **values, decided_by=None, decided_at=None)
        return ProposalStatus(known.status)

    def forget(self, person_ids: Collection[int]) -> None:
        """Remove open questions about persons whose link has been made."""
        for person_id in person_ids:
            for candidate_id, known in list(self._proposals.get(person_id, {}).items()):
                if known.status == ProposalStatus.OPEN:
                    self._writer.connection.execute(sa.delete(_PROPOSAL).where(_PROPOSAL.c.id == known.id))
                    del self._proposals[person_id][candidate_id]

    def _add(
        self, person_id: int, candidate_id: int | None, evidence: dict[str, Any], contradiction: str | None
    ) -> None:
        proposal = Proposal(self._writer.new_id(MatchProposal), ProposalStatus.OPEN, evidence, contradiction)
        self._proposals[person_id][candidate_id] = proposal
        place = (proposal.id, uuid7(), self._delivery.school_id, person_id, candidate_id)
        self._writer.add(PROPOSAL, (*place, evidence, evidence.get("rank", 0), contradiction, ProposalStatus.OPEN))

    def _evidence(self, delivered: Traits, candidate_id: int | None) -> dict[str, Any]:
        said = {
            "given_name": delivered.given_name,
            "prefix": delivered.prefix,
            "family_name": delivered.family_name,
            "birth_date": delivered.birth_date.isoformat() if delivered.birth_date else None,
            "group": delivered.group,
        }
        if candidate_id is None:
            return {"delivered": said}
        evidence = matching.compare(self.traits(candidate_id), delivered)
        rank = matching.rank(evidence)
        return {"delivered": said, **evidence.as_json(), "rank": rank, "complete": matching.is_complete(evidence)}

    def _index_names(self) -> None:
        for pupil_id, traits in self._traits.items():
            self._index_name(pupil_id, traits)

    def _index_name(self, pupil_id: int, traits: Traits) -> None:
        self._by_birth_date[_birth_year_and_numbers(traits)].add(pupil_id)
        for part in matching.surname_parts(traits.family_name):
            self._by_surname[part].add(pupil_id)

    def _load(self) -> None:
        connection, school_id = self._writer.connection, self._delivery.school_id
        p, s, i, q = _PUPIL, SOURCE_PERSON, PERSON_IDENTIFIER, _PROPOSAL
        for pupil_id, *names in connection.execute(
            sa.select(
                *(p.c.id, p.c.given_name, p.c.first_names, p.c.prefix, p.c.family_name, p.c.birth_date),
            ).where(p.c.school_id == school_id)
        ):
            self._traits[pupil_id] = Traits(*names)
        leads = sa.select(_SOURCE.c.id).where(_SOURCE.c.school_id == school_id, _SOURCE.c.leads_roll)
        for kind, value, pupil_id in connection.execute(
            sa.select(i.c.kind, i.c.value, s.c.pupil_id)
            .join(s, s.c.id == i.c.source_person_id)
            .where(s.c.school_id == school_id, s.c.pupil_id.is_not(None), i.c.ends_on.is_(None))
            .where((i.c.kind == IdentifierType.ECK_ID) | s.c.source_id.in_(leads))
        ):
            self._by_key[kind, value].add(pupil_id)
        for person_id, candidate_id, *rest in connection.execute(
            sa.select(
                *(q.c.source_person_id, q.c.candidate_id, q.c.id, q.c.status, q.c.evidence, q.c.contradiction),
            ).where(q.c.school_id == school_id)
        ):
            self._proposals[person_id][candidate_id] = Proposal(*rest)


def settle(matcher: Matcher, writer: Writer, delivery: Delivery) -> set[int]:
    """Look again at everybody at this school who is not linked: link by exact key, or see to it that it is asked.

    Returns the ids of the source persons that were linked.
    """
    writer.flush()
    unlinked = _unlinked(writer.connection, delivery.school_id)
    linked: set[int] = set()
    taken: dict[int, set[int]] = {}
    for _, person in unlinked:
        if link := matcher.follow_keys(person):
            values = {"pupil_id": link.pupil_id, "link_method": link.method, "linked_at": delivery.received_at}
            writer.change(SourcePerson, person.id, **values)
            linked.add(person.id)
    writer.flush()
    matcher.forget(linked)
    for source_id, person in unlinked:
        if person.id not in linked:
            if source_id not in taken:
                taken[source_id] = _linked_pupils(writer.connection, source_id)
            matcher.ask(person, taken[source_id])
    writer.flush()
    return linked


def _unlinked(connection: sa.Connection, school_id: int) -> list[tuple[int, Person]]:
    s, i = SOURCE_PERSON, PERSON_IDENTIFIER
    nobody = (s.c.school_id == school_id, s.c.role == PersonRole.PUPIL, s.c.pupil_id.is_(None))
    people: dict[int, tuple[int, Person]] = {}
    for source_id, person_id, key, birth_date, group, *names in connection.execute(
        sa.select(
            *(s.c.source_id, s.c.id, s.c.source_key, s.c.birth_date, s.c.group_label),
            *(s.c.given_name, s.c.first_names, s.c.initials, s.c.prefix, s.c.family_name),
        )
        .where(*nobody)
        .order_by(s.c.id)
    ):
        person = Person(person_id, key, names=Names(*names), birth_date=birth_date, group_label=group)
        people[person_id] = (source_id, person)
    for person_id, kind, value in connection.execute(
        sa.select(i.c.source_person_id, i.c.kind, i.c.value)
        .join(s, s.c.id == i.c.source_person_id)
        .where(*nobody, i.c.ends_on.is_(None))
    ):
        people[person_id][1].identifiers[kind] = value
    return list(people.values())


def _linked_pupils(connection: sa.Connection, source_id: int) -> set[int]:
    s = SOURCE_PERSON
    linked = (s.c.source_id == source_id, s.c.pupil_id.is_not(None), s.c.vanished_at.is_(None))
    return set(connection.scalars(sa.select(s.c.pupil_id).where(*linked)))


def _birth_year_and_numbers(traits: Traits) -> tuple[int, frozenset[int]] | None:
    """Give what is equal for a birth date and for the same date with day and month swapped."""
    day = traits.birth_date
    return (day.year, frozenset((day.month, day.day))) if day else None


_PROPOSAL = cast("sa.Table", MatchProposal.__table__)
_PUPIL = cast("sa.Table", Pupil.__table__)
_SOURCE = cast("sa.Table", Source.__table__)
