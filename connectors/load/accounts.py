"""Which child uses which account of a practice platform; answers and accounts may come in any order."""

from collections.abc import Sequence
from typing import cast

import sqlalchemy as sa

from connectors.canonical import AccountLinkRecord
from connectors.errors import SettingsWrong
from connectors.load.delivery import Item
from connectors.load.desk import Desk
from connectors.load.people import People, Person, traits_of
from models.provenance import Source
from models.rules.matching import KEYS_DISAGREE
from models.vocabulary import IdentifierType, PersonRole, ProposalStatus, SourceKind

PRACTICE = "practice"
T_SOURCE = cast("sa.Table", Source.__table__)


def load_account_links(desk: Desk, items: Sequence[Item]) -> None:
    """Tell who is behind an account; an account that moves to another child is asked about, never moved."""
    people = People(desk.writer, desk.delivery, PersonRole.PUPIL, _practice_source(desk))
    for item in items:
        record = cast("AccountLinkRecord", item.record)
        person = people.get(record.platform_key)
        if person is None:
            person = _new_account(desk, people, record)
        elif not _moves(person, record):
            _identify(people, person, record)
            if person.target_id is None and (link := desk.matcher.follow_keys(person)):
                people.link(person, link.pupil_id, link.method)
                desk.matcher.forget([person.id])
        elif not _move(desk, people, person, record):
            item.refuse(
                "account_van_ander_kind",
                "Dit account hoorde tot nu toe bij een ander kind; er is niets veranderd. Beslis bij Bronnen of "
                "met `kindblad match` of het account echt is overgegaan.",
            )
            continue
        item.target = person.id


def _new_account(desk: Desk, people: People, record: AccountLinkRecord) -> Person:
    ref = record.pupil
    person = Person(people.reserve(), record.platform_key, names=ref.names, birth_date=ref.birth_date)
    person.identifiers = _keys(record)
    link = desk.matcher.follow_keys(person)
    person.target_id = link.pupil_id if link else None
    people.add(person, link.method if link else None)
    return person


def _moves(person: Person, record: AccountLinkRecord) -> bool:
    """Tell whether the account was said to be another child's before."""
    known, now = person.identifiers, _keys(record)
    return any(kind in known and known[kind] != now[kind] for kind in now if kind != IdentifierType.PLATFORM)


def _move(desk: Desk, people: People, person: Person, record: AccountLinkRecord) -> bool:
    """Ask whether the account went to another child; do it once a person has said yes to exactly this."""
    claimed = Person(person.id, person.key, names=record.pupil.names, birth_date=record.pupil.birth_date)
    claimed.identifiers = _keys(record)
    link = desk.matcher.follow_keys(claimed)
    if person.target_id is None:
        _identify(people, person, record)
        if link:
            people.link(person, link.pupil_id, link.method)
        return True
    if link is None:
        return False
    if link.pupil_id != person.target_id:
        claimed.target_id = link.pupil_id
        delivered = traits_of(record.pupil.names, record.pupil.birth_date)
        if desk.matcher.conflict(claimed, delivered, KEYS_DISAGREE) != ProposalStatus.ACCEPTED:
            return False
    _identify(people, person, record)
    people.link(person, link.pupil_id, link.method)
    return True


def _identify(people: People, person: Person, record: AccountLinkRecord) -> None:
    for kind, value in _keys(record).items():
        people.identify(person, IdentifierType(kind), value)


def _keys(record: AccountLinkRecord) -> dict[str, str]:
    keys: dict[str, str] = {IdentifierType.PLATFORM: record.platform_key}
    if record.pupil.is_las_key:
        keys[IdentifierType.LAS_KEY] = record.pupil.key
    if record.pupil.eckid:
        keys[IdentifierType.ECK_ID] = record.pupil.eckid
    return keys


def _practice_source(desk: Desk) -> int:
    """Find the platform that the accounts belong to: this source itself, or the school's only practice source."""
    connection, school_id = desk.writer.connection, desk.delivery.school_id
    find = sa.select(T_SOURCE.c.id).where(T_SOURCE.c.school_id == school_id, T_SOURCE.c.connector == PRACTICE)
    sources = connection.scalars(find.order_by(T_SOURCE.c.id)).all()
    if desk.delivery.source_id in sources or len(sources) == 1:
        return desk.delivery.source_id if desk.delivery.source_id in sources else sources[0]
    if len(sources) > 1:
        raise SettingsWrong(
            "Deze school heeft meer dan één oefenplatform; zeg met --source bij welk deze accounts horen "
            "(`kindblad sources` noemt ze)."
        )
    row = {"code": PRACTICE, "connector": PRACTICE, "kind": SourceKind.PRACTICE, "label": "Oefenplatform"}
    connection.execute(sa.insert(Source).values(school_id=school_id, **row))
    return int(connection.execute(find).scalar_one())
