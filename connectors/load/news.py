"""What an app for parents knows: how guardians are reached, and news. It makes no guardian, and the roll goes first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from connectors.canonical import AnnouncementRecord, ContactRecord, Names
from connectors.load.bulk import Insert
from connectors.load.delivery import Item
from connectors.load.desk import Desk
from connectors.load.people import NAME_COLUMNS, SOURCE_PERSON
from models.group import ClassGroup
from models.message import Announcement
from models.person import Guardian, Guardianship

T_GUARDIAN = cast("sa.Table", Guardian.__table__)
T_BOND = cast("sa.Table", Guardianship.__table__)
T_GROUP = cast("sa.Table", ClassGroup.__table__)
ANNOUNCEMENT = Insert(
    Announcement, "id", "uid", "school_id", "group_id", "source_key", "title", "body", "shown_from", "shown_until",
    "delivery_id",
)  # fmt: skip


@dataclass(slots=True)
class Known:
    """A guardian of a child on the roll; `bond_id` is the guardianship, `roll_email` what the roll gave."""

    bond_id: int
    guardian_id: int
    names: Names
    email: str | None
    phone: str | None
    roll_email: str | None
    keys: set[str]


def load_contacts(desk: Desk, items: Sequence[Item]) -> None:
    """Add the address and number of guardians who are on the roll, found by key, or by child and exact name.

    What the roll gave stays; another address is said in a remark, and a person who is not found is never made.
    """
    known = _guardians(desk)
    for item in items:
        record = cast("ContactRecord", item.record)
        pupil_id = desk.linked_pupil(item, record.pupil)
        if pupil_id is None:
            continue
        found = [each for each in known[pupil_id] if _is(each, record)]
        if len(found) == 1:
            item.target = found[0].bond_id
            _reach(desk, item, record, found[0])
        elif found:
            item.refuse(
                "ouder_niet_eenduidig",
                "Dit kind heeft meer ouders met deze naam; er is niets veranderd. Zet het oudernummer in de lijst.",
            )
        else:
            item.refuse(
                "ouder_onbekend",
                "Deze ouder staat niet zo bij dit kind in de leerlingadministratie; er is niets veranderd. Herstel de "
                "naam of het oudernummer, of voeg de ouder daar toe; Kindblad maakt er zelf geen.",
            )


def load_announcements(desk: Desk, items: Sequence[Item]) -> None:
    """Keep news; the group is one of this school year, by its exact name."""
    delivery, groups = desk.delivery, _groups(desk)
    for item in items:
        record = cast("AnnouncementRecord", item.record)
        found = groups.get(_group_name(record.group), []) if record.group else [None]
        if len(found) != 1:
            item.refuse(
                "groep_onbekend",
                "Deze groep is er dit schooljaar niet, of er zijn er meer die zo heten; schrijf de naam zoals in de "
                "leerlingadministratie, of laat hem leeg voor de hele school.",
            )
            continue
        days = {"shown_from": record.shown_from, "shown_until": record.shown_until}
        values = {"group_id": found[0], "title": record.title, "body": record.body} | days
        item.target = item.known_target
        if item.target is not None:
            desk.writer.change(Announcement, item.target, **values, delivery_id=delivery.id)
            continue
        item.target = desk.writer.new_id(Announcement)
        key = f"{delivery.source_id}:{record.key}"
        place = (item.target, uuid7(), delivery.school_id, found[0], key)
        desk.writer.add(ANNOUNCEMENT, (*place, record.title, record.body, *days.values(), delivery.id))


def _reach(desk: Desk, item: Item, record: ContactRecord, known: Known) -> None:
    """Fill in what is not known; an address that only this list gave may change with this list."""
    changes: dict[str, str] = {}
    is_ours = item.known_target == known.bond_id and known.roll_email is None
    if record.email and record.email != known.email:
        if known.email is None or is_ours:
            changes["email"] = record.email
        else:
            item.remark(
                "adres_anders",
                "Bij deze ouder stond al een ander e-mailadres; Kindblad houdt aan wat er stond. Klopt het nieuwe, "
                "verander het dan in de leerlingadministratie.",
            )
    if record.phone and _digits(record.phone) != _digits(known.phone or ""):
        if known.phone is None:
            changes["phone"] = record.phone
        else:
            item.remark(
                "nummer_anders",
                "Bij deze ouder stond al een ander telefoonnummer; Kindblad houdt aan wat er stond. Klopt het nieuwe, "
                "verander het dan in de leerlingadministratie.",
            )
    if changes:
        desk.writer.change(Guardian, known.guardian_id, **changes)
        known.email, known.phone = changes.get("email", known.email), changes.get("phone", known.phone)


def _is(known: Known, record: ContactRecord) -> bool:
    if record.guardian_key is not None:
        return record.guardian_key in known.keys
    return _written(known.names) == _written(record.names)


def _written(names: Names) -> tuple[str, ...]:
    """The name as it counts: given name, prefix and family name, but for capitals and spaces."""
    parts = (names.given_name, names.prefix, names.family_name)
    return tuple(" ".join((part or "").casefold().split()) for part in parts)


def _guardians(desk: Desk) -> dict[int, list[Known]]:
    """The guardians of each child as the roll and its list of parents have them now."""
    g, b, p = T_GUARDIAN, T_BOND, SOURCE_PERSON
    connection, school_id = desk.writer.connection, desk.delivery.school_id
    keys: dict[int, set[str]] = defaultdict(set)
    roll_email: dict[int, str] = {}
    chosen = sa.select(p.c.guardian_id, p.c.source_key, p.c.email)
    for guardian_id, key, email in connection.execute(
        chosen.where(p.c.school_id == school_id, p.c.guardian_id.is_not(None), p.c.vanished_at.is_(None))
    ):
        keys[guardian_id].add(key)
        if email:
            roll_email[guardian_id] = email
    rows = connection.execute(
        sa.select(b.c.pupil_id, b.c.id, g.c.id, *(g.c[name] for name in NAME_COLUMNS), g.c.email, g.c.phone)
        .join(g, g.c.id == b.c.guardian_id)
        .where(b.c.school_id == school_id, b.c.ends_on.is_(None))
        .order_by(b.c.id)
    )
    found: dict[int, dict[int, Known]] = defaultdict(dict)
    for pupil_id, bond_id, guardian_id, *rest in rows:
        names, (email, phone) = Names(*rest[:5]), rest[5:]
        found[pupil_id][guardian_id] = Known(
            bond_id, guardian_id, names, email, phone, roll_email.get(guardian_id), keys[guardian_id]
        )
    return defaultdict(list, {pupil_id: list(them.values()) for pupil_id, them in found.items()})


def _groups(desk: Desk) -> dict[str, list[int | None]]:
    t = T_GROUP
    rows = desk.writer.connection.execute(
        sa.select(t.c.name, t.c.id).where(
            t.c.school_id == desk.delivery.school_id, t.c.school_year_id == desk.delivery.year.id
        )
    )
    found: dict[str, list[int | None]] = defaultdict(list)
    for name, group_id in rows:
        found[_group_name(name)].append(group_id)
    return found


def _group_name(name: str) -> str:
    """The name of a group as it counts: "Groep 6B" and "6b" are the same."""
    return " ".join(name.casefold().split()).removeprefix("groep ")


def _digits(number: str) -> str:
    return "".join(character for character in number if character.isdigit())
