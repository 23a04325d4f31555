"""A platform that delivers to a school, on the database of the test."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from connectors.contract import BulkCounts, DeliveryContext, SourceFile
from connectors.practice.load import load
from models.person import SourcePerson
from models.practice import LearningObjective, PracticeCell
from models.provenance import Delivery, Source
from models.school import School
from models.vocabulary import DeliveryStatus, SourceKind
from tests.conftest import Database
from tests.connectors.practice.counting import Answer, Cell, Key, as_csv

NUMBER = count(1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Platform:
    """One source of practice answers at one school."""

    engine: sa.Engine
    folder: Path
    school_id: int
    source_id: int

    def delivers(self, content: str | bytes | Iterable[Answer] | Path, name: str = "antwoorden.csv") -> BulkCounts:
        """Bring one file in, in one transaction, as the runner does."""
        file = self._file(content, name)
        with self.engine.begin() as connection:
            delivery = connection.execute(
                sa.insert(Delivery).values(
                    school_id=self.school_id,
                    source_id=self.source_id,
                    status=DeliveryStatus.APPLIED,
                    connector_version="1.0",
                    file_name=file.name,
                    file_sha256=f"{next(NUMBER):064}",
                    received_at=NOW,
                    finished_at=NOW,
                    requested_by="test",
                )
            )
            delivery_id = _id(delivery)
            context = DeliveryContext(self.school_id, self.source_id, delivery_id, NOW)
            return load(connection, context, file, lambda _done, _total: None)

    def cells(self) -> dict[Key, Cell]:
        """Give what is stored, by the platform's own keys."""
        query = (
            sa.select(
                SourcePerson.source_key,
                PracticeCell.day,
                LearningObjective.subject,
                LearningObjective.domain,
                LearningObjective.name,
                *(getattr(PracticeCell, name) for name in Cell.__dataclass_fields__),
            )
            .join(SourcePerson, SourcePerson.id == PracticeCell.source_person_id)
            .join(LearningObjective, LearningObjective.id == PracticeCell.objective_id)
            .where(SourcePerson.source_id == self.source_id)
        )
        with self.engine.connect() as connection:
            return {tuple(row[:5]): Cell(*row[5:]) for row in connection.execute(query)}

    def _file(self, content: str | bytes | Iterable[Answer] | Path, name: str) -> SourceFile:
        path = self.folder / f"{next(NUMBER)}-{name}"
        if isinstance(content, Path):
            path = content
        elif isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_bytes((content if isinstance(content, str) else as_csv(content)).encode())
        return SourceFile(path, name, path.stat().st_size)


def new_platform(database: Database, folder: Path) -> Platform:
    """Make a school with one practice platform."""
    with database.engine.begin() as connection:
        school = connection.execute(
            sa.insert(School).values(brin=f"{next(NUMBER):04}", dependance="00", name="De Kade", created_at=NOW)
        )
        school_id = _id(school)
        source = connection.execute(
            sa.insert(Source).values(
                school_id=school_id, code="snappet", connector="practice", kind=SourceKind.PRACTICE, label="Snappet"
            )
        )
        source_id = _id(source)
    return Platform(database.engine, folder, school_id, source_id)


def _id(inserted: sa.CursorResult[Any]) -> int:
    key = inserted.inserted_primary_key
    assert key
    return int(key[0])


@pytest.fixture
def platform(database: Database, tmp_path: Path) -> Platform:
    return new_platform(database, tmp_path)
