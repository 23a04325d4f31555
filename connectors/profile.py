"""How a list is read: a profile in TOML names its columns, and nothing else has to be written for a new list.

Shipped profiles lie in connectors/profiles; a school may point to its own file. docs/connectors.md explains every word.
"""

import tomllib
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from connectors.fields import FIELDS, KEY, FieldSpec
from connectors.kit.dates import read_date
from connectors.scales import KINDS
from models.vocabulary import Coded, InstrumentKind, Respondent, SourceKind

SHIPPED = Path(__file__).parent / "profiles"
MAX_PROFILE_BYTES = 65_536
OWN_SCALES = ("skill", "dimension", "age_phase")


class Part(BaseModel):
    """A table in a profile: unknown names are refused, so that a typing error is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PupilColumns(Part):
    """How a row points to a child: by the leerlingnummer, or else by what the list does have."""

    key: list[str] = Field(min_length=1)
    is_las_key: bool = False
    eckid: str | None = None
    name: str | None = None
    family_name: str | None = None
    prefix: str | None = None
    given_name: str | None = None
    birth_date: str | None = None
    group: str | None = None


class PersonColumns(Part):
    """The name of the other person in a row (a guardian)."""

    family_name: str
    prefix: str | None = None
    given_name: str | None = None


class InstrumentNames(Part):
    """The test or list; its name is fixed, or stands in a column. `by_respondent` renames it for one respondent."""

    provider: str = Field(max_length=64)
    kind: InstrumentKind
    name: str | None = Field(default=None, max_length=128)
    name_column: str | None = None
    subject: str | None = None
    by_respondent: dict[Respondent, str] = {}

    @model_validator(mode="after")
    def _has_one_name(self) -> Self:
        if (self.name is None) == (self.name_column is None):
            raise ValueError("geef `name` of `name_column`, een van beide")
        return self


class Scores(Part):
    """Columns with scores on one scale: an OSO code (IV, AE, Percentiel, ...), `skill`, `dimension` or `age_phase`."""

    columns: list[str] = Field(min_length=1)
    scale: str
    name: str | None = Field(default=None, max_length=60)
    low_column: str | None = None
    high_column: str | None = None
    low: float | None = None
    high: float | None = None
    respondent: Respondent | None = None

    @model_validator(mode="after")
    def _has_a_known_scale(self) -> Self:
        if self.scale not in KINDS and self.scale not in OWN_SCALES:
            raise ValueError(f"`scale` is geen van {', '.join((*OWN_SCALES, *KINDS))}")
        if self.scale == "dimension" and (self.name is None or self.low is None or self.high is None):
            raise ValueError("een `dimension` heeft een `name`, een `low` en een `high`")
        return self


class Profile(Part):
    """One kind of list. `key` are the columns that together name a row for ever; `id` is the name of the file."""

    id: str = Field(default="", max_length=50)
    label: str = Field(max_length=100)
    record: Literal[
        "assessment",
        "norm_band",
        "account_link",
        "guardian",
        "contact",
        "announcement",
        "note",
        "absence",
        "goal",
        "agreement",
        "support_point",
    ]
    kind: SourceKind
    key: list[str] = Field(min_length=1)
    repeats: Literal["refuse", "number"] = "refuse"
    is_complete: bool = False
    encoding: Literal["", "utf-8", "cp1252"] = ""
    decimal: Literal[",", "."] = ","
    dates: Literal["dmj", "jmd", "mdj"] = "dmj"
    fields: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    constants: dict[str, str] = {}
    pupil: PupilColumns | None = None
    person: PersonColumns | None = None
    instrument: InstrumentNames | None = None
    scores: list[Scores] = []

    @model_validator(mode="after")
    def _fits_the_record(self) -> Self:
        known = FIELDS[self.record]
        if unknown := sorted((self.fields.keys() | self.constants.keys() | self.values.keys()) - known.keys()):
            raise ValueError(f"onbekend veld {', '.join(unknown)}; `{self.record}` kent {', '.join(known)}")
        missing = [
            name for name, spec in known.items() if spec.is_required and name not in self.fields | self.constants
        ]
        if missing:
            raise ValueError(f"geen kolom voor {', '.join(missing)}")
        needs = {
            "assessment": ("pupil", "instrument"),
            "norm_band": (),
            "announcement": (),
            "guardian": ("pupil", "person"),
            "contact": ("pupil", "person"),
        }
        for part in needs.get(self.record, ("pupil",)):
            if getattr(self, part) is None:
                raise ValueError(f"[{part}] ontbreekt")
        if self.record == "assessment" and not self.scores:
            raise ValueError("[[scores]] ontbreekt")
        for name, mapping in self.values.items():
            _require_codes(name, known[name], mapping)
        return self

    @cached_property
    def columns(self) -> dict[str, str]:
        """All columns that the profile names, by their name in lower case; the rest of a row is not kept."""
        names = [*self.key, *self.fields.values()]
        for part in (self.pupil, self.person, self.instrument):
            for field, value in part.model_dump().items() if part else ():
                if isinstance(value, str) and field not in {"provider", "kind", "name", "subject"}:
                    names.append(value)
        names += [
            *(self.pupil.key if self.pupil else ()),
            *((self.pupil.name,) if self.pupil and self.pupil.name else ()),
        ]
        for score in self.scores:
            names += [*score.columns, *(column for column in (score.low_column, score.high_column) if column)]
        return {fold(name): name for name in names}

    def key_part(self, column: str, text: str) -> str:
        """A cell as it counts in the key of a row: a date or a code word is the same in every notation."""
        for name, mapped in self.fields.items():
            if mapped == column:
                kind = FIELDS[self.record][name].type
                if kind is date:
                    day = read_date(text, self.dates)
                    return day.isoformat() if day else text
                return text if kind in {str, KEY} else text.casefold()
        return text

    @cached_property
    def required_columns(self) -> list[str]:
        """The columns without which the list cannot be read: keys, required fields and all scores."""
        known = FIELDS[self.record]
        names = [*self.key, *(self.pupil.key if self.pupil else ())]
        names += [column for name, column in self.fields.items() if known[name].is_required]
        names += [column for score in self.scores for column in score.columns]
        return list(dict.fromkeys(names))


def fold(name: str) -> str:
    """A column name as it is compared: without regard to case and spaces."""
    return " ".join(name.casefold().split())


def shipped_profiles() -> list[str]:
    """The names of the profiles that come with Kindblad."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load_profile(name: str) -> Profile:
    """Load a profile by its shipped name or the path of a .toml file; raises ValueError in Dutch."""
    path = Path(name) if name.endswith(".toml") else SHIPPED / f"{name}.toml"
    if not name.endswith(".toml") and name not in shipped_profiles():
        raise ValueError(
            f"profiel ‘{name}’ bestaat niet; kies {', '.join(shipped_profiles())} of een eigen .toml-bestand"
        )
    try:
        if path.stat().st_size > MAX_PROFILE_BYTES:
            raise ValueError(f"profiel {path.name} is te groot voor een profiel")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise ValueError(f"profiel {path.name} is niet te openen; kijk het pad na") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"profiel {path.name} is geen geldige TOML: {error}") from None
    try:
        return Profile.model_validate(content | {"id": path.stem[:50]})
    except ValidationError as error:
        raise ValueError(f"profiel {path.name}: {'; '.join(_in_dutch(error))}") from None


def _in_dutch(error: ValidationError) -> list[str]:
    sentences = {"missing": "ontbreekt", "extra_forbidden": "is een onbekende naam"}
    lines = []
    for detail in error.errors():
        place = ".".join(str(step) for step in detail["loc"])
        if detail["type"] == "value_error":
            text = str(detail["ctx"]["error"])
        elif detail["type"] in {"literal_error", "enum"}:
            text = f"moet een zijn van {detail['ctx']['expected'].replace(' or ', ' of ')}"
        else:
            text = sentences.get(detail["type"], "heeft geen geldige waarde")
        lines.append(f"{place}: {text}" if place else text)
    return lines


def _require_codes(name: str, spec: FieldSpec, mapping: dict[str, Any]) -> None:
    is_coded = isinstance(spec.type, type) and issubclass(spec.type, Coded)
    if not is_coded:
        raise ValueError(f"[values.{name}] past niet: dit veld heeft geen vaste waarden")
    codes = [code.value for code in spec.type]
    if wrong := sorted(set(mapping.values()) - set(codes)):
        raise ValueError(f"[values.{name}] kent {', '.join(wrong)} niet; kies uit {', '.join(codes)}")
