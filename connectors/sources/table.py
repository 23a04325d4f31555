"""Any list, CSV or XLSX, read by a profile that names its columns (connectors/profiles, docs/connectors.md).

A row becomes one record. Only the columns that the profile names are kept; a column with a state number is thrown away
and counted. No score ("", -, NULL) is not zero.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, field_validator

from connectors.canonical import Record
from connectors.contract import Header, Issue, RawRecord, SourceFile
from connectors.kit import csv, excel
from connectors.kit.files import head, refused, require_size, signature
from connectors.kit.keys import KEY_OBJECTIONS, key_objection
from connectors.kit.objections import Objection, rejected, remark
from connectors.kit.text import encoding_of
from connectors.profile import Profile, fold, load_profile
from connectors.rows import record_of
from models.vocabulary import SourceKind

STATE_NUMBERS = ("bsn", "burgerservicenummer", "sofinummer", "onderwijsnummer", "pgn", "persoonsgebonden nummer")
OBJECTIONS = KEY_OBJECTIONS | {
    "rij_dubbel": "Deze rij staat er vaker in (zelfde {key}); haal weg wat niet klopt.",
    "rij_smal": "Deze rij heeft minder cellen dan de kop; kijk of de lijst compleet is en maak de uitvoer opnieuw.",
    "rij_breed": "Deze rij heeft meer cellen dan de kop; zet tekst met een scheidingsteken tussen aanhalingstekens.",
}


class Settings(BaseModel):
    """Which profile reads the lists of this source."""

    model_config = ConfigDict(extra="forbid")

    profile: str = Field(
        title="Profiel",
        description="De naam van een meegeleverd profiel (bijvoorbeeld scol), of het pad van een eigen .toml-bestand.",
    )
    nine_digit_keys_are_safe: bool = Field(default=False, title="Sleutels van negen cijfers zijn geen BSN")
    _loaded: Profile = PrivateAttr()

    @field_validator("profile")
    @classmethod
    def _exists(cls, name: str) -> str:
        load_profile(name)
        return name

    def model_post_init(self, context: Any, /) -> None:  # noqa: ARG002 - Pydantic's signature
        """Keep the profile; that it can be read was seen above, so that a wrong one is refused with the settings."""
        self._loaded = load_profile(self.profile)

    @property
    def loaded(self) -> Profile:
        """The profile itself."""
        return self._loaded


class Table:
    """Lists of all kinds."""

    id = "table"
    label = "Lijst (CSV of Excel)"
    version = "1"
    standard = "profiel"
    kind = SourceKind.JOURNAL
    leads_roll = False
    settings_model: type[BaseModel] = Settings

    def profile(self, settings: Settings) -> Profile:
        """What kind of list this source delivers; the runner names the source after it."""
        return settings.loaded

    def check(self, file: SourceFile, settings: Settings) -> Header:
        """See that the list has the columns of the profile; refuses every other kind of file."""
        profile = settings.loaded
        rows, issues = _rows(file, profile)
        _, names = next(rows, (0, []))
        present = {fold(name) for name in names}
        missing = [name for name in profile.required_columns if fold(name) not in present]
        if missing:
            what = f"in de eerste rij ontbreekt {', '.join(missing)}; kies een lijst ‘{profile.label}’ met een kop."
            raise refused(file, what, locator="regel 1", code="kolommen")
        doubled = [
            profile.columns[name]
            for name, times in Counter(map(fold, names)).items()
            if times > 1 and name in profile.columns
        ]
        if doubled:
            what = f"de kolom {', '.join(doubled)} staat er twee keer in; haal er een weg."
            raise refused(file, what, locator="regel 1", code="kolommen")
        streams = (profile.record,) if profile.is_complete else ()
        return Header(is_full_snapshot=profile.is_complete, snapshot_streams=streams, issues=issues)

    def read(self, file: SourceFile, settings: Settings) -> Iterator[RawRecord]:
        """Yield the rows; what is wrong with a key, or with a key that comes twice, goes with them."""
        profile = settings.loaded
        times: Counter[int] = Counter()
        if profile.repeats == "refuse":
            times.update(hash(_row_key(profile, cells)) for _, cells, _, _ in _cells(file, profile))
        seen: Counter[int] = Counter()
        for line, cells, shape, numbers in _cells(file, profile):
            key = _row_key(profile, cells)
            place, dropped = hash(key), numbers
            seen[place] += 1
            payload: dict[str, Any] = {"cellen": cells, "sleutel": key}
            objections = [shape] if shape else []
            if times[place] > 1:
                objections.append("rij_dubbel")
            elif seen[place] > 1:
                payload["sleutel"] = f"{key}|{seen[place]}"
            if profile.pupil and profile.pupil.is_las_key:
                column = profile.pupil.key[0]
                code = key_objection(cells.get(column, ""), may_be_nine_digits=settings.nine_digit_keys_are_safe)
                if code == "sleutel_lijkt_bsn":
                    payload = {"cellen": {**cells, column: ""}, "sleutel": ""}
                    dropped += 1
                objections += [code] if code else []
            if objections:
                payload["bezwaren"] = objections
            yield RawRecord(profile.record, f"regel {line}", payload, dropped)

    def map(self, raw: RawRecord, header: Header, settings: Settings) -> Iterator[Record | Issue]:  # noqa: ARG002
        """Turn a row into its record, or say why not."""
        profile = settings.loaded
        key = str(raw.payload.get("sleutel", ""))
        for code in raw.payload.get("bezwaren", ()):
            message = OBJECTIONS.get(code, code).replace("{key}", " + ".join(profile.key))
            yield rejected(raw, Objection(code, message), key)
            return
        remarks: list[tuple[str, str]] = []
        try:
            record = record_of(profile, key, raw.payload.get("cellen", {}), remarks)
        except Objection as objection:
            yield rejected(raw, objection, key)
            return
        for code, message in remarks:
            yield remark(raw, code, message, key)
        if record is not None:
            yield record


def _rows(file: SourceFile, profile: Profile) -> tuple[Iterator[tuple[int, list[str]]], list[Issue]]:
    start = head(file, 8)
    if start.startswith(excel.SIGNATURE):
        return excel.rows(file, profile.decimal), []
    if (kind := signature(start)) or start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        what = f"dit is {kind or 'XML of een webpagina'}, geen lijst; sla de lijst op als CSV of .xlsx."
        raise refused(file, what, code="soort")
    require_size(file, csv.MAX_BYTES)
    encoding = encoding_of(file, profile.encoding or None)
    return csv.rows(file, encoding), list(encoding.issues)


def _cells(file: SourceFile, profile: Profile) -> Iterator[tuple[int, dict[str, str], str, int]]:
    """Yield (line, cells of the profile's columns by name, what is wrong with the shape, numbers thrown away)."""
    rows, _ = _rows(file, profile)
    names = [fold(name) for name in next(rows, (0, []))[1]]
    wanted = [(place, profile.columns[name]) for place, name in enumerate(names) if name in profile.columns]
    numbers = [place for place, name in enumerate(names) if name in STATE_NUMBERS]
    for line, row in rows:
        cells = {column: row[place] for place, column in wanted if place < len(row)}
        dropped = sum(1 for place in numbers if place < len(row) and row[place])
        shape = "rij_breed" if any(row[len(names) :]) else "rij_smal" if len(row) < len(names) else ""
        yield line, cells, shape, dropped


def _row_key(profile: Profile, cells: dict[str, str]) -> str:
    """The key columns together."""
    return "|".join(profile.key_part(column, cells.get(column, "")) for column in profile.key)[:290]


connector = Table()
