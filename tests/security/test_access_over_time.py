"""Whatever happens to groups, custody, roles and reasons as time passes: what can be read is what the matrix says.

What the authorizer answers is compared with a second reading of the same facts, written to be simple and not to share
anything with the first: the table of `test_matrix.py`, lists in memory, and a clock that is moved.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from api.db import make_engine
from models import Base
from models.account import Account, RoleGrant
from models.custody import CustodyRecord, EmergencyAccess
from models.group import GroupMembership
from models.person import Guardian
from models.queries import accounts
from models.queries.scope import Held, NotFoundError, Scope, authorize
from models.rules.access import Kind
from models.vocabulary import Custody, CustodyEvidence, EmergencyReason, GroupKind, Role
from tests import world as invented
from tests.conftest import FreshDatabase
from tests.security.test_matrix import FACTS
from tests.world import FIRST_DAY, LAST_DAY, NOW, World

COLUMNS = ("LE", "LA", "DI", "IB", "DR", "AD", "BS", "OG", "OZ", "LL", "AB")
TABLE = {
    Kind[name]: dict(zip(COLUMNS, cells, strict=True))
    for _, name, *cells in (line.split() for line in FACTS.strip().splitlines())
} | {Kind.SOURCES: dict(zip(COLUMNS, "L-LLL------", strict=True))}
PLAIN = {Role.IB: "IB", Role.HEAD: "DR", Role.OFFICE: "AD", Role.BOARD: "BS", Role.ADMIN: "AB"}
GROUPS = {"6A": "vliet", "6B": "vliet", "Lezers": "vliet", "6Z": "duin"}
CHILDREN = {"noor": "vliet", "daan": "vliet", "sem": "duin"}
PEOPLE = ("els", "jan", "ali")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

people, children, groups = st.sampled_from(PEOPLE), st.sampled_from(list(CHILDREN)), st.sampled_from(list(GROUPS))
days = st.integers(-3, 3)
openable = st.sampled_from([kind for kind, row in TABLE.items() if "R" in row.values() or kind is Kind.MEDICAL])


@dataclass
class Had:
    """A role that someone has from one day up to and including another."""

    who: str
    role: Role
    school: str
    about: str
    first: date
    last: date | None


class Access(RuleBasedStateMachine):
    """Things that happen at two schools, kept in the database and in plain lists."""

    connection: sa.Connection
    world: World
    guardians: dict[str, int]

    @initialize()
    def begin(self) -> None:
        self.savepoint = self.connection.begin_nested()
        self.now = NOW
        self.numbers = iter(range(10_000))
        self.roles: list[Had] = []
        self.members: list[tuple[str, str, date, date | None]] = [("noor", "6B", FIRST_DAY, None)]
        self.members += [("daan", "6A", FIRST_DAY, None), ("sem", "6Z", FIRST_DAY, None)]
        self.claims: list[tuple[str, str, Custody, date, date | None]] = []
        self.records: list[tuple[str, str, Custody, datetime, int]] = []
        self.opened: list[tuple[str, str, Kind, datetime, datetime]] = []
        self.switched_off: set[str] = set()
        self._grant(Had("els", Role.HEAD, "vliet", "", self.today, None))
        self._grant(Had("jan", Role.TEACHER, "vliet", "6B", self.today, None), group_id=self.world.groups["6B"])

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            self.savepoint.rollback()

    @property
    def today(self) -> date:
        return self.now.astimezone(AMSTERDAM).date()

    @rule(who=people, group=groups, role=st.sampled_from([Role.TEACHER, Role.SUBSTITUTE]), first=days, length=days)
    def gets_a_group(self, who: str, group: str, role: Role, first: int, length: int) -> None:
        start = self.today + timedelta(days=first)
        end = None if role is Role.TEACHER and length < 0 else start + timedelta(days=abs(length))
        self._grant(Had(who, role, GROUPS[group], group, start, end), group_id=self.world.groups[group])

    @rule(who=people, role=st.sampled_from(list(PLAIN)), school=st.sampled_from(["vliet", "duin"]), first=days)
    def gets_a_role(self, who: str, role: Role, school: str, first: int) -> None:
        self._grant(Had(who, role, school, "", self.today + timedelta(days=first), None))

    @rule(who=people)
    def is_a_parent(self, who: str) -> None:
        self._grant(Had(who, Role.PARENT, "vliet", "", self.today, None), guardian_id=self.guardians[who])

    @rule(who=people, child=children)
    def is_a_pupil(self, who: str, child: str) -> None:
        had = Had(who, Role.PUPIL, CHILDREN[child], child, self.today, None)
        self._grant(had, pupil_id=self.world.pupils[child])

    @rule(who=people)
    def leaves(self, who: str) -> None:
        """All roles end with yesterday, as `kindblad account end` does it."""
        last = self.today - timedelta(days=1)
        self.connection.execute(
            sa.update(RoleGrant).where(RoleGrant.account_id == self.world.accounts[who]).values(ends_on=last)
        )
        for had in self.roles:
            if had.who == who:
                had.last = last

    @rule(who=people)
    def is_switched_off(self, who: str) -> None:
        self.connection.execute(
            sa.update(Account).where(Account.id == self.world.accounts[who]).values(disabled_at=self.now)
        )
        self.switched_off.add(who)

    @rule(child=children, group=groups, tomorrow=st.booleans())
    def changes_groups(self, child: str, group: str, *, tomorrow: bool) -> None:
        """From today or tomorrow on; the old group has the child up to and including the day before."""
        first = self.today + timedelta(days=tomorrow)
        if CHILDREN[child] != GROUPS[group] or any(m[0] == child and m[2] >= first for m in self.members):
            return
        before = first - timedelta(days=1)
        person = self.world.persons[child]
        self.connection.execute(
            sa.update(GroupMembership)
            .where(GroupMembership.source_person_id == person, GroupMembership.ends_on.is_(None))
            .values(ends_on=before)
        )
        self.members = [(c, g, a, before if c == child and z is None else z) for c, g, a, z in self.members]
        kind = GroupKind.INSTRUCTION if group == "Lezers" else GroupKind.HOME
        self.world.member(CHILDREN[child], person, group, kind=kind, since=first)
        self.members.append((child, group, first, None))

    @rule(child=st.sampled_from(["noor", "daan"]))
    def joins_a_second_group(self, child: str) -> None:
        if not any(m[:2] == (child, "Lezers") for m in self.members):
            person = self.world.persons[child]
            self.world.member("vliet", person, "Lezers", kind=GroupKind.INSTRUCTION, since=self.today)
            self.members.append((child, "Lezers", self.today, None))

    @rule(
        who=people, child=st.sampled_from(["noor", "daan"]), custody=st.sampled_from(Custody), first=days, length=days
    )
    def a_file_claims(self, who: str, child: str, custody: Custody, first: int, length: int) -> None:
        start = self.today + timedelta(days=first)
        if any(claim[:2] == (who, child) for claim in self.claims):
            return
        end = start + timedelta(days=length) if length >= 0 else None
        self.world.guardianship(self.guardians[who], child, custody, starts_on=start, ends_on=end)
        self.claims.append((who, child, custody, start, end))

    @rule(
        who=people,
        child=st.sampled_from(["noor", "daan"]),
        custody=st.sampled_from([Custody.YES, Custody.NO]),
        minutes=st.integers(-90, 90),
    )
    def school_records(self, who: str, child: str, custody: Custody, minutes: int) -> None:
        if not any(claim[:2] == (who, child) for claim in self.claims):
            return
        version, starts_at = next(self.numbers) + 1, self.now + timedelta(minutes=minutes)
        self.world.insert(
            CustodyRecord,
            school_id=self.world.schools["vliet"],
            pupil_id=self.world.pupils[child],
            guardian_id=self.guardians[who],
            version=version,
            custody=custody,
            starts_at=starts_at,
            evidence=next(iter(CustodyEvidence)),
            recorded_at=self.now,
            recorded_by="test",
        )
        self.records.append((who, child, custody, starts_at, version))

    @rule(who=people, child=children, kind=openable, minutes=st.integers(-55, 25))
    def opens_for_a_reason(self, who: str, child: str, kind: Kind, minutes: int) -> None:
        """Also what nobody may open: the row alone must give nothing."""
        if any(opened[:3] == (who, child, kind) for opened in self.opened):
            return
        start = self.now + timedelta(minutes=minutes)
        end = start + timedelta(hours=1)
        self.world.insert(
            EmergencyAccess,
            school_id=self.world.schools[CHILDREN[child]],
            account_id=self.world.accounts[who],
            pupil_id=self.world.pupils[child],
            kind=kind,
            reason=next(iter(EmergencyReason)),
            explanation="een gesprek met de ouders",
            opened_at=start,
            ends_at=end,
        )
        self.opened.append((who, child, kind, start, end))

    @rule(
        passed=st.sampled_from(
            [timedelta(minutes=1), timedelta(minutes=31), timedelta(minutes=59), timedelta(hours=11), timedelta(days=1)]
        )
    )
    def time_passes(self, passed: timedelta) -> None:
        self.now += passed

    @rule()
    def the_school_year_ends(self) -> None:
        self.now = max(self.now, datetime(LAST_DAY.year, 7, 31, 21, 59, tzinfo=ZoneInfo("UTC")))

    @invariant()
    def what_can_be_read_is_what_the_matrix_says(self) -> None:
        if not hasattr(self, "now"):
            return
        held: dict[int, list[Held]] = defaultdict(list)
        for school_id in self.world.schools.values():
            for _, scope in accounts.everyone_at(self.connection, school_id, self.today, self.now):
                held[scope.account_id] += scope.held
        for who in PEOPLE:
            account_id = self.world.accounts[who]
            asking = Scope(account_id, self.today, tuple(held[account_id]), self.now)
            for child in CHILDREN:
                try:
                    read = authorize(self.connection, asking, self.world.uids[child], Kind.NAME).kinds
                except NotFoundError:
                    read = frozenset()
                assert read == self.readable(who, child), (who, child, self.now)

    def readable(self, who: str, child: str) -> set[Kind]:
        """Read the facts once more, one by one."""
        columns = [column for had in self.roles if had.who == who and (column := self._column(had, child))]
        if who in self.switched_off:
            columns = []
        found = {kind for kind, row in TABLE.items() for column in columns if row[column] in "LS"}
        for person, about, kind, start, end in self.opened:
            if (person, about) == (who, child) and start <= self.now < end:
                found |= {kind for column in columns if TABLE[kind][column] == "R"}
        return found

    def _column(self, had: Had, child: str) -> str | None:
        over = had.last is not None and self.today > had.last
        if had.school != CHILDREN[child] or self.today < had.first or over:
            return None
        if had.role in PLAIN:
            return PLAIN[had.role]
        if had.role is Role.PUPIL:
            return "LL" if had.about == child else None
        if had.role is Role.PARENT:
            return "OG" if self._has_custody(had.who, child) else None
        its_groups = {
            group
            for c, group, first, last in self.members
            if c == child and first <= self.today and (last is None or self.today <= last) and self.today <= LAST_DAY
        }
        of_the_group = "LE" if had.role is Role.TEACHER else "DI"
        return of_the_group if had.about in its_groups else "LA" if its_groups else None

    def _has_custody(self, who: str, child: str) -> bool:
        seen = [r for r in self.records if r[:2] == (who, child) and r[3] <= self.now]
        if seen:
            return max(seen, key=lambda record: (record[3], record[4]))[2] is Custody.YES
        return any(
            claim[:3] == (who, child, Custody.YES)
            and claim[3] <= self.today
            and (claim[4] is None or self.today <= claim[4])
            for claim in self.claims
        )

    def _grant(self, had: Had, **about: Any) -> None:
        self.roles.append(had)
        self.world.grant(had.who, had.role, had.school, starts_on=had.first, ends_on=had.last, **about)


@contextmanager
def in_memory() -> Iterator[sa.Engine]:
    engine = make_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


def try_out(engine: sa.Engine, examples: int, steps: int) -> None:
    with engine.connect() as connection:  # never committed
        world = invented.build(connection)
        for name in PEOPLE:
            world.account(name)
        school_id = world.schools["vliet"]
        guardians = {name: world.insert(Guardian, school_id=school_id, given_name=name) for name in PEOPLE}
        run_state_machine_as_test(
            type("AccessThere", (Access,), {"connection": connection, "world": world, "guardians": guardians}),
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


@pytest.mark.slow
def test_whatever_happens_what_can_be_read_is_what_the_matrix_says() -> None:
    with in_memory() as engine:
        try_out(engine, examples=100, steps=30)


@pytest.mark.slow
def test_on_postgresql_too(fresh_database: FreshDatabase) -> None:
    with fresh_database("postgresql") as database:
        try_out(database.engine, examples=8, steps=25)
