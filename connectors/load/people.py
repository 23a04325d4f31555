"""Persons as one source knows them (`source_person`) with their keys, in memory during a delivery."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast

import sqlalchemy as sa

from connectors.canonical import Names
from connectors.load.bulk import Insert, Writer
from connectors.load.delivery import Delivery
from models.person import PersonIdentifier, SourcePerson
from models.rules.matching import Traits
from models.vocabulary import IdentifierType, LinkMethod, PersonRole, Sex

PERSON = Insert(
    SourcePerson,
    "id",
    "school_id",
    "source_id",
    "role",
    "source_key",
    "generation",
    "given_name",
    "first_names",
    "initials",
    "prefix",
    "family_name",
    "birth_date",
    "sex",
    "email",
    "group_label",
    "pupil_id",
    "staff_id",
    "guardian_id",
    "link_method",
    "linked_at",
    "first_delivery_id",
    "seen_delivery_id",
    "vanished_at",
)
IDENTIFIER = Insert(PersonIdentifier, "school_id", "source_person_id", "kind", "scope", "value", "starts_on")
SOURCE_PERSON = cast("sa.Table", SourcePerson.__table__)
PERSON_IDENTIFIER = cast("sa.Table", PersonIdentifier.__table__)
TARGET = {
    PersonRole.PUPIL: SOURCE_PERSON.c.pupil_id,
    PersonRole.STAFF: SOURCE_PERSON.c.staff_id,
    PersonRole.GUARDIAN: SOURCE_PERSON.c.guardian_id,
}
SCOPE = {IdentifierType.ECK_ID: "po", IdentifierType.PLATFORM: "platform"}
"""Where a key is unique; a LAS key only within its school (facts/one-schema 3.3)."""
NOBODY = Names()
NAME_COLUMNS = ("given_name", "first_names", "initials", "prefix", "family_name")


@dataclass(slots=True)
class Person:
    """One source person; `target_id` is our pupil, member of staff or guardian (None: not linked)."""

    id: int
    key: str
    generation: int = 1
    names: Names = NOBODY
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    email: str | None = None
    group_label: str | None = None
    target_id: int | None = None
    method: str | None = None
    vanished_at: datetime | None = None
    identifiers: dict[str, str] = field(default_factory=dict)

    @property
    def traits(self) -> Traits:
        """What can be compared with the roll."""
        return traits_of(self.names, self.birth_date, self.group_label)


def traits_of(names: Names, birth_date: date | None, group: str | None = None) -> Traits:
    """Take what identifies a child from a record."""
    return Traits(names.given_name, names.first_names, names.prefix, names.family_name, birth_date, group)


class People:
    """All persons of one role that one source knows, by its key; of a reused key the newest generation."""

    def __init__(self, writer: Writer, delivery: Delivery, role: PersonRole, source_id: int | None = None) -> None:
        self.source_id = delivery.source_id if source_id is None else source_id
        self.role = role
        self._writer = writer
        self._delivery = delivery
        self._by_key = self._load()

    def get(self, key: str) -> Person | None:
        """Find a person by the source's key."""
        return self._by_key.get(key)

    def active_targets(self) -> set[int]:
        """Give our own persons that this source knows now (not those it no longer delivers)."""
        return {p.target_id for p in self._by_key.values() if p.target_id is not None and p.vanished_at is None}

    def reserve(self) -> int:
        """Give the id for a person about to be added, for a proposal that must name it."""
        return self._writer.new_id(SourcePerson)

    def add(self, person: Person, method: LinkMethod | None) -> None:
        """Keep a new person; its link, if any, was made by `method`."""
        self._by_key[person.key] = person
        person.method = method
        delivery, names = self._delivery, person.names
        linked = [person.target_id if role == self.role else None for role in TARGET]
        row = (
            *(person.id, delivery.school_id, self.source_id, self.role, person.key, person.generation),
            *(names.given_name, names.first_names, names.initials, names.prefix, names.family_name),
            *(person.birth_date, person.sex, person.email, person.group_label, *linked),
            method,
            delivery.received_at if method else None,
            *(delivery.id, delivery.id, person.vanished_at),
        )
        self._writer.add(PERSON, row)
        identifiers, person.identifiers = person.identifiers, {}
        for kind, value in identifiers.items():
            self.identify(person, IdentifierType(kind), value)

    def identify(self, person: Person, kind: IdentifierType, value: str) -> None:
        """Note a key of a person; another value under the same kind ends the old one."""
        if person.identifiers.get(kind) == value:
            return
        replaces = kind in person.identifiers
        person.identifiers[kind] = value
        if replaces and self._replace(person, kind, value):
            return
        delivery = self._delivery
        scope = SCOPE.get(kind, delivery.school_scope)
        self._writer.add(IDENTIFIER, (delivery.school_id, person.id, kind, scope, value, delivery.day))

    def change(self, person: Person, **values: Any) -> None:
        """Take over what the source now says of a person; `names` is one value."""
        changed = {name: value for name, value in values.items() if getattr(person, name) != value}
        for name, value in changed.items():
            setattr(person, name, value)
        if names := changed.pop("names", None):
            changed.update((name, getattr(names, name)) for name in NAME_COLUMNS)
        if changed:
            self._writer.change(SourcePerson, person.id, seen_delivery_id=self._delivery.id, **changed)

    def link(self, person: Person, target_id: int, method: LinkMethod) -> None:
        """Say who a person is that was not linked."""
        person.target_id, person.method = target_id, method
        name = TARGET[self.role].name
        values = {name: target_id, "link_method": method, "linked_at": self._delivery.received_at}
        self._writer.change(SourcePerson, person.id, **values)

    def retire(self, person: Person) -> None:
        """Let go of a key that the roll gave to another child: whoever used it at this school meant the former."""
        t, s, ended = PERSON_IDENTIFIER, SOURCE_PERSON, {"ends_on": self._delivery.day}
        self._writer.flush()
        same_child = sa.select(s.c.id).where(s.c.pupil_id == person.target_id)
        own_key = (t.c.kind == IdentifierType.LAS_KEY, t.c.value == person.key)
        self._writer.connection.execute(
            sa.update(t).where(t.c.source_person_id.in_(same_child), *own_key).values(ended)
        )
        self._writer.change(SourcePerson, person.id, vanished_at=self._delivery.received_at)

    def _replace(self, person: Person, kind: IdentifierType, value: str) -> bool:
        """End the old value; tell whether the new one was known from before and could be opened again."""
        self._writer.flush()
        t = PERSON_IDENTIFIER
        own = (t.c.source_person_id == person.id, t.c.kind == kind)
        end = sa.update(t).where(*own, t.c.ends_on.is_(None)).values(ends_on=self._delivery.day)
        self._writer.connection.execute(end)
        reopen = sa.update(t).where(*own, t.c.value == value).values(ends_on=None)
        return self._writer.connection.execute(reopen).rowcount > 0

    def _load(self) -> dict[str, Person]:
        t, connection = SOURCE_PERSON, self._writer.connection
        rows = connection.execute(
            sa.select(
                *(t.c.id, t.c.source_key, t.c.generation, *(t.c[name] for name in NAME_COLUMNS)),
                *(t.c.birth_date, t.c.sex, t.c.email, t.c.group_label, TARGET[self.role], t.c.link_method),
                t.c.vanished_at,
            )
            .where(t.c.source_id == self.source_id, t.c.role == self.role)
            .order_by(t.c.generation)
        )
        people = [Person(*row[:3], Names(*row[3:8]), *row[8:]) for row in rows]
        if people:
            self._load_identifiers({person.id: person for person in people})
        return {person.key: person for person in people}

    def _load_identifiers(self, by_id: dict[int, Person]) -> None:
        i, t = PERSON_IDENTIFIER, SOURCE_PERSON
        rows = self._writer.connection.execute(
            sa.select(i.c.source_person_id, i.c.kind, i.c.value)
            .join(t, t.c.id == i.c.source_person_id)
            .where(t.c.source_id == self.source_id, t.c.role == self.role, i.c.ends_on.is_(None))
        )
        for person_id, kind, value in rows:
            by_id[person_id].identifiers[kind] = value
