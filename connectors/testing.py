# ruff: noqa: S101, PT017 - a suite of tests, kept here because the makers of connectors inherit from it
"""The standard suite: what every connector must stand, in one class. A connector's own test class is ten lines.

    class TestScol(RecordSuite):
        connector = table.connector
        settings: ClassVar = {"profile": "scol"}
        samples = [SAMPLES / "scol.csv"]
        nonsense = ({"profile": "bestaat-niet"},)

A bulk connector takes `FileSuite`. Needs pytest and hypothesis, so only tests import this module.
"""

import time
import zipfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings, strategies
from pydantic import ValidationError

from connectors.canonical import RECORD_OF_STREAM, Names, PupilRef, Record
from connectors.contract import BulkConnector, Connector, Header, Issue, RawRecord, SourceFile
from connectors.errors import FileRefused
from connectors.kit.files import MEGABYTE

SECONDS = 1.0
MEMORY = 64 * MEGABYTE

_XML = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_BOMB = b"".join(b'<!ENTITY e%d "%s">' % (n + 1, b"&e%d;" % n * 10) for n in range(9))
HOSTILE: dict[str, bytes] = {
    "leeg.xml": b"",
    "leeg.csv": b"\n\n",
    "entiteitenbom.xml": _XML + b'<!DOCTYPE EDEX [<!ENTITY e0 "lol">' + _BOMB + b"]><EDEX>&e9;</EDEX>",
    "vreemd-bestand.xml": _XML + b'<!DOCTYPE EDEX [<!ENTITY x SYSTEM "file:///etc/passwd">]><EDEX>&x;</EDEX>',
    "vreemd-adres.xml": _XML + b'<!DOCTYPE EDEX SYSTEM "http://127.0.0.1:9/x.dtd"><EDEX/>',
    "parameter.xml": _XML + b'<!DOCTYPE EDEX [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><EDEX/>',
    "commentaar-dan-dtd.xml": _XML + b"<!-- x --><?p?>\n<!DOCTYPE EDEX><EDEX/>",
    "utf16-dtd.xml": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE EDEX><EDEX/>'.encode("utf-16"),
    "entiteit.xml": _XML + b"<EDEX><school><schooljaar>&x;</schooljaar></school></EDEX>",
    "nesten.xml": _XML + b"<EDEX>" + b"<a>" * 200_000,
    "stil.xml": _XML + b"<EDEX>" + b"<a></a>" * 1_500_000 + b"</EDEX>",
    "rommel.xml": bytes(range(256)) * 4_000,
    "rommel.csv": b"\x00\x01\xfe\xff" * 50_000,
    "pdf.csv": b"%PDF-1.7\n" + b"x" * 1_000,
    "foto.xlsx": b"\x89PNG\r\n\x1a\n" + b"\x00" * 1_000,
    "half.xlsx": b"PK\x03\x04" + b"\x00" * 200,
    "webpagina.csv": b"<!DOCTYPE html><html><body>Inloggen</body></html>",
    "lange-regel.csv": b'"' + b"x" * 1_000_000,
    "onbekende-tekenset.xml": b'<?xml version="1.0" encoding="UTF-7"?><EDEX/>',
}
"""Files that every connector refuses, with one sentence, quickly and in little memory."""


def source_file(path: Path) -> SourceFile:
    """Describe a file as the runner does."""
    content = path.read_bytes()
    return SourceFile(path, path.name, len(content))


def zip_bomb(path: Path) -> None:
    """Write a workbook of a few kilobytes that unpacks to 100 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (100 * MEGABYTE))


def _resident(*, peak: bool = False, reset_peak: bool = False) -> int:
    """The memory of this process in bytes, the parser's included: now, or at its highest since the last reset."""
    if reset_peak:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    status = Path("/proc/self/status").read_text(encoding="ascii")
    field = "VmHWM:" if peak else "VmRSS:"
    return next(int(line.split()[1]) << 10 for line in status.splitlines() if line.startswith(field))


class FileSuite:
    """What holds for every connector, bulk ones included: settings, good files and hostile files."""

    connector: ClassVar[Connector | BulkConnector]
    settings: ClassVar[dict[str, Any]] = {}
    samples: ClassVar[list[Path]]
    nonsense: ClassVar[tuple[dict[str, Any], ...]] = ()

    def made_settings(self) -> Any:
        """The settings of the samples as the connector's own model."""
        return self.connector.settings_model(**self.settings)

    def open(self, path: Path) -> Any:
        """Take a file as far as the connector can without a database."""
        return self.connector.check(source_file(path), self.made_settings())

    def test_settings_refuse_what_they_do_not_know(self) -> None:
        for wrong in ({"bestaat_niet": 1}, *self.nonsense):
            with pytest.raises(ValidationError):
                self.connector.settings_model(**{**self.settings, **wrong})

    def test_the_samples_are_accepted_and_checking_twice_says_the_same(self) -> None:
        for sample in self.samples:
            assert self.open(sample) is not None
            header = self.connector.check(source_file(sample), self.made_settings())
            assert header == self.connector.check(source_file(sample), self.made_settings())

    @pytest.mark.parametrize("name", HOSTILE)
    def test_a_hostile_file_is_refused_quickly_with_one_sentence(self, name: str, tmp_path: Path) -> None:
        path = tmp_path / name
        path.write_bytes(HOSTILE[name])
        self.refuses(path)

    def test_a_zip_bomb_is_refused_before_it_is_unpacked(self, tmp_path: Path) -> None:
        path = tmp_path / "bom.xlsx"
        zip_bomb(path)
        self.refuses(path)

    def refuses(self, path: Path) -> None:
        """See that a file is refused: by name, in Dutch, within a second and 64 MB."""
        before = _resident(reset_peak=True)
        begin = time.perf_counter()
        with pytest.raises(FileRefused) as refusal:
            self.open(path)
        seconds = time.perf_counter() - begin
        peak = _resident(peak=True) - before
        message = refusal.value.message
        assert message.startswith(path.name)
        assert message.endswith(".")
        assert "; " in message or ". " in message, "what is wrong, and what to do"
        assert len(message) < 400
        assert "/etc" not in message
        assert seconds < SECONDS
        assert peak < MEMORY


class RecordSuite(FileSuite):
    """What also holds for a connector that delivers records one by one.

    `has_an_end` says that the format shows where it ends (XML does, a list does not), so that a cut must be seen.
    """

    connector: ClassVar[Connector]
    has_an_end: ClassVar[bool] = True

    def open(self, path: Path) -> list[RawRecord]:
        """Check and read the whole file."""
        file = source_file(path)
        self.connector.check(file, self.made_settings())
        return list(self.connector.read(file, self.made_settings()))

    def mapped(self, path: Path) -> Iterator[tuple[RawRecord, Record | Issue]]:
        """Every raw record with each thing that it becomes."""
        file, made = source_file(path), self.made_settings()
        header = self.connector.check(file, made)
        for raw in self.connector.read(file, made):
            for item in self.connector.map(raw, header, made):
                yield raw, item

    def test_every_record_has_a_key_and_a_place(self) -> None:
        for sample in self.samples:
            mapped = list(self.mapped(sample))
            assert any(not isinstance(item, Issue) for _, item in mapped)
            for raw, item in mapped:
                assert raw.locator
                assert len(raw.locator) <= 300
                if not isinstance(item, Issue):
                    assert RECORD_OF_STREAM[item.stream] is type(item)
                    assert item.key
                    assert item.key == item.key.strip()
                    assert not item.key.startswith("#")

    def test_reading_twice_gives_the_same(self) -> None:
        for sample in self.samples:
            assert list(self.mapped(sample)) == list(self.mapped(sample))

    def test_a_file_cut_anywhere_is_refused_or_gives_what_was_whole(self, tmp_path: Path) -> None:
        for sample in self.samples:
            content = sample.read_bytes()
            whole = {item.key for _, item in self.mapped(sample) if not isinstance(item, Issue)}
            for part in range(1, 100, 7):
                path = tmp_path / f"deel-{part}{sample.suffix}"
                path.write_bytes(content[: len(content) * part // 100])
                try:
                    kept = {item.key for _, item in self.mapped(path) if not isinstance(item, Issue)}
                except FileRefused as refusal:
                    assert refusal.message.startswith(path.name)
                else:
                    assert not self.has_an_end
                    assert len(kept - whole) <= 1, "at most the row in which the cut fell reads differently"

    def test_no_message_holds_a_name_a_date_or_a_key(self) -> None:
        for sample in self.samples:
            items = [item for _, item in self.mapped(sample)]
            secrets = {text for item in items if not isinstance(item, Issue) for text in _personal(item)}
            for item in items:
                if isinstance(item, Issue):
                    assert not [secret for secret in secrets if secret in item.message.split()]

    def test_map_is_pure_and_total(self) -> None:
        made = self.made_settings()
        for sample in self.samples:
            file = source_file(sample)
            header = self.connector.check(file, made)
            raws = list(self.connector.read(file, made))
            _try_mutations(raws, partial(_items, self.connector, header, made))

    def test_map_needs_no_header(self) -> None:
        made = self.made_settings()
        for sample in self.samples:
            for raw in self.connector.read(source_file(sample), made):
                assert list(self.connector.map(raw, Header(), made)) is not None

    def large_file(self, path: Path) -> Path | None:
        """Write a large file of this kind at `path` for the memory test; None when the connector needs no such test."""
        del path
        return None

    def test_memory_stays_flat_on_a_large_file(self, tmp_path: Path) -> None:
        large = self.large_file(tmp_path / "groot")
        if large is None:
            return
        file, made = source_file(large), self.made_settings()
        header = self.connector.check(file, made)
        before = _resident(reset_peak=True)
        count = 0
        for raw in self.connector.read(file, made):
            count += sum(1 for _ in self.connector.map(raw, header, made))
        assert count > 1_000
        assert _resident(peak=True) - before < MEMORY


def _personal(record: Record) -> Iterator[str]:
    """What of a record may never be in a message: names, birth dates, keys of people."""
    pupil = getattr(record, "pupil", None)
    for owner in (record, pupil):
        names = getattr(owner, "names", None)
        if isinstance(names, Names):
            parts = (names.given_name, names.first_names, names.family_name)
            yield from (word for part in parts for word in (part or "").split() if len(word) > 2)
        born = getattr(owner, "birth_date", None)
        if isinstance(born, date):
            yield from (born.isoformat(), f"{born.day}-{born.month}-{born.year}", f"{born:%d-%m-%Y}")
        yield getattr(owner, "eckid", None) or "\0"
    if isinstance(pupil, PupilRef) and not pupil.key.isspace():
        yield pupil.key


_TEXTS = strategies.one_of(
    strategies.text(max_size=12),
    strategies.sampled_from(
        [
            "",
            " ",
            "\0",
            "#1",
            "-",
            "NULL",
            "0",
            "-1",
            "1e9",
            "1.234",
            "99999999999",
            "31-2-2026",
            "0001-01-01",
            "C",
            "Ğ" * 500,
        ]
    ),
)


def _try_mutations(raws: list[RawRecord], run: Callable[[RawRecord], list[Record | Issue]]) -> None:
    """Map mutated copies of the sample's records: no exception, the payload untouched, the answer repeatable."""

    @settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(data=strategies.data())
    def attempt(data: Any) -> None:
        raw = data.draw(strategies.sampled_from(raws))
        payload = deepcopy(dict(raw.payload))
        for _ in range(data.draw(strategies.integers(1, 3))):
            _mutate(payload, data)
        mutant = RawRecord(raw.stream, raw.locator, payload, raw.dropped)
        before = deepcopy(payload)
        first = run(mutant)
        assert payload == before
        assert run(mutant) == first
        assert all(isinstance(item, Issue) or item.key for item in first)

    attempt()


def _items(connector: Connector, header: Header, made: Any, raw: RawRecord) -> list[Record | Issue]:
    return list(connector.map(raw, header, made))


def _mutate(value: Any, data: Any) -> None:
    """Change, empty or remove one thing inside a payload of dicts, lists and texts."""
    places = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not places:
        return
    place = data.draw(strategies.sampled_from(places))
    inner = value[place]
    if isinstance(inner, dict | list) and inner and data.draw(strategies.booleans()):
        _mutate(inner, data)
    elif isinstance(inner, str):
        value[place] = data.draw(_TEXTS)
    elif isinstance(value, dict):
        del value[place]
