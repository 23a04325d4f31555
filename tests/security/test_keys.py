"""The one secret of the server: made once, for its owner only, and what it seals opens for nobody else."""

import stat
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from api.security import keys
from api.security.keys import SealError
from api.settings import Settings


def _made(folder: Path) -> bytes:
    return keys.mac(Settings(data_dir=folder), "test", b"x")


def test_a_key_is_made_once_also_by_processes_that_start_together_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    with ProcessPoolExecutor(4) as processes:
        made = set(processes.map(_made, [tmp_path / "var"] * 8))

    files = list((tmp_path / "var").iterdir())
    assert len(made) == 1
    assert [file.name for file in files] == [keys.FILE]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert len(files[0].read_text()) >= 43


def test_a_key_that_is_given_leaves_no_file(tmp_path: Path) -> None:
    keys.mac(Settings(data_dir=tmp_path, secret_key="k" * 32), "test", b"x")

    assert list(tmp_path.iterdir()) == []


def test_what_was_sealed_opens_only_with_this_key_for_this_purpose_and_owner() -> None:
    ours, theirs = Settings(secret_key="a" * 32), Settings(secret_key="b" * 32)
    sealed = keys.seal(ours, "seed", b"geheim", b"1")

    assert keys.unseal(ours, "seed", sealed, b"1") == b"geheim"
    assert b"geheim" not in sealed
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for settings, purpose, content, owner in (
        (theirs, "seed", sealed, b"1"),
        (ours, "form", sealed, b"1"),
        (ours, "seed", sealed, b"2"),
        (ours, "seed", changed, b"1"),
        (ours, "seed", b"", b"1"),
    ):
        with pytest.raises((SealError, ValueError)):
            keys.unseal(settings, purpose, content, owner)


def test_the_key_stands_in_no_printed_settings() -> None:
    assert "geheimgeheim" not in repr(Settings(secret_key="geheimgeheim" * 3))
