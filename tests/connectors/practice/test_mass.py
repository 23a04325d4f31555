"""A mass of new cells at once: the wall between schools stands before, after, and also when it goes wrong."""

from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from connectors.practice import load, tables, writing
from models.practice import PracticeCell
from tests.conftest import Database
from tests.connectors.practice.conftest import Platform, new_platform
from tests.connectors.practice.counting import Answer, count

ANSWERS = [Answer(number, exercise=number, user=str(number % 90)) for number in range(400)]


@pytest.fixture
def platform(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Platform:
    """Every delivery counts as a mass."""
    monkeypatch.setattr(writing, "MASS", 1)
    return new_platform(database, tmp_path)


def references(engine: sa.Engine) -> list[str]:
    return sorted(str(key) for key in sa.inspect(engine).get_foreign_keys("practice_cell"))


def test_the_references_are_the_same_after_a_mass_as_before(platform: Platform) -> None:
    before = references(platform.engine)

    platform.delivers(ANSWERS)

    assert before
    assert references(platform.engine) == before
    assert platform.cells() == count(ANSWERS)


def test_a_mass_that_points_outside_its_school_is_refused_as_a_whole(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = references(platform.engine)
    monkeypatch.setattr(load, "_objective_ids", lambda *_: np.array([999_999]))

    with pytest.raises(sa.exc.DBAPIError, match=r"(?i)foreign key"):
        platform.delivers(ANSWERS)

    assert references(platform.engine) == before
    assert platform.cells() == {}


def test_a_mass_that_breaks_off_leaves_everything_as_it_was(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = references(platform.engine)
    with monkeypatch.context() as patch:
        patch.setattr(tables, "put_firsts", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            platform.delivers(ANSWERS)

    assert references(platform.engine) == before
    assert platform.delivers(ANSWERS).created == 400


def test_a_day_beside_much_that_is_there_does_not_touch_the_references(platform: Platform) -> None:
    platform.delivers(ANSWERS)
    with platform.engine.begin() as connection:
        assert (connection.scalar(sa.select(sa.func.count()).select_from(PracticeCell)) or 0) > 20
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ANALYZE practice_cell")
        statements: list[str] = []
        sa.event.listen(connection, "before_cursor_execute", lambda *seen: statements.append(seen[2]))
        with writing.mass_load(connection, 100):
            pass

    assert [text for text in statements if "ALTER" in text] == []
