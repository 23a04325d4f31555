"""The school of these tests, on each kind of database."""

from pathlib import Path

import pytest

from tests.conftest import Database
from tests.retention.school import School, make


@pytest.fixture
def school(database: Database, tmp_path: Path) -> School:
    """A school on SQLite and on PostgreSQL."""
    return make(database.engine, tmp_path)


@pytest.fixture
def one_school(sqlite: Database, tmp_path: Path) -> School:
    """A school on SQLite only, where the database makes no difference."""
    return make(sqlite.engine, tmp_path)
