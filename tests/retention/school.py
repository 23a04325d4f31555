"""A school with a child of whom every table holds a recognisable text, and two people who may decide: with a clock."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from uuid_utils.compat import uuid7

from api.db import reading, writing
from api.services.retention import leaving, plan, run
from api.settings import Settings
from connectors.canonical import (
    AbsenceRecord,
    AgreementRecord,
    GoalRecord,
    GuardianRecord,
    Names,
    NoteRecord,
    PupilRef,
    Record,
    SupportPointRecord,
)
from connectors.contract import Issue
from connectors.runner import Outcome
from models.account import Account, RoleGrant
from models.base import Base
from models.custody import EmergencyAccess
from models.person import Pupil
from models.practice import LearningObjective, PracticeCell, PracticeFirst
from models.queries import retention as read
from models.queries.owned import owned, rows_of
from models.queries.scope import AnyRow
from models.vocabulary import (
    AbsencePart,
    AbsenceReason,
    Custody,
    Destination,
    EmergencyReason,
    HoldReason,
    NoteKind,
    PlanStatus,
    Role,
    SupportKind,
)
from tests.connectors import tiny

CANARY = "kanariepiet"
KEYS = ("lln-weg-4711", "lln-blijft-4712")
ECKID = "https://ketenid.nl/201703/" + "ab" * 64
GROUP = tiny.group("6A")
TODAY = date(2026, 11, 22)
LAST_DAY = date(2026, 10, 9)


def moment(day: date, hour: int = 3) -> datetime:
    """A moment in the night of a day."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@dataclass
class School:
    """Tiny school 99ZZ: the child Weg leaves, the child Blijft stays."""

    engine: sa.Engine
    folder: Path
    settings: Settings
    accounts: dict[str, int] = field(default_factory=dict)

    def take_in(self, connector: Any, now: datetime = tiny.NOW, **options: Any) -> Outcome:
        return tiny.take_in(self.engine, connector, self.folder, now=now, confirm=True, **options)

    def roll(self, *keys: str, now: datetime = tiny.NOW, day: date = tiny.DAY, **more: Any) -> Outcome:
        """Take in a roll with these children."""
        year = f"{day.year}-{day.year + 1}" if day.month >= 8 else f"{day.year - 1}-{day.year}"
        pupils = [self._record(key, **more) for key in keys]
        return self.take_in(tiny.roll(GROUP, *pupils, day=day, year=year), now)

    def facts(self, key: str, now: datetime = tiny.NOW, connector: str = "dossier") -> Outcome:
        """Take in a file with something of everything about a child."""
        source = tiny.results(*about(key))
        source.id = source.label = connector
        return self.take_in(source, now)

    def leave(
        self,
        last_day: date = LAST_DAY,
        to: Destination = Destination.SECONDARY,
        now: datetime | None = None,
        key: str = KEYS[0],
    ) -> None:
        with writing(self.engine) as connection:
            pupil = self.pupil(key)
            leaving.leave(connection, pupil.id, pupil.school_id, last_day, to, "directie", now or moment(TODAY))

    def come_back(self, on: date) -> None:
        with writing(self.engine) as connection:
            leaving.come_back(connection, self.pupil().id, on, "directie")

    def hold(self, until: date, now: datetime) -> None:
        with writing(self.engine) as connection:
            pupil = self.pupil()
            leaving.hold(connection, pupil.id, pupil.school_id, HoldReason.COMPLAINT, until, "directie", now)

    def plan(self, now: datetime) -> AnyRow | None:
        school_id = self.id
        with writing(self.engine) as connection:
            return plan.make(connection, school_id, self.accounts["een"], now)

    def approve(self, now: datetime, who: str = "twee") -> None:
        school_id = self.id
        with writing(self.engine) as connection:
            waiting = read.plan(connection, school_id, *PlanStatus)
            plan.approve(connection, school_id, waiting.digest if waiting else "", self.accounts[who], now)

    def run(self, now: datetime) -> run.Report:
        return run.run(self.engine, self.settings, now, [self.id], lambda _text: None)[0]

    def erase_what_is_due(self, now: datetime) -> None:
        """Plan, agree and run in one night."""
        if self.plan(now):
            self.approve(now)
        self.run(now)

    @property
    def id(self) -> int:
        return int(tiny.rows(self.engine, "SELECT id FROM school")[0][0])

    def pupil(self, key: str = KEYS[0]) -> AnyRow:
        return self._pupil(key)[0]

    def is_known(self, key: str = KEYS[0]) -> bool:
        return bool(self._pupil(key))

    def held(self, key: str = KEYS[0]) -> dict[str, int]:
        """Count the rows of a child by table, tables without rows left out."""
        if not self.is_known(key):
            return {}
        pupil_id, found = self.pupil(key).id, {}
        with reading(self.engine) as connection:
            root = Base.metadata.tables["pupil"]
            for table in owned(root):
                rows = sa.select(sa.func.count()).select_from(table).where(rows_of(table, root, pupil_id))
                found[table.name] = connection.scalar(rows) or 0
        return {name: number for name, number in found.items() if number}

    def _pupil(self, key: str) -> list[AnyRow]:
        with reading(self.engine) as connection:
            return list(connection.execute(sa.select(Pupil).where(Pupil.given_name == given(key))).all())

    @staticmethod
    def _record(key: str, **more: Any) -> Record | Issue:
        eckid = ECKID if key == KEYS[0] else None
        return tiny.placed(key, given=given(key), family="Ven", eckid=eckid, **more)


def given(key: str) -> str:
    """The first name of a child, recognisable in bytes for the one who leaves."""
    return f"{CANARY}-voornaam" if key == KEYS[0] else "Blijft"


def about(key: str) -> list[Record]:
    """Records of every kind about a child, each with the canary in its text and in its key."""
    ref = PupilRef(key, is_las_key=True, eckid=ECKID if key == KEYS[0] else None)
    mark, day = f"{CANARY} {key}", date(2026, 9, 10)
    people = Names(given_name=mark[:60], family_name=mark)
    return [
        tiny.result(f"{key}|toets", ref),
        NoteRecord(f"{key}|notitie", ref, day, NoteKind.OBSERVATION, mark),
        AbsenceRecord(f"{key}|verzuim", ref, day, AbsencePart.DAY, AbsenceReason.ILL),
        GoalRecord(f"{key}|doel", ref, day, mark),
        AgreementRecord(f"{key}|afspraak", ref, day, mark),
        SupportPointRecord(f"{key}|helpt", ref, day, SupportKind.HELPS, mark),
        GuardianRecord(
            f"{key}|ouder", f"ouder-{key[-4:]}", ref, people, custody=Custody.YES, email=f"{CANARY}@example.org"
        ),
        NoteRecord(f"{key}|notitie", ref, day, NoteKind.OBSERVATION, f"onder een sleutel die er al was: {mark}"),
        NoteRecord(f"vreemd-{key[-4:]}", PupilRef(f"nergens-{key[-4:]}"), day, NoteKind.NOTE, "Wie is dit?"),
    ]


def make(engine: sa.Engine, folder: Path) -> School:
    """Take in the roll and the files, practise, log in as a parent, and let the roll lose the child."""
    school = School(engine, folder, Settings(data_dir=folder / "data", log_level="error"))
    school.roll(*KEYS)
    for key in KEYS:
        school.facts(key)
        source = tiny.roll()
        source.records, source.id = [tiny.account(f"user-{key}", key)], "accounts"
        source.header.is_full_snapshot = False
        source.leads_roll = False
        school.take_in(source)
    with writing(engine) as connection:
        _practise(connection)
        _people(connection, school)
        _looked(connection, school)
    school.roll(KEYS[1], now=moment(date(2026, 10, 12)), day=date(2026, 10, 12))
    return school


def _practise(connection: sa.Connection) -> None:
    people = connection.execute(
        sa.text("SELECT id, source_id, seen_delivery_id, school_id FROM source_person WHERE source_key LIKE 'user-%'")
    ).all()
    for row in people:
        fixed = {"school_id": row.school_id, "source_person_id": row.id}
        objective = connection.scalar(
            sa.insert(LearningObjective)
            .values(school_id=row.school_id, source_id=row.source_id, subject="rekenen", name=f"tellen {row.id}")
            .returning(LearningObjective.id)
        )
        amounts = dict.fromkeys((c.name for c in PracticeCell.__table__.c), 0)
        for day in (date(2025, 9, 1), date(2026, 9, 1)):
            cell = {"day": day, "objective_id": objective, "answers": 3, "delivery_id": row.seen_delivery_id}
            connection.execute(sa.insert(PracticeCell).values(amounts | fixed | cell))
            period = int(moment(day).timestamp() * 1000) >> 31
            first = {"period": period, "exercises": CANARY.encode(), "details": CANARY.encode()}
            connection.execute(sa.insert(PracticeFirst).values(fixed | first))


def _people(connection: sa.Connection, school: School) -> None:
    school_id = connection.execute(sa.text("SELECT id FROM school")).scalar_one()
    guardians = connection.execute(sa.text("SELECT id FROM guardian ORDER BY id")).scalars().all()
    roles: list[tuple[str, Role, dict[str, Any]]] = [
        ("een", Role.HEAD, {}),
        ("twee", Role.HEAD, {}),
        (f"{CANARY}-ouder", Role.PARENT, {"guardian_id": guardians[0]}),
        ("ouder-blijft", Role.PARENT, {"guardian_id": guardians[1]}),
    ]
    for login, role, what in roles:
        account = {"login": login, "display_name": f"Juf {login}", "created_at": tiny.NOW}
        made = connection.execute(sa.insert(Account).values(account).returning(Account.id)).scalar_one()
        school.accounts[login] = made
        grant = {"school_id": school_id, "account_id": made, "role": role, "starts_on": tiny.DAY, "granted_by": "t"}
        connection.execute(sa.insert(RoleGrant).values(grant | what))


def _looked(connection: sa.Connection, school: School) -> None:
    for row in connection.execute(sa.select(Pupil.id, Pupil.school_id)).all():
        opened = {"opened_at": tiny.NOW, "ends_at": tiny.NOW + timedelta(hours=1), "uid": uuid7()}
        why = {"kind": "wellbeing", "reason": EmergencyReason.COMPLAINT, "explanation": CANARY}
        whose = {"pupil_id": row.id, "school_id": row.school_id, "account_id": school.accounts["een"]}
        connection.execute(sa.insert(EmergencyAccess).values(opened | why | whose))


def uid(text: str) -> UUID:
    """Read a uid."""
    return UUID(text)
