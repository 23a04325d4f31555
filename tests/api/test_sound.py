"""The website starts only on a database that is there, whole and of this version."""

import sqlite3
from pathlib import Path

import pytest

from api.commands import sound
from api.db import make_engine
from tests.conftest import Database
from tests.terminal import TypeIn


@pytest.fixture
def serve(type_in: TypeIn) -> TypeIn:
    return lambda url: type_in("serve --port 1", DATABASE_URL=url)


def test_a_database_that_is_not_there_is_not_made_by_serving(serve: TypeIn, tmp_path: Path) -> None:
    file = tmp_path / "elders" / "kindblad.sqlite"

    answer = serve(f"sqlite:///{file}")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert f"Er is geen database in {file}" in answer.stderr
    assert not file.exists()


@pytest.mark.parametrize("content", [b"", b"geen database maar wel lang genoeg om er op te lijken" * 100])
def test_a_file_that_is_no_database_is_refused(serve: TypeIn, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "kindblad.sqlite"
    file.write_bytes(content)

    answer = serve(f"sqlite:///{file}")

    assert answer.returncode == 2
    assert "Er is geen database" in answer.stderr or "is niet te openen" in answer.stderr
    assert file.read_bytes() == content


def test_a_damaged_database_is_refused(serve: TypeIn, sqlite: Database) -> None:
    file = Path(sqlite.url.removeprefix("sqlite:///"))
    engine = make_engine(sqlite.url)
    sound.require_sound(engine)
    engine.dispose()
    whole = bytearray(file.read_bytes())
    whole[4096 * 3 : 4096 * 9] = b"\xff" * 4096 * 6
    file.write_bytes(whole)

    answer = serve(sqlite.url)

    assert answer.returncode == 2
    assert "is beschadigd" in answer.stderr or "is niet te openen" in answer.stderr


@pytest.mark.parametrize(("revision", "advice"), [("9999", "nieuwere versie"), ("0001", "kindblad migrate")])
def test_a_schema_of_another_version_is_refused(serve: TypeIn, sqlite: Database, revision: str, advice: str) -> None:
    with sqlite3.connect(sqlite.url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    connection.close()

    answer = serve(sqlite.url)

    assert answer.returncode == 2
    assert advice in answer.stderr
