"""Guardians, with custody per child; a file claims custody, only a person at school verifies it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from connectors.canonical import GuardianRecord, Names
from connectors.load.bulk import Insert
from connectors.load.delivery import Item
from connectors.load.desk import Desk
from connectors.load.people import Person
from models.custody import CustodyRecord
from models.person import Guardian, Guardianship
from models.vocabulary import LinkMethod

GUARDIAN = Insert(
    Guardian, "id", "uid", "school_id", "given_name", "first_names", "initials", "prefix", "family_name", "email",
    "phone",
)  # fmt: skip
GUARDIANSHIP = Insert(
    Guardianship, "id", "school_id", "pupil_id", "guardian_id", "relation", "custody", "starts_on", "delivery_id"
)
T_GUARDIANSHIP = cast("sa.Table", Guardianship.__table__)
T_RECORD = cast("sa.Table", CustodyRecord.__table__)


@dataclass(slots=True)
class Bond:
    """The guardianship that holds now."""

    id: int
    relation: str
    custody: str
    starts_on: date
    established: str | None
    """Custody as a person at school recorded it last, if anyone did."""


def load_guardians(desk: Desk, items: Sequence[Item]) -> None:
    """Keep guardians; a change of custody closes the old period and opens one, unless school established another."""
    bonds = _current_bonds(desk)
    for item in items:
        record = cast("GuardianRecord", item.record)
        pupil_id = desk.linked_pupil(item, record.pupil)
        if pupil_id is None:
            continue
        guardian_id = _guardian(desk, record)
        bond = bonds.get((pupil_id, guardian_id))
        if bond is not None and (bond.relation, bond.custody) == (record.relation, record.custody):
            item.target = bond.id
        elif bond is not None and bond.established not in (None, record.custody):
            item.target = bond.id
            item.remark(
                "gezag_vastgesteld",
                "Het bestand zegt iets anders over het gezag dan wat op school is vastgesteld; Kindblad houdt "
                "het vastgestelde aan. Ga na of er een nieuwe beschikking is.",
            )
        else:
            item.target = _bind(desk, record, pupil_id, guardian_id, bond)


def _bind(desk: Desk, record: GuardianRecord, pupil_id: int, guardian_id: int, bond: Bond | None) -> int:
    writer, delivery = desk.writer, desk.delivery
    if bond is not None and bond.starts_on >= delivery.day:
        writer.change(Guardianship, bond.id, relation=record.relation, custody=record.custody)
        return bond.id
    if bond is not None:
        writer.change_first(Guardianship, bond.id, ends_on=delivery.day - timedelta(days=1))
    bond_id = writer.new_id(Guardianship)
    whose = (bond_id, delivery.school_id, pupil_id, guardian_id)
    writer.add(GUARDIANSHIP, (*whose, record.relation, record.custody, delivery.day, delivery.id))
    return bond_id


def _guardian(desk: Desk, record: GuardianRecord) -> int:
    people, names = desk.guardians, record.names
    person = people.get(record.guardian_key)
    if person is None or person.target_id is None:
        person = Person(people.reserve(), record.guardian_key, names=names, email=record.email)
        person.target_id = desk.writer.new_id(Guardian)
        place = (person.target_id, uuid7(), desk.delivery.school_id)
        desk.writer.add(GUARDIAN, (*place, *_columns(names).values(), record.email, record.phone))
        people.add(person, LinkMethod.ROLL)
    elif record.guardian_key not in desk.guardians_in_file:
        values = {**_columns(names), "phone": record.phone}
        if record.email or person.email:  # an address that another system gave is not wiped by a list that has none
            values["email"] = record.email
        desk.writer.change(Guardian, person.target_id, **values)
        people.change(person, names=names, email=record.email)
    desk.guardians_in_file.add(record.guardian_key)
    return person.target_id or 0


def _columns(names: Names) -> dict[str, str | None]:
    return {
        "given_name": names.given_name,
        "first_names": names.first_names,
        "initials": names.initials,
        "prefix": names.prefix,
        "family_name": names.family_name,
    }


def _current_bonds(desk: Desk) -> dict[tuple[int, int], Bond]:
    t, r = T_GUARDIANSHIP, T_RECORD
    established = (
        sa.select(r.c.custody)
        .where(r.c.pupil_id == t.c.pupil_id, r.c.guardian_id == t.c.guardian_id)
        .order_by(r.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = desk.writer.connection.execute(
        sa.select(
            *(t.c.pupil_id, t.c.guardian_id, t.c.id, t.c.relation, t.c.custody, t.c.starts_on, established)
        ).where(t.c.school_id == desk.delivery.school_id, t.c.ends_on.is_(None))
    )
    return {(pupil_id, guardian_id): Bond(*rest) for pupil_id, guardian_id, *rest in rows}
