"""Settings come from the environment or a file, and what is wrong is refused by its name."""

import re
from pathlib import Path

import pytest

from api.settings import PREFIX, Settings, SettingsError, load_settings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_there_is_a_database_in_a_folder_of_our_own(tmp_path: Path) -> None:
    assert load_settings().database == f"sqlite:///{tmp_path}/var/kindblad.sqlite"


def test_the_environment_wins_from_the_file_and_the_command_line_from_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text("KINDBLAD_PORT=8001\nKINDBLAD_HOST=0.0.0.0\nKINDBLAD_WORKERS=3\nANDERS=1\n")
    monkeypatch.setenv("KINDBLAD_PORT", "8002")

    settings = load_settings(workers=1, host=None)

    assert (settings.host, settings.port, settings.workers) == ("0.0.0.0", 8002, 1)  # noqa: S104 - only read back


def test_another_file_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "school.env"
    file.write_text("KINDBLAD_SESSION_HOURS=8\n")
    monkeypatch.setenv("KINDBLAD_SETTINGS_FILE", str(file))
    assert load_settings().session_hours == 8

    file.unlink()
    with pytest.raises(SettingsError, match=r"school\.env"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("KINDBLAD_PROT", "1", "geen instelling van Kindblad; bedoelt u KINDBLAD_PORT"),
        ("KINDBLAD_PORT", "tachtig", "KINDBLAD_PORT klopt niet: het moet een heel getal zijn"),
        ("KINDBLAD_PORT", "0", "KINDBLAD_PORT klopt niet: het moet minstens 1 zijn"),
        ("KINDBLAD_WORKERS", "65", "KINDBLAD_WORKERS klopt niet: het mag hooguit 64 zijn"),
        ("KINDBLAD_DATABASE_URL", "mysql://x", "KINDBLAD_DATABASE_URL klopt niet: moet beginnen met sqlite"),
        ("KINDBLAD_DATABASE_URL", "onzin", "KINDBLAD_DATABASE_URL klopt niet"),
        (
            "KINDBLAD_PUBLIC_URL",
            "kindblad.devliet.nl",
            "KINDBLAD_PUBLIC_URL klopt niet: moet een adres zijn als https://",
        ),
        ("KINDBLAD_SECRET_KEY", "kort", "KINDBLAD_SECRET_KEY klopt niet: moet minstens 32 tekens hebben"),
        ("KINDBLAD_LOG_LEVEL", "luid", "'warning' of 'error'"),
        ("KINDBLAD_COOKIE_SECURE", "misschien", "KINDBLAD_COOKIE_SECURE klopt niet: het moet true of false zijn"),
    ],
)
@pytest.mark.parametrize("place", ["environment", "file"])
def test_a_wrong_setting_is_refused_by_name(
    place: str, name: str, value: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if place == "environment":
        monkeypatch.setenv(name, value)
    else:
        (tmp_path / ".env").write_text(f"{name}={value}\n")

    with pytest.raises(SettingsError) as refusal:
        load_settings()

    assert sentence in str(refusal.value)


def test_a_password_in_a_wrong_address_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINDBLAD_DATABASE_URL", "mysql://kind:heelgeheim@machine/x")

    with pytest.raises(SettingsError) as refusal:
        load_settings()

    assert "heelgeheim" not in str(refusal.value)


def test_every_setting_is_described_in_the_documentation() -> None:
    described = dict(
        re.findall(r"^\| `(KINDBLAD_\w+)` \|[^|]*\| (.+?) \|$", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    )

    assert described == {PREFIX + name.upper(): field.description for name, field in Settings.model_fields.items()}
