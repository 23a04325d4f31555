"""Members of staff and the groups they stand before, as the roll describes them; none of it grants a right."""

from collections.abc import Sequence
from functools import cached_property
from typing import cast

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from connectors.canonical import StaffRecord
from connectors.load.bulk import Insert, among
from connectors.load.delivery import Item
from connectors.load.desk import Desk
from connectors.load.people import PERSON_IDENTIFIER, SOURCE_PERSON, Person
from models.group import ClassGroup, StaffAssignment
from models.person import Staff
from models.vocabulary import IdentifierType, LinkMethod, PersonRole

STAFF = Insert(
    Staff, "id", "uid", "school_id", "given_name", "first_names", "initials", "prefix", "family_name", "email"
)
ASSIGNMENT = Insert(StaffAssignment, "school_id", "source_person_id", "group_id", "role", "delivery_id")
T_ASSIGNMENT = cast("sa.Table", StaffAssignment.__table__)
T_GROUP = cast("sa.Table", ClassGroup.__table__)


def load_staff(desk: Desk, items: Sequence[Item]) -> None:
    """Make or update members of staff and their assignments of this school year."""
    loader = _Loader(desk)
    for item in items:
        record = cast("StaffRecord", item.record)
        if any((kind, key) not in desk.groups for kind, key, _ in record.assignments):
            item.refuse(
                "groep_onbekend",
                "Deze medewerker staat bij een groep die niet in het bestand staat. Herstel dat in de "
                "leerlingadministratie en lever een nieuw bestand.",
            )
            continue
        person = loader.person(record)
        item.target = person.target_id
        loader.assign(person, record)


class _Loader:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._connection = desk.writer.connection

    def person(self, record: StaffRecord) -> Person:
        """Find or make a member of staff: by the source's key, else by ECK iD, else new."""
        people, names = self._desk.staff, record.names
        person = people.get(record.key)
        if person is None:
            person = Person(people.reserve(), record.key, names=names, email=record.email)
            person.identifiers[IdentifierType.LAS_KEY] = record.key
            if record.eckid:
                person.identifiers[IdentifierType.ECK_ID] = record.eckid
            person.target_id = self._by_eckid.get(record.eckid or "")
            method = LinkMethod.ECK_ID if person.target_id else LinkMethod.ROLL
            if person.target_id is None:
                person.target_id = self._desk.writer.new_id(Staff)
                row = (names.given_name, names.first_names, names.initials, names.prefix, names.family_name)
                place = (person.target_id, uuid7(), self._desk.delivery.school_id)
                self._desk.writer.add(STAFF, (*place, *row, record.email))
            people.add(person, method)
        elif not self._desk.delivery.is_history:
            if person.target_id is not None and (names, record.email) != (person.names, person.email):
                self._rename(person.target_id, record)
            people.change(person, names=names, email=record.email, vanished_at=None)
        return person

    def assign(self, person: Person, record: StaffRecord) -> None:
        """Replace the assignments of this school year; those of other years stay as they are."""
        groups = self._desk.groups
        wanted: set[tuple[int | None, str]] = {(groups[kind, key], role) for kind, key, role in record.assignments}
        wanted |= {(None, role) for role in record.roles}
        known = self._assignments.get(person.id, {})
        for group_id, role in sorted(wanted - known.keys(), key=lambda pair: (pair[0] or 0, pair[1])):
            delivery = self._desk.delivery
            self._desk.writer.add(ASSIGNMENT, (delivery.school_id, person.id, group_id, role, delivery.id))
        gone = [row_id for place, row_id in known.items() if place not in wanted]
        if gone and not self._desk.delivery.is_history:
            self._connection.execute(sa.delete(T_ASSIGNMENT).where(among(self._connection, T_ASSIGNMENT.c.id, gone)))

    def _rename(self, staff_id: int, record: StaffRecord) -> None:
        names = record.names
        self._desk.writer.change(
            Staff,
            staff_id,
            given_name=names.given_name,
            first_names=names.first_names,
            initials=names.initials,
            prefix=names.prefix,
            family_name=names.family_name,
            email=record.email,
        )

    @cached_property
    def _by_eckid(self) -> dict[str, int]:
        i, s = PERSON_IDENTIFIER, SOURCE_PERSON
        rows = self._connection.execute(
            sa.select(i.c.value, s.c.staff_id)
            .join(s, s.c.id == i.c.source_person_id)
            .where(s.c.school_id == self._desk.delivery.school_id, s.c.role == PersonRole.STAFF)
            .where(i.c.kind == IdentifierType.ECK_ID, i.c.ends_on.is_(None), s.c.staff_id.is_not(None))
        )
        return dict(rows.all())

    @cached_property
    def _assignments(self) -> dict[int, dict[tuple[int | None, str], int]]:
        """Assignments of this school year and those without a group, by person."""
        t, g, delivery = T_ASSIGNMENT, T_GROUP, self._desk.delivery
        this_year = sa.select(g.c.id).where(g.c.source_id == delivery.source_id, g.c.school_year_id == delivery.year.id)
        rows = self._connection.execute(
            sa.select(t.c.source_person_id, t.c.group_id, t.c.role, t.c.id).where(
                t.c.school_id == delivery.school_id, t.c.group_id.is_(None) | t.c.group_id.in_(this_year)
            )
        )
        found: dict[int, dict[tuple[int | None, str], int]] = {}
        for person_id, group_id, role, row_id in rows:
            found.setdefault(person_id, {})[group_id, role] = row_id
        return found
