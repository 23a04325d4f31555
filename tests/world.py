"""Two small schools with people in them, put straight into a database: for tests of who may see what."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from api.clock import day_of
from api.security import passwords
from models import Base
from models.account import Account, RoleGrant
from models.group import ClassGroup, Enrolment, GroupMembership, StaffAssignment
from models.person import Guardian, Guardianship, Pupil, SourcePerson, Staff
from models.provenance import Delivery, Source
from models.school import School, SchoolYear
from models.vocabulary import (
    Custody,
    DeliveryStatus,
    Grade,
    GroupKind,
    LinkMethod,
    PersonRole,
    Relation,
    Role,
    SourceKind,
)

PASSWORD = "vier gewone woorden samen"
NOW = datetime.now(UTC)
TODAY = day_of(NOW)
YEAR = TODAY.year if TODAY.month >= 8 else TODAY.year - 1
FIRST_DAY, LAST_DAY = date(YEAR, 8, 1), date(YEAR + 1, 7, 31)


@cache
def password_hash() -> str:
    """One hash for all accounts: making one takes a tenth of a second on purpose."""
    return passwords.make_hash(PASSWORD)


@dataclass
class World:
    """The rows by the names that tests use: groups "6A", pupils "noor", accounts "kim"."""

    connection: sa.Connection
    schools: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    deliveries: dict[int, int] = field(default_factory=dict)
    groups: dict[str, int] = field(default_factory=dict)
    group_uids: dict[str, UUID] = field(default_factory=dict)
    pupils: dict[str, int] = field(default_factory=dict)
    uids: dict[str, UUID] = field(default_factory=dict)
    persons: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    year: int = 0

    def insert(self, model: type[Base], **values: Any) -> int:
        """Insert one row and return its id."""
        result = self.connection.execute(sa.insert(model).values(**values))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def school(self, name: str, brin: str) -> None:
        self.schools[name] = self.insert(School, name=name, brin=brin, created_at=NOW)
        self.source(name, f"{name} las", leads_roll=True)

    def source(self, school: str, name: str, *, leads_roll: bool) -> None:
        school_id = self.schools[school]
        kind = SourceKind.LAS if leads_roll else SourceKind.PRACTICE
        source_id = self.insert(
            Source,
            school_id=school_id,
            code=name,
            connector="edexml",
            kind=kind,
            label=name,
            leads_roll=leads_roll,
        )
        self.sources[name] = source_id
        self.deliveries[source_id] = self.insert(
            Delivery,
            school_id=school_id,
            source_id=source_id,
            status=DeliveryStatus.APPLIED,
            connector_version="1",
            file_name="bestand.xml",
            file_sha256=f"{source_id:064}",
            received_at=NOW,
            finished_at=NOW,
            requested_by="test",
        )

    def group(self, school: str, name: str, kind: GroupKind = GroupKind.HOME) -> None:
        source_id = self.sources[f"{school} las"]
        self.groups[name] = self.insert(
            ClassGroup,
            school_id=self.schools[school],
            source_id=source_id,
            school_year_id=self.year,
            source_key=name,
            kind=kind,
            name=name,
            grade=Grade.G6,
            delivery_id=self.deliveries[source_id],
        )
        self.group_uids[name] = self._uid(ClassGroup, self.groups[name])

    def person(self, school: str, source: str, key: str, **link: Any) -> int:
        source_id = self.sources[source]
        delivery_id = self.deliveries[source_id]
        method = {"link_method": LinkMethod.ROLL} if link else {}
        return self.insert(
            SourcePerson,
            school_id=self.schools[school],
            source_id=source_id,
            source_key=key,
            first_delivery_id=delivery_id,
            seen_delivery_id=delivery_id,
            **({"role": PersonRole.PUPIL} | method | link),
        )

    def member(
        self,
        school: str,
        person: int,
        group: str,
        *,
        source: str = "",
        kind: GroupKind = GroupKind.HOME,
        until: date | None = None,
        since: date = FIRST_DAY,
    ) -> None:
        self.insert(
            GroupMembership,
            school_id=self.schools[school],
            source_person_id=person,
            school_year_id=self.year,
            group_id=self.groups[group],
            kind=kind,
            starts_on=since,
            ends_on=until,
            delivery_id=self.deliveries[self.sources[source or f"{school} las"]],
        )

    def pupil(self, school: str, name: str, family: str, group: str | None) -> None:
        self.pupils[name] = self.insert(
            Pupil,
            school_id=self.schools[school],
            given_name=name.capitalize(),
            prefix="van der",
            family_name=family,
            birth_date=TODAY - timedelta(days=9 * 365),
        )
        self.uids[name] = self._uid(Pupil, self.pupils[name])
        self.persons[name] = self.person(school, f"{school} las", name, pupil_id=self.pupils[name])
        self.insert(
            Enrolment,
            school_id=self.schools[school],
            source_person_id=self.persons[name],
            starts_on=FIRST_DAY,
            delivery_id=self.deliveries[self.sources[f"{school} las"]],
        )
        if group:
            self.member(school, self.persons[name], group)

    def account(self, login: str, role: Role | None = None, school: str = "vliet", **grant: Any) -> None:
        self.accounts[login] = self.insert(
            Account, login=login, display_name=f"Juf {login}", password_hash=password_hash(), created_at=NOW
        )
        if role:
            self.grant(login, role, school, **grant)

    def grant(self, login: str, role: Role, school: str = "vliet", **grant: Any) -> None:
        self.insert(
            RoleGrant,
            **(
                {
                    "school_id": self.schools[school],
                    "account_id": self.accounts[login],
                    "role": role,
                    "starts_on": FIRST_DAY,
                    "granted_by": "test",
                }
                | grant
            ),
        )

    def parent(self, login: str, child: str, custody: Custody, **period: Any) -> None:
        school_id = self.schools["vliet"]
        guardian_id = self.insert(Guardian, school_id=school_id, given_name=login)
        self.guardianship(guardian_id, child, custody, **period)
        self.account(login, Role.PARENT, guardian_id=guardian_id)

    def guardianship(self, guardian_id: int, child: str, custody: Custody, **period: Any) -> None:
        self.insert(
            Guardianship,
            **(
                {
                    "school_id": self.schools["vliet"],
                    "pupil_id": self.pupils[child],
                    "guardian_id": guardian_id,
                    "relation": Relation.MOTHER,
                    "custody": custody,
                    "starts_on": FIRST_DAY,
                }
                | period
            ),
        )

    def _uid(self, model: type[Pupil] | type[ClassGroup], row_id: int) -> UUID:
        return self.connection.scalars(sa.select(model.uid).where(model.id == row_id)).one()


def build(connection: sa.Connection) -> World:
    """Make De Vliet with groups 6A and 6B and reading group Lezers, and another school with group 6Z."""
    world = World(connection)
    world.year = world.insert(SchoolYear, code=f"{YEAR}-{YEAR + 1}", starts_on=FIRST_DAY, ends_on=LAST_DAY)
    world.school("vliet", "99KB")
    world.school("duin", "99KC")
    for name in ("6A", "6B"):
        world.group("vliet", name)
    world.group("vliet", "Lezers", GroupKind.INSTRUCTION)
    world.group("duin", "6Z")
    world.pupil("vliet", "noor", "Ven", "6B")
    world.pupil("vliet", "zoë", "Meer", "6B")
    world.pupil("vliet", "daan", "Berg", "6A")
    world.pupil("duin", "sem", "Zee", "6Z")
    world.account("kim", Role.TEACHER, group_id=world.groups["6B"])
    world.account("piet", Role.TEACHER, group_id=world.groups["6A"])
    world.account("ib", Role.IB)
    world.account("directie", Role.HEAD)
    world.account("beheer", Role.ADMIN)
    world.account("niemand")
    world.parent("moeder", "noor", Custody.YES)
    _teacher_of(world, "6B")
    return world


def _teacher_of(world: World, group: str) -> None:
    school_id = world.schools["vliet"]
    staff_id = world.insert(Staff, school_id=school_id, given_name="Kim", family_name="Bruijn")
    person = world.person("vliet", "vliet las", "kim", role=PersonRole.STAFF, staff_id=staff_id)
    world.insert(
        StaffAssignment,
        school_id=school_id,
        source_person_id=person,
        group_id=world.groups[group],
        role="LRK",
        delivery_id=world.deliveries[world.sources["vliet las"]],
    )
