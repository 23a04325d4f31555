"""The roll: groups of a school year, children and staff, as the leading source delivers them."""

from collections.abc import Sequence
from typing import cast

from uuid_utils.compat import uuid7

from connectors.canonical import GroupRecord, Names, PupilRecord
from connectors.load.bulk import Insert
from connectors.load.delivery import Item
from connectors.load.desk import Desk, refuse_reused_key
from connectors.load.people import Person, traits_of
from connectors.load.placement import Placement
from models.group import ClassGroup
from models.person import Pupil
from models.rules import matching
from models.vocabulary import GroupKind, IdentifierType, LinkMethod, ProposalStatus

GROUP = Insert(
    ClassGroup,
    "id",
    "uid",
    "school_id",
    "source_id",
    "school_year_id",
    "source_key",
    "kind",
    "name",
    "grade",
    "delivery_id",
)
PUPIL = Insert(
    Pupil,
    "id",
    "uid",
    "school_id",
    "given_name",
    "first_names",
    "initials",
    "prefix",
    "family_name",
    "birth_date",
    "sex",
)


def load_groups(desk: Desk, items: Sequence[Item]) -> None:
    """Make or rename the groups of this school year."""
    delivery = desk.delivery
    for item in items:
        record = cast("GroupRecord", item.record)
        group_id = desk.groups.get((record.kind, record.key))
        if group_id is None:
            group_id = desk.writer.new_id(ClassGroup)
            desk.groups[record.kind, record.key] = group_id
            place = (group_id, uuid7(), delivery.school_id, delivery.source_id, delivery.year.id)
            desk.writer.add(GROUP, (*place, record.key, record.kind, record.name, record.grade, delivery.id))
        else:
            values = {"name": record.name, "grade": record.grade, "delivery_id": delivery.id}
            desk.writer.change(ClassGroup, group_id, **values)
        item.target = group_id


def load_pupils(desk: Desk, items: Sequence[Item]) -> None:
    """Make or update children with their keys, enrolment and groups."""
    placement = Placement(desk)
    for item in items:
        record = cast("PupilRecord", item.record)
        if not _groups_are_known(desk, item, record):
            continue
        person = _pupil(desk, item, record)
        if person is not None:
            item.target = person.target_id
            placement.enrol(person, record)
            placement.place(person, record)


def _groups_are_known(desk: Desk, item: Item, record: PupilRecord) -> bool:
    wanted = [(GroupKind.INSTRUCTION, key) for key in record.groups]
    if record.home_group is not None:
        wanted.append((GroupKind.HOME, record.home_group))
    if all(group in desk.groups for group in wanted):
        return True
    item.refuse(
        "groep_onbekend",
        "Deze leerling verwijst naar een groep die niet in het bestand staat. Herstel de groepsindeling in de "
        "leerlingadministratie en lever een nieuw bestand.",
    )
    return False


def _pupil(desk: Desk, item: Item, record: PupilRecord) -> Person | None:
    people = desk.pupils
    person = people.get(record.key)
    if record.eckid and desk.eckids_in_file.setdefault(record.eckid, record.key) != record.key:
        item.refuse(
            "eckid_dubbel",
            "Dit ECK iD staat ook bij een andere leerling in dit bestand. Laat de leerlingadministratie nagaan bij "
            "wie het hoort.",
        )
        return None
    if person is None:
        return _new_pupil(desk, record)
    delivered = traits_of(record.names, record.birth_date)
    against = matching.contradiction(person.traits, delivered)
    if against == matching.KEY_REUSED:
        match desk.matcher.conflict(person, delivered, against):
            case ProposalStatus.OPEN:
                refuse_reused_key(item)
                return None
            case ProposalStatus.REJECTED:
                people.retire(person)
                return _new_pupil(desk, record, generation=person.generation + 1)
    if desk.delivery.is_history:
        return person
    if against == matching.BIRTH_DATE_CHANGED and person.target_id is not None:
        desk.matcher.conflict(person, delivered, against)
        item.remark(
            "geboortedatum_gewijzigd",
            "De geboortedatum van deze leerling is in de bron veranderd; Kindblad houdt de oude aan tot iemand "
            "bij Bronnen of met `kindblad match` heeft beslist.",
        )
    _update(desk, person, record, take_birth_date=against is None or against == matching.KEY_REUSED)
    return person


def _new_pupil(desk: Desk, record: PupilRecord, generation: int = 1) -> Person:
    """Add a child to the roll, unless a key or a plausible namesake of another source says that it may be known."""
    delivery = desk.delivery
    person = Person(desk.pupils.reserve(), record.key, generation, record.names, record.birth_date, record.sex)
    person.vanished_at = delivery.received_at if delivery.is_history else None
    person.identifiers[IdentifierType.LAS_KEY] = record.key
    if record.eckid:
        person.identifiers[IdentifierType.ECK_ID] = record.eckid
    keys, traits, method = dict(person.identifiers), person.traits, None
    if link := desk.matcher.follow_keys(person, by_las_key=False):  # another system's key may look the same
        person.target_id, method = link.pupil_id, link.method
        _name_pupil(desk, link.pupil_id, record)
    elif desk.matcher.is_asked(person) or desk.matcher.candidates(person, desk.taken):
        desk.matcher.ask(person, desk.taken)
    else:
        person.target_id, method = desk.writer.new_id(Pupil), LinkMethod.ROLL
        names = record.names
        row = (names.given_name, names.first_names, names.initials, names.prefix, names.family_name)
        place = (person.target_id, uuid7(), delivery.school_id)
        desk.writer.add(PUPIL, (*place, *row, record.birth_date, record.sex))
    desk.pupils.add(person, method)
    if person.target_id is not None:
        desk.taken.add(person.target_id)
        desk.matcher.register(person.target_id, traits, keys)
    return person


def _update(desk: Desk, person: Person, record: PupilRecord, *, take_birth_date: bool) -> None:
    if person.target_id is not None:
        if record.names != person.names or record.sex != person.sex:
            _name_pupil(desk, person.target_id, record)
        if take_birth_date and record.birth_date is not None and record.birth_date != person.birth_date:
            desk.writer.change(Pupil, person.target_id, birth_date=record.birth_date)
    desk.pupils.change(
        person,
        names=record.names,
        sex=record.sex,
        birth_date=record.birth_date or person.birth_date,
        vanished_at=None,
    )
    if record.eckid:
        desk.pupils.identify(person, IdentifierType.ECK_ID, record.eckid)


def _name_pupil(desk: Desk, pupil_id: int, record: PupilRecord) -> None:
    """Take over the name: the leading source speaks last, whatever others call the child (models.rules.precedence)."""
    names: Names = record.names
    desk.writer.change(
        Pupil,
        pupil_id,
        given_name=names.given_name,
        first_names=names.first_names,
        initials=names.initials,
        prefix=names.prefix,
        family_name=names.family_name,
        sex=record.sex,
    )
