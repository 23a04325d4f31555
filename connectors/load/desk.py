"""What the loaders of one delivery share: the writer, who is who, which groups there are."""

from functools import cached_property
from typing import cast

import sqlalchemy as sa

from connectors.canonical import PupilRef
from connectors.load.bulk import Writer
from connectors.load.catalogue import Catalogue
from connectors.load.delivery import Delivery, Item
from connectors.load.people import NOBODY, SOURCE_PERSON, People, Person, traits_of
from connectors.match import Matcher
from models.group import ClassGroup
from models.provenance import Source
from models.rules import matching
from models.vocabulary import GroupKind, IdentifierType, PersonRole, ProposalStatus

UNKNOWN_PUPIL = "leerling_onbekend"
KEY_REUSED = "sleutel_hergebruikt"


class Desk:
    """Made once per delivery; everything is read when it is first needed and kept for the rest of the delivery."""

    def __init__(self, writer: Writer, delivery: Delivery) -> None:
        self.writer = writer
        self.delivery = delivery
        self.eckids_in_file: dict[str, str] = {}
        self.guardians_in_file: set[str] = set()

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.writer, self.delivery)

    @cached_property
    def catalogue(self) -> Catalogue:
        return Catalogue(self.writer.connection)

    @cached_property
    def pupils(self) -> People:
        return People(self.writer, self.delivery, PersonRole.PUPIL)

    @cached_property
    def staff(self) -> People:
        return People(self.writer, self.delivery, PersonRole.STAFF)

    @cached_property
    def guardians(self) -> People:
        return People(self.writer, self.delivery, PersonRole.GUARDIAN)

    @cached_property
    def taken(self) -> set[int]:
        """Children that this source knows under a key already."""
        return self.pupils.active_targets()

    @cached_property
    def groups(self) -> dict[tuple[GroupKind, str], int]:
        """Groups of this source in the school year of the delivery, by kind and key."""
        t = cast("sa.Table", ClassGroup.__table__)
        rows = self.writer.connection.execute(
            sa.select(t.c.kind, t.c.source_key, t.c.id).where(
                t.c.source_id == self.delivery.source_id, t.c.school_year_id == self.delivery.year.id
            )
        )
        return {(GroupKind(kind), key): group_id for kind, key, group_id in rows}

    @cached_property
    def staff_by_las_key(self) -> dict[str, int]:
        """Members of staff by the key that the roll gives them."""
        t, s = SOURCE_PERSON, cast("sa.Table", Source.__table__)
        rows = self.writer.connection.execute(
            sa.select(t.c.source_key, t.c.staff_id)
            .join(s, s.c.id == t.c.source_id)
            .where(s.c.school_id == self.delivery.school_id, s.c.leads_roll, t.c.staff_id.is_not(None))
        )
        return dict(rows.all())

    def person(self, item: Item, ref: PupilRef, people: People | None = None) -> Person | None:
        """Find or make the source's own record of a child; refuses the item when the key seems to be reused."""
        people = people or self.pupils
        person = people.get(ref.key)
        if person is None:
            return self._new_person(ref, people)
        if (
            ref.is_las_key and IdentifierType.LAS_KEY not in person.identifiers
        ):  # the roll gave this key to another child
            return self._new_person(ref, people, person.generation + 1)
        if self._says_the_same(person, ref):
            return person
        delivered = traits_of(ref.names, ref.birth_date, ref.group_label)
        if matching.contradiction(person.traits, delivered) == matching.KEY_REUSED:
            match self.matcher.conflict(person, delivered, matching.KEY_REUSED):
                case ProposalStatus.OPEN:
                    refuse_reused_key(item)
                    return None
                case ProposalStatus.REJECTED:
                    return self._new_person(ref, people, person.generation + 1)
        self._update(person, ref, people)
        return person

    def linked_pupil(self, item: Item, ref: PupilRef) -> int | None:
        """Find our child for a record that hangs on the child itself; refuses the item while nobody is linked."""
        person = self.person(item, ref)
        if person is None:
            return None
        if person.target_id is None:
            item.refuse(
                UNKNOWN_PUPIL,
                "Dit leerlingnummer hoort nog niet bij een kind van deze school. Lees eerst de leerlingadministratie "
                "(EDEXML) in, of beslis bij Bronnen of met `kindblad match` wie het is; daarna gaat dit vanzelf mee.",
            )
        return person.target_id

    def author(self, item: Item, staff_key: str | None) -> int | None:
        """Find a member of staff by the key of the roll; an unknown one is remarked upon."""
        staff_id = self.staff_by_las_key.get(staff_key) if staff_key else None
        if staff_key and staff_id is None:
            item.remark(
                "medewerker_onbekend",
                "De medewerker bij deze regel staat niet in de leerlingadministratie; de regel is overgenomen "
                "zonder naam. Controleer de medewerkersleutel in het bestand.",
            )
        return staff_id

    def _new_person(self, ref: PupilRef, people: People, generation: int = 1) -> Person:
        person = Person(people.reserve(), ref.key, generation, ref.names, ref.birth_date)
        person.group_label = ref.group_label
        if ref.is_las_key:
            person.identifiers[IdentifierType.LAS_KEY] = ref.key
        if ref.eckid:
            person.identifiers[IdentifierType.ECK_ID] = ref.eckid
        link = self.matcher.follow_keys(person)
        person.target_id = link.pupil_id if link else None
        people.add(person, link.method if link else None)
        return person

    @staticmethod
    def _says_the_same(person: Person, ref: PupilRef) -> bool:
        """Tell at little cost, for most records, that there is nothing to compare."""
        return (
            ref.birth_date in (None, person.birth_date)
            and ref.group_label in (None, person.group_label)
            and (ref.eckid is None or ref.eckid == person.identifiers.get(IdentifierType.ECK_ID))
            and ref.names in {NOBODY, person.names}
        )

    def _update(self, person: Person, ref: PupilRef, people: People) -> None:
        if ref.names not in {NOBODY, person.names}:
            people.change(person, names=ref.names)
        if ref.birth_date and ref.birth_date != person.birth_date:
            people.change(person, birth_date=ref.birth_date)
        if ref.group_label and ref.group_label != person.group_label:
            people.change(person, group_label=ref.group_label)
        if ref.eckid:
            people.identify(person, IdentifierType.ECK_ID, ref.eckid)


def refuse_reused_key(item: Item) -> None:
    """Leave out a record whose key belonged to another child until now."""
    item.refuse(
        KEY_REUSED,
        "Deze sleutel hoorde tot nu toe bij een kind met een andere achternaam en geboortedatum; er is niets "
        "overschreven. Beslis bij Bronnen of met `kindblad match` of het hetzelfde kind is.",
    )
