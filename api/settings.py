"""All settings of Kindblad: KINDBLAD_* in the environment, or the same names in a file.

The file is `.env` in the working folder, or what KINDBLAD_SETTINGS_FILE names; the environment wins. An unknown or
wrong setting stops the start by name: a spelling mistake must not silently mean "the default".
docs/settings.md lists them all; a test keeps it complete.
"""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import sqlalchemy as sa
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.problem import ForPeopleError

PREFIX = "KINDBLAD_"
FILE = "KINDBLAD_SETTINGS_FILE"
NOT_OURS = ("KINDBLAD_TEST_", "KINDBLAD_REQUIRE", "KINDBLAD_CHROMIUM", "KINDBLAD_BENCH_")
"""What the tests and the bench read themselves; no settings of the program."""


class SettingsError(ForPeopleError):
    """A setting is unknown or wrong; the message names it and says what to do, in Dutch."""


def _database(url: str) -> str:
    try:
        dialect = sa.make_url(url).get_backend_name() if url else "sqlite"
    except sa.exc.ArgumentError:
        dialect = ""
    if dialect not in {"sqlite", "postgresql"}:
        raise ValueError("moet beginnen met sqlite:/// of postgresql://")
    return url


def _address(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query):
        raise ValueError("moet een adres zijn als https://kindblad.devliet.nl, zonder pad")
    return url.rstrip("/")


def _key(key: str) -> str:
    if 0 < len(key) < 32:
        raise ValueError("moet minstens 32 tekens hebben; `openssl rand -base64 32` maakt een goede")
    return key


class Settings(BaseSettings):
    """The settings of one process; see each description."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, dotenv_filtering="match_prefix")

    data_dir: Path = Field(Path("var"), description="Map voor de database en andere bestanden van deze school.")
    database_url: Annotated[str, AfterValidator(_database)] = Field(
        "",
        description="Database: `sqlite:///pad/naar/bestand` of `postgresql://naam:wachtwoord@machine/database`. "
        "Leeg: SQLite in de map van KINDBLAD_DATA_DIR.",
    )
    owner_url: Annotated[str, AfterValidator(_database)] = Field(
        "",
        description="PostgreSQL: de database als eigenaar van de tabellen, voor `kindblad migrate`, grote invoer en "
        "het opruimen van oude logregels. Leeg: dezelfde als KINDBLAD_DATABASE_URL. Zie docs/postgresql.md.",
    )
    log_head_file: Path | None = Field(
        None,
        description="Waar elk uur het hoofd van het inzagelog bij komt te staan; liefst op een andere schijf. Leeg: "
        "`inzagelog-hoofd` in de map van de SQLite-database of in KINDBLAD_DATA_DIR.",
    )
    host: str = Field("127.0.0.1", description="Adres waarop `kindblad serve` luistert; 0.0.0.0 is van overal.")
    port: int = Field(8000, ge=1, le=65535, description="Poort waarop `kindblad serve` luistert.")
    workers: int = Field(
        default_factory=lambda: min(4, os.cpu_count() or 1),
        ge=1,
        le=64,
        description="Aantal processen dat bladen maakt; zonder opgave het aantal processorkernen, hooguit 4.",
    )
    behind_proxy: bool = Field(
        False,
        description="Staat er een reverse proxy voor die X-Forwarded-For zet? Dan geldt het laatste adres daarin. "
        "Zet dit niet aan zonder zo'n proxy: dan kan ieder zijn adres zelf kiezen.",
    )
    cookie_secure: bool = Field(
        True, description="Stuur het inlogcookie alleen over https. Uit mag alleen op uw eigen machine."
    )
    session_idle_minutes: int = Field(30, ge=1, le=12 * 60, description="Minuten zonder gebruik tot u opnieuw inlogt.")
    session_idle_minutes_admin: int = Field(15, ge=1, le=12 * 60, description="Hetzelfde, voor wie beheer heeft.")
    session_hours: int = Field(12, ge=1, le=24, description="Uren na inloggen waarna u hoe dan ook opnieuw inlogt.")
    second_factor: Literal["required", "optional", "demo"] = Field(
        "required",
        description="Moeten medewerkers een tweede stap (code of passkey) hebben? `optional`: alleen wie beheer heeft. "
        "`demo`: niemand; alleen voor een school die niet bestaat.",
    )
    invitation_days: int = Field(14, ge=1, le=60, description="Dagen dat de code in een uitnodigingsbrief geldt.")
    public_url: Annotated[str, AfterValidator(_address)] = Field(
        "",
        description="Het adres waarop mensen Kindblad openen, zoals `https://kindblad.devliet.nl`. Nodig voor passkeys "
        "en voor inloggen met een schoolaccount.",
    )
    secret_key: Annotated[str, AfterValidator(_key)] = Field(
        "",
        description="Sleutel van minstens 32 tekens voor formulieren en codes. Leeg: Kindblad maakt er een in "
        "`secret.key` in de map van KINDBLAD_DATA_DIR; bewaar die bij de back-ups, apart van de database.",
        repr=False,
    )
    login_failures: int = Field(
        3,
        ge=1,
        le=100,
        description="Mislukte pogingen per account in tien minuten; daarna wacht elke volgende twee keer zo lang.",
    )
    max_body_bytes: int = Field(1024 * 1024, ge=1024, description="Grootste verzoek aan de website, in bytes.")
    smtp_host: str = Field(
        "", description="Mailserver voor berichten aan ouders (`kindblad messages send`). Leeg: er gaat niets uit."
    )
    smtp_port: int = Field(587, ge=1, le=65535, description="Poort van de mailserver; 587 is gewoon bij `starttls`.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="Versleuteling naar de mailserver; `none` kan alleen op dezelfde machine."
    )
    smtp_user: str = Field("", description="Gebruiker op de mailserver; leeg: zonder inloggen.")
    smtp_password: str = Field("", description="Wachtwoord daarvan.", repr=False)
    smtp_from: str = Field("", description="Het adres waarvan school mailt, zoals `groepen@devliet.nl`.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Vanaf welke ernst te loggen.")
    log_format: Literal["json", "console"] = Field("json", description="Logregels als JSON of leesbaar voor mensen.")
    development: bool = Field(
        False, description="Voor ontwikkelaars: de beschrijving van de API is zonder inloggen te lezen."
    )

    @property
    def database(self) -> str:
        """The URL of the database in use."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'kindblad.sqlite'}"

    @property
    def owner(self) -> str:
        """The URL of the database as the owner of its tables has it."""
        return self.owner_url or self.database

    @property
    def log_heads(self) -> Path:
        """The file with copies of the head of the access log."""
        address = sa.make_url(self.database)
        beside = Path(address.database).parent if address.get_backend_name() == "sqlite" and address.database else None
        return self.log_head_file or (beside or self.data_dir) / "inzagelog-hoofd"


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; `overrides` are fields given on the command line. Raises `SettingsError` in Dutch."""
    if unknown := sorted(name for name in os.environ if _is_ours(name) and name not in _names()):
        raise SettingsError(_unknown(unknown[0]))
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(_env_file=_file(), **given)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0]).upper().removeprefix(PREFIX)
        if first["type"] == "extra_forbidden":
            raise SettingsError(_unknown(PREFIX + name)) from None
        raise SettingsError(f"{PREFIX}{name} klopt niet: {_dutch(first)}. docs/settings.md zegt wat mag.") from None


def _names() -> list[str]:
    return [PREFIX + field.upper() for field in Settings.model_fields]


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIX) and name != FILE and not name.startswith(NOT_OURS)


def _file() -> Path:
    named = os.environ.get(FILE)
    if named and not Path(named).is_file():
        raise SettingsError(f"{FILE} wijst naar {named}, maar dat bestand is er niet.")
    return Path(named or ".env")


def _unknown(name: str) -> str:
    nearest = get_close_matches(name, _names(), n=1, cutoff=0)[0]
    return f"{name} is geen instelling van Kindblad; bedoelt u {nearest}? docs/settings.md noemt ze alle."


def _dutch(error: Any) -> str:
    limits = error.get("ctx", {})
    sentences = {
        "int_parsing": "het moet een heel getal zijn",
        "bool_parsing": "het moet true of false zijn",
        "greater_than_equal": f"het moet minstens {limits.get('ge')} zijn",
        "less_than_equal": f"het mag hooguit {limits.get('le')} zijn",
        "literal_error": f"het moet een van deze zijn: {limits.get('expected')}".replace(" or ", " of "),
        "value_error": str(limits.get("error")),
    }
    return sentences.get(error["type"], "die waarde wordt niet begrepen")
