# ruff: noqa: PT017 - damage may be refused or survived; only then is there a message to look at
"""Hostile files beyond the standard suite: workbooks that lie, XML that reaches out, damage at every place."""

import random
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from connectors.contract import Connector
from connectors.errors import FileRefused
from connectors.kit import excel, xml
from connectors.kit.text import encoding_of
from connectors.sources import edexml, table, uwlr_results
from connectors.testing import HOSTILE, source_file

SAMPLES = Path(__file__).parent / "samples"
COLUMNS = ("Leerlingnummer", "Datum", "Dagdeel", "Reden")


def take(connector: Connector, path: Path, **settings: Any) -> list[Any]:
    file, made = source_file(path), connector.settings_model(**settings)
    header = connector.check(file, made)
    return [item for raw in connector.read(file, made) for item in connector.map(raw, header, made)]


def workbook(path: Path, cells: dict[tuple[int, int], str]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for (row, column), text in cells.items():
            sheet.write_string(row, column, text)
    return path


@pytest.mark.parametrize("corner", [(1_048_575, 16_383), (0, 16_383), (1_048_575, 0), (99_998, 26)])
def test_one_cell_in_a_far_corner_does_not_end_the_process(corner: tuple[int, int], tmp_path: Path) -> None:
    path = workbook(tmp_path / "ver.xlsx", {(0, 0): "Leerlingnummer", corner: "x"})
    code = (
        "import sys, pathlib; from connectors.kit import excel; from connectors.testing import HOSTILE, source_file\n"
        "from connectors.errors import FileRefused\n"
        "try: list(excel.rows(source_file(pathlib.Path(sys.argv[1])), ','))\n"
        "except FileRefused as e: print(e.message)\n"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter on our own line
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=False, cwd=SAMPLES.parents[2]
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert "ver buiten de lijst" in done.stdout


def test_a_workbook_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "leugen.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 60_000_000)
    content = bytearray(path.read_bytes())
    size = (60_000_000).to_bytes(4, "little")
    place = content.rfind(size)
    content[place : place + 4] = (1_000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(FileRefused):
        take(table.connector, path, profile="absences")


@pytest.mark.parametrize("name", ["gewoon.zip", "map.xlsx", "veel.xlsx"])
def test_a_zip_that_is_no_workbook_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_200 if name == "veel.xlsx" else 1):
            archive.writestr(f"../../{number}.txt", "x")
    with pytest.raises(FileRefused):
        take(table.connector, path, profile="absences")
    assert not (tmp_path.parent.parent / "0.txt").exists()


def test_a_damaged_workbook_is_refused_whatever_is_damaged(tmp_path: Path) -> None:
    good = workbook(tmp_path / "goed.xlsx", {(0, column): name for column, name in enumerate(COLUMNS)})
    content = good.read_bytes()
    rng = random.Random(1)  # noqa: S311 - the same damage every time
    path = tmp_path / "kapot.xlsx"
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(rng.randint(1, 20)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged)
        try:
            list(excel.rows(source_file(path), ","))
        except FileRefused as refusal:
            assert refusal.message.startswith("kapot.xlsx")


@pytest.mark.parametrize("sample", ["edexml/edexml-2.1.xml", "uwlr/resultaten.xml", "uwlr/resultaten-soap.xml"])
def test_an_xml_file_cut_at_any_percent_is_incomplete(sample: str, tmp_path: Path) -> None:
    content = (SAMPLES / sample).read_bytes().rstrip()
    connector = edexml.connector if sample.startswith("edexml") else uwlr_results.connector
    path = tmp_path / "half.xml"
    for size in [len(content) * percent // 100 for percent in range(1, 100)] + [len(content) - 1]:
        path.write_bytes(content[:size])
        with pytest.raises(FileRefused):
            take(connector, path)


@pytest.mark.parametrize(
    "sample", ["edexml/edexml-2.1.xml", "edexml/kapot.xml", "uwlr/resultaten.xml", "uwlr/kapot.xml"]
)
def test_random_damage_gives_a_refusal_or_issues_never_a_crash(sample: str, tmp_path: Path) -> None:
    content = (SAMPLES / sample).read_bytes()
    connector = edexml.connector if sample.startswith("edexml") else uwlr_results.connector
    rng = random.Random(2)  # noqa: S311
    path = tmp_path / "kapot.xml"
    words = [b"leerling", b"toets", b"resultaat", b"key", b"groep", b"waarde", b"codereferentiescore", b"</", b"<"]
    for _ in range(150):
        damaged = bytearray(content)
        for _ in range(rng.randint(1, 4)):
            place, word = rng.randrange(len(damaged)), rng.choice(words)
            damaged[place : place + rng.choice([0, 1, len(word)])] = word
        path.write_bytes(damaged)
        try:
            take(connector, path)
        except FileRefused as refusal:
            assert refusal.message.startswith("kapot.xml")


def test_elements_in_impossible_places_give_issues(tmp_path: Path) -> None:
    path = tmp_path / "raar.xml"
    path.write_text(
        '<leerresultaten_verzoek xmlns="http://www.edustandaard.nl/leerresultaten/2/leerresultaten"><school><schooljaar>'
        "2025-2026</schooljaar></school><toetsafnames><toetsafname><resultaat><codereferentiescore>IV</codereferentiescore>"
        "<waarde>I</waarde><toetsafname><resultaat/></toetsafname></resultaat></toetsafname></toetsafnames>"
        "<toetsen><toets><toets/></toets></toetsen></leerresultaten_verzoek>",
        encoding="utf-8",
    )
    assert {item.code for item in take(uwlr_results.connector, path)} <= {"sleutel_ontbreekt", "toets_onbekend"}


@pytest.mark.parametrize(
    "name", [name for name in HOSTILE if name.endswith(("dtd.xml", "bom.xml", "bestand.xml", "meter.xml"))]
)
def test_a_dtd_is_called_by_its_name(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    for connector in (edexml.connector, uwlr_results.connector):
        with pytest.raises(FileRefused, match="bestand met DTD geweigerd") as refusal:
            take(connector, path)
        assert refusal.value.code == "dtd"


def test_xinclude_and_stylesheets_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("GEHEIM", encoding="utf-8")
    path = tmp_path / "x.xml"
    path.write_text(
        f'<?xml-stylesheet href="file://{secret}"?><EDEX xmlns:xi="http://www.w3.org/2001/XInclude"><school><schooljaar>'
        "2024-2025</schooljaar></school><leerlingen><leerling key='1'><roepnaam>A"
        f'<xi:include href="file://{secret}" parse="text"/></roepnaam></leerling></leerlingen></EDEX>',
        encoding="utf-8",
    )
    assert "GEHEIM" not in repr(take(edexml.connector, path))


def test_an_entity_in_a_name_is_refused_and_never_an_empty_name(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(
        "<EDEX><school><schooljaar>2024-2025</schooljaar></school><leerlingen><leerling key='1'>"
        "<roepnaam>&x;</roepnaam></leerling></leerlingen></EDEX>",
        encoding="utf-8",
    )
    with pytest.raises(FileRefused, match="verwijzing") as refusal:
        take(edexml.connector, path)
    assert refusal.value.locator == "regel 1"


def test_a_file_above_the_limit_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    path = tmp_path / "groot.xml"
    with path.open("wb") as stream:
        stream.truncate(xml.MAX_BYTES + 1)
    with pytest.raises(FileRefused, match="groter dan"):
        xml.opening(source_file_without_reading(path))


def source_file_without_reading(path: Path) -> Any:
    return type("File", (), {"path": path, "name": path.name})()


def test_a_double_encoded_or_damaged_text_is_remarked(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Zoë".encode().decode("cp1252"), encoding="utf-8")
    assert [issue.code for issue in encoding_of(source_file(path)).issues] == ["tekens_dubbel"]
    path.write_text("Zo�", encoding="utf-8")
    assert [issue.code for issue in encoding_of(source_file(path)).issues] == ["tekens_verloren"]
    path.write_text("Zoë", encoding="utf-8")
    assert not encoding_of(source_file(path)).issues


@pytest.mark.parametrize("edge", [1_048_575, 1_048_576])
def test_a_letter_on_the_edge_of_a_chunk_is_one_letter(edge: int, tmp_path: Path) -> None:
    path = tmp_path / "rand.txt"
    path.write_bytes(b"x" * (edge - 1) + "ë".encode() + b"y" * 10)
    assert encoding_of(source_file(path)).codec == "utf-8"
    path.write_bytes(b"x" * (edge - 1) + "ë".encode()[:1] + b"y" * 10)
    assert encoding_of(source_file(path)).codec == "cp1252"
