"""`kindblad import` and what belongs to it, as someone types it: what it says, its JSON, its exit code."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from api import cli
from tests.conftest import ROOT, Database


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    returncode: int
    stdout: str
    stderr: str


Type = Callable[[str], Answer]

EDEXML = """<?xml version="1.0" encoding="UTF-8"?>
<EDEX><school><schooljaar>2024-2025</schooljaar><peildatum>2024-10-01</peildatum><brincode>{brin}</brincode>
<dependancecode>00</dependancecode><aanmaakdatum>2024-10-01T07:00:00</aanmaakdatum><xsdversie>2.1</xsdversie></school>
<groepen><groep key="g-6a"><naam>6A</naam><jaargroep>6</jaargroep></groep></groepen>
<leerlingen>{pupils}</leerlingen></EDEX>"""
PUPIL = """<leerling key="{key}"><achternaam>{family}</achternaam><roepnaam>{given}</roepnaam>
<geboortedatum>{born}</geboortedatum><jaargroep>6</jaargroep><groep key="g-6a"/></leerling>"""
PIEN = PUPIL.format(key="1001", family="Voorbeeld", given="Pien", born="2014-05-01")
BO = PUPIL.format(key="1002", family="Smit", given="Bo", born="2014-06-02")
NOTES = (
    "Leerlingnummer;Datum;Soort;Toon;Tekst;Auteur;Lezers\r\n{key};3-9-2024;observatie;goed;Helpt een ander.;;team\r\n"
)
SCOL = (
    "Leerlingnummer;Naam;Geboortedatum;Groep;Invuller;Afname;Datum;Ervaringen delen;Aardig doen;"
    "Samen spelen en werken;Een taak uitvoeren;Jezelf presenteren;Een keuze maken;Opkomen voor jezelf;"
    "Omgaan met ruzie\r\n"
    "77;Voorbeeld, Pien;1-5-2014;6A;leerkracht;najaar;4-11-2024;3,5;4,0;3,0;3,5;4,0;3,5;3,0;2,5\r\n"
)


@pytest.fixture
def type_in(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Type:
    """Run `kindblad` on the database of the test, in a folder with the files of a school."""
    for name, text in {
        "edexml.xml": EDEXML.format(brin="99ZZ", pupils=PIEN + BO),
        "zonder-bo.xml": EDEXML.format(brin="99ZZ", pupils=PIEN),
        "andere-school.xml": EDEXML.format(brin="99YY", pupils=PIEN),
        "notities.csv": NOTES.format(key="1001"),
        "te-vroeg.csv": NOTES.format(key="1003"),
        "scol.csv": SCOL,
        "rommel.xml": "\0\1\2 geen xml",
    }.items():
        (tmp_path / name).write_text(text, encoding="cp1252" if name.endswith("csv") else "utf-8", newline="")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KINDBLAD_DATABASE_URL", database.url)

    def run(command: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["kindblad", *command.split()])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.run()
        return Answer(int(ended.value.code or 0), *capsys.readouterr())

    return run


def asked(answer: Answer) -> Any:
    """Read the JSON of an answer."""
    return json.loads(answer.stdout)


def test_a_roll_comes_in_and_the_same_again_changes_nothing(type_in: Type) -> None:
    first, second = (type_in("import edexml edexml.xml --school 99ZZ --json") for _ in range(2))

    assert (first.returncode, second.returncode) == (0, 0)
    assert list(asked(first)) == ["delivery", "created", "updated", "unchanged", "vanished", "rejected", "issues"]
    assert (asked(first)["created"], asked(first)["issues"]) == (3, [])
    assert asked(second) == asked(first) | {"created": 0, "unchanged": 3}
    again = type_in("import edexml edexml.xml --school 99ZZ")
    assert re.fullmatch(
        r"edexml.xml: al verwerkt op \d\d-\d\d-\d{4} om \d\d.\d\d; er is niets veranderd.\n", again.stdout
    )
    assert type_in("school Vlietschool --school 99ZZ").stdout == "De school heet nu Vlietschool.\n"
    assert type_in("school Vlietschool --school 99YY").returncode == 2
    assert type_in("school V").returncode == 2
    assert type_in("stats").stdout.splitlines()[1] == "kinderen                                    2"


def test_a_dry_run_says_so_and_keeps_nothing(type_in: Type) -> None:
    dry = type_in("import edexml edexml.xml --school 99ZZ --dry-run --json")

    assert (dry.returncode, asked(dry)["delivery"], asked(dry)["created"]) == (0, None, 3)
    assert asked(type_in("stats --json"))["schools"] == 0
    assert (
        "(proef: er is niets veranderd): 3 nieuw" in type_in("import edexml edexml.xml --school 99ZZ --dry-run").stdout
    )


@pytest.mark.parametrize(
    ("command", "code", "says"),
    [
        ("import edexml andere-school.xml --school 99ZZ", "andere_school", "99YY00, niet van 99ZZ00"),
        ("import edexml rommel.xml --school 99ZZ", None, "rommel.xml"),
        ("import edexml nergens.xml --school 99ZZ", "bestand_onleesbaar", "het bestand is er niet"),
        ("import edelxml edexml.xml --school 99ZZ", "geweigerd", "kies uit edexml, uwlr-results, practice, table"),
        ("import table scol.csv --school 99ZZ", "geweigerd", "--profile moet worden opgegeven"),
        (
            "import edexml edexml.xml --school 99ZZ --set kleur=rood",
            "geweigerd",
            "kleur hoort niet bij deze soort",
        ),
    ],
)
def test_a_refusal_is_one_sentence_exit_2_and_nothing_changed(
    type_in: Type, command: str, code: str | None, says: str
) -> None:
    told, in_json = type_in(command), type_in(f"{command} --json")

    assert (told.returncode, in_json.returncode) == (2, 2)
    assert says in told.stderr
    assert "Traceback" not in told.stderr + in_json.stderr
    assert not told.stdout
    [issue] = asked(in_json)["issues"]
    assert issue["message"] == told.stderr.strip()
    assert code in (None, issue["code"])
    assert asked(in_json)["delivery"] is None
    assert asked(type_in("stats --json"))["deliveries"] == 0


def test_several_files_each_count_for_themselves(type_in: Type) -> None:
    answer = type_in("import edexml andere-school.xml edexml.xml --school 99ZZ --json")

    assert answer.returncode == 2
    assert [(one["delivery"] is None, one["created"]) for one in asked(answer)] == [(True, 0), (False, 3)]


def test_what_waits_in_quarantine_is_listed_retried_and_laid_aside(type_in: Type) -> None:
    type_in("import edexml edexml.xml --school 99ZZ")
    answer = type_in("import table te-vroeg.csv --profile notes --school 99ZZ")
    assert answer.returncode == 1
    assert "1 in quarantaine" in answer.stdout
    assert "regel 2" in answer.stderr

    listed = type_in("quarantine list").stdout
    number = listed.split()[0]
    assert "te-vroeg.csv, regel 2" in listed
    assert "kindblad match" in listed
    assert type_in("quarantine retry").stdout == "0 van de 1 regels zijn alsnog overgenomen.\n"
    assert type_in("quarantine dismiss 000000000000 --yes").returncode == 2
    assert type_in(f"quarantine dismiss {number} --yes").stdout == "1 regels zijn terzijde gelegd.\n"
    assert type_in("quarantine list").stdout == "Er staat niets in quarantaine.\n"


def test_a_child_is_matched_by_a_person_and_what_waited_comes_in(type_in: Type) -> None:
    type_in("import edexml edexml.xml --school 99ZZ")
    assert type_in("import table te-vroeg.csv --profile notes --school 99ZZ").returncode == 1
    linked = type_in("match link table:notes 1003 1002 --school 99ZZ")

    assert linked.stdout == "Gekoppeld; 1 wachtende regels overgenomen.\n"
    assert asked(type_in("stats --json"))["notes"] == 1
    assert type_in("match link table:notes 9999 1002 --school 99ZZ").returncode == 2


def test_proposals_show_the_evidence_and_are_accepted_in_one_go(type_in: Type) -> None:
    type_in("import edexml edexml.xml --school 99ZZ")
    assert type_in("import table scol.csv --profile scol --school 99ZZ").returncode == 0
    listed = type_in("match list").stdout

    assert "is dat Pien Voorbeeld 2014-05-01?" in listed
    assert "Het inzagelog klopt: 1 regels" in type_in("log verify").stdout, "who was named is in the log"
    assert "geboortedatum gelijk" in listed
    assert "1 van 1 kinderen nog niet gekoppeld" in type_in("sources").stdout
    number = listed.split()[0]
    assert type_in(f"match accept {number}").stdout == "1 gekoppeld, 0 wachtende regels overgenomen.\n"
    assert type_in("match list").stdout.startswith("Er zijn geen voorstellen")


def test_unusual_things_are_done_only_with_confirm(type_in: Type, tmp_path: Path) -> None:
    many = "".join(PUPIL.format(key=f"k{n}", family=f"Naam{n}", given="Jo", born="2014-01-01") for n in range(9))
    (tmp_path / "vol.xml").write_text(EDEXML.format(brin="99ZZ", pupils=PIEN + many))
    type_in("import edexml vol.xml --school 99ZZ")
    refused = type_in("import edexml zonder-bo.xml --school 99ZZ --json")

    assert (refused.returncode, asked(refused)["issues"][0]["code"]) == (2, "bevestiging_nodig")
    assert asked(type_in("import edexml zonder-bo.xml --school 99ZZ --confirm --json"))["vanished"] == 9


def test_practice_of_the_real_platform_gives_exactly_its_totals(type_in: Type, shared: Path) -> None:
    [file] = (shared / "data/snappet").glob("*.csv")
    answer = type_in(f"import practice {file} --school 99ZZ --json")

    assert (answer.returncode, asked(answer)["created"]) == (0, 28713)
    practice = asked(type_in("stats --json"))["practice"]
    assert (practice["answers"], practice["pupils"]) == (28713, 20)
    assert list(practice) == ["answers", "correct", "first_answers", "first_correct", "pupils", "days"]


@pytest.mark.parametrize(
    "command", ["import", "sources", "quarantine", "quarantine list", "match", "match accept", "match link", "stats"]
)
def test_every_command_explains_itself(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kindblad", *command.split(), "--help"])
    with pytest.raises(SystemExit) as ended:
        cli.run()

    assert not ended.value.code
    assert capsys.readouterr().out.startswith("Usage:")


def test_an_empty_database_is_made_and_a_strange_one_refused(
    type_in: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = tmp_path / "map" / "nieuw.sqlite"
    monkeypatch.setenv("KINDBLAD_DATABASE_URL", f"sqlite:///{new}")
    assert asked(type_in("stats --json"))["schools"] == 0
    assert new.exists()

    rubbish = tmp_path / "rommel.sqlite"
    rubbish.write_bytes(b"geen database" * 100)
    monkeypatch.setenv("KINDBLAD_DATABASE_URL", f"sqlite:///{rubbish}")
    refused = type_in("stats")
    assert refused.returncode == 2
    assert "niet te openen" in refused.stderr
    assert rubbish.read_bytes() == b"geen database" * 100


def test_as_a_program_of_its_own(database: Database, tmp_path: Path) -> None:
    (tmp_path / "edexml.xml").write_text(EDEXML.format(brin="99ZZ", pupils=PIEN + BO))
    program = [sys.executable, "-c", "from api.cli import main; main()"]
    answer = subprocess.run(  # noqa: S603 - our own program
        [*program, "import", "edexml", "edexml.xml", "--school", "99ZZ", "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "KINDBLAD_DATABASE_URL": database.url},
    )

    assert json.loads(answer.stdout)["created"] == 3
    assert not answer.stderr
