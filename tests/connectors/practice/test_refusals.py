"""Bad records wait outside while the good ones come in; a file that cannot be trusted stays out as a whole."""

import re
from pathlib import Path

import pytest

from connectors.errors import FileRefused
from models.vocabulary import Severity
from tests.conftest import Database
from tests.connectors.practice.conftest import Platform, new_platform
from tests.connectors.practice.counting import COLUMNS, Answer, as_csv, as_json, count

GOOD = [Answer(number, exercise=number) for number in range(1, 6)]


@pytest.fixture
def platform(sqlite: Database, tmp_path: Path) -> Platform:
    """Reading is the same for both databases."""
    return new_platform(sqlite, tmp_path)


BAD = {
    "SubmittedAnswerId": ["", "NULL", "x7", "-1", "12.6", "9223372036854775808"],
    "SubmitDateTime": [
        "",
        "2015-03-24",
        "24-03-2015 09:30:00",
        "2015-02-30T09:30:00",
        "2015-03-24T09:30:00+01:00",
        "2015-03-24 09:30:00-05",
        "1970-01-01T00:00:00",
        "2026-11-24T12:00:00",
        "infinity",
    ],
    "Correct": ["", "2", "goed"],
    "Progress": ["veel", "1.5"],
    "UserId": ["", "NULL", "  ", "#001"],
    "ExerciseId": ["", "3.2", "b0b5-11ee", "-4"],
    "Difficulty": ["moeilijk"],
    "LearningObjective": ["x" * 501],
}


@pytest.mark.parametrize(("column", "text"), [(column, text) for column, texts in BAD.items() for text in texts])
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_a_bad_field_keeps_its_record_out_and_no_other(platform: Platform, column: str, text: str, kind: str) -> None:
    bad = as_csv([Answer(99)]).splitlines()[1].split(",")
    bad[COLUMNS.index(column)] = text
    if kind == "csv":
        lines = as_csv(GOOD).splitlines()
        content, place = "\n".join([*lines[:3], ",".join(bad), *lines[3:], ""]), "regel 4"
    else:
        objects = as_json([*GOOD[:2], Answer(99), *GOOD[2:]])
        was = as_json([Answer(99)]).split(f'"{column}": ')[1].split("\n")[0].rstrip(",")
        parts = objects.split(f'"{column}": {was}') if column == "SubmittedAnswerId" else None
        record = objects.split("},")[2]
        content = objects.replace(record, re.sub(rf'("{column}": )[^\n,]+', rf'\1"{text}"', record))
        assert parts is None or len(parts) == 2
        place = "antwoord 3 in de lijst"

    outcome = platform.delivers(content, f"export.{kind}")

    (issue,) = outcome.issues
    assert (outcome.created, outcome.rejected) == (5, 1)
    assert issue.locator == f"{place}, kolom {column}"
    assert (issue.severity, issue.code) == (Severity.ERROR, "veld_onleesbaar")
    assert "opnieuw aan" in issue.message
    assert platform.cells() == count(GOOD)


def test_lines_that_are_no_record_are_named_and_the_numbering_stays_right(platform: Platform) -> None:
    lines = as_csv(GOOD).splitlines()
    wrong_flag = as_csv([Answer(99, correct="?")]).splitlines()[1]

    outcome = platform.delivers(
        "\n".join([*lines[:2], "1,2,3", lines[2], lines[2] + ",x,y", *lines[3:], wrong_flag, ""])
    )

    assert [issue.locator for issue in outcome.issues] == ["regel 3", "regel 5", "regel 9, kolom Correct"]
    assert "te weinig kolommen" in outcome.issues[0].message
    assert "te veel kolommen" in outcome.issues[1].message
    assert (outcome.created, outcome.rejected) == (5, 3)


def test_the_repaired_file_brings_in_what_was_refused(platform: Platform) -> None:
    platform.delivers([*GOOD, Answer(6, "gisteren", exercise=6), Answer(7, user="", exercise=7)])

    repaired = [*GOOD, Answer(6, exercise=6), Answer(7, exercise=7)]
    outcome = platform.delivers(repaired)

    assert (outcome.created, outcome.unchanged, outcome.rejected) == (2, 5, 0)
    assert platform.cells() == count(repaired)


def test_many_bad_records_are_counted_and_the_first_are_named(platform: Platform) -> None:
    bad = [Answer(number, correct="?") for number in range(1000, 1500)]
    good = [Answer(number, exercise=number) for number in range(600)]

    outcome = platform.delivers([*bad, *good])

    assert (outcome.created, outcome.rejected) == (600, 500)
    assert len(outcome.issues) == 201
    assert "nog 300 antwoorden" in outcome.issues[-1].message.lower()


def test_one_id_with_two_contents_counts_once_the_earliest_and_is_reported(platform: Platform) -> None:
    early, late = Answer(1, "2015-03-23T09:00:00", correct="0"), Answer(1, "2015-03-24T09:00:00", user="40270")

    for order in ([late, early, Answer(2), Answer(2)], [Answer(2), early, late, late]):
        one = new_platform_like(platform)
        outcome = one.delivers(order)
        assert (outcome.created, outcome.unchanged, outcome.rejected) == (2, 2, 0)
        assert [(i.code, i.severity, i.locator) for i in outcome.issues] == [
            ("antwoord_tegenstrijdig", Severity.WARNING, "SubmittedAnswerId 1")
        ]
        assert one.cells() == count([early, Answer(2)])


def new_platform_like(platform: Platform) -> Platform:
    return new_platform(Database("", platform.engine), platform.folder)


WHOLE = as_csv(GOOD)
REFUSED = {
    "empty": ("leeg", b""),
    "blank": ("leeg", b" \r\n \r\n"),
    "only a mark": ("leeg", b"\xef\xbb\xbf"),
    "binary": ("geen tekstbestand", b"PK\x03\x04" + bytes(range(256)) * 40),
    "no answers": ("geen enkele verwachte kolom", b"naam;groep\nSanne;5\n"),
    "column missing": (
        "ExerciseId ontbreekt",
        as_csv(GOOD, columns=[c for c in COLUMNS if c != "ExerciseId"]).encode(),
    ),
    "column twice": ("twee keer", as_csv(GOOD, columns=[*COLUMNS, "Correct"]).encode()),
    "old code page": ("UTF-8", as_csv([Answer(1, objective="caf\xe9")]).encode("cp1252")),
    "cut in a line": ("breekt midden in een regel af", WHOLE[:-40].encode()),
    "cut in a moment": ("breekt midden in een regel af", WHOLE[: WHOLE.rindex("T09:30") + 3].encode()),
    "cut in a quote": ("breekt midden in een regel af", as_csv([*GOOD, Answer(9, objective='"a", b')])[:-4].encode()),
    "mostly unreadable": ("3 van de 4", as_csv([Answer(1), *[Answer(n, correct="?") for n in (2, 3, 4)]]).encode()),
    "json cut": ("breekt af", as_json(GOOD)[:-120].encode()),
    "json cut between": ("breekt af", as_json(GOOD).removesuffix("\n]").encode()),
    "json of something else": ("geen enkele verwachte kolom", b'[{"naam": "Sanne"}]'),
    "json object": ("geen lijst", b'{"answers": []}'),
    "json nested deep": ("geen leesbare JSON", b"[" * 200_000),
    "json nested deep inside": ("geen leesbare JSON", b'[{"a": ' + b"[" * 200_000),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_trusted_is_refused_as_a_whole(platform: Platform, case: str) -> None:
    platform.delivers([Answer(500)])
    before = platform.cells()
    expected, content = REFUSED[case]

    with pytest.raises(FileRefused, match=re.escape(expected)) as refusal:
        platform.delivers(content, "export.csv")

    assert "export.csv" in refusal.value.message
    assert platform.cells() == before


def test_a_refusal_names_no_child(platform: Platform) -> None:
    with pytest.raises(FileRefused) as refusal:
        platform.delivers([Answer(1, user="40268", correct="?")])

    assert "40268" not in refusal.value.message
