"""A connector of a few lines for tests of the runner: it delivers the records that it is given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic import BaseModel

from connectors import runner
from connectors.canonical import (
    AccountLinkRecord,
    AssessmentRecord,
    GroupRecord,
    InstrumentRef,
    Names,
    NoteRecord,
    PupilRecord,
    PupilRef,
    Record,
    ScaleRef,
    ScoreRecord,
)
from connectors.contract import Header, Issue, RawRecord, SourceFile
from models.vocabulary import Grade, GroupKind, InstrumentKind, Measure, NoteKind, SourceKind

SCHOOL = "99ZZ"
DAY = date(2026, 10, 1)
NOW = datetime(2026, 10, 2, 8, tzinfo=UTC)


class NoSettings(BaseModel):
    """There is nothing to set."""


@dataclass
class Tiny:
    """Delivers `records` of a source; `header` is what the file says of itself."""

    records: Sequence[Record | Issue]
    header: Header = field(default_factory=Header)
    id: str = "tiny"
    leads_roll: bool = False
    kind: SourceKind = SourceKind.TEST
    label: str = "Proefbron"
    version: str = "1"
    standard: str = "geen"
    settings_model: type[BaseModel] = NoSettings

    def check(self, file: SourceFile, settings: Any) -> Header:  # noqa: ARG002 - the contract
        return self.header

    def read(self, file: SourceFile, settings: Any) -> Iterator[RawRecord]:  # noqa: ARG002 - the contract
        for number in range(len(self.records)):
            yield RawRecord("tiny", f"regel {number + 1}", {"number": number})

    def map(self, raw: RawRecord, header: Header, settings: Any) -> Iterator[Record | Issue]:  # noqa: ARG002
        yield self.records[raw.payload["number"]]


def roll(*records: Record | Issue, year: str = "2026-2027", day: date = DAY, brin: str | None = SCHOOL) -> Tiny:
    """Make a full snapshot of the roll."""
    header = Header(brin=brin, school_year=year, as_of=day, is_full_snapshot=True)
    header.snapshot_streams = ("group", "staff", "pupil")
    return Tiny(records, header, id="las", leads_roll=True, kind=SourceKind.LAS, label="LAS")


def results(*records: Record) -> Tiny:
    """Make a delivery of facts about pupils by their leerlingnummer."""
    return Tiny(records, id="toetsen", label="Toetsen")


def take_in(engine: sa.Engine, connector: Any, folder: Path, **options: Any) -> runner.Outcome:
    """Offer the records as a new file."""
    number = len(list(folder.glob("bestand-*")))
    path = folder / f"bestand-{number}"
    path.write_text(str(number))
    return runner.run(engine, connector, path, **{"school": SCHOOL, "now": NOW, **options})


def group(key: str, name: str = "", kind: GroupKind = GroupKind.HOME) -> GroupRecord:
    return GroupRecord(key, kind, name or key)


def pupil(
    key: str, given: str = "Pien", family: str = "Voorbeeld", born: date = date(2016, 5, 1), **more: Any
) -> PupilRecord:
    return PupilRecord(key, Names(given_name=given, family_name=family), birth_date=born, **more)


def placed(key: str, in_group: str = "6A", **more: Any) -> PupilRecord:
    return pupil(key, home_group=in_group, grade=Grade.G6, **more)


SKILL = ScaleRef("vaardigheid", "Cito", Measure.SKILL, is_ordinal=False, comparable_group="cito-vaardigheid")
MATHS = InstrumentRef("Cito", "RW-M6", "Rekenen-Wiskunde M6", InstrumentKind.TEST, "rekenen")


def result(key: str, of: str | PupilRef, value: float = 187.0, day: date = date(2026, 1, 20)) -> AssessmentRecord:
    ref = PupilRef(of, is_las_key=True) if isinstance(of, str) else of
    return AssessmentRecord(key, ref, MATHS, day, (ScoreRecord(SKILL, str(value), value),), moment="M6")


def note(key: str, of: str, body: str = "Werkt met plezier.", author: str | None = None) -> NoteRecord:
    ref = PupilRef(of, is_las_key=True)
    return NoteRecord(key, ref, date(2026, 9, 10), NoteKind.OBSERVATION, body, author_key=author)


def account(user: str, of: str) -> AccountLinkRecord:
    return AccountLinkRecord(user, user, PupilRef(of, is_las_key=True))


def rows(engine: sa.Engine, sql: str, **values: Any) -> list[tuple[Any, ...]]:
    """Read plain rows."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql), values)]


def count(engine: sa.Engine, table: str, where: str = "1 = 1") -> int:
    """Count the rows of a table."""
    return int(rows(engine, f"SELECT count(*) FROM {table} WHERE {where}")[0][0])  # noqa: S608 - our own tests


def contents(engine: sa.Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Read every row of every table."""
    tables = sorted(sa.inspect(engine).get_table_names())
    return {table: sorted(rows(engine, f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608
